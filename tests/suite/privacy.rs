//! What the rules withhold leaves no trace: each such thing carries a word that must be nowhere.

use std::collections::BTreeMap;
use std::io::{Read, Write};

use zbib::bibliography::export::Format;

use crate::fake_zotero::{FakeZotero, Library};
use crate::test_site::{TestSite, collection, files, record};

const CANARY: &str = "canary";

/// Every place where the word stands, in a name or in bytes, as they are or unpacked.
fn traces(files: &BTreeMap<String, Vec<u8>>, word: &str) -> Vec<String> {
    let word = word.to_lowercase().into_bytes();
    let in_bytes = |bytes: &[u8]| bytes.to_ascii_lowercase().windows(word.len()).any(|part| part == word);
    let readings = |bytes: &[u8]| -> Vec<Vec<u8>> {
        [Some(bytes.to_vec()), unpacked(bytes), decoded(bytes), without_breaks(bytes)].into_iter().flatten().collect()
    };
    files
        .iter()
        .filter(|(path, bytes)| in_bytes(path.as_bytes()) || readings(bytes).iter().any(|bytes| in_bytes(bytes)))
        .map(|(path, _)| path.clone())
        .collect()
}

/// What a packed file holds: gzip, or the whole of it as zlib or deflate have it.
fn unpacked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut unpacked = Vec::new();
    let read = match bytes {
        [0x1f, 0x8b, ..] => flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut unpacked),
        [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] => flate2::read::ZlibDecoder::new(bytes).read_to_end(&mut unpacked),
        _ => flate2::read::DeflateDecoder::new(bytes).read_to_end(&mut unpacked),
    };
    read.is_ok().then_some(unpacked)
}

/// The bytes behind percent signs, as COinS and addresses have them.
fn decoded(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut parts = bytes.split(|byte| *byte == b'%');
    let mut decoded = parts.next()?.to_vec();
    for part in parts {
        let code = part.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => decoded.extend([&[byte], &part[2..]].concat()),
            None => decoded.extend(part),
        }
    }
    Some(decoded)
}

/// What LaTeX reads across braces, and what a page shows across tags.
fn without_breaks(bytes: &[u8]) -> Option<Vec<u8>> {
    Some(bytes.iter().copied().filter(|byte| !b"{}\\\n\r".contains(byte)).collect())
}

/// Every format for records, for lists of all kinds, and for the library; and spans in pages.
fn every_export() -> String {
    let all = |formats: Vec<Format>| formats.iter().map(|format| format!("\"{}\"", format.name())).collect::<Vec<_>>();
    let of_records = all(Format::ALL.into_iter().filter(|format| !format.is_bibliography()).collect()).join(", ");
    let formats = all(Format::ALL.to_vec()).join(", ");
    let lists = ["collections", "tags", "creators", "years", "types"].map(|kind| format!("{kind} = [{formats}]"));
    format!("item = [{of_records}]\nlibrary = [{formats}]\nlist = {{ {} }}\ncoins = true", lists.join(", "))
}

/// What `zbib export` gives out in each format: everything, and the one published record.
fn exported(site: &TestSite) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for format in Format::ALL {
        for more in [&[][..], &["AAAAAAA2"], &["--collection", "Open"], &["--tag", "open"]] {
            let run = site.run(&[&["export", "--format", format.name()], more].concat());
            assert!(run.code == 0 && !run.stderr.to_lowercase().contains(CANARY), "{}", run.stderr);
            assert!(run.stdout.to_lowercase().contains("public"), "{} {more:?}: {}", format.name(), run.stdout);
            files.insert(format!("{} {more:?}", format.name()), run.stdout.into_bytes());
        }
    }
    files
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
    let public = r#""title":"Public","date":"1999","creators":[{"creatorType":"author","lastName":"Hill","firstName":"A."}],"collections":["CCCCCCC2"],"tags":[{"tag":"open"},{"tag":"_canary-tag"}],"relations":{"dc:relation":["http://zotero.org/groups/1/items/HHHHHHH3"]}"#;
    let items = [
        record("AAAAAAA2", "book", public),
        record("AAAAAAA3", "book", &public.replace("Public", "Public as well")),
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
    let exports = every_export();
    let settings = format!(
        "[site]\nbase-url = \"https://example.org/\"\n[publish]\n{publish}\n[exports]\n{exports}\n\
         [[libraries]]\ntype = \"file\"\npath = \"library\"\n"
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
    assert_eq!(site.run(&["find", CANARY]).stderr, "0 found\n", "in the packed data of the search");
    let exported = exported(&site);
    assert_eq!(traces(&exported, CANARY), [""; 0], "in what is exported");
    for key in ["HHHHHHH2", "HHHHHHH3", "HHHHHHH4", "NNNNNNN2", "FFFFFFF2", "CCCCCCC3"] {
        assert_eq!(traces(&site.site(), key), [""; 0], "{key}");
        assert_eq!(traces(&exported, key), [""; 0], "{key} in what is exported");
    }
}

#[test]
fn there_is_a_file_of_every_format_for_every_kind_of_thing_to_be_searched() {
    let site = site(RULES);
    assert_eq!(site.run(&["build"]).code, 0);
    for format in Format::ALL {
        let extension = format.extension();
        let of_list = |folder: &str, slug: &str| match format {
            Format::Rdf => format!("{folder}/{slug}/list.rdf"),
            _ => format!("{folder}/{slug}/{slug}.{extension}"),
        };
        let item = (!format.is_bibliography()).then(|| format!("items/AAAAAAA2/AAAAAAA2.{extension}"));
        let lists = [("collections", "CCCCCCC2"), ("tags", "open"), ("creators", "hill-a"), ("years", "1999")];
        let lists = lists.into_iter().chain([("types", "book")]).map(|(folder, slug)| of_list(folder, slug));
        for path in item.into_iter().chain(lists).chain([format!("bibliography.{extension}")]) {
            assert!(site.has(&path), "{path}");
        }
    }
}

#[test]
fn packed_and_encoded_words_are_found() {
    let packed = |mut encoder: flate2::write::GzEncoder<Vec<u8>>| {
        encoder.write_all(b"a canary in a mine").unwrap();
        encoder.finish().unwrap()
    };
    let gzip = packed(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default()));
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    deflate.write_all(b"a canary in a mine").unwrap();
    for hidden in
        [gzip, deflate.finish().unwrap(), b"%63anar%79".to_vec(), b"{C}anary".to_vec(), b"cana\r\nry".to_vec()]
    {
        assert_eq!(traces(&BTreeMap::from([("x".to_owned(), hidden)]), CANARY), ["x"]);
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
