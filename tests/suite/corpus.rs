//! Thousands of real records as a library in a folder: a site without a warning that is not true, a dead link, or a file
//! that other programs do not read.

use std::collections::BTreeMap;

use crate::reference;
use crate::test_site::TestSite;
use crate::well_formed::{self, Site, bib, csl, csv, ris};

/// The largest page of a record: one has a menu of 160 KB as its abstract.
const ITEM_PAGE: usize = 200_000;
/// The largest page of a list: fifty references, or all collections.
const LIST_PAGE: usize = 250_000;
/// The largest index: thousands of names, each of which may show its one record.
const INDEX_PAGE: usize = 1_500_000;

fn settings(library: &std::path::Path) -> String {
    let formats = r#"["bibtex", "biblatex", "ris", "csl", "csv", "rdf"]"#;
    format!(
        "[site]\ntitle = \"Test\"\nbase-url = \"https://example.org/papers/\"\n\n[exports]\nitem = {formats}\nlist = \
         {formats}\nlibrary = {formats}\n\n[[libraries]]\ntype = \"file\"\npath = {library:?}\n"
    )
}

#[test]
fn real_records_become_a_whole_site() {
    let Some(corpus) = reference::corpus("real records are not built") else { return };
    let records = std::fs::read_to_string(corpus.join("items.jsonl")).unwrap().lines().count();
    let built = TestSite::empty().write("zbib.toml", settings(&corpus.join("library")));
    // There is nothing to warn of: every record has a type and a key, no two the same citation key of their own, and no
    // attachment has a file.
    let run = built.build();
    assert!(run.stderr.contains(&format!("{records} records")), "{}", run.stderr);
    assert!(!run.stderr.contains("warning") && !run.stderr.contains("note:"), "{}", run.stderr);
    let site = built.site();
    assert_eq!(site.keys().filter(|path| path.starts_with("items/") && path.ends_with("/index.html")).count(), records);
    well_formed::assert_well_formed(&site);
    assert_whole(&site, records);
    assert_small(&site);
}

/// Every record is in each file that should have it. BibTeX's reader is not ours, and refuses none of them.
fn assert_whole(site: &Site, records: usize) {
    let text = |path: &str| std::str::from_utf8(&site[path]).unwrap();
    for (path, read) in
        [("bib", bib as fn(&str) -> _), ("biblatex.bib", bib), ("ris", ris), ("csl.json", csl), ("csv", csv)]
    {
        assert_eq!(read(text(&format!("bibliography.{path}"))), Ok(records), "{path}");
    }
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for path in site.keys().filter(|path| path.starts_with("collections/")) {
        let Some((folder, name)) = path.rsplit_once('/') else { continue };
        let Some((_, kind)) = name.split_once('.') else { continue };
        let read = match kind {
            "bib" | "biblatex.bib" => bib(text(path)),
            "ris" => ris(text(path)),
            "csl.json" => csl(text(path)),
            "csv" => csv(text(path)),
            _ => continue,
        };
        counts.entry(folder).or_default().insert(kind, read.unwrap());
    }
    assert_eq!(counts.len(), 24, "every collection has its files");
    for (collection, counts) in counts {
        assert_eq!(counts.len(), 5, "{collection}: {counts:?}");
        assert!(counts.values().all(|count| *count == counts["bib"]), "{collection}: {counts:?}");
    }
}

fn assert_small(site: &Site) {
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let most = match path.as_str() {
            "creators/index.html" | "tags/index.html" => INDEX_PAGE,
            path if path.starts_with("items/") => ITEM_PAGE,
            _ => LIST_PAGE,
        };
        assert!(bytes.len() <= most, "{path} has {} bytes", bytes.len());
    }
}
