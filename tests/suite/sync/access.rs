//! Keys: what they may do, where they go, and where they never stand.

use super::*;

#[test]
fn every_request_is_a_plain_reading_one_with_the_key_in_its_header_only() {
    let mut library = Library::of_books(150);
    library.key = Some(SECRET.into());
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    let owner = Owner::of(library);
    owner.sync();
    for request in owner.fake.requests() {
        assert_eq!((request.method.as_str(), request.header("zotero-api-version")), ("GET", Some("3")));
        assert_eq!(request.header("zotero-api-key"), Some(SECRET));
        assert!(request.header("expect").is_none() && request.header("user-agent").unwrap().starts_with("zbib/"));
        assert!(!request.url.as_str().contains(SECRET));
    }
    for request in owner.fake.storage_requests() {
        assert!(
            request.headers.values().all(|value| !value.contains(SECRET)) && !request.url.as_str().contains(SECRET)
        );
    }
    assert_eq!(owner.fake.storage_requests().len(), 1);
    for entry in
        walkdir::WalkDir::new(owner.cache_dir()).into_iter().flatten().filter(|entry| entry.file_type().is_file())
    {
        assert!(!String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).contains(SECRET), "{:?}", entry.path());
    }
}

#[test]
fn a_refused_key_is_told_at_once_and_never_tried_again() {
    let mut library = Library::of_books(3);
    library.key = Some("another".into());
    let owner = Owner::of(library);
    let error = owner.try_sync().unwrap_err();
    assert_eq!(owner.fake.requests().len(), 1);
    let text = failure::text(&error);
    assert!(
        text.contains("Zotero does not know the API key in ZOTERO_API_KEY") && text.contains("settings/keys/new"),
        "{text}"
    );
    assert!(!text.contains(SECRET) && !format!("{error:?}").contains(SECRET));
}
