//! Our own exports as libraries: a file that was written is read, and what it held is there again.
//!
//! What a file holds is seen in the file itself: a record that was read back, written once more, must give the same text.
//! What the format's reader has no field for is kept in Extra under the tag it had; what a format cannot tell apart at all
//! stands in a table here.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::{Map, Value};
use zbib::bibliography::export::{self, Context, Format, Settings};
use zbib::bibliography::library::Item;
use zbib::zotero::record::Record;
use zbib::zotero::schema::Schema;
use zbib::zotero::source::file::FileSource;

use super::records::record;
use super::zotero::library_of;
use crate::reference;

const FORMATS: [Format; 4] = [Format::Bibtex, Format::Biblatex, Format::Ris, Format::Csl];

fn written(format: Format, items: &[Item]) -> String {
    export::write(format, items.iter(), &Context::default(), &Settings::default())
}

/// The items that a text of the format holds, in its order.
fn read(format: Format, text: &str) -> Vec<Item> {
    let source = FileSource::new(PathBuf::from(format!("records.{}", format.extension())));
    let library = source.parse(text.as_bytes().to_vec()).unwrap();
    assert!(library.problems.is_empty() && library.skipped.is_empty(), "{:?}", (library.problems, library.skipped));
    items(library.records)
}

/// The items among records, in the order in which they were added.
fn items(records: Vec<Record>) -> Vec<Item> {
    let mut items = library_of(records).items;
    items.retain(Item::is_regular);
    items.sort_by_key(|item| (item.added.as_ref().map(ToString::to_string), item.key));
    // A CSL item comes with its original, which is what is written first; here the record is asked.
    items.iter_mut().for_each(|item| item.csl = None);
    items
}

/// The records of a library that the tests have, and the real ones, if they are there.
fn originals() -> Vec<(&'static str, Vec<Item>)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/libraries");
    let corpus = reference::corpus("real records are not read back").map(|corpus| ("real", corpus));
    let folders = ["every-type", "awkward"].map(|name| (name, fixtures.join(name)));
    let mut originals = Vec::new();
    for (name, folder) in folders.into_iter().chain(corpus) {
        let lines = std::fs::read_to_string(folder.join("items.jsonl")).unwrap();
        originals.push((name, items(lines.lines().filter_map(|line| Record::parse(line).ok()).collect())));
    }
    originals
}

/// What formats cannot tell apart: format, type, the tags under which something then stands elsewhere, and why. The record
/// has it still, under another role or type.
const ALIKE: [(Format, &str, &[&str], &str); 8] = [
    (Format::Biblatex, "podcast", &["author", "editora"], "audio is a recording, whose people are performers"),
    (
        Format::Biblatex,
        "videoRecording",
        &["author", "editora"],
        "directors are authors, and authors of videos creators",
    ),
    (Format::Biblatex, "blogPost", &["commentator", "editora"], "online is a page, which has no commenters"),
    (Format::Biblatex, "map", &["editorb", "editorbtype"], "misc is a document, which has no editors of series"),
    (Format::Biblatex, "presentation", &["addendum"], "unpublished is a manuscript, and has one note"),
    (Format::Ris, "radioBroadcast", &["A3", "C1", "T2", "M1"], "SOUND is a recording"),
    (Format::Ris, "", &["KW"], "the only tag, with commas or semicolons, may be several"),
    (Format::Csl, "radioBroadcast", &["author"], "broadcast is television, which has no creators but directors"),
];

/// What a format calls the parts of a record, and the texts of each. White space and braces do not count, TeX's dashes are
/// dashes, and a citation key is no part.
fn parts(format: Format, text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut parts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (tag, text) in if format == Format::Csl { variables(text) } else { lines(format, text) } {
        let text = text.replace("---", "—").replace("--", "–").replace(['{', '}'], "");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches([',', ' ']).to_owned();
        parts.entry(tag).or_default().insert(text);
    }
    parts
}

