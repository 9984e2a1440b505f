//! `BibLaTeX`. See <https://github.com/zotero/translators/blob/master/BibLaTeX.js>.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::entry::Entry;
use super::escape::{Unbalanced, protect_inner_capitals};
use super::rich_text::{self, Content};
use super::routes::{Route, Routes, TypeRoutes, Writing};
use super::tex::{self, Identifier};
use super::{Compatibility, Settings, escape, sql_time};
use crate::bibliography::library::white_space::is_space;
use crate::bibliography::library::{Date, Item};

static ROUTES: LazyLock<Routes> = LazyLock::new(|| Routes::parse(include_str!("routes/biblatex.tsv"), 2));

/// One record, without line ends around it.
pub(super) fn entry(item: &Item, settings: &Settings) -> String {
    let routes = ROUTES.of(&item.item_type);
    let mut entry = tex::begin(entry_type(item, routes.name), item, settings);
    for route in routes.iter() {
        field(&mut entry, route, routes, item, settings);
    }
    entry.finish()
}

/// A book of editors is a collection; one in volumes, or a chapter of somebody's book, have types of their own.
fn entry_type<'a>(item: &Item, usual: &'a str) -> &'a str {
    let has = |role: &str| item.creators.iter().any(|creator| creator.role == role);
    match item.item_type.as_str() {
        "book" if has("editor") && !has("author") => "collection",
        "book" if item.field("numberOfVolumes").is_some() => "mvbook",
        "bookSection" if has("bookAuthor") => "inbook",
        _ => usual,
    }
}

fn field(entry: &mut Entry, route: &Route, routes: &TypeRoutes, item: &Item, settings: &Settings) {
    let mode = settings.compatibility;
    let value = route.value(item);
    let text = |value: &str| text(value, mode);
    let written = match route.writing {
        Writing::Abstract if !settings.abstracts => None,
        Writing::Text | Writing::Abstract | Writing::Title => value.map(text),
        Writing::Abbreviation => value.filter(|_| entry.has("journaltitle")).map(text),
        Writing::Address => value.map(|value| tex::verbatim(value, mode)),
        Writing::Accessed => value.and_then(|value| Date::parse(&sql_time(value), 0).iso()).map(|iso| text(&iso)),
        Writing::Date => item.date.iso().map(|iso| text(&iso)),
        Writing::Pages => value.map(|value| translated(tex::page_range(&escaped(value, mode)), mode)),
        Writing::Issue => value.and_then(|value| issue(entry, route, value, mode)).map(|number| text(&number)),
        Writing::Language => value.and_then(language).map(text),
        Writing::Keywords => Some(keywords(item, mode)),
        Writing::Names => return names(entry, route, routes, item, mode),
        Writing::Type => return type_fields(entry, route, item, mode),
        Writing::Eprint => return eprint(entry, item, mode),
        Writing::Extra => value.and_then(|extra| note(entry, extra, mode)).map(|note| text(&note)),
        _ => None,
    };
    entry.braced(route.tag, &written.unwrap_or_default());
}

/// Text with TeX's signs escaped, inner capitals kept and markup as commands.
fn text(value: &str, mode: Compatibility) -> String {
    translated(protect_inner_capitals(&escaped(value, mode)), mode)
}

fn escaped(text: &str, mode: Compatibility) -> String {
    escape::tex(text, if mode == Compatibility::Zotero { Unbalanced::Bare } else { Unbalanced::Named })
}

fn translated(text: String, mode: Compatibility) -> String {
    rich_text::translate(text, Content::NoClosingTag, mode == Compatibility::Right)
}

fn keywords(item: &Item, mode: Compatibility) -> String {
    let right = mode == Compatibility::Right;
    let escape = |tag: &str| protect_inner_capitals(&escaped(tag, mode));
    let part = |tag: &str| if right { translated(escape(tag), mode) } else { escape(tag) };
    let list = tex::keywords(item, part, mode);
    // As in BibTeX, Zotero translates the list as a whole.
    if right { list } else { translated(list, mode) }
}

/// A list of names, and for editors of other kinds what they did. Zotero escapes a list once more as a whole, unless an
/// institution is among the item's creators.
fn names(entry: &mut Entry, route: &Route, routes: &TypeRoutes, item: &Item, mode: Compatibility) {
    let part = |name: &str| {
        if mode == Compatibility::Right { translated(escaped(name, mode), mode) } else { escaped(name, mode) }
    };
    let mut names = tex::names(routes, route, item, part, mode);
    if names.is_empty() {
        return;
    }
    if mode == Compatibility::Zotero && !item.creators.iter().any(|creator| creator.name.is_single()) {
        names = protect_inner_capitals(&escaped(&names, mode));
    }
    let names = if mode == Compatibility::Zotero { translated(names, mode) } else { names };
    entry.braced(route.tag, &names);
    match route.tag {
        "editora" => entry.braced("editoratype", "collaborator"),
        "editorb" => entry.braced("editorbtype", "redactor"),
        _ => {}
    }
}

