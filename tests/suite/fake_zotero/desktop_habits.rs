//! The fake program keeps the real one's habits.

use serde_json::json;

use super::habits::{Answer, ask};
use super::{FakeDesktop, Library, key};

const HOST: &str = "Host: localhost:23119\r\n";

impl FakeDesktop {
    fn get(&self, rest: &str, headers: &str) -> Answer {
        let url = self.url();
        ask(url.trim_end_matches("/api/"), "GET", &format!("/api/{rest}"), headers)
    }
}

#[test]
fn browsers_other_computers_and_other_users_are_refused() {
    let desktop = FakeDesktop::serve(Library::of_books(2));
    for (headers, status) in [
        (HOST, 200),
        ("Host: [::1]:23119\r\n", 200),
        ("Host: example.org\r\n", 400),
        ("Host: localhost\r\nOrigin: https://example.org\r\n", 403),
        ("Host: localhost\r\nUser-Agent: Mozilla/5.0\r\n", 403),
        ("Host: localhost\r\nZotero-API-Version: 2\r\n", 501),
    ] {
        assert_eq!(desktop.get("users/0/items", headers).status, status, "{headers}");
    }
    for (rest, status) in [
        ("users/4711/items", 200),
        ("users/12/items", 400),
        ("groups/12/items", 404),
        ("keys/current", 404),
        ("users/0/deleted?since=0", 404),
        ("users/0/fulltext", 400),
    ] {
        assert_eq!(desktop.get(rest, HOST).status, status, "{rest}");
    }
    desktop.program().allowed = false;
    assert_eq!(desktop.get("users/0/items", HOST).status, 403);
}

#[test]
fn everything_comes_at_once_over_http_1_0_and_parts_when_they_are_asked_for() {
    let desktop = FakeDesktop::serve(Library::of_books(120));
    let all = desktop.get("users/0/items", HOST);
    assert!(all.head.starts_with("HTTP/1.0 200") && all.header("Content-Length").is_none(), "{}", all.head);
    assert_eq!((all.keys().len(), all.header("Total-Results")), (120, Some("120")));
    assert_eq!(desktop.get("users/0/items?start=110&limit=500&sort=dateAdded&direction=asc", HOST).keys().len(), 10);
    assert_eq!(desktop.get("users/0/settings", HOST).json(), json!({}));
}

#[test]
fn versions_are_those_of_the_last_synchronisation_or_its_own() {
    let desktop = FakeDesktop::serve(Library::of_books(1));
    let edit = |library: &mut Library| {
        library.set(&key(0), "title", json!("Edited"));
        library.book("NEWBOOKA", "New");
    };
    desktop.edit(edit);
    let versions = desktop.get("users/0/items?format=versions", HOST);
    assert_eq!(versions.json(), json!({key(0): 1, "NEWBOOKA": 0}));
    assert_eq!(versions.header("Last-Modified-Version"), Some("1"));

    desktop.program().server = Some("one".into());
    let versions = desktop.get("users/0/items?format=versions", HOST);
    assert_eq!(versions.json(), json!({key(0): 2, "NEWBOOKA": 3}));
    assert_eq!(versions.header("Zotero-Server-ID"), Some("one"));
    let quiet = format!("{HOST}If-Modified-Since-Version: 3\r\nZotero-Server-ID: one\r\n");
    assert_eq!(desktop.get("users/0/items?format=versions", &quiet).status, 304);
    assert_eq!(desktop.get("users/0/items", &format!("{HOST}Zotero-Server-ID: two\r\n")).status, 412);
}

#[test]
fn trashed_collections_are_not_listed_and_files_are_addresses_of_this_disk() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.collection("TOPAAAAA", "Top", None);
    library.collection("LOWAAAAA", "Low", Some("TOPAAAAA"));
    library.set_on_collection("TOPAAAAA", "deleted", json!(true));
    let desktop = FakeDesktop::serve(library);
    assert_eq!(desktop.get("users/0/collections?includeTrashed=1", HOST).keys().len(), 0);
    let file = desktop.get("users/0/items/PDFAAAAA/file", HOST);
    let address = file.header("Location").unwrap();
    assert!(file.status == 302 && address.starts_with("file:///") && address.ends_with("/PDFAAAAA/PDFAAAAA.pdf"));
    std::fs::remove_file(desktop.program().place("PDFAAAAA")).unwrap();
    let records = desktop.get("users/0/items?itemKey=PDFAAAAA", HOST).json();
    assert_eq!(records[0]["data"]["md5"], json!(null), "hashed from the disk, now");
}
