//! One entry as a record. What Zotero has no field for is kept in Extra, as `tex.FIELD: value`.

use biblatex::{Entry, EntryType};

use super::dates::dates;
use super::fields::{FIELDS, LABELS, SILENT, language};
use super::people::people;
use super::text::{tags, text};
use super::types::item_type;
use crate::zotero::record::Record;
use crate::zotero::source::file::draft::{Draft, is_citation_key};
use crate::zotero::source::file::keys::{Keys, envelope};

/// Archives that Zotero names in Extra, by what an entry calls them.
const ARCHIVES: [(&str, &str); 5] =
    [("arxiv", "arXiv"), ("jstor", "JSTOR"), ("hdl", "HDL"), ("googlebooks", "GoogleBooksID"), ("pubmed", "PMID")];
/// Patents by the office whose letters begin their numbers.
const OFFICES: [(&str, &str); 5] =
    [("patentus", "US"), ("patenteu", "EP"), ("patentuk", "GB"), ("patentde", "DE"), ("patentfr", "FR")];

/// The record that `entry`, the `at`th of its file, becomes.
pub(super) fn record(entry: &Entry, keys: &mut Keys, at: usize) -> Record {
    let mut draft = Draft::new(item_type(entry));
    title(entry, &mut draft);
    people(entry, &mut draft);
    dates(entry, &mut draft);
    numbers(entry, &mut draft);
    kind(entry, &mut draft);
    for (field, bases) in FIELDS {
        put(entry, &mut draft, field, bases);
    }
    let tag = value(entry, "langid");
    if draft.get("language").is_none() && !tag.is_empty() {
        draft.set("language", language(&tag).unwrap_or(&tag));
    }
    eprint(entry, &mut draft);
    tags(entry.get("keywords").unwrap_or_default(), &mut draft);
    for (field, label) in LABELS {
        let value = value(entry, field);
        match (value.is_empty(), label.is_empty()) {
            (true, _) => {}
            (_, true) => draft.extra(&value),
            (_, false) => draft.extra(&format!("{label}{}", decoded(&value))),
        }
    }
    for (field, chunks) in &entry.fields {
        let known = FIELDS.iter().any(|(known, _)| known == field) || LABELS.iter().any(|(known, _)| known == field);
        if !known && !SILENT.contains(&field.as_str()) && !field.starts_with("bdsk-") && !chunks.is_empty() {
            draft.extra(&format!("tex.{field}: {}", text(chunks)));
        }
    }
    // An entry's key is what people cite by, also if it looks like an address.
    if is_citation_key(&entry.key.replace('/', "-")) {
        draft.set("citationKey", &entry.key);
    }
    envelope(keys.key_for(&entry.key), at, draft.finish(), None)
}

fn value(entry: &Entry, field: &str) -> String {
    entry.get(field).map(text).unwrap_or_default()
}

/// Puts a field where it belongs, else into Extra.
fn put(entry: &Entry, draft: &mut Draft, field: &str, bases: &[&str]) {
    let value = value(entry, field);
    if !value.is_empty() && !bases.iter().any(|base| draft.get(base) == Some(&value) || draft.set(base, &value)) {
        draft.extra(&format!("tex.{field}: {}", value.replace('\n', " ")));
    }
}

fn title(entry: &Entry, draft: &mut Draft) {
    let (main, rest) = (value(entry, "title"), value(entry, "subtitle"));
    draft.set("title", &if rest.is_empty() { main } else { format!("{main}: {rest}") });
    // Pages on the web have the name of their site there.
    let site = draft.item_type.name == "webpage";
    put(entry, draft, "titleaddon", if site { &["publicationTitle"] } else { &[] });
}

/// What stands in fields whose meaning depends on the type.
fn numbers(entry: &Entry, draft: &mut Draft) {
    let mut number = value(entry, "number");
    let office = OFFICES.iter().find(|(kind, _)| *kind == value(entry, "type"));
    if let Some((_, letters)) = office.filter(|_| draft.item_type.name == "patent" && !number.is_empty()) {
        number.insert_str(0, letters);
    }
    if !["issue", "number", "seriesNumber"].iter().any(|base| draft.set(base, &number)) {
        draft.extra(&format!("tex.number: {number}"));
    }
    let pages = value(entry, "pages").replace("--", "-").replace('–', "-");
    if !draft.set("pages", &pages) {
        draft.extra(&format!("tex.pages: {pages}"));
    }
}

/// The kind of a thesis, report or other work, in words or in one of BibLaTeX's own.
fn kind(entry: &Entry, draft: &mut Draft) {
    let how = value(entry, "howpublished");
    let kind = match (value(entry, "type").as_str(), &entry.entry_type) {
        ("phdthesis", _) | ("", EntryType::PhdThesis) => "PhD thesis".to_owned(),
        ("mathesis", _) | ("", EntryType::MastersThesis) => "Master's thesis".to_owned(),
        (kind, EntryType::Patent) if kind.starts_with("patent") => String::new(),
        ("E-mail", _) if draft.item_type.name == "email" => String::new(),
        (kind, _) => kind.to_owned(),
    };
    if !draft.set("type", &kind) {
        draft.extra(&format!("tex.type: {kind}"));
    }
    let web = how.starts_with("http://") || how.starts_with("https://");
    if !how.is_empty() && how != kind && !(web && draft.set("url", &how)) {
        draft.extra(&format!("tex.howpublished: {how}"));
    }
}

/// The place of a work in an archive. A preprint that says so the way archives themselves do has it as its number.
fn eprint(entry: &Entry, draft: &mut Draft) {
    let [place, kind, archive, class] =
        ["eprint", "eprinttype", "archiveprefix", "eprintclass"].map(|name| value(entry, name));
    if place.is_empty() {
        return;
    }
    let place = decoded(&place);
    let named = [kind.as_str(), archive.as_str()].concat();
    let label = ARCHIVES.iter().find(|(known, _)| named.eq_ignore_ascii_case(known)).map(|(_, label)| *label);
    let class = if class.is_empty() || place.contains('[') { String::new() } else { format!(" [{class}]") };
    let number = if named.is_empty() { place.clone() } else { format!("{}:{place}", label.unwrap_or(&named)) };
    if kind.is_empty() && draft.item_type.name == "preprint" && draft.set("number", &number) {
        return;
    }
    draft.extra(&format!("{}: {place}{class}", label.unwrap_or("tex.eprint")));
}

/// An identifier without the escapes that addresses have for what would break a file.
fn decoded(text: &str) -> String {
    [("%20", " "), ("%7B", "{"), ("%7D", "}"), ("%5C", "\\")]
        .iter()
        .fold(text.to_owned(), |text, (escape, c)| text.replace(escape, c))
}
