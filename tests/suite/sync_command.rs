//! `zbib sync` as its owner types it, against a Zotero on loopback.

use std::fs;

use serde_json::{Value, json};
use zbib::zotero::cache::Cache;

use crate::fake_zotero::{FakeZotero, Library, key};
use crate::test_site::TestSite;

/// A site of the group that `fake` has, and of a file.
fn site(fake: &FakeZotero) -> TestSite {
    let settings = format!(
        "[[libraries]]\nid = 123\nname = \"The lab\"\napi = \"{}\"\n[[libraries]]\ntype = \"file\"\npath = \"mine.bib\"\n\
         [[libraries]]\ntype = \"file\"\npath = \"yours.bib\"\n",
        fake.url()
    );
    TestSite::empty()
        .write("zbib.toml", settings)
        .write("mine.bib", "@book{mine, title = {Mine}}")
        .write("yours.bib", "@book{yours, title = {Yours}}")
}

#[test]
fn only_the_libraries_that_are_named_are_asked_for() {
    let fake = FakeZotero::serve(Library::of_books(2));
    let site = site(&fake);
    let run = site.run(&["sync", "--library", "yours", "--library", "file-mine"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("mine: ") && run.stderr.contains("yours: "), "{}", run.stderr);
    assert_eq!(fake.requests().len(), 0);
    site.fails(
        &["sync", "--library", "The lab", "--library", "lap"],
        2,
        "error: the settings name no library `lap`\n\nhint: they name groups-123, file-mine, file-yours\n",
    );
    assert_eq!(fake.requests().len(), 0, "a wrong name stops it before anything is asked");
}

#[test]
fn a_part_of_a_sync_asks_for_that_part_only() {
    let mut library = Library::of_books(2);
    library.key = Some("any".into());
    library.pdf("PDFAAAAA", "AAAAAAAA", b"%PDF");
    let fake = FakeZotero::serve(library);
    let site = site(&fake).variable("ZOTERO_API_KEY", "any");
    assert_eq!(site.run(&["sync", "--only", "cache"]).code, 0);
    assert!(fake.requests().iter().all(|request| !request.path().ends_with("/file")));
    fake.forget_requests();
    let run = site.run(&["sync", "--only", "files"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let paths: Vec<_> = fake.requests().iter().map(|request| request.path().to_owned()).collect();
    assert!(!paths.is_empty() && paths.iter().all(|path| path.ends_with("/file")), "{paths:?}");
    assert_eq!(site.run(&["sync", "--only", "everything"]).code, 2);
}

#[test]
fn a_build_without_a_connection_cannot_be_told_how_to_ask() {
    let site = TestSite::of(&[], &[]);
    for flag in ["--full", "--retry-files", "--allow-mass-removal"] {
        assert_eq!(site.run(&["build", "--offline", flag]).code, 2, "{flag}");
        assert_eq!(site.run(&["build", flag]).code, 0, "{flag}");
    }
}

#[test]
fn a_cache_in_use_says_who_uses_it_since_when_and_what_to_do() {
    let site = TestSite::of(&[], &[]);
    let held = Cache::open(&site.path(".zbib")).unwrap();
    let run = site.run(&["sync"]);
    let host = gethostname::gethostname();
    let holder = format!("process {} on `{}` (for ", std::process::id(), host.display());
    assert!(run.stderr.starts_with(&format!("error: cannot use the cache, {holder}")), "{}", run.stderr);
    assert!(
        run.stderr
            .ends_with(" is using it\n\nhint: wait until it is done, or end it; `.zbib/lock` names its process\n"),
        "{}",
        run.stderr
    );
    assert_eq!(run.code, 1);
    drop(held);
    assert_eq!(site.run(&["sync"]).code, 0);
}

#[test]
fn a_run_that_was_killed_is_noted_by_the_next_and_does_not_stop_it() {
    let site = TestSite::of(&[], &[]);
    assert_eq!(site.run(&["sync"]).code, 0);
    fs::write(site.path(".zbib/lock"), r#"{"pid":42,"host":"","start":1700000000}"#).unwrap();
    let run = site.run(&["sync", "--strict"]);
    assert!(
        run.stderr.contains(
            "note: the last run was ended before it was done; what it fetched is kept and used\n  process 42  begun "
        ),
        "{}",
        run.stderr
    );
    assert_eq!(run.code, 0);
    assert!(!site.run(&["sync"]).stderr.contains("process 42"));
}

#[test]
fn the_site_tells_scripts_what_the_last_change_was_and_a_quiet_night_does_not_move_it() {
    let mut library = Library::of_books(3);
    library.put("NNNNNNN2", json!({"itemType": "note", "note": "x", "tags": [{"tag": "_todo"}]}));
    let fake = FakeZotero::serve(library);
    let settings =
        format!("[site]\nbase-url = \"https://example.org/\"\n[[libraries]]\nid = 123\napi = \"{}\"\n", fake.url());
    let site = TestSite::empty().write("zbib.toml", settings);
    let told = || {
        let run = site.run(&["build"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let told: Value = serde_json::from_str(&site.page("api/last-sync.json")).unwrap();
        let library = &told["libraries"][0];
        ["version", "records_added", "records_changed", "records_removed"].map(|name| library[name].as_u64().unwrap())
    };
    assert_eq!(told(), [4, 3, 0, 0], "the note is withheld, so nobody hears of it");
    fake.edit(|library| library.set(&key(0), "title", json!("Another")));
    fake.edit(|library| library.delete(&key(1)));
    assert_eq!(told(), [6, 0, 1, 1]);
    let before = site.page("api/last-sync.json");
    assert_eq!(told(), [6, 0, 1, 1]);
    assert_eq!(site.page("api/last-sync.json"), before);
    fake.edit(|library| library.set(&key(0), "tags", json!([])));
    fake.edit(|library| library.set("NNNNNNN2", "tags", json!([])));
    assert_eq!(told()[2..], [1, 0]);
}

#[test]
fn what_is_no_record_is_written_down_with_key_reason_and_raw_text() {
    let mut library = Library::of_books(2);
    library.put_raw(r#"{"key":"BADAAAAA","version":3,"data":{"key":"BADAAAAA","version":3}}"#);
    let fake = FakeZotero::serve(library);
    let site = site(&fake).write("mine.bib", "@book{mine, title = {Mine}}\n@book{broken, title = undefined}\n");
    let lines = |arguments: &[&str]| {
        let run = site.run(&[&["sync", "--log-skipped", "skipped.jsonl"], arguments].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        let text = fs::read_to_string(site.path("skipped.jsonl")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>()
    };
    let first = lines(&[]);
    let bad = first.iter().find(|line| line["key"] == "BADAAAAA").unwrap();
    assert_eq!((&bad["library"], &bad["reason"]), (&"groups-123".into(), &"BADAAAAA has no `itemType`".into()));
    assert!(bad["raw"].as_str().unwrap().contains(r#""key":"BADAAAAA""#));
    let entry = first.iter().find(|line| line["library"] == "file-mine").unwrap();
    assert!(
        entry["raw"].as_str().unwrap().contains("broken") && !entry["reason"].as_str().unwrap().is_empty(),
        "{entry}"
    );
    let quiet = lines(&["--library", "The lab"]);
    assert_eq!((quiet.len(), &quiet[0]["key"], &quiet[0]["raw"]), (1, &"BADAAAAA".into(), &Value::Null));
    assert!(lines(&["--full", "--library", "The lab"])[0]["raw"].is_string());
    let run = site.run(&["sync", "--log-skipped", "nowhere/skipped.jsonl"]);
    assert!(
        run.stderr.starts_with("error: cannot write what was set aside to `nowhere/skipped.jsonl`\n"),
        "{}",
        run.stderr
    );
    assert_eq!(run.code, 1);
}

#[test]
fn a_dry_run_prints_the_requests_and_sends_none() {
    let fake = FakeZotero::serve(Library::of_books(2));
    let site = site(&fake);
    let run = site.run(&["sync", "--dry-run", "--library", "The lab"]);
    assert_eq!((run.code, fake.requests().len()), (0, 0), "{}", run.stderr);
    let items = "items?format=json&includeTrashed=1&since=0&sort=dateAdded&direction=asc&start=0&limit=100";
    let start = format!("# The lab (groups-123)\nGET {}/groups/123/{items}\n# one more for each ", fake.url());
    assert!(run.stdout.starts_with(&start), "{}", run.stdout);
    assert_eq!(run.stderr, "4 requests known beforehand; nothing was sent\n");
    assert!(!site.path(".zbib/groups-123").exists());
    assert_eq!(site.run(&["sync"]).code, 0);
    let run = site.run(&["sync", "--dry-run"]);
    assert_eq!(run.stderr, "1 request known beforehand; nothing was sent\n");
    let lines: Vec<_> = run.stdout.lines().collect();
    assert!(lines[1].ends_with("&limit=100 If-Modified-Since-Version: 2"), "{}", run.stdout);
    assert!(run.stdout.ends_with("# mine (file-mine)\n# reads local files: no request\n# yours (file-yours)\n# reads local files: no request\n"), "{}", run.stdout);
}