/// The number of an issue. Zotero keeps the number it begins with only, and has a field of its own for what has none.
fn issue<'a>(entry: &mut Entry, route: &Route, value: &'a str, mode: Compatibility) -> Option<Cow<'a, str>> {
    let number = match mode {
        Compatibility::Zotero => leading_integer(value).map(Cow::Owned),
        Compatibility::Right => {
            (value.starts_with(|c: char| c.is_ascii_digit()) && !entry.has(route.tag)).then_some(value.into())
        }
    };
    if number.is_none() {
        entry.braced("issue", &text(value, mode));
    }
    number
}

/// The number a text begins with, as JavaScript's `parseInt` reads it: "007" is 7, "-3" and "+3" have their signs.
fn leading_integer(text: &str) -> Option<String> {
    let text = text.trim_start_matches(is_space);
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = &digits[..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())];
    match (digits.is_empty(), digits.trim_start_matches('0')) {
        (true, _) => None,
        (false, "") => Some("0".to_owned()),
        (false, number) => Some(format!("{sign}{number}")),
    }
}

/// What a work is, in words or in one of BibLaTeX's own; a patent's number too.
fn type_fields(entry: &mut Entry, route: &Route, item: &Item, mode: Compatibility) {
    let text = |value: &str| text(value, mode);
    let named = route.value(item);
    let doctoral = |kind: &str| {
        let kind = kind.to_ascii_lowercase();
        kind.contains("phd") || kind.contains("ph.d")
    };
    let kind = match item.item_type.as_str() {
        "letter" => Some(named.unwrap_or("Letter")),
        "email" => Some("E-mail"),
        "thesis" if named.is_none_or(doctoral) => Some("phdthesis"),
        "patent" => {
            let (kind, number) = patent(item.field("patentNumber").unwrap_or_default());
            entry.braced(route.tag, kind);
            return entry.braced("number", &text(number));
        }
        _ => named,
    };
    entry.braced(route.tag, &text(kind.unwrap_or_default()));
}

/// The kind of a patent by the office that begins its number, and the rest of the number.
fn patent(number: &str) -> (&'static str, &str) {
    let offices = [("US", "patentus"), ("EP", "patenteu"), ("GB", "patentuk"), ("DE", "patentde"), ("FR", "patentfr")];
    let known = offices.iter().find_map(|(office, kind)| Some((*kind, number.strip_prefix(office)?)));
    known.unwrap_or(("patent", number))
}

/// Archives that BibLaTeX makes links to, under the names people give them.
fn archive(name: &str) -> Option<&'static str> {
    Some(match name {
        "arXiv" | "arxiv" => "arxiv",
        "JSTOR" | "jstor" => "jstor",
        "PubMed" | "pubmed" => "pubmed",
        "HDL" | "hdl" => "hdl",
        "googlebooks" | "Google Books" => "googlebooks",
        _ => return None,
    })
}

fn eprint(entry: &mut Entry, item: &Item, mode: Compatibility) {
    let text = |value: &str| text(value, mode);
    let (Some(archive), Some(place)) = (item.field("archive").and_then(archive), item.field("archiveLocation")) else {
        return;
    };
    entry.braced("eprinttype", archive);
    entry.braced("eprint", &text(place));
    if archive == "arxiv" {
        entry.braced("eprintclass", &text(item.field("callNumber").unwrap_or_default()));
    }
}

/// Extra's labels that BibLaTeX has fields for.
fn identifier(label: &str) -> Option<Identifier> {
    let kind = match label {
        "arXiv" => "arxiv",
        "JSTOR" => "jstor",
        "HDL" => "hdl",
        "GoogleBooksID" => "googlebooks",
        _ => return super::bibtex::identifier(label),
    };
    Some(Identifier { kind: Some(("eprinttype", kind)), tag: "eprint" })
}

/// What is left of Extra. Where the note is taken, Zotero drops it; there is a field that is printed in the same place.
fn note(entry: &mut Entry, extra: &str, mode: Compatibility) -> Option<String> {
    let rest = tex::extra(entry, extra, identifier, mode);
    if !entry.has("note") {
        return Some(rest);
    }
    if mode == Compatibility::Right {
        entry.braced("addendum", &text(&rest, mode));
    }
    None
}

/// Babel's name of a language: `en-GB` is british, `de` german; other languages than these have none.
fn language(tag: &str) -> Option<&'static str> {
    static LANGUAGES: LazyLock<Vec<[&str; 3]>> = LazyLock::new(|| {
        let lines = include_str!("languages.tsv").lines().filter(|line| !line.starts_with('#'));
        let cells = |line: &'static str| {
            let mut cells = line.split('\t');
            Some([cells.next()?, cells.next()?, cells.next()?])
        };
        lines.filter_map(cells).collect()
    });
    let length = tag.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tag.len());
    let region = tag[length..].chars().next().map(|separator| &tag[length + separator.len_utf8()..]);
    if !matches!(length, 2 | 3) || region == Some("") {
        return None;
    }
    let named = |wanted: &str| LANGUAGES.iter().find(|[code, area, _]| *code == &tag[..length] && *area == wanted);
    region.and_then(named).or_else(|| named("")).map(|[_, _, name]| *name)
}