/// The tags of an entry or a RIS record with their values.
fn lines(format: Format, text: &str) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in text.lines().filter(|line| !matches!(*line, "" | "}" | "ER  - ")) {
        let tagged = match format {
            Format::Ris => line.split_once("  - ").filter(|(tag, _)| tag.len() == 2),
            _ => line.strip_prefix('\t').and_then(|line| line.split_once(" = ")),
        };
        match (tagged, parts.last_mut()) {
            (Some((tag, text)), _) => parts.push((tag.to_owned(), text.to_owned())),
            (None, Some((_, text))) => text.extend(["\n", line]),
            (None, None) => parts.push(("@".to_owned(), line.split('{').next().unwrap_or_default().to_owned())),
        }
    }
    parts
}

/// The variables of a CSL item with their values, each name and each line of the note by itself.
fn variables(text: &str) -> Vec<(String, String)> {
    let items: Vec<Map<String, Value>> = serde_json::from_str(text).unwrap();
    let mut parts = Vec::new();
    for (name, value) in items[0].iter().filter(|(name, _)| !matches!(name.as_str(), "id" | "citation-key")) {
        let texts: Vec<String> = match value {
            Value::String(text) if name == "note" => text.lines().map(str::to_owned).collect(),
            Value::Array(list) => list.iter().map(plain).collect(),
            value => vec![plain(value)],
        };
        parts.extend(texts.into_iter().filter(|text| !text.trim().is_empty()).map(|text| (name.clone(), text)));
    }
    parts
}

/// A value of CSL, so that those that mean the same are the same: a year may be a text, a name may have one field.
fn plain(value: &Value) -> String {
    match value.as_object().filter(|object| !object.contains_key("date-parts")) {
        Some(name) => {
            let parts = name.values().filter_map(Value::as_str).filter(|part| !part.is_empty());
            parts.collect::<Vec<_>>().join(" ")
        }
        None => value.as_str().map_or_else(|| value.to_string().replace('"', ""), str::to_owned),
    }
}

/// The tags under which something of a record is missing once it was read back: it is in no field, and not in Extra as
/// what it was.
fn missing(format: Format, item: &Item, back: &Item) -> BTreeSet<String> {
    let [before, after] = [item, back].map(|item| parts(format, &written(format, std::slice::from_ref(item))));
    let extra = back.field("extra").unwrap_or_default();
    let labelled = |tag: &str| {
        let labels = [format!("tex.{tag}: "), format!("{tag}: ")];
        extra.lines().any(|line| labels.iter().any(|label| line.starts_with(label)))
    };
    // Extra may have gained lines for what has no field.
    let among = |tag: &str, text: &str| {
        tag == "note" && after.get(tag).is_some_and(|notes| notes.iter().any(|note| note.contains(text)))
    };
    let there = |tag: &str, text: &str| {
        let same = after.get(tag).is_some_and(|there| there.contains(text));
        same || labelled(tag) || back.fields.iter().any(|(_, value)| value == text) || among(tag, text)
    };
    let gone = before.iter().filter(|(tag, texts)| !texts.iter().all(|text| there(tag, text)));
    gone.map(|(tag, _)| tag.clone()).collect()
}

/// How many fields and people there are, and how many of them came back as they were.
#[derive(Default)]
struct Figures {
    fields: usize,
    fields_back: usize,
    people: usize,
    people_back: usize,
}

impl Figures {
    fn add(&mut self, item: &Item, back: &Item) {
        let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = Schema::get().item_type(&item.item_type);
        for (field, value) in item.fields.iter().filter(|(field, value)| *field != "extra" && !value.is_empty()) {
            let base = known.map_or(field, |known| known.base_of(field));
            let same = back.base(base).is_some_and(|found| spaced(found) == spaced(value));
            let date = base == "date" && back.date.iso() == item.date.iso();
            self.fields += 1;
            self.fields_back += usize::from(same || date);
        }
        self.people += item.creators.len();
        self.people_back += item.creators.iter().filter(|creator| back.creators.contains(creator)).count();
    }
}

