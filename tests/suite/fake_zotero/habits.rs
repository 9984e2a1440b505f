//! The fake keeps the real one's habits: whoever changes it breaks none of them unseen.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use super::{FakeZotero, Fault, Library, key};

/// An answer as it came over the wire.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: String,
    body: String,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(super) fn keys(&self) -> Vec<String> {
        self.json().as_array().unwrap().iter().map(|object| object["key"].as_str().unwrap().to_owned()).collect()
    }
}

pub(super) fn ask(url: &str, method: &str, target: &str, headers: &str) -> Answer {
    let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
    write!(stream, "{method} {target} HTTP/1.1\r\n{headers}\r\n").unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Answer { status, head: head.replace('\r', ""), body: body.to_owned() }
}

impl FakeZotero {
    fn get(&self, rest: &str) -> Answer {
        ask(self.url(), "GET", &format!("/groups/123/{rest}"), "")
    }
}

#[test]
fn every_object_raises_the_version_and_only_the_top_of_a_deleted_tree_is_logged() {
    let mut library = Library::of_books(2);
    library.collection("TOPAAAAA", "Top", None);
    library.collection("LOWAAAAA", "Low", Some("TOPAAAAA"));
    library.set(&key(0), "collections", json!(["LOWAAAAA"]));
    let fake = FakeZotero::serve(library);
    let before = fake.get("items?format=versions").json();
    assert_eq!(before, json!({key(0): 5, key(1): 2}));
    fake.edit(|library| library.delete_collection("TOPAAAAA"));
    assert_eq!(fake.get("items?format=versions").json(), before, "the items keep their versions");
    assert_eq!(fake.get("deleted?since=5").json()["collections"], json!(["TOPAAAAA"]));
    assert_eq!(fake.get("collections").json(), json!([]));
    assert_eq!((fake.get("deleted").status, fake.get("deleted?since=x").status), (400, 400));
}

#[test]
fn a_list_of_keys_counts_if_one_is_well_made_and_up_to_a_hundred() {
    let fake = FakeZotero::serve(Library::of_books(130));
    assert_eq!(fake.get("items?itemKey=").keys().len(), 25);
    assert_eq!(fake.get("items?itemKey=nonsense,../etc").keys().len(), 25);
    let keys = |n: usize| (0..n).map(key).collect::<Vec<_>>().join(",");
    let three = fake.get(&format!("items?itemKey={},UNKNOWNA&limit=1", keys(3))).keys();
    assert_eq!(three, [key(2), key(1), key(0)], "the last edited first, and no limit but a hundred");
    assert_eq!(fake.get(&format!("items?itemKey={}", keys(120))).keys().len(), 100);
    fake.edit(|library| library.collection("COLLAAAA", "A", None));
    fake.edit(|library| library.collection("COLLBBBB", "B", None));
    assert_eq!(fake.get("collections?collectionKey=COLLBBBB").keys(), ["COLLBBBB"]);
}

#[test]
fn pages_end_at_a_hundred_and_beyond_the_end_is_nothing() {
    let fake = FakeZotero::serve(Library::of_books(130));
    let page = fake.get("items?limit=500&start=100&sort=dateAdded&direction=asc");
    assert_eq!((page.keys().len(), page.header("Total-Results")), (30, Some("130")));
    assert!(page.header("Link").unwrap().contains("elsewhere.example"));
    assert_eq!(fake.get("items?start=130").json(), json!([]));
    assert_eq!(fake.get("items?limit=0").keys().len(), 25);
    assert_eq!(fake.get("items?format=keys").body.lines().count(), 130);
    assert_eq!(fake.get("items?format=versions&since=130").json(), json!([]), "an empty map comes as a list");
    assert_eq!((fake.get("items?sort=colour").status, fake.get("items?format=pdf").status), (400, 400));
}

