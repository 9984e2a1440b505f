//! Which files there are, and what is in them.

mod split;

use std::collections::BTreeMap;

use serde_json::Value;

use super::*;
use crate::bibliography::citation::{References, Words};
use crate::bibliography::library::Tag;
use crate::website::fixture::{Small, item, sketch};
use crate::website::output::Content;

fn text(content: Content<'_>) -> String {
    match content {
        Content::Bytes(bytes) => String::from_utf8(bytes).unwrap(),
        Content::Later(make) => String::from_utf8(make().ok().unwrap()).unwrap(),
        Content::Copy(_) => unreachable!("nothing here is copied"),
    }
}

fn with<T>(small: &Small, settings: &export::Settings, then: impl FnOnce(&Context<'_>) -> T) -> T {
    let addresses = small.addresses(true);
    let (library, outline, files) = (&small.library, &small.outline, &small.files);
    let references = References::plain("Reference", Words::default());
    let wording = export::Wording { references: &references, title: "Engines & Logic", language: "en" };
    then(&Context { library, outline, addresses: &addresses, files, wording, settings, splits: Splits::none() })
}

fn made(small: &Small, settings: &export::Settings) -> BTreeMap<String, String> {
    with(small, settings, |context| {
        files(context).into_iter().map(|file| (file.path.to_string(), text(file.content))).collect()
    })
}

fn small() -> Small {
    let book = item("BBBBBBBB", "book", &[("title", "Logic"), ("date", "1854")]);
    let note = item("NNNNNNNN", "note", &[("note", "alone")]);
    Small::new(vec![book, sketch(), note], &[1, 2]).with_pdf(1, "menabrea.pdf")
}

#[test]
fn records_collections_and_the_library_have_their_files() {
    let made = made(&small(), &export::Settings::default());
    let names: Vec<_> = made.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "bibliography.bib",
            "bibliography.biblatex.bib",
            "bibliography.csl.json",
            "bibliography.ris",
            "collections/CCCCCCCC/CCCCCCCC.bib",
            "collections/CCCCCCCC/list.rdf",
            "items/BBBBBBBB/BBBBBBBB.bib",
            "items/BBBBBBBB/BBBBBBBB.csl.json",
            "items/BBBBBBBB/BBBBBBBB.rdf",
            "items/BBBBBBBB/BBBBBBBB.ris",
            "items/LV43SKET/LV43SKET.bib",
            "items/LV43SKET/LV43SKET.csl.json",
            "items/LV43SKET/LV43SKET.rdf",
            "items/LV43SKET/LV43SKET.ris",
        ]
    );
    assert!(made["collections/CCCCCCCC/CCCCCCCC.bib"].contains("key_lv43sket"));
    assert!(!made["collections/CCCCCCCC/CCCCCCCC.bib"].contains("key_bbbbbbbb"));
    let (book, article) =
        (made["bibliography.bib"].find("key_bbbbbbbb"), made["bibliography.bib"].find("key_lv43sket"));
    assert!(book.unwrap() < article.unwrap());
    let rdf = &made["collections/CCCCCCCC/list.rdf"];
    assert!(rdf.contains("rdf:about=\"https://example.org/lib/items/LV43SKET/\"") && rdf.contains("menabrea.pdf"));
    assert!(made["items/LV43SKET/LV43SKET.ris"].contains("https://example.org/lib/items/LV43SKET/menabrea.pdf"));
}

#[test]
fn the_settings_choose_the_formats_each_once() {
    let item = vec![Format::Biblatex, Format::Biblatex];
    let settings = export::Settings {
        item,
        list: export::Lists::of_collections(Vec::new()),
        library: Vec::new(),
        ..export::Settings::default()
    };
    let made = made(&small(), &settings);
    let names: Vec<_> = made.keys().map(String::as_str).collect();
    assert_eq!(names, ["items/BBBBBBBB/BBBBBBBB.biblatex.bib", "items/LV43SKET/LV43SKET.biblatex.bib"]);
}

/// Some formats for every kind of list.
fn lists() -> export::Lists {
    let formats = || vec![Format::Bibtex, Format::Rdf];
    export::Lists { collections: formats(), tags: formats(), creators: formats(), years: formats(), types: formats() }
}

