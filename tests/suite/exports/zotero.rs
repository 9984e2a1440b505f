//! Exports beside Zotero's own: what its exporters write for records of every type, and which of ours differ.
//!
//! The records and Zotero's files of them are not ours to publish. `ZBIB_SHARED` names a folder with them, in `corpus/`;
//! without it these tests say so and pass. What differs stands in `ratchets/exports/`, which the tests hold in both
//! directions: a new difference fails, and so does one that is gone but still listed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use zbib::bibliography::export::{self, Compatibility, Context, Format, Settings};
use zbib::bibliography::library::{Library, read};
use zbib::bibliography::publish;
use zbib::language::{Language, Layer};
use zbib::zotero::cache::{LibrarySnapshot, Snapshot, State};
use zbib::zotero::record::{LibraryId, LibraryKind, Record};

use super::assign_keys;
use crate::reference;

fn corpus() -> Option<PathBuf> {
    reference::corpus("not compared with Zotero's exports")
}

fn zotero() -> Settings {
    Settings { compatibility: Compatibility::Zotero, ..Settings::default() }
}

fn english() -> Language {
    let layer = Layer { language: "en".to_owned(), file: String::new(), text: "a = a\n".to_owned() };
    Language::new("en", &[layer]).unwrap()
}

fn library(corpus: &Path) -> Library {
    let lines = std::fs::read_to_string(corpus.join("items.jsonl")).unwrap();
    library_of(lines.lines().map(|line| Record::parse(line).unwrap()).collect())
}

/// All that some records hold, whatever their tags.
pub(super) fn library_of(records: Vec<Record>) -> Library {
    let id = LibraryId { kind: LibraryKind::User, id: "1234567".to_owned() };
    let snapshot = LibrarySnapshot {
        uri: id.uri(),
        state: State::new(id.clone()),
        id,
        name: String::new(),
        records,
        collections: Vec::new(),
        tag_colors: Vec::new(),
        fulltext: BTreeMap::new(),
        files: BTreeMap::new(),
        damaged: false,
    };
    let everything = publish::Settings { tag_exclude: Vec::new(), ..publish::Settings::default() };
    let language = english();
    let sources = read::Sources {
        snapshot: &Snapshot { libraries: vec![snapshot], problems: Vec::new() },
        prefixes: &[String::new()],
        rules: &publish::Rules::compile(&everything).unwrap(),
        overlay: &|_, _| None,
        collection_overlay: &|_| None,
        collation: language.collation(),
    };
    read::read(&sources).0
}

/// What Zotero writes for each record alone, by its key.
fn expected(corpus: &Path, format: Format) -> BTreeMap<String, Value> {
    let lines = std::fs::read_to_string(corpus.join(format!("expected.{}.jsonl", format.name()))).unwrap();
    let objects = lines.lines().map(|line| serde_json::from_str::<Map<String, Value>>(line).unwrap());
    let text = |object: &Map<String, Value>| object.get("text").or(object.get("csl")).cloned().unwrap();
    objects.map(|object| (object["key"].as_str().unwrap().to_owned(), text(&object))).collect()
}

/// The key without the number that makes it unique, in the first line of an entry.
fn numberless(text: &str) -> String {
    let (head, rest) = text.split_once(",\n").unwrap_or((text, ""));
    let trimmed = head.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
    format!("{},\n{rest}", if trimmed.ends_with('_') { head } else { trimmed })
}

/// Equal but for the number behind a citation key; CSL as values in the same order, without `id`.
fn same(format: Format, ours: &str, theirs: &Value) -> bool {
    match theirs {
        Value::String(theirs) if matches!(format, Format::Ris | Format::Coins) => ours == theirs,
        Value::String(theirs) => ours == theirs || numberless(ours) == numberless(theirs),
        theirs => {
            let ours: Value = serde_json::from_str(ours).unwrap();
            let properties = |csl: &Value| {
                let mut csl = csl.as_object().unwrap().clone();
                csl.shift_remove("id");
                if let Some(key) = csl.get_mut("citation-key") {
                    *key = numberless(key.as_str().unwrap()).into();
                }
                Value::Object(csl).to_string()
            };
            properties(&ours[0]) == properties(theirs)
        }
    }
}

fn compare(format: Format) {
    let Some(corpus) = corpus() else { return };
    let expected = expected(&corpus, format);
    let mut different = BTreeMap::new();
    for item in &library(&corpus).items {
        let ours = export::write(format, std::iter::once(item), &Context::default(), &zotero());
        let theirs = &expected[item.key.as_str()];
        if !same(format, &ours, theirs) {
            let theirs = theirs.as_str().map_or_else(|| theirs.to_string(), str::to_owned);
            different.insert(item.key.as_str().to_owned(), format!("--- ours\n{ours}\n--- Zotero's\n{theirs}"));
        }
    }
    println!("{}: {} of {} like Zotero's", format.label(), expected.len() - different.len(), expected.len());
    let listed = ratchet(format);
    let new: Vec<_> = different.iter().filter(|(key, _)| !listed.contains(*key)).collect();
    let gone: Vec<_> = listed.iter().filter(|key| !different.contains_key(*key)).collect();
    assert!(new.is_empty(), "{} differ and are not listed; the first:\n{}", new.len(), new[0].1);
    assert!(gone.is_empty(), "no longer different, but listed: {gone:?}");
}

/// The keys that may differ: the first word of each line, the reason behind it.
fn ratchet(format: Format) -> BTreeSet<String> {
    let file = format!("tests/suite/ratchets/exports/{}.txt", format.name());
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn bibtex_is_zoteros() {
    compare(Format::Bibtex);
}

#[test]
fn biblatex_is_zoteros() {
    compare(Format::Biblatex);
}

#[test]
fn ris_is_zoteros() {
    compare(Format::Ris);
}

#[test]
fn csl_json_is_zoteros() {
    compare(Format::Csl);
}

#[test]
fn coins_are_zoteros() {
    compare(Format::Coins);
}

/// The first three hundred records in one file each, with keys assigned in the order of the file.
#[test]
fn whole_files_are_zoteros() {
    let Some(corpus) = corpus() else { return };
    let mut items = library(&corpus).items;
    items.sort_by_key(|item| item.key);
    items.truncate(300);
    assign_keys(&mut items);
    for format in [Format::Bibtex, Format::Biblatex, Format::Ris] {
        let theirs = std::fs::read_to_string(corpus.join(format!("whole.{}", format.extension()))).unwrap();
        let ours = export::write(format, items.iter(), &Context::default(), &zotero());
        let first = ours.lines().zip(theirs.lines()).find(|(ours, theirs)| ours != theirs);
        assert!(ours == theirs, "{} differs: {first:?}", format.label());
    }
    let theirs = std::fs::read_to_string(corpus.join("whole.csl.json")).unwrap();
    let ours = export::write(Format::Csl, items.iter(), &Context::default(), &zotero());
    let lines =
        |text: &str| text.lines().filter(|line| !line.starts_with("\t\t\"id\"")).map(str::to_owned).collect::<Vec<_>>();
    let (ours, theirs) = (lines(&ours), lines(&theirs));
    let first = ours.iter().zip(&theirs).find(|(ours, theirs)| ours != theirs);
    assert!(ours == theirs, "CSL-JSON differs: {first:?}");
}