#[test]
fn the_trash_is_hidden_by_the_own_flag_only() {
    let mut library = Library::of_books(2);
    library.put("NOTEAAAA", json!({"itemType": "note", "parentItem": key(0), "note": "", "tags": [{"tag": "x"}]}));
    library.trash(&key(0));
    library.collection("TRASHEDA", "T", None);
    library.set_on_collection("TRASHEDA", "deleted", json!(true));
    let fake = FakeZotero::serve(library);
    assert_eq!(fake.get("items").keys(), ["NOTEAAAA".to_owned(), key(1)], "a child of the trash is shown");
    assert_eq!(fake.get("items?includeTrashed=false").keys().len(), 3, "any word is yes");
    assert_eq!((fake.get("items/trash").keys(), fake.get("items/top").keys()), (vec![key(0)], vec![key(1)]));
    assert_eq!(fake.get("collections").keys().len(), 1);
    fake.edit(|library| library.hides_trashed_collections = true);
    assert_eq!(fake.get("collections").json(), json!([]));
    assert_eq!(fake.get("collections?includeTrashed=1").keys().len(), 1);
    assert_eq!(fake.get("tags").json()[0]["tag"], "x");
}

#[test]
fn the_condition_is_on_the_library_and_of_lists_only() {
    let fake = FakeZotero::serve(Library::of_books(2));
    let conditional = |rest: &str, version: u64| {
        let header = format!("If-Modified-Since-Version: {version}\r\n");
        ask(fake.url(), "GET", &format!("/groups/123/{rest}"), &header)
    };
    for list in ["items", "collections?sort=nonsense", "searches", "settings", "tags"] {
        let answer = conditional(list, 2);
        assert_eq!((answer.status, answer.header("Last-Modified-Version")), (304, None), "{list}");
    }
    assert_eq!(conditional("items", 1).header("Last-Modified-Version"), Some("2"));
    assert_eq!(conditional("items", 7).status, 304, "one from the future too");
    let one = conditional(&format!("items/{}", key(0)), 2);
    assert_eq!((one.status, one.header("Last-Modified-Version")), (200, Some("1")), "an object has its own");
    assert_eq!((conditional("deleted?since=0", 2).status, conditional("fulltext?since=0", 2).status), (200, 200));
    let error = fake.get("items/UNKNOWNA");
    assert!(error.status == 404 && error.header("Content-Type").unwrap().starts_with("text/html"));
}

#[test]
fn a_renamed_group_raises_no_version_of_its_library() {
    let fake = FakeZotero::serve(Library::of_books(1));
    fake.edit(|library| library.rename("Another name"));
    assert_eq!(fake.get("items").json()[0]["library"]["name"], "Another name");
    let group = ask(fake.url(), "GET", "/groups/123", "");
    assert_eq!(
        (group.header("Last-Modified-Version"), group.json()["data"]["name"].as_str()),
        (Some("2"), Some("Another name"))
    );
    assert_eq!(fake.get("items").header("Last-Modified-Version"), Some("1"));
}

#[test]
fn files_stand_on_another_host_under_addresses_that_expire() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"0123456789");
    library.web_page("PAGEAAAA", &key(0), b"<p>page");
    let fake = FakeZotero::serve(library);
    let head = ask(fake.url(), "HEAD", "/groups/123/items/PDFAAAAA/file", "");
    assert_eq!((head.status, head.header("Location")), (200, None), "tells nothing");
    assert_eq!(fake.get(&format!("items/{}/file", key(0))).status, 400, "a book is no attachment");
    let answer = fake.get("items/PDFAAAAA/file");
    assert_eq!((answer.status, answer.header("Zotero-File-Size")), (302, Some("10")));
    let location = answer.header("Location").unwrap().to_owned();
    let (host, target) = location.split_at(location.match_indices('/').nth(2).unwrap().0);
    assert_ne!(host, fake.url());
    let stored = |headers: &str| ask(host, "GET", target, headers);
    assert_eq!(stored("").body, "0123456789");
    let tag = stored("").header("ETag").unwrap().to_owned();
    let end = stored(&format!("Range: bytes=4-\r\nIf-Range: {tag}\r\n"));
    assert_eq!((end.status, end.body.as_str(), end.header("Content-Range")), (206, "456789", Some("bytes 4-9/10")));
    assert_eq!(
        (stored("Range: bytes=4-\r\nIf-Range: \"x\"\r\n").status, stored("Range: bytes=10-\r\n").status),
        (200, 416)
    );
    assert_eq!((stored("Authorization: x\r\n").status, stored("Zotero-API-Key: x\r\n").status), (400, 400));
    fake.refuse_ranges();
    assert_eq!(stored("Range: bytes=4-\r\n").body, "0123456789");
    fake.expire_addresses();
    assert_eq!(stored("").status, 403);
    let page = fake.get("items/PAGEAAAA/file");
    assert_eq!(page.header("Zotero-File-Compressed"), Some("Yes"));
    assert_ne!(page.header("Zotero-File-MD5"), fake.get("items/PAGEAAAA").json()["data"]["md5"].as_str());
}

