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

/// What is said of a key that may do this, in a sync that ends well.
fn told(access: &Value, kind: LibraryKind) -> (Owner, String) {
    let mut library = Library::of_books(3);
    library.access = Some(access.clone());
    let owner = Owner { kind, ..Owner::of(library) };
    owner.sync();
    let told = owner.report.text();
    (owner, told)
}

#[test]
fn a_key_is_read_at_its_first_use_and_again_when_it_is_another() {
    let owner = Owner::of(Library::of_books(3));
    let asked =
        |owner: &Owner| owner.fake.requests().iter().filter(|request| request.path() == "/keys/current").count();
    owner.sync();
    assert_eq!(asked(&owner), 1);
    owner.sync();
    assert_eq!(asked(&owner), 0);
    let owner = Owner { key: Some("another0another0another0a"), ..owner };
    owner.sync();
    assert_eq!(asked(&owner), 1);
    let owner = Owner { key: None, ..owner };
    owner.sync();
    assert_eq!((asked(&owner), owner.snapshot().state.key), (0, None));
}

#[test]
fn a_key_that_may_write_is_warned_about_every_time() {
    let (owner, text) = told(&json!({"user": {"library": true, "notes": true, "write": true}}), LibraryKind::User);
    assert!(text.contains("may change what is in Zotero") && text.contains("Allow write access"), "{text}");
    let owner = Owner { report: quiet(), ..owner };
    owner.sync();
    assert_eq!((owner.fake.requests().len(), owner.report.warnings()), (1, 1), "told without asking again");
}

#[test]
fn a_missing_right_to_notes_is_named_with_the_place_to_give_it() {
    let (_, text) = told(&json!({"user": {"library": true}}), LibraryKind::User);
    assert!(text.contains("the notes of a library are left out") && text.contains("settings/keys"), "{text}");
    let (_, text) = told(&json!({"user": {"library": true, "notes": true}}), LibraryKind::User);
    assert_eq!(text, "");
}

#[test]
fn a_public_group_is_read_by_any_key_and_by_none() {
    let (owner, text) = told(&json!({}), LibraryKind::Group);
    assert_eq!((owner.snapshot().records.len(), text.as_str()), (3, ""));
    let nobody = Owner { key: None, ..Owner::of(Library::of_books(3)) };
    nobody.sync();
    assert!(nobody.fake.requests().iter().all(|request| request.header("zotero-api-key").is_none()));
    assert!(nobody.fake.requests().iter().all(|request| request.path() != "/keys/current"));
}

#[test]
fn a_key_that_may_not_read_this_group_is_told_which_right_it_lacks() {
    for (kind, access, says) in [
        (LibraryKind::Group, json!({"groups": {"9": {"library": true}}}), "let it read group 123"),
        (LibraryKind::Group, json!({"user": {"library": true}}), "let it read group 123"),
        (LibraryKind::User, json!({"groups": {"all": {"library": true}}}), "set \"Allow library access\""),
    ] {
        let mut library = Library::of_books(3);
        (library.access, library.refuses) = (Some(access), Some(403));
        let owner = Owner { kind, ..Owner::of(library) };
        let text = failure::text(&owner.try_sync().unwrap_err());
        assert!(text.starts_with("error: the API key may not read ") && text.contains(says), "{text}");
        assert!(owner.fake.requests().len() <= 2, "a refusal is not tried again");
    }
}

#[test]
fn a_right_that_was_taken_away_is_named_and_the_copy_stays() {
    let owner = Owner::of(Library::of_books(3));
    owner.sync();
    owner.fake.forget_requests();
    owner.fake.edit(|library| (library.access, library.refuses) = (Some(json!({})), Some(403)));
    let text = failure::text(&owner.try_sync().unwrap_err());
    assert!(text.contains("the API key may not read group 123"), "{text}");
    assert_eq!(owner.fake.requests().len(), 2, "the refusal, and what the key may do");
    assert_eq!(owner.snapshot().records.len(), 3);
    // It may read, and is refused all the same: Zotero may not know yet.
    owner.fake.edit(|library| library.access = None);
    let text = failure::text(&owner.try_sync().unwrap_err());
    assert!(text.contains("Zotero refused access to group 123") && text.contains("five minutes"), "{text}");
}

#[test]
fn a_group_that_is_gone_keeps_its_copy() {
    let owner = Owner::of(Library::of_books(3));
    owner.sync();
    owner.fake.edit(|library| library.refuses = Some(404));
    let text = failure::text(&owner.try_sync().unwrap_err());
    assert!(text.contains("Zotero does not know group 123") && text.contains("hint:"), "{text}");
    assert_eq!(owner.snapshot().records.len(), 3);
}

#[test]
fn a_wrong_key_of_several_libraries_is_shown_once() {
    let mut library = Library::of_books(3);
    library.key = Some("another".into());
    let mut owner = Owner::of(library);
    owner.settings = (0..6).map(|at| source::Settings { id: format!("{}", 123 + at), ..owner.settings() }).collect();
    let outcome = owner.outcome();
    assert_eq!((outcome.failures.len(), owner.fake.requests().len()), (6, 1), "asking on would lock the owner out");
}

#[test]
fn a_lock_out_after_a_refusal_ends_the_sync() {
    let owner = Owner::of(Library::of_books(3));
    owner.sync();
    owner.fake.forget_requests();
    owner.fake.edit(|library| library.refuses = Some(403));
    owner.fake.fault_where(1, |request| request.path() == "/keys/current", Fault::Status(429));
    let before = owner.clock.now();
    let text = failure::text(&owner.try_sync().unwrap_err());
    assert!(text.contains("Zotero refused access to group 123"), "{text}");
    assert_eq!((owner.fake.requests().len(), owner.clock.now()), (2, before), "no waiting, no asking on");
}

#[test]
fn files_that_were_refused_are_asked_for_again_once_the_key_may_read_them() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.refuses_files = true;
    let owner = Owner::of(library);
    owner.sync();
    assert!(owner.snapshot().files.is_empty());
    owner.fake.edit(|library| library.refuses_files = false);
    assert_eq!(owner.sync().files, 0, "nothing says that the right is there now");
    let owner = Owner { key: Some("another0another0another0a"), ..owner };
    assert_eq!(owner.sync().files, 1);
}
