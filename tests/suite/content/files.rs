//! Files: their names on the site, and those that never come to it.

use super::*;
use crate::fake_zotero::StoredFile;

fn attachment(link_mode: &str, more: &Value) -> Value {
    let mut data = json!({"itemType": "attachment", "parentItem": "BOOK2222", "linkMode": link_mode,
        "title": "The scan", "contentType": "application/pdf"});
    data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    data
}

fn imported(name: &str, bytes: &[u8]) -> Value {
    let md5 = zbib::zotero::cache::Md5::of(bytes).to_string();
    attachment("imported_file", &json!({"filename": name, "md5": md5, "mtime": 1_577_934_245_000_u64}))
}

/// A book on a server that gives files to whoever has the key.
fn served(attachments: &[(&str, Value, &[u8])]) -> Served {
    let mut library = Library::new();
    library.key = Some("any".into());
    library.put("BOOK2222", json!({"itemType": "book", "title": "Of lamps", "tags": [], "collections": []}));
    for (key, data, bytes) in attachments {
        library.put(key, data.clone());
        library.files.insert((*key).into(), StoredFile { bytes: bytes.to_vec(), compressed: false, announced: None });
    }
    let served = Served::of(library);
    Served { site: served.site.variable("ZOTERO_API_KEY", "any"), ..served }
}

/// The published files of the book with their bytes.
fn published(served: &Served) -> Vec<(String, Vec<u8>)> {
    let pdf = |(path, bytes): (String, Vec<u8>)| {
        let name = path.strip_prefix("items/BOOK2222/")?;
        name.to_lowercase().ends_with(".pdf").then(|| (name.to_owned(), bytes))
    };
    served.site.site().into_iter().filter_map(pdf).collect()
}

fn asked_for_files(served: &Served) -> usize {
    served.fake.requests().iter().filter(|request| request.path().ends_with("/file")).count()
}

#[test]
fn files_whose_names_differ_in_case_or_form_only_have_names_of_their_own() {
    let names = ["Scan.pdf", "scan.pdf", "SCAN.PDF", "Go\u{308}del.pdf", "G\u{f6}del.pdf", "scan.pdf"];
    let keys: Vec<_> = (0..names.len()).map(|at| format!("FILE{at:04}")).collect();
    let bytes: Vec<_> = (0..names.len()).map(|at| format!("%PDF {at}")).collect();
    let attachments: Vec<_> = (0..names.len())
        .map(|at| (keys[at].as_str(), imported(names[at], bytes[at].as_bytes()), bytes[at].as_bytes()))
        .collect();
    let served = served(&attachments);
    served.build();
    let published = published(&served);
    let same = |name: &str| unicode_normalization::UnicodeNormalization::nfc(name).collect::<String>().to_lowercase();
    let one_disk: std::collections::BTreeSet<_> = published.iter().map(|(name, _)| same(name)).collect();
    assert_eq!((published.len(), one_disk.len()), (names.len(), names.len()), "{one_disk:?}");
    let mut found: Vec<_> = published.into_iter().map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect();
    found.sort();
    assert_eq!(found, bytes);
}

#[test]
fn linked_files_and_web_links_are_not_asked_for_and_their_paths_stay_private() {
    let linked = attachment("linked_file", &json!({"path": "/home/ida/Papers/private name.pdf"}));
    let relative = attachment("linked_file", &json!({"path": "attachments:lamps/private name.pdf"}));
    let link = attachment("linked_url", &json!({"url": "https://lamps.example/scan", "title": "On the web"}));
    let without_hash = attachment("imported_file", &json!({"filename": "never.pdf", "md5": null, "mtime": null}));
    let served = served(&[
        ("LINK2222", linked, b"%PDF"),
        ("LINK3333", relative, b"%PDF"),
        ("LINK4444", link, b"%PDF"),
        ("NONE2222", without_hash, b"%PDF"),
    ]);
    served.build();
    assert_eq!(asked_for_files(&served), 0);
    assert!(published(&served).is_empty());
    for private in ["/home/ida", "private name", "attachments:lamps"] {
        assert_nowhere(&served.site, private);
    }
    assert!(served.page("BOOK2222").contains("https://lamps.example/scan"));
}

#[test]
fn a_renamed_file_is_published_under_its_new_name_and_not_fetched_again() {
    let served = served(&[("FILE2222", imported("first.pdf", b"%PDF one"), b"%PDF one")]);
    served.build();
    assert_eq!(published(&served), [("first.pdf".to_owned(), b"%PDF one".to_vec())]);
    served.fake.forget_requests();
    served.fake.edit(|library| {
        library.set("FILE2222", "filename", json!("second.pdf"));
        library.set("FILE2222", "mtime", json!("1577934246"));
    });
    served.build();
    assert_eq!(published(&served), [("second.pdf".to_owned(), b"%PDF one".to_vec())]);
    assert_eq!(asked_for_files(&served), 0);
}

#[test]
fn a_file_put_in_the_trash_goes_from_the_site_and_from_the_cache() {
    let served = served(&[
        ("FILE2222", imported("first.pdf", b"%PDF one"), b"%PDF one"),
        ("FILE3333", imported("second.pdf", b"%PDF two"), b"%PDF two"),
    ]);
    served.build();
    served.fake.edit(|library| library.trash("FILE2222"));
    served.build();
    assert_eq!(published(&served), [("second.pdf".to_owned(), b"%PDF two".to_vec())]);
    let cached = crate::test_site::files(&served.site.path(".zbib"));
    assert!(cached.values().all(|bytes| bytes != b"%PDF one") && cached.values().any(|bytes| bytes == b"%PDF two"));
}

#[test]
fn a_public_group_without_a_key_has_its_records_and_says_once_that_files_need_one() {
    let mut library = Library::new();
    library.put("BOOK2222", json!({"itemType": "book", "title": "Of lamps", "tags": [], "collections": []}));
    for at in 0..20 {
        let (key, bytes) = (format!("FILE{at:04}"), format!("%PDF {at}"));
        library.put(&key, imported("scan.pdf", bytes.as_bytes()));
    }
    let served = Served::of(library);
    let run = served.build();
    assert_eq!(asked_for_files(&served), 0);
    assert!(served.page("BOOK2222").contains("Of lamps") && published(&served).is_empty());
    let says = "note: files of a group are left out, Zotero gives them to members only\n  groups-123  20 of them\n";
    assert_eq!(run.stderr.matches(says).count(), 1, "{}", run.stderr);
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
}
