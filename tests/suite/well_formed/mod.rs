//! What must be true of every site, whatever it was made from.

mod exports;
mod html;
mod links;
mod unapi;
mod xml;

use std::collections::BTreeMap;

pub use self::exports::{bib, csl, csv, csv_rows, ris};
pub use self::xml::defect as xml_defect;

/// A site: every file with its bytes.
pub type Site = BTreeMap<String, Vec<u8>>;

/// Everything that is wrong with a site, one line each: pages, links, exports, feeds, data.
pub fn defects(site: &Site) -> Vec<String> {
    let mut defects = Vec::new();
    for (path, bytes) in site {
        defects.extend(of_file(path, bytes).into_iter().map(|defect| format!("{path}: {defect}")));
    }
    defects.extend(links::dead(site));
    defects.extend(unapi::defects(site));
    defects
}

/// What is wrong with one file by itself.
pub fn of_file(path: &str, bytes: &[u8]) -> Vec<String> {
    let kinds = [".html", ".bib", ".ris", ".json", ".csv", ".xml", ".rdf"];
    let Some(kind) = kinds.into_iter().find(|kind| path.ends_with(kind)) else { return Vec::new() };
    let Ok(text) = std::str::from_utf8(bytes) else { return vec!["it is no UTF-8".to_owned()] };
    match kind {
        ".html" if path.ends_with(".coins.html") => Vec::new(),
        ".html" if path.starts_with("items/") && !path.ends_with("/index.html") => Vec::new(),
        ".html" => html::defects(text),
        ".bib" => bib(text).err().into_iter().collect(),
        ".csv" => csv(text).err().into_iter().collect(),
        ".ris" => ris(text).err().into_iter().collect(),
        ".json" if path.ends_with(".csl.json") => csl(text).err().into_iter().collect(),
        ".json" => serde_json::from_str::<serde_json::Value>(text).err().map(|e| e.to_string()).into_iter().collect(),
        _ => xml::defect(text).into_iter().collect(),
    }
}

/// Fails with the first of what is wrong.
#[track_caller]
pub fn assert_well_formed(site: &Site) {
    let defects = defects(site);
    assert!(defects.is_empty(), "{} defects:\n{}", defects.len(), defects[..defects.len().min(20)].join("\n"));
}

#[test]
fn what_is_wrong_is_seen() {
    let page = |main: &str| {
        format!("<!doctype html><html><head><title>a < b</title></head><body><main>{main}</main></body></html>")
    };
    let site = |main: &str| Site::from([("a/index.html".to_owned(), page(main).into_bytes())]);
    assert_eq!(
        defects(&site("<p id=\"x\">1 &lt; 2<br><a href=\"#x\">x</a> <a href=\"https://example.org/\">y</a></p>")),
        [""; 0]
    );
    for (main, says) in [
        ("<p>", "closes"),
        ("<p></p></p>", "closes"),
        ("<i><b></i></b>", "closes"),
        ("a < b", "no tag"),
        ("<script>alert(1)</script>", "in the page"),
        ("<script src=\"https://evil.example/x.js\"></script>", "in the page"),
        ("<script type=\"application/ld+json\">{</script>", "JSON-LD"),
        ("<img src=\"x\" onerror=\"alert(1)\">", "onerror"),
        ("<a href=\"JavaScript:alert(1)\">x</a>", "an address that runs"),
        ("<p id=\"x\"></p><p id=\"x\"></p>", "two elements"),
        ("<a href=\"../b/\">x</a>", "dead link"),
        ("<a class=\"a>b\" href=\"#nowhere\">x</a>", "dead link"),
    ] {
        let found = defects(&site(main)).join("\n");
        assert!(found.contains(says), "{main}: {found}");
    }
    for (path, text) in [
        ("a.bib", "@book{x,\n\ttitle = {a\n}\n"),
        ("a.ris", "TY  - BOOK\r\nER  - \r\nTI  - x\r\n"),
        ("a.csv", "\u{feff}\"a\",\"b\"\n\"c\""),
        ("a.csv", "\u{feff}\"a\"\n\"b\"c\""),
        ("a.csv", "\u{feff}\"a\"\n\"=b\""),
        ("a.csl.json", "[{\"id\":\"a\"}]"),
        ("a.json", "{"),
        ("a.xml", "<a><b></a></b>"),
        ("a.xml", "<a>\u{b}</a>"),
        ("a.rdf", "<rdf:RDF><z:itemType></rdf:RDF>"),
    ] {
        assert!(!of_file(path, text.as_bytes()).is_empty(), "{path}: {text}");
    }
}