#[test]
fn every_list_with_a_page_has_the_files_of_its_kind() {
    let tagged = |key| {
        let tags = vec![Tag { name: "C++".to_owned(), automatic: false, color: None }];
        Item { tags, ..item(key, "book", &[("title", "Logic"), ("date", "1854")]) }
    };
    let note = item("NNNNNNNN", "note", &[("note", "alone")]);
    let small = Small::new(vec![tagged("AAAAAAAA"), tagged("BBBBBBBB"), sketch(), note], &[2]);
    let settings =
        export::Settings { item: Vec::new(), list: lists(), library: Vec::new(), ..export::Settings::default() };
    let made = made(&small, &settings);
    let names: Vec<_> = made.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "collections/CCCCCCCC/CCCCCCCC.bib",
            "collections/CCCCCCCC/list.rdf",
            "tags/c-4f38536a/c-4f38536a.bib",
            "tags/c-4f38536a/list.rdf",
            "types/book/book.bib",
            "types/book/list.rdf",
            "types/journalArticle/journalArticle.bib",
            "types/journalArticle/list.rdf",
            "years/1843/1843.bib",
            "years/1843/list.rdf",
            "years/1854/1854.bib",
            "years/1854/list.rdf",
        ]
    );
    assert_eq!(made["years/1854/1854.bib"].matches("@book{").count(), 2);
    assert!(!made["years/1854/1854.bib"].contains("@article"));
}

#[test]
fn pages_are_told_of_the_files_that_there_are() {
    let small = small();
    let settings = export::Settings { list: lists(), ..export::Settings::default() };
    let made = made(&small, &settings);
    with(&small, &settings, |context| {
        let lists = ListKind::ALL.into_iter().flat_map(|kind| context.outline.index(kind));
        let lists = lists.flat_map(|list| of_list(*list, context));
        let items = context.library.indexed().flat_map(|(index, _)| of_item(index, context));
        let told: Vec<_> = items.chain(lists).chain(of_library(context)).map(|file| file.place.to_string()).collect();
        assert_eq!(told.len(), made.len());
        assert!(told.iter().all(|place| made.contains_key(place)));
    });
}

#[test]
fn a_library_of_notes_alone_has_no_files() {
    assert!(made(&Small::new(vec![item("NNNNNNNN", "note", &[])], &[0]), &export::Settings::default()).is_empty());
}

#[test]
fn no_record_is_larger_than_it_is_estimated() {
    let hard = |text: &str| {
        let schema = crate::zotero::schema::Schema::get();
        let long = text.repeat(50);
        let of = |known: &crate::zotero::schema::ItemType| {
            let fields: Vec<_> = known.fields.iter().map(|field| (field.name.as_str(), long.as_str())).collect();
            let mut item = item("AAAAAAAA", &known.name, &fields);
            item.creators = vec![crate::website::fixture::personal("author", &long, &long)];
            item
        };
        schema.item_types().iter().map(of).collect::<Vec<_>>()
    };
    for text in ["plain words ", "{", "a_b ", "\"", "é ", "文", "Aa Bb ", "\\", "<i>x</i>", "\n", "<b>", "'", "*"] {
        let small = Small::new(hard(text), &[]);
        with(&small, &export::Settings::default(), |context| {
            let writer = Writer { context: *context, links: links::Places::new(context) };
            for (index, item) in context.library.indexed() {
                for format in Format::ALL {
                    let (size, most) = (
                        writer.text(format, &[index], &context.addresses.home()).len(),
                        estimate::most(item, &[format]),
                    );
                    assert!(size <= most, "{text:?} {} {}: {size} of {most}", item.item_type, format.name());
                }
            }
        });
    }
}

#[test]
fn bibliographies_are_called_after_their_list_and_the_site() {
    let (list, library) = (vec![Format::Html, Format::Text], vec![Format::Html]);
    let mut settings = export::Settings { item: Vec::new(), library, ..export::Settings::default() };
    settings.list = export::Lists { years: list.clone(), ..export::Lists::of_collections(list) };
    let made = made(&small(), &settings);
    for (name, title) in [
        ("bibliography.html", "Engines &amp; Logic"),
        ("collections/CCCCCCCC/CCCCCCCC.html", "Engines, Engines &amp; Logic"),
        ("years/1854/1854.html", "1854, Engines &amp; Logic"),
    ] {
        assert!(made[name].contains(&format!("<title>{title}</title>")), "{name}: {}", made[name]);
    }
    assert!(made["collections/CCCCCCCC/CCCCCCCC.txt"].starts_with("Menabrea"));
    assert!(made["bibliography.html"].contains("href=\"https://example.org/lib/items/BBBBBBBB/\""));
}
