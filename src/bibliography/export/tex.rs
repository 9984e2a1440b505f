//! What BibTeX and BibLaTeX files have in common: their frame, names, keywords, and what Extra adds.

use super::entry::Entry;
use super::escape::tidy;
use super::extra_lines::ExtraLines;
use super::routes::{Route, TypeRoutes};
use super::{Compatibility, Settings, names};
use crate::bibliography::library::{Item, citation_key};

/// A file of entries: a line end, the entries with an empty line between them, a line end.
pub(super) fn file(entries: impl Iterator<Item = String>) -> String {
    let mut file = "\n".to_owned();
    for (at, entry) in entries.enumerate() {
        file.push_str(if at > 0 { "\n\n" } else { "" });
        file.push_str(&entry);
    }
    file.push('\n');
    file
}

/// Begins the entry of an item.
pub(super) fn begin(kind: &str, item: &Item, settings: &Settings) -> Entry {
    match settings.compatibility {
        Compatibility::Zotero => Entry::new(kind, &item.citation_key),
        Compatibility::Right => Entry::new(kind, &citation_key::usable(&item.citation_key)),
    }
}

/// The names of a list, parted by "and".
pub(super) fn names(
    routes: &TypeRoutes,
    route: &Route,
    item: &Item,
    escape: impl Fn(&str) -> String,
    compatibility: Compatibility,
) -> String {
    let creators = routes.creators(route, item);
    let names = creators.map(|creator| names::listed(&creator.name, &escape, compatibility));
    names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" and ")
}

/// The tags, parted by commas; a tag with a comma stands in braces.
pub(super) fn keywords(item: &Item, escape: impl Fn(&str) -> String, compatibility: Compatibility) -> String {
    let tags = item.tags.iter().map(|tag| tag.name.as_str());
    if compatibility == Compatibility::Zotero {
        return escape(&tags.collect::<Vec<_>>().join(", "));
    }
    let keyword = |tag: &str| if tag.contains(',') { format!("{{{}}}", escape(tag)) } else { escape(tag) };
    tags.map(keyword).collect::<Vec<_>>().join(", ")
}

/// An address, a DOI or another identifier, which Zotero does not escape.
pub(super) fn verbatim(text: &str, compatibility: Compatibility) -> String {
    if compatibility == Compatibility::Zotero {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in tidy(text.trim()).chars() {
        match c {
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '\\' => out.push_str("%5C"),
            c if c.is_whitespace() => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

/// Writes the identifiers of Extra, each label by its `tags`, and gives back what is left for the note.
pub(super) fn extra(
    entry: &mut Entry,
    extra: &str,
    tags: impl Fn(&str) -> Option<Identifier>,
    compatibility: Compatibility,
) -> String {
    let lines = ExtraLines::read(extra, |label| tags(label).is_some());
    let mut rest: Vec<_> = Vec::new();
    for (label, value) in lines.identifiers {
        let Some(Identifier { kind, tag }) = tags(label) else { continue };
        if compatibility == Compatibility::Right && entry.has(tag) {
            rest.push(format!("{label}: {value}"));
            continue;
        }
        if let Some((tag, kind)) = kind {
            entry.braced(tag, kind);
        }
        entry.braced(tag, &verbatim(value, compatibility));
    }
    let undefined = if compatibility == Compatibility::Zotero { "undefined: undefined" } else { "" };
    let lines = lines.rest.into_iter().map(|line| if line.is_empty() { undefined } else { line }.to_owned());
    rest.extend(lines.filter(|line| !line.is_empty()));
    rest.join("\n")
}

/// The fields of an identifier: for its kind, if it has one, and for itself.
pub(super) struct Identifier {
    pub kind: Option<(&'static str, &'static str)>,
    pub tag: &'static str,
}

/// Every run of dashes as two hyphens.
pub(super) fn page_range(pages: &str) -> String {
    let dash = |c: char| matches!(c, '-' | '\u{2012}'..='\u{2015}' | '\u{2053}');
    let mut out = String::with_capacity(pages.len() + 1);
    let mut before = false;
    for c in pages.chars() {
        match (dash(c), before) {
            (true, false) => out.push_str("--"),
            (true, true) => {}
            (false, _) => out.push(c),
        }
        before = dash(c);
    }
    out
}
