//! `zbib status`.

use serde_json::Value;

use crate::test_site::{TestSite, record};

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
    assert_eq!(
        run.stdout,
        "library (file-library): version 1, 2 records (1 withheld), 0 collections, 0 files\npublic holds a site\n"
    );
    let status: Value = serde_json::from_str(&site.run(&["status", "--json"]).stdout).unwrap();
    assert_eq!(status["libraries"][0]["id"], "file-library");
    assert_eq!((&status["libraries"][0]["records"], &status["built"]), (&2.into(), &true.into()));
}
