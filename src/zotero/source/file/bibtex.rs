//! BibTeX and BibLaTeX entries as Zotero's records.

use std::collections::BTreeSet;

use biblatex::{
    Bibliography, Chunk, ChunksRef, DateValue, Datetime, Entry, EntryType, ParseError, PermissiveType, Person,
    RawBibliography,
};

use crate::zotero::record::{Record, Skipped};
use crate::zotero::source::file::draft::{Draft, is_citation_key};
use crate::zotero::source::file::keys::{Keys, envelope};
use crate::zotero::source::file::{FileLibrary, Malformed, references};

/// What a field becomes: its name here, and the base fields that may hold it, best first.
const FIELDS: [(&str, &[&str]); 36] = [
    ("shorttitle", &["shortTitle"]),
    ("booktitle", &["publicationTitle"]),
    ("journal", &["publicationTitle"]),
    ("journaltitle", &["publicationTitle"]),
    ("shortjournal", &["journalAbbreviation"]),
    ("maintitle", &["series"]),
    ("series", &["series", "seriesTitle"]),
    ("volume", &["volume"]),
    ("volumes", &["numberOfVolumes"]),
    ("issue", &["issue"]),
    ("edition", &["edition"]),
    ("pagetotal", &["numPages"]),
    ("publisher", &["publisher"]),
    ("school", &["publisher"]),
    ("institution", &["publisher", "authority"]),
    ("organization", &["publisher", "authority"]),
    ("address", &["place"]),
    ("location", &["place"]),
    ("isbn", &["ISBN"]),
    ("issn", &["ISSN"]),
    ("doi", &["DOI"]),
    ("url", &["url"]),
    ("abstract", &["abstractNote"]),
    ("language", &["language"]),
    ("langid", &["language"]),
    ("type", &["type"]),
    ("version", &["versionNumber", "edition"]),
    ("eventtitle", &["conferenceName", "meetingName"]),
    ("venue", &["eventPlace"]),
    ("library", &["libraryCatalog"]),
    ("lccn", &["callNumber"]),
    ("copyright", &["rights"]),
    ("rights", &["rights"]),
    ("pmid", &["PMID"]),
    ("pmcid", &["PMCID"]),
    ("origpublisher", &["originalPublisher"]),
];

/// Fields that are read by themselves, belong to the file and not to the work, or tell of the owner's disk.
const SILENT: [&str; 24] = [
    "title",
    "subtitle",
    "titleaddon",
    "year",
    "month",
    "day",
    "date",
    "urldate",
    "origdate",
    "pages",
    "number",
    "keywords",
    "note",
    "author",
    "editor",
    "translator",
    "bookauthor",
    "file",
    "local-url",
    "crossref",
    "xdata",
    "ids",
    "options",
    "pdf",
];

/// The roles that people have in an entry, and what Zotero calls them.
const ROLES: [(&str, &str); 4] =
    [("author", "author"), ("editor", "editor"), ("translator", "translator"), ("bookauthor", "bookAuthor")];

/// All entries of a file. One that cannot be read is set aside.
pub(super) fn read(text: &str) -> Result<FileLibrary, Malformed> {
    let malformed =
        |error: ParseError| Malformed { reason: error.kind.to_string(), place: Some(place(text, error.span.start)) };
    let mut raw = RawBibliography::parse(text).map_err(malformed)?;
    let mut library = FileLibrary { problems: references::bound(&mut raw), ..FileLibrary::default() };
    let mut names = BTreeSet::new();
    raw.entries.retain(|entry| {
        let reason = match names.insert(entry.v.key.v) {
            false => "another entry has the same citation key",
            true if references::is_bottomless(&entry.v) => "its braces stand too deep in one another",
            true => return true,
        };
        library.skipped.push(Skipped::at(entry.v.key.v, as_written(text, &entry.span), &reason));
        false
    });
    let entries = match Bibliography::from_raw(raw.clone()) {
        Ok(entries) => entries,
        Err(_) => {
            drop_unreadable(text, &mut raw, &mut library);
            Bibliography::from_raw(raw).map_err(malformed)?
        }
    };
    let mut keys = Keys::default();
    library.records = entries.iter().enumerate().map(|(at, entry)| record(entry, &mut keys, at)).collect();
    Ok(library)
}

/// An entry as it stands in the file. Its span ends before its last brace.
fn as_written<'t>(text: &'t str, span: &std::ops::Range<usize>) -> &'t str {
    let closed = usize::from(text[span.end..].starts_with(['}', ')']));
    &text[span.start..span.end + closed]
}