fn assert_read_back(name: &str, format: Format, originals: &[Item]) {
    let back = read(format, &written(format, originals));
    assert_eq!(back.len(), originals.len(), "{name} {}", format.label());
    let (mut figures, mut whole, mut faults) = (Figures::default(), 0, Vec::new());
    for (item, back) in originals.iter().zip(&back) {
        let missing = missing(format, item, back);
        let alike = |tag: &String| {
            let fits = |types: &str| types.is_empty() || types == item.item_type;
            ALIKE.iter().any(|(known, types, tags, _)| *known == format && fits(types) && tags.contains(&tag.as_str()))
        };
        let lost: Vec<_> = missing.iter().filter(|tag| !alike(tag)).collect();
        if !lost.is_empty() {
            let texts = [item, back].map(|item| written(format, std::slice::from_ref(item)));
            faults.push(format!("{} {} of {lost:?}:\n{}", item.item_type, item.key, texts.join("\n")));
        }
        whole += usize::from(missing.is_empty());
        figures.add(item, back);
    }
    let Figures { fields, fields_back, people, people_back } = figures;
    println!(
        "{name}, {}: of {} records {whole} have all that their file has; {fields_back} of {fields} fields and \
         {people_back} of {people} people are as they were",
        format.label(),
        originals.len()
    );
    assert!(faults.is_empty(), "{} lose something; the first: {}", faults.len(), faults[0]);
}

#[test]
fn what_a_file_holds_is_read_back() {
    for (name, originals) in originals() {
        for format in FORMATS {
            assert_read_back(name, format, &originals);
        }
    }
}

#[test]
fn zoteros_own_records_are_read_as_they_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/libraries/every-type");
    let lines = std::fs::read_to_string(folder.join("items.jsonl")).unwrap();
    let array = format!("[{}]", lines.lines().collect::<Vec<_>>().join(","));
    let read = FileSource::new(PathBuf::from("records.json")).parse(array.into_bytes()).unwrap();
    let parsed = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let objects: Vec<Value> = read.records.iter().map(|record| parsed(record.raw())).collect();
    assert!(lines.lines().all(|line| objects.contains(&parsed(line))));
}

/// Letters and digits: what odd text has left when everything that a file may not hold is taken out.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces = [
        "TY  - JOUR\n",
        "ER  - \r\n",
        "AU  - ",
        "DA  - 2020/13/",
        "\r",
        "\n",
        "é",
        "SP  - ",
        "KW  - ;",
        "@book{a,",
        "title = {",
        "}",
        "\\textit{",
        "$^{",
        "$",
        "--",
        "month = nov # x,",
        "@string{x = {",
        "\"",
        "[{\"type\": \"book\"",
        "\"issued\": ",
        "}]",
        "\u{feff}",
        "N1  - <p>",
    ];
    let piece = prop_oneof![
        4 => (0..pieces.len()).prop_map(move |at| pieces[at].as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..6),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_file_makes_a_reader_panic(bytes in bytes()) {
        for name in ["a.ris", "a.bib", "a.json", "a.jsonl"] {
            let _ = FileSource::new(PathBuf::from(name)).parse(bytes.clone());
        }
    }

    #[test]
    fn ris_that_was_written_is_read_with_all_that_names_a_record(item in record()) {
        let back = read(Format::Ris, &written(Format::Ris, std::slice::from_ref(&item)));
        prop_assert_eq!(back.len(), 1);
        let (item, back) = (&item, &back[0]);
        let several = ["forumPost", "instantMessage", "interview", "podcast", "radioBroadcast", "tvBroadcast", "preprint", "standard"];
        let unknown = Schema::get().item_type(&item.item_type).is_none();
        prop_assert!(unknown || item.item_type == back.item_type || several.contains(&item.item_type.as_str()), "{}", back.item_type);
        prop_assert_eq!(letters(item.title().unwrap_or_default()), letters(back.title().unwrap_or_default()));
        let tags = letters(&item.tags.iter().map(|tag| tag.name.as_str()).collect::<String>());
        prop_assert_eq!(tags.is_empty(), back.tags.iter().all(|tag| letters(&tag.name).is_empty()));
        prop_assert!(back.tags.iter().all(|tag| tags.contains(&letters(&tag.name))), "{:?} of {}", back.tags, tags);
        let all = written(Format::Ris, std::slice::from_ref(back));
        for line in written(Format::Ris, std::slice::from_ref(item)).lines().filter(|line| line.starts_with("AU  - ")) {
            prop_assert!(letters(&all).contains(&letters(&line[6..])), "{} is not in {}", line, all);
        }
    }
}
