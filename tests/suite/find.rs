//! `zbib find`.

use crate::test_site::{TestSite, record};

#[test]
fn records_are_found_by_title_creator_and_citation_key() {
    let ada = r#""title":"Notes on the Engine","date":"1843","creators":[{"creatorType":"author","firstName":"Ada","lastName":"Lovelace"}]"#;
    let site = TestSite::of(&[record("AAAAAAA2", "book", ada), record("AAAAAAA3", "book", r#""title":"Other""#)], &[]);
    site.build();
    for words in [vec!["engine"], vec!["lovelace"], vec!["lovelace_notes_1843"], vec!["LOVELACE", "Notes"]] {
        let run = site.run(&[vec!["find"], words.clone()].concat());
        assert_eq!(run.stdout, "AAAAAAA2  Lovelace 1843             Notes on the Engine\n", "{words:?}");
        assert_eq!((run.stderr.as_str(), run.code), ("1 found\n", 0));
    }
    let run = site.run(&["find", "zeppelin"]);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str(), run.code), ("", "0 found\n", 0));
}

#[test]
fn without_a_site_it_says_how_to_get_one() {
    TestSite::of(&[], &[]).fails(
        &["find", "engine"],
        1,
        "error: cannot read the site's search data at `public/search/data/manifest.json`\n  \
         caused by: No such file or directory\n\nhint: run `zbib build` first\n",
    );
}