/// Takes out the entries that cannot be read on their own either.
fn drop_unreadable(text: &str, raw: &mut RawBibliography<'_>, library: &mut FileLibrary) {
    let abbreviations = raw.abbreviations.clone();
    raw.entries.retain(|entry| {
        let alone = RawBibliography {
            preamble: String::new(),
            entries: vec![entry.clone()],
            abbreviations: abbreviations.clone(),
        };
        let read = Bibliography::from_raw(alone);
        if let Err(error) = &read {
            library.skipped.push(Skipped::at(entry.v.key.v, as_written(text, &entry.span), &error.kind));
        }
        read.is_ok()
    });
}

/// Line and column of a byte, counted from 1.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..at.min(text.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    (line, before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1)
}

fn record(entry: &Entry, keys: &mut Keys, at: usize) -> Record {
    let mut draft = Draft::new(item_type(entry));
    title(entry, &mut draft);
    for (role, creator_type) in ROLES {
        people(entry, &mut draft, role, creator_type);
    }
    dates(entry, &mut draft);
    numbers(entry, &mut draft);
    for (field, bases) in FIELDS {
        let Some(value) = entry.get(field).map(text) else { continue };
        if !bases.iter().any(|base| draft.set(base, &value)) {
            draft.extra(&format!("tex.{field}: {value}"));
        }
    }
    draft.tags(&entry.get("keywords").map(text).unwrap_or_default());
    draft.extra(&entry.get("note").map(text).unwrap_or_default());
    for (field, chunks) in &entry.fields {
        let known = FIELDS.iter().any(|(known, _)| known == field) || SILENT.contains(&field.as_str());
        if !known && !field.starts_with("bdsk-") && !chunks.is_empty() {
            draft.extra(&format!("tex.{field}: {}", text(chunks)));
        }
    }
    if is_citation_key(&entry.key) {
        draft.set("citationKey", &entry.key);
    }
    envelope(keys.key_for(&entry.key), at, draft.finish(), None)
}

fn item_type(entry: &Entry) -> &'static str {
    let preprint =
        entry.get("eprint").is_some() && entry.get("journal").is_none() && entry.get("journaltitle").is_none();
    match &entry.entry_type {
        EntryType::Misc | EntryType::Unpublished | EntryType::Online if preprint => "preprint",
        EntryType::Article | EntryType::SuppPeriodical | EntryType::Periodical => "journalArticle",
        EntryType::InBook
        | EntryType::InCollection
        | EntryType::BookInBook
        | EntryType::SuppBook
        | EntryType::SuppCollection => "bookSection",
        EntryType::InProceedings => "conferencePaper",
        EntryType::Thesis | EntryType::PhdThesis | EntryType::MastersThesis => "thesis",
        EntryType::Report | EntryType::TechReport => "report",
        EntryType::Unpublished => "manuscript",
        EntryType::Online => "webpage",
        EntryType::Software => "computerProgram",
        EntryType::Dataset => "dataset",
        EntryType::Patent => "patent",
        EntryType::InReference => "encyclopediaArticle",
        EntryType::Misc => "document",
        EntryType::Unknown(name) => unusual_type(name),
        _ => "book",
    }
}

/// Types that biblatex styles know beside the standard's own.
fn unusual_type(name: &str) -> &'static str {
    match name {
        "www" | "electronic" | "webpage" => "webpage",
        "artwork" | "image" => "artwork",
        "audio" | "music" => "audioRecording",
        "video" | "movie" => "film",
        "letter" => "letter",
        "jurisdiction" => "case",
        "legislation" => "statute",
        "standard" => "standard",
        "newsarticle" => "newspaperArticle",
        _ => "document",
    }
}

fn title(entry: &Entry, draft: &mut Draft) {
    let part = |name: &str| entry.get(name).map(text).filter(|text| !text.is_empty());
    let main = part("title").unwrap_or_default();
    draft.set("title", &part("subtitle").map_or(main.clone(), |rest| format!("{main}: {rest}")));
    if let Some(addition) = part("titleaddon") {
        draft.extra(&format!("tex.titleaddon: {addition}"));
    }
}

fn people(entry: &Entry, draft: &mut Draft, role: &str, creator_type: &str) {
    let Some(chunks) = entry.get(role) else { return };
    let known = &draft.item_type.creators;
    let creator_type = match known.iter().find(|known| *known == creator_type) {
        Some(known) => known.clone(),
        None if role == "author" => known.first().cloned().unwrap_or_default(),
        None => return draft.extra(&format!("tex.{role}: {}", text(chunks))),
    };
    for person in entry.get_as::<Vec<Person>>(role).unwrap_or_default() {
        if person.given_name.is_empty() && person.name.eq_ignore_ascii_case("others") {
            continue;
        }
        let gap = if person.suffix.is_empty() { "" } else { ", " };
        let last = format!("{} {}", person.prefix, person.name);
        draft.creator(&creator_type, &format!("{}{gap}{}", person.given_name, person.suffix), &last);
    }
}