#[test]
fn an_answer_goes_wrong_in_every_way() {
    let fake = FakeZotero::serve(Library::of_books(30));
    fake.remember();
    fake.edit(|library| library.book("NEWBOOKA", "New"));
    let version = |answer: &Answer| answer.header("Last-Modified-Version").map(str::to_owned);
    let spoilt = |fault: Fault| {
        fake.fault_where(1, |request| request.path().ends_with("/items"), fault);
        fake.get("items?sort=dateAdded&start=10&limit=5")
    };
    let right = fake.get("items?sort=dateAdded&start=10&limit=5");
    assert_eq!(version(&spoilt(Fault::Lagging)).as_deref(), Some("30"));
    assert_eq!(version(&spoilt(Fault::VersionOff(40))).as_deref(), Some("71"));
    assert_eq!(version(&spoilt(Fault::VersionOff(-1))).as_deref(), Some("30"));
    assert_eq!(version(&spoilt(Fault::NoVersion)), None);
    assert_eq!(spoilt(Fault::Shifted(-1)).keys()[1..], right.keys()[..4]);
    assert_eq!(spoilt(Fault::RetryAfterText(429, "soon")).header("Retry-After"), Some("soon"));
    assert_eq!(spoilt(Fault::CutAfter(9)).body.len(), 9);
    assert!(spoilt(Fault::CutChunks).header("Content-Length").is_none());
    let longer = spoilt(Fault::WrongLength(7)).header("Content-Length").unwrap().parse::<usize>().unwrap();
    assert_eq!(longer, right.body.len() + 7);
    assert_eq!(
        spoilt(Fault::Rewrite(Box::new(|right| right.reworded("Total-Results", None)))).header("Total-Results"),
        None
    );
    assert_eq!((spoilt(Fault::Drop).status, spoilt(Fault::HeldUntil(3)).status), (0, 200));
    let told = Arc::new(AtomicUsize::new(0));
    for fault in [Fault::Before as fn(Box<dyn FnOnce() + Send>) -> Fault, Fault::Afterwards] {
        let teller = Arc::clone(&told);
        spoilt(fault(Box::new(move || {
            teller.fetch_add(1, Ordering::SeqCst);
        })));
    }
    assert!(told.load(Ordering::SeqCst) >= 1, "what is done afterwards may still be done");
    fake.fault_of_any(10_000, Fault::Drop);
    fake.heal();
    assert_eq!(fake.get("items").status, 200);
    assert_eq!(fake.since(30).len(), 2, "the library as it stood is remembered");
}

#[test]
fn a_merge_moves_the_children_and_trashes_the_other() {
    let mut library = Library::of_books(2);
    library.pdf("PDFAAAAA", &key(1), b"%PDF");
    library.set(&key(1), "collections", json!(["COLLAAAA"]));
    library.merge(&key(0), &key(1));
    let data = |key: &str| &library.items[key].value["data"];
    assert_eq!((&data("PDFAAAAA")["parentItem"], &data(&key(1))["deleted"]), (&json!(key(0)), &json!(1)));
    assert_eq!(data(&key(0))["collections"], json!(["COLLAAAA"]));
    assert!(data(&key(0))["relations"]["dc:replaces"].as_str().unwrap().ends_with(&key(1)));
}
