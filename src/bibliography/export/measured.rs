//! What Zotero's own exporters write for single values, measured, beside what this room writes.

use serde_json::Value;

use super::{Compatibility, Context, Format, Settings, write};
use crate::bibliography::library::citation_key::{self, Request};
use crate::bibliography::library::{Creator, Date, Extra, Fields, Item, Name};
use crate::zotero::record::LibraryVersion;

/// An item of some type with these fields, and nothing else.
pub(super) fn item(item_type: &str, fields: &[(&str, &str)]) -> Item {
    let field = |name: &str| fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value);
    let owned = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let mut item = Item {
        key: "ABCD2345".parse().unwrap(),
        version: LibraryVersion(1),
        holding: 0,
        item_type: item_type.to_owned(),
        fields: Fields::new(owned),
        creators: Vec::new(),
        date: Date::parse(field("date"), 2026),
        tags: Vec::new(),
        collections: Vec::new(),
        extra: Extra::parse(field("extra")),
        citation_key: String::new(),
        citation_key_given: false,
        added: None,
        modified: None,
        notes: Vec::new(),
        attachments: Vec::new(),
        relations: Vec::new(),
        replaces: Vec::new(),
        overlay: None,
        csl: None,
    };
    let given = citation_key::given(item.field("extra"), item.field("citationKey"));
    let (creators, title, year) = (&item.creators, item.title(), item.date.year.as_deref());
    let request = Request { given, creators, title, year, added_year: None, place: String::new() };
    let key = citation_key::assign(&[request]).0.remove(0);
    item.citation_key_given = given.is_some();
    item.citation_key = key;
    item
}

pub(super) fn creator(role: &str, last: &str, first: &str) -> Creator {
    let name = Name::Personal { last: last.to_owned(), first: first.to_owned() };
    Creator { role: role.to_owned(), name }
}

fn zotero(format: Format, item: &Item) -> String {
    let settings = Settings { compatibility: Compatibility::Zotero, ..Settings::default() };
    write(format, std::iter::once(item), &Context::default(), &settings)
}

/// What stands behind `start` up to `end`; nothing, if it is not there.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start).and_then(|(_, rest)| rest.split_once(end)).map_or("", |(found, _)| found)
}

fn csl(item: &Item) -> Value {
    serde_json::from_str::<Value>(&zotero(Format::Csl, item)).unwrap()[0].clone()
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

#[test]
fn dates() {
    for row in rows(include_str!("measured/dates.tsv")) {
        let item = item("book", &[("date", row[0])]);
        let (bibtex, biblatex, ris) =
            (zotero(Format::Bibtex, &item), zotero(Format::Biblatex, &item), zotero(Format::Ris, &item));
        let month_and_year = [between(&bibtex, "month = ", ","), between(&bibtex, "year = {", "},\n")].join("/");
        assert_eq!(month_and_year, row[1], "{}", row[0]);
        assert_eq!(between(&biblatex, "date = {", "},\n"), row[2], "{}", row[0]);
        let date = [between(&ris, "DA  - ", "\r"), between(&ris, "PY  - ", "\r")].join(" ; ");
        assert_eq!(date, row[3], "{}", row[0]);
        assert_eq!(csl(&item)["issued"], serde_json::from_str::<Value>(row[4]).unwrap(), "{}", row[0]);
    }
}

#[test]
fn titles() {
    for row in rows(include_str!("measured/titles.tsv")) {
        let item = item("book", &[("title", row[0])]);
        assert_eq!(between(&zotero(Format::Bibtex, &item), "title = ", ",\n"), row[1], "{}", row[0]);
        assert_eq!(between(&zotero(Format::Biblatex, &item), "title = ", ",\n"), row[2], "{}", row[0]);
        assert_eq!(item.citation_key, row[3], "{}", row[0]);
    }
}

#[test]
fn names() {
    for row in rows(include_str!("measured/names.tsv")) {
        let [first, last]: [String; 2] = serde_json::from_str(row[0]).unwrap();
        let mut item = item("book", &[]);
        item.creators = vec![creator("author", &last, &first)];
        assert_eq!(between(&zotero(Format::Bibtex, &item), "author = ", ",\n"), row[1]);
        assert_eq!(between(&zotero(Format::Biblatex, &item), "author = ", ",\n"), row[2]);
        assert_eq!(between(&zotero(Format::Ris, &item), "AU  - ", "\r"), row[3]);
        assert_eq!(csl(&item)["author"], serde_json::from_str::<Value>(row[4]).unwrap());
    }
}

#[test]
fn lines_of_extra() {
    for row in rows(include_str!("measured/extra.tsv")) {
        let item = item("book", &[("title", "t"), ("extra", row[0])]);
        for (format, wanted) in [(Format::Bibtex, row[1]), (Format::Biblatex, row[2])] {
            let text = zotero(format, &item);
            for part in wanted.split(", ") {
                assert!(text.contains(part), "{}: {part} is not in {text}", row[0]);
            }
        }
        let csl = csl(&item);
        let wanted: Value = serde_json::from_str(row[3]).unwrap();
        for (variable, value) in wanted.as_object().unwrap() {
            assert_eq!(&csl[variable], value, "{}", row[0]);
        }
        assert_eq!(csl.get("citation-key"), wanted.get("citation-key"), "{}", row[0]);
    }
}