fn dates(entry: &Entry, draft: &mut Draft) {
    let as_written = |name: &str| entry.get(name).map(text).unwrap_or_default();
    let date = match entry.date() {
        Ok(PermissiveType::Typed(date)) => written(&date.value),
        _ => [as_written("date"), as_written("month"), as_written("year")].join(" ").trim().to_owned(),
    };
    if !draft.set("date", &date) {
        draft.extra(&format!("tex.date: {date}"));
    }
    draft.set("accessDate", &as_written("urldate"));
    let original = as_written("origdate");
    if !draft.set("originalDate", &original) {
        draft.extra(&format!("Original Date: {original}"));
    }
}

fn written(date: &DateValue) -> String {
    match date {
        DateValue::At(at) | DateValue::After(at) | DateValue::Before(at) => day(at),
        DateValue::Between(from, to) => format!("{}/{}", day(from), day(to)),
    }
}

fn day(date: &Datetime) -> String {
    let mut text = format!("{:04}", date.year);
    for part in [date.month, date.month.and(date.day)].into_iter().flatten() {
        text.push_str(&format!("-{:02}", u16::from(part) + 1));
    }
    text
}

/// What stands in fields whose meaning depends on the type.
fn numbers(entry: &Entry, draft: &mut Draft) {
    let value = |name: &str| entry.get(name).map(text).unwrap_or_default();
    let number = value("number");
    if !["issue", "number", "seriesNumber"].iter().any(|base| draft.set(base, &number)) {
        draft.extra(&format!("tex.number: {number}"));
    }
    let pages = value("pages").replace("--", "-").replace('–', "-");
    if !draft.set("pages", &pages) {
        draft.extra(&format!("tex.pages: {pages}"));
    }
    match entry.entry_type {
        EntryType::PhdThesis if entry.get("type").is_none() => draft.set("type", "PhD thesis"),
        EntryType::MastersThesis if entry.get("type").is_none() => draft.set("type", "Master’s thesis"),
        _ => false,
    };
    let (eprint, scheme) = (value("eprint"), [value("eprinttype"), value("archiveprefix")].concat());
    if draft.item_type.name == "preprint" && !eprint.is_empty() {
        draft.set("number", &if scheme.is_empty() { eprint } else { format!("{scheme}:{eprint}") });
    }
}

/// The text of a field on one line, formulas between dollar signs.
fn text(chunks: ChunksRef<'_>) -> String {
    let mut text = String::new();
    for chunk in chunks {
        match &chunk.v {
            Chunk::Normal(part) | Chunk::Verbatim(part) => text.push_str(part),
            Chunk::Math(part) => text.extend(["$", part, "$"]),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_entry_becomes_a_record_and_loses_nothing() {
        let library = read(
            r#"@article{turing1936, author = {Turing, Alan and {A Society} and others}, title = {On {C}omputable Numbers},
               journaltitle = {Proceedings}, year = 1936, month = nov, number = 1, volume = {s2-42}, pages = {230--265},
               keywords = {logic, machines}, file = {Full Text:/home/alan/paper.pdf}, odd-field = {kept}, note = {A note}}"#,
        )
        .unwrap();
        let data = library.records[0].data();
        for (field, value) in [
            ("itemType", "journalArticle"),
            ("title", "On Computable Numbers"),
            ("publicationTitle", "Proceedings"),
            ("date", "1936-11"),
            ("issue", "1"),
            ("volume", "s2-42"),
            ("pages", "230-265"),
            ("citationKey", "turing1936"),
            ("extra", "A note\ntex.odd-field: kept"),
        ] {
            assert_eq!(data[field], value, "{field}");
        }
        assert_eq!(data["creators"].as_array().unwrap().len(), 2);
        assert_eq!(data["creators"][1], json!({"creatorType": "author", "name": "A Society"}));
        assert!(!library.records[0].raw().contains("/home/alan"));
    }

    #[test]
    fn one_bad_entry_does_not_cost_the_others() {
        let library =
            read("@book{a, title = {A}}\n@book{b, title = undefined}\n@book{a, title = {Again}}\n@book{c, title={C}}")
                .unwrap();
        assert_eq!(library.records.len(), 2);
        assert_eq!(library.skipped.len(), 2);
        assert_eq!(library.skipped[0].raw, "@book{a, title = {Again}}");
        assert_ne!(library.records[0].key, library.records[1].key);
    }

    #[test]
    fn a_broken_file_says_where() {
        let error = read("@book{a, title = {A}}\n\n@book{b, title = {").unwrap_err();
        assert_eq!(error.place.map(|(line, _)| line), Some(3), "{}", error.reason);
    }
}
