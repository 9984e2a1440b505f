//! The same input makes the same bytes: in another folder, on another machine, from lines in another order, after a clean.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::test_site::{TestSite, differences};

/// The demonstration library.
fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content/library")
}

fn settings(library: &str) -> String {
    format!(
        "[site]\ntitle = \"Test\"\nbase-url = \"https://example.org/papers/\"\n\n[publish]\nannotations = true\n\n\
         [[libraries]]\ntype = \"file\"\nid = \"demo\"\npath = {library:?}\n"
    )
}

fn built(site: &TestSite) -> BTreeMap<String, Vec<u8>> {
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    site.site()
}

#[track_caller]
fn assert_same(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) {
    let differ = differences(a, b);
    assert!(differ.is_empty(), "{} files differ: {:?}", differ.len(), &differ[..differ.len().min(20)]);
}

#[test]
fn another_folder_machine_and_a_clean_start_make_the_same_bytes() {
    let first = TestSite::empty().write("zbib.toml", settings(demo().to_str().unwrap()));
    let expected = built(&first);
    assert!(expected.len() > 1_000);

    let elsewhere = TestSite::empty()
        .write("a/b/zbib.toml", settings(demo().to_str().unwrap()))
        .variable("TZ", "Pacific/Kiritimati")
        .variable("LANG", "tr_TR.UTF-8")
        .variable("LC_ALL", "tr_TR.UTF-8")
        .variable("RAYON_NUM_THREADS", "1")
        .variable("SOURCE_DATE_EPOCH", "0");
    let run = elsewhere.run(&["build", "--config", "a/b/zbib.toml"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_same(&expected, &crate::test_site::files(&elsewhere.path("a/b/public")));

    for what in ["site", "all"] {
        assert_eq!(first.run(&["clean", what]).code, 0);
        assert!(!first.has("index.html"));
        assert_same(&expected, &built(&first));
    }
}

/// Records and collections in another order.
#[test]
fn lines_in_another_order_make_the_same_bytes() {
    let library = demo();
    let shuffled = |name: &str| {
        let text = fs::read_to_string(library.join(name)).unwrap();
        let mut lines: Vec<_> = text.lines().collect();
        lines.sort_by_key(|line| xxhash_rust::xxh3::xxh3_64(line.as_bytes()));
        assert_ne!(lines, text.lines().collect::<Vec<_>>());
        lines.join("\n")
    };
    let straight = TestSite::empty().write("zbib.toml", settings("library"));
    let crooked = TestSite::empty().write("zbib.toml", settings("library")).variable("RAYON_NUM_THREADS", "7");
    for name in ["items.jsonl", "collections.jsonl"] {
        straight.change(&format!("library/{name}"), fs::read(library.join(name)).unwrap());
        crooked.change(&format!("library/{name}"), shuffled(name));
    }
    for site in [&straight, &crooked] {
        site.change("library/settings.json", fs::read(library.join("settings.json")).unwrap());
    }
    assert_same(&built(&straight), &built(&crooked));
}
