//! Which column holds what.

use super::super::measured::{creator, item};
use super::*;
use crate::bibliography::library::{Attachment, Tag, Timestamp};
use crate::zotero::schema::Schema;

/// A record's filled cells under the labels of their columns.
fn cells(item: &Item, compatibility: Compatibility) -> Vec<(&'static str, String)> {
    let settings = Settings { compatibility, ..Settings::default() };
    let links = Links::default();
    let row = Row::new(item, &links, &settings);
    let cells = COLUMNS.iter().zip(row.cells()).map(|(column, cell)| (column.label, cell.into_owned()));
    cells.filter(|(_, cell)| !cell.is_empty()).collect()
}

fn has(cells: &[(&str, String)], wanted: &[(&str, &str)]) {
    for (label, value) in wanted {
        let found = cells.iter().find(|(known, _)| known == label).map(|(_, cell)| cell.as_str());
        assert_eq!(found, Some(*value), "{label}");
    }
}

#[test]
fn the_first_line_names_the_columns_each_once() {
    let text = file(std::iter::empty(), &Links::default(), &Settings::default());
    assert!(text.starts_with("\u{feff}\"Key\",\"Item Type\",\"Publication Year\",\"Author\",\"Title\","), "{text}");
    assert!(text.ends_with("\"History\",\"Legislative Body\""), "{text}");
    let labels: std::collections::BTreeSet<_> = COLUMNS.iter().map(|column| column.label).collect();
    assert_eq!((COLUMNS.len(), labels.len()), (87, 87));
}

#[test]
fn every_column_is_of_the_schema() {
    let types = Schema::get().item_types();
    for column in COLUMNS.iter() {
        for source in column.sources.iter().filter(|source| !source.starts_with('@')) {
            let field = types.iter().flat_map(|known| &known.fields);
            let field = field.clone().any(|field| field.name == *source || field.base.as_deref() == Some(source));
            let role = types.iter().any(|known| known.creators.iter().any(|role| role == source));
            assert!(if column.holds == Holds::Names { role } else { field }, "{}: {source}", column.label);
        }
    }
}

#[test]
fn fields_stand_under_what_they_are_in_all_types() {
    let mut thesis = item(
        "thesis",
        &[("university", "Padua"), ("thesisType", "PhD"), ("accessDate", "2020-02-03T04:05:06Z"), ("date", "May 1678")],
    );
    thesis.added = Timestamp::parse("2021-01-02T03:04:05Z");
    let tag = |name: &str, automatic| Tag { name: name.to_owned(), automatic, color: None };
    thesis.tags = vec![tag("a", false), tag("b", true), tag("c", false)];
    for mode in [Compatibility::Zotero, Compatibility::Right] {
        has(
            &cells(&thesis, mode),
            &[
                ("Key", "ABCD2345"),
                ("Item Type", "thesis"),
                ("Publication Year", "1678"),
                ("Publisher", "Padua"),
                ("Type", "PhD"),
                ("Date", "1678-05"),
                ("Date Added", "2021-01-02 03:04:05"),
                ("Access Date", "2020-02-03 04:05:06"),
                ("Manual Tags", "a; c"),
                ("Automatic Tags", "b"),
            ],
        );
    }
    has(&cells(&item("computerProgram", &[("versionNumber", "1.2")]), Compatibility::Zotero), &[("Version", "1.2")]);
}

#[test]
fn creators_stand_under_what_they_did() {
    let mut film = item("film", &[]);
    film.creators =
        vec![creator("director", "A", "B"), creator("producer", "C", ""), creator("scriptwriter", "D", "E")];
    for mode in [Compatibility::Zotero, Compatibility::Right] {
        has(&cells(&film, mode), &[("Author", "A, B"), ("Producer", "C"), ("Scriptwriter", "D, E")]);
    }
}

#[test]
fn files_that_are_published_and_links_have_their_addresses() {
    let attachment = |key: &str, link_mode, url: Option<&str>| Attachment {
        key: key.parse().unwrap(),
        title: String::new(),
        link_mode,
        content_type: String::new(),
        filename: String::new(),
        md5: None,
        url: url.map(str::to_owned),
        added: None,
        modified: None,
        tags: Vec::new(),
        note: String::new(),
        annotations: Vec::new(),
    };
    let mut book = item("book", &[]);
    book.attachments = vec![
        attachment("AAAA2222", LinkMode::ImportedUrl, Some("https://example.org/from")),
        attachment("BBBB2222", LinkMode::LinkedUrl, Some("https://example.org/to")),
    ];
    let address = |_: &Item, file: &Attachment| {
        (file.link_mode == LinkMode::ImportedUrl).then(|| "https://example.org/a.pdf".to_owned())
    };
    let text = file(std::iter::once(&book), &Links { file: Some(&address), ..Links::default() }, &Settings::default());
    assert!(text.contains(",\"https://example.org/a.pdf\",\"https://example.org/to\","), "{text}");
    assert!(!text.contains("from"), "where a file was saved from is no link");
}
