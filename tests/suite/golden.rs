//! Whole sites compared with what stands in `tests/golden`.
//!
//! `ZBIB_GOLDEN=write cargo test --test suite golden` writes the expectations anew; read the difference before you commit it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use crate::test_site::{TestSite, files};
use crate::well_formed;

/// What is compared, by path.
type Expectation = BTreeMap<String, Vec<u8>>;

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// A site of one of the libraries made for tests. Files with hostile names could not stand in a repository, so every
/// attachment gets its file here: the same small paper, under the name that its record gives.
fn of_library(name: &str) -> TestSite {
    let library = tests().join("fixtures/libraries").join(name);
    let paper = fs::read(tests().join("fixtures/libraries/paper.pdf")).unwrap();
    let read = |name: &str| fs::read_to_string(library.join(name)).unwrap();
    let site = TestSite::empty()
        .write("zbib.toml", SETTINGS)
        .write("library/items.jsonl", read("items.jsonl"))
        .write("library/collections.jsonl", read("collections.jsonl"));
    for record in read("items.jsonl").lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let data = &record["data"];
        let (Some(key), Some(name)) = (data["key"].as_str(), data["filename"].as_str()) else { continue };
        if data["md5"].is_string() && !name.contains('/') && name != "gone.pdf" {
            let bytes = if name == "empty.pdf" { &[][..] } else { &paper };
            site.change(&format!("library/files/{key}/{name}"), bytes);
        }
    }
    site
}

const SETTINGS: &str = "\
[site]
title = \"Golden\"
description = \"Made for tests.\"
base-url = \"https://example.org/papers/\"

[publish]
annotations = true

[exports]
item = [\"bibtex\", \"biblatex\", \"ris\", \"csl\", \"rdf\"]
list = [\"bibtex\", \"rdf\"]
library = [\"bibtex\", \"biblatex\", \"ris\", \"csl\"]

[[libraries]]
type = \"file\"
path = \"library\"
";

/// The site, what the build said of it, and nothing wrong with it.
fn built(site: &TestSite) -> Expectation {
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut built = files(&site.path("public"));
    well_formed::assert_well_formed(&built);
    // The sizes are those of the theme, too.
    let said: Vec<_> = run.stderr.lines().filter(|line| !line.starts_with("public: ")).collect();
    built.insert("said.txt".to_owned(), format!("{}\n", said.join("\n")).into_bytes());
    built
}

/// All bytes but the theme's own files, which stand in `themes/`: of them only the name counts, without what is in it.
fn whole(site: Expectation) -> Expectation {
    let mut assets = String::new();
    let mut whole = Expectation::new();
    for (path, bytes) in site {
        if path.starts_with("static/") {
            assets.push_str(&format!("{}\n", nameless(&path)));
        } else if path != ".zbib-manifest" {
            whole.insert(path, without_hashes(bytes));
        }
    }
    whole.insert("static.txt".to_owned(), assets.into_bytes());
    whole
}

/// What is inside `<main>` of each page, and the exports.
fn main_and_exports(site: Expectation) -> Expectation {
    let exports = [".bib", ".ris", ".csl.json", "said.txt"];
    let part = |(path, bytes): (String, Vec<u8>)| {
        if path.ends_with("index.html") {
            let text = String::from_utf8(bytes).unwrap();
            let start = text.find("<main").unwrap();
            let end = text.find("</main>").unwrap() + "</main>".len();
            return Some((path, without_hashes(format!("{}\n", &text[start..end]).into_bytes())));
        }
        exports.iter().any(|kind| path.ends_with(kind)).then_some((path, bytes))
    };
    site.into_iter().filter_map(part).collect()
}

/// `theme.96d93cf197.css` is `theme.HASH.css`: what is in the theme's files does not count.
fn without_hashes(bytes: Vec<u8>) -> Vec<u8> {
    match String::from_utf8(bytes) {
        Ok(text) => nameless(&text).into_bytes(),
        Err(error) => error.into_bytes(),
    }
}

fn nameless(text: &str) -> String {
    static HASH: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(static/[a-z]+\.)[0-9a-f]{10}\.").unwrap());
    HASH.replace_all(text, "${1}HASH.").into_owned()
}

/// Holds what is there against what stands in the folder, in both directions.
#[track_caller]
fn compare(name: &str, found: &Expectation) {
    let folder = tests().join("golden").join(name);
    if std::env::var_os("ZBIB_GOLDEN").is_some_and(|value| value == "write") {
        let _ = fs::remove_dir_all(&folder);
        for (path, bytes) in found {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
    let expected = files(&folder);
    let missing: Vec<_> = expected.keys().filter(|path| !found.contains_key(*path)).collect();
    assert!(missing.is_empty(), "{name}: expected, but not there: {missing:?}");
    let new: Vec<_> = found.keys().filter(|path| !expected.contains_key(*path)).collect();
    assert!(new.is_empty(), "{name}: there, but not expected: {new:?}");
    let different: Vec<_> = found.keys().filter(|path| found[*path] != expected[*path]).collect();
    let Some(first) = different.first() else { return };
    let line = difference(&expected[*first], &found[*first]);
    panic!("{name}: {} files differ: {different:?}\nthe first:\n{line}", different.len());
}

/// The first line that differs.
fn difference(expected: &[u8], found: &[u8]) -> String {
    let (expected, found) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(found));
    let (mut expected, mut found) = (expected.lines(), found.lines());
    let mut number = 1;
    loop {
        match (expected.next(), found.next()) {
            (None, None) => return "the ends of lines differ".to_owned(),
            (expected, found) if expected == found => number += 1,
            (expected, found) => {
                let line = |line: Option<&str>| line.unwrap_or("nothing").to_owned();
                return format!("line {number}\n  expected {}\n  found    {}", line(expected), line(found));
            }
        }
    }
}

#[test]
fn tiny_is_this_site_byte_for_byte() {
    compare("tiny", &whole(built(&of_library("tiny"))));
}

#[test]
fn every_type_has_these_pages_and_exports() {
    compare("every-type", &main_and_exports(built(&of_library("every-type"))));
}

#[test]
fn what_is_awkward_becomes_these_pages_and_exports() {
    compare("awkward", &main_and_exports(built(&of_library("awkward"))));
}
