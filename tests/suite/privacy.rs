//! What the rules withhold leaves no trace: each such thing carries a word that must be nowhere.

use std::collections::BTreeMap;

use crate::fake_zotero::{FakeZotero, Library};
use crate::test_site::{TestSite, collection, files, record};

const CANARY: &str = "canary";

/// Every place where the word stands, in a name or in bytes.
fn traces(files: &BTreeMap<String, Vec<u8>>, word: &str) -> Vec<String> {
    let word = word.to_lowercase().into_bytes();
    let in_bytes = |bytes: &[u8]| bytes.to_ascii_lowercase().windows(word.len()).any(|part| part == word);
    files
        .iter()
        .filter(|(path, bytes)| in_bytes(path.as_bytes()) || in_bytes(bytes))
        .map(|(path, _)| path.clone())
        .collect()
}

/// A library in which everything that is called canary is withheld by one rule or another.
fn site(publish: &str) -> TestSite {
    let tagged = |tag: &str| format!(r#","tags":[{{"tag":"{tag}"}}]"#);
    let child = |key: &str, kind: &str, parent: &str, more: &str| {
        record(
            key,
            kind,
            &format!(
                r#""parentItem":"{parent}","note":"<p>canary note of {key}</p>","annotationText":"canary","annotationType":"highlight"{more}"#
            ),
        )
    };
    let pdf = |key: &str, parent: &str, more: &str| {
        let hash = zbib::zotero::cache::Md5::of(b"canary file");
        record(
            key,
            "attachment",
            &format!(
                r#""parentItem":"{parent}","title":"canary","linkMode":"imported_file","contentType":"application/pdf","filename":"canary-{key}.pdf","md5":"{hash}"{more}"#
            ),
        )
    };
    let book = |key: &str, more: &str| {
        record(
            key,
            "book",
            &format!(
                r#""title":"Canary {key}","creators":[{{"creatorType":"author","lastName":"Canary","firstName":"C."}}]{more}"#
            ),
        )
    };
    let public = r#""title":"Public","date":"1999","collections":["CCCCCCC2"],"tags":[{"tag":"open"},{"tag":"_canary-tag"}],"relations":{"dc:relation":["http://zotero.org/groups/1/items/HHHHHHH3"]}"#;
    let items = [
        record("AAAAAAA2", "book", public),
        child("NNNNNNN2", "note", "AAAAAAA2", &tagged("_hidden")),
        child("NNNNNNN3", "note", "AAAAAAA2", r#","deleted":1"#),
        child("NNNNNNN4", "note", "AAAAAAA2", &tagged("draft")),
        pdf("FFFFFFF2", "AAAAAAA2", &tagged("_hidden")),
        pdf("FFFFFFF3", "AAAAAAA2", r#","deleted":1"#),
        child("MMMMMMM2", "annotation", "FFFFFFF2", ""),
        book("HHHHHHH2", r#","deleted":1"#),
        child("NNNNNNN5", "note", "HHHHHHH2", ""),
        pdf("FFFFFFF4", "HHHHHHH2", ""),
        book("HHHHHHH3", &tagged("private matters")),
        child("NNNNNNN6", "note", "HHHHHHH3", ""),
        pdf("FFFFFFF5", "HHHHHHH3", ""),
        book("HHHHHHH4", r#","collections":["CCCCCCC3"]"#),
        book("HHHHHHH5", r#","collections":["CCCCCCC4"]"#),
        record("HHHHHHH6", "letter", r#""title":"Canary letter""#),
        child("NNNNNNN7", "note", "HHHHHHH4", ""),
        record("NNNNNNN8", "note", r#""note":"<p>canary alone</p>","tags":[{"tag":"_x"}]"#),
    ];
    let collections = [
        collection("CCCCCCC2", "Open", None),
        collection("CCCCCCC3", "_canary inbox", None),
        collection("CCCCCCC4", "Canary part", Some("CCCCCCC3")),
    ];
    let settings = format!(
        "[site]\nbase-url = \"https://example.org/\"\n[publish]\n{publish}\n[exports]\nitem = [\"bibtex\", \"biblatex\", \"ris\", \"csl\", \"csv\", \"coins\", \"rdf\"]\n\
         list = [\"bibtex\", \"biblatex\", \"ris\", \"csl\", \"csv\", \"coins\", \"rdf\"]\ncoins = true\n[[libraries]]\ntype = \"file\"\npath = \"library\"\n"
    );
    let mut site = TestSite::of(&items, &collections).write("zbib.toml", settings);
    for key in ["FFFFFFF2", "FFFFFFF3", "FFFFFFF4", "FFFFFFF5"] {
        site = site
            .write(&format!("library/files/{key}/canary-{key}.pdf"), "canary file")
            .write(&format!("library/fulltext/{key}.txt"), "canary text");
    }
    let colors = r##"{"tagColors":{"value":[{"name":"_canary-tag","color":"#ff0000"}],"version":1}}"##;
    site.write("library/settings.json", colors)
}

const RULES: &str =
    "item-exclude = [\"private\"]\nchild-exclude = [\"_\", \"draft\"]\ntypes = [\"book\"]\nannotations = true";

#[test]
fn what_the_rules_withhold_is_neither_in_the_site_nor_in_the_cache() {
    let site = site(RULES);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(site.page("items/AAAAAAA2/index.html").contains("Public"));
    assert_eq!(traces(&site.site(), CANARY), [""; 0], "in the site");
    assert_eq!(traces(&files(&site.path(".zbib")), CANARY), [""; 0], "in the cache");
    assert!(!run.stderr.to_lowercase().contains(CANARY), "{}", run.stderr);
    for key in ["HHHHHHH2", "HHHHHHH3", "HHHHHHH4", "NNNNNNN2", "FFFFFFF2", "CCCCCCC3"] {
        assert_eq!(traces(&site.site(), key), [""; 0], "{key}");
    }
}

#[test]
fn the_word_is_found_where_nothing_withholds_it() {
    let site = site("collections-exclude = []\nchild-exclude = []\ntag-exclude = []");
    assert_eq!(site.run(&["build"]).code, 0);
    for path in
        ["items/HHHHHHH3/index.html", "bibliography.bib", "items/AAAAAAA2/canary-FFFFFFF2.pdf", "api/collections.json"]
    {
        assert!(traces(&site.site(), CANARY).iter().any(|trace| trace == path), "{path}");
    }
}

#[test]
fn rules_that_choose_withhold_all_others() {
    for rules in [
        "item-include = [\"open\"]\nnotes = false\ntypes = [\"book\"]",
        "collections-include = [\"Open\"]\nnotes = false",
    ] {
        let site = site(rules);
        assert_eq!(site.run(&["build"]).code, 0);
        assert!(site.has("items/AAAAAAA2/index.html"));
        assert_eq!(traces(&site.site(), CANARY), [""; 0], "{rules}");
        assert_eq!(traces(&files(&site.path(".zbib/file-library")), "canary alone"), [""; 0], "{rules}");
    }
}

#[test]
fn a_stricter_rule_takes_back_what_was_published_and_cached() {
    let site = site("item-exclude = []\nchild-exclude = [\"_\", \"draft\"]");
    assert_eq!(site.run(&["build"]).code, 0);
    assert!(!traces(&site.site(), CANARY).is_empty());
    let settings = std::fs::read_to_string(site.path("zbib.toml")).unwrap();
    site.change(
        "zbib.toml",
        settings
            .replace("item-exclude = []", RULES)
            .replace("\nchild-exclude = [\"_\", \"draft\"]\n[exports]", "\n[exports]"),
    );
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(traces(&site.site(), CANARY), [""; 0]);
    assert_eq!(traces(&files(&site.path(".zbib")), CANARY), [""; 0]);
}

#[test]
fn a_deleted_record_leaves_no_bytes_in_the_cache() {
    let mut library = Library::of_books(2);
    library.pdf("PDFAAAAA", "AAAAAAAA", b"canary");
    library.key = Some("any".into());
    let fake = FakeZotero::serve(library);
    let site = TestSite::empty()
        .write("zbib.toml", format!("[[libraries]]\nid = 123\napi = \"{}\"\n", fake.url()))
        .variable("ZOTERO_API_KEY", "any");
    assert_eq!(site.run(&["build"]).code, 0);
    assert_eq!(traces(&files(&site.path(".zbib")), CANARY).len(), 1);
    fake.edit(|library| library.delete("AAAAAAAA"));
    assert_eq!(site.run(&["build"]).code, 0);
    assert_eq!(traces(&files(&site.path("")), CANARY), [""; 0]);
}

#[test]
fn an_overlay_withholds_from_the_site() {
    let items = [record("AAAAAAA2", "book", r#""title":"Canary""#), record("AAAAAAA3", "book", r#""title":"Public""#)];
    let site = TestSite::of(&items, &[collection("CCCCCCC2", "Canary", None)])
        .write("content/items/AAAAAAA2.md", "+++\npublished = false\n+++\ncanary")
        .write("content/collections/CCCCCCC2.md", "+++\npublished = false\n+++\ncanary");
    site.build();
    assert_eq!(traces(&site.site(), CANARY), [""; 0]);
}
