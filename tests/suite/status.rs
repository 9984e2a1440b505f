//! `zbib status`.

use serde_json::Value;

use crate::fake_zotero::{FakeZotero, Library};
use crate::test_site::{TestSite, record};

/// A site of the group that `fake` has.
fn of_group(fake: &FakeZotero, more: &str) -> TestSite {
    let settings = format!("[[libraries]]\nid = 123\napi = \"{}\"\n{more}", fake.url());
    TestSite::empty().write("zbib.toml", settings).variable("ZOTERO_API_KEY", "any")
}

/// What `status --json` says of the only library.
fn library(site: &TestSite) -> Value {
    let run = site.run(&["status", "--json"]);
    assert_eq!((run.stderr.as_str(), run.code), ("", 0));
    serde_json::from_str::<Value>(&run.stdout).unwrap()["libraries"][0].take()
}

#[test]
fn a_site_that_was_never_built_has_a_status_too() {
    let site = TestSite::empty().write("zbib.toml", "[[libraries]]\nid = 4711\n");
    let run = site.run(&["status"]);
    assert_eq!(run.stdout, "groups-4711: nothing yet, `zbib sync` fetches it\npublic holds no site yet\n");
    assert_eq!((run.stderr.as_str(), run.code), ("", 0));
}

#[test]
fn the_cache_and_the_site_are_told() {
    let hidden = record("AAAAAAA3", "note", r#""note":"x","tags":[{"tag":"_todo"}]"#);
    let site = TestSite::of(&[record("AAAAAAA2", "book", r#""title":"One""#), hidden], &[]);
    site.build();
    let run = site.run(&["status"]);
    let lines: Vec<_> = run.stdout.lines().collect();
    let summary = "library (file-library): version 1, 2 records (1 withheld), 0 collections, 0 files, 0 full texts";
    assert_eq!((lines[0], lines[2], lines.len()), (summary, "public holds a site", 3));
    assert!(
        lines[1].starts_with("  last asked ") && lines[1].ends_with(": 2 added, 0 changed, 0 removed"),
        "{lines:?}"
    );
    let status: Value = serde_json::from_str(&site.run(&["status", "--json"]).stdout).unwrap();
    assert_eq!(status["libraries"][0]["id"], "file-library");
    assert_eq!((&status["libraries"][0]["records"], &status["built"]), (&2.into(), &true.into()));
}

#[test]
fn a_library_that_was_never_fetched_says_why() {
    let fake = FakeZotero::serve(Library { key: Some("another".into()), ..Library::of_books(2) });
    let site = of_group(&fake, "");
    assert_eq!(site.run(&["sync"]).code, 1);
    let run = site.run(&["status"]);
    assert!(run.stdout.starts_with("groups-123: nothing yet, `zbib sync` fetches it\n  last asked "), "{}", run.stdout);
    assert!(
        run.stdout
            .contains(", and failed: Zotero does not know the API key in ZOTERO_API_KEY\n    hint: it may have been ")
    );
    let library = library(&site);
    assert_eq!((&library["version"], &library["last_run"]["result"]), (&Value::Null, &"failed".into()));
    assert!(library["last_run"]["requests"].as_u64().unwrap() > 0);
}

#[test]
fn a_failed_run_is_told_beside_the_copy_that_stays() {
    let fake = FakeZotero::serve(Library { key: Some("any".into()), ..Library::of_books(2) });
    let site = of_group(&fake, "");
    assert_eq!(site.run(&["sync"]).code, 0);
    let done = library(&site);
    assert_eq!((&done["version"], &done["last_run"]["added"]), (&2.into(), &2.into()));
    assert_eq!((&done["last_run"]["result"], &done["last_run"]["error"]), (&"done".into(), &Value::Null));
    assert_eq!((&done["audit_due"], &done["due"]), (&false.into(), &Value::Null));
    fake.edit(|library| library.key = Some("another".into()));
    assert_eq!(site.run(&["sync"]).code, 1);
    let failed = library(&site);
    assert_eq!((&failed["version"], &failed["checked"]), (&done["version"], &done["checked"]));
    assert_eq!((&failed["last_run"]["result"], &failed["last_run"]["added"]), (&"failed".into(), &0.into()));
    let words = site.run(&["status"]).stdout;
    assert!(words.contains(", and failed: Zotero ") && words.contains("\n  the copy is as it was "), "{words}");
}

#[test]
fn a_library_with_an_interval_says_when_it_is_due_and_a_run_before_that_asks_nothing() {
    let fake = FakeZotero::serve(Library { key: Some("any".into()), ..Library::of_books(2) });
    let site = of_group(&fake, "interval = \"12h\"\n");
    assert_eq!(site.run(&["sync"]).code, 0);
    let before = library(&site);
    assert_eq!(before["due"].as_u64().unwrap() - before["checked"].as_u64().unwrap(), 43_200);
    fake.forget_requests();
    let run = site.run(&["sync"]);
    assert!(
        run.stderr.starts_with("Fake library: not due for ") && run.stderr.ends_with(", nothing asked\n"),
        "{}",
        run.stderr
    );
    assert_eq!(fake.requests().len(), 0);
    assert_eq!(library(&site), before);
    assert!(site.run(&["status"]).stdout.contains("(interval 12h)\n"));
    assert_eq!(site.run(&["sync", "--retry-files"]).code, 0);
    assert!(!fake.requests().is_empty(), "who asks in a manner of its own is answered");
}

#[test]
fn every_field_is_documented_and_no_other() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/status.md")).unwrap();
    let sections: Vec<Vec<&str>> = text
        .split("\n## ")
        .map(|section| section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect())
        .collect();
    let site = TestSite::of(&[], &[]);
    site.build();
    let status: Value = serde_json::from_str(&site.run(&["status", "--json"]).stdout).unwrap();
    let library = &status["libraries"][0];
    for (documented, found) in sections.iter().zip([&status, library, &library["last_run"]]) {
        let found: Vec<_> = found.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(*documented, found, "left: docs/status.md, right: `zbib status --json`");
    }
}
