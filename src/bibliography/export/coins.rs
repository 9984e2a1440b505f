//! COinS: a record as an OpenURL in an empty element of a page, where reference managers and link resolvers find it.
//!
//! See <https://github.com/zotero/utilities/blob/master/openurl.js> for what Zotero writes, and for the meaning of the keys
//! the registry of OpenURL 1.0, ANSI/NISO Z39.88: <https://www.niso.org/publications/z3988-2004-r2021>.

use std::sync::LazyLock;

use regex::Regex;

use super::escape::tidy;
use super::routes::{Route, Routes, Writing};
use super::{Compatibility, Settings};
use crate::bibliography::library::{Creator, Item, Name};
use crate::bibliography::markup::SafeHtml;
use crate::zotero::schema::{ItemType, Schema};

static ROUTES: LazyLock<Routes> = LazyLock::new(|| Routes::parse(include_str!("routes/coins.tsv"), 4));

/// What every context object begins with.
const HEAD: [(&str, &str); 3] =
    [("url_ver", "Z39.88-2004"), ("ctx_ver", "Z39.88-2004"), ("rfr_id", "info:sid/zotero.org:2")];

/// One record, with a line end behind it.
pub(super) fn span(item: &Item, settings: &Settings) -> String {
    let object = context_object(item, settings);
    // The attribute stands between apostrophes, and Zotero writes those by name.
    let title = SafeHtml::escape(&object).as_str().replace("&#39;", "&apos;");
    format!("<span class='Z3988' title='{title}'></span>\n")
}

/// The record as pairs of keys and values, form-encoded.
fn context_object(item: &Item, settings: &Settings) -> String {
    let routes = ROUTES.of(&item.item_type);
    let mut object = ContextObject { text: String::with_capacity(1024), mode: settings.compatibility };
    for (key, value) in HEAD {
        object.pair(key, value);
    }
    identifiers(&mut object, item);
    let (format, genre) = routes.name.split_once(' ').unwrap_or((routes.name, ""));
    object.prefixed("rft_val_fmt", "info:ofi/fmt:kev:mtx:", format);
    object.pair("rft.genre", genre);
    if format == "dc" {
        object.pair("rft.type", &item.item_type);
    }
    for route in routes.iter() {
        pairs(&mut object, route, item, settings);
    }
    object.text
}

fn identifiers(object: &mut ContextObject, item: &Item) {
    // Of Extra's lines, only the first that is a PubMed id.
    static PMID: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:\n|^)PMID:[[\s\u{feff}]--\u{85}]*([0-9]+)").expect("the pattern of a PubMed id is valid")
    });
    let pmid = item.field("extra").and_then(|extra| PMID.captures(extra)).and_then(|found| found.get(1));
    object.prefixed("rft_id", "info:doi/", item.field("DOI").unwrap_or_default());
    object.prefixed("rft_id", "urn:isbn:", item.field("ISBN").unwrap_or_default());
    object.prefixed("rft_id", "info:pmid/", pmid.map_or("", |id| id.as_str()));
}

fn pairs(object: &mut ContextObject, route: &Route, item: &Item, settings: &Settings) {
    let value = route.value(item).unwrap_or_default();
    match route.writing {
        Writing::Abstract if !settings.abstracts => {}
        Writing::Address if item.field("DOI").is_some() => object.prefixed(route.tag, "urn:doi:", value),
        Writing::FirstName => object.pair(route.tag, first_creator(item).map_or("", |creator| parts(creator).0)),
        Writing::LastName => object.pair(route.tag, first_creator(item).map_or("", |creator| parts(creator).1)),
        Writing::Names => people(object, route.tag, item, true),
        Writing::Contributors => people(object, route.tag, item, false),
        // Zotero gives the day of issue here, too.
        Writing::Filed if object.mode == Compatibility::Right => {}
        Writing::Date | Writing::Filed => object.pair(route.tag, &item.date.iso().unwrap_or_default()),
        Writing::Pages => pages(object, value),
        _ => object.pair(route.tag, value),
    }
}

/// The first author or maker; of works that have none, the first editor.
fn first_creator(item: &Item) -> Option<&Creator> {
    let primary = Schema::get().item_type(&item.item_type).and_then(ItemType::primary_creator);
    let makes = |creator: &&Creator| creator.role == "author" || Some(creator.role.as_str()) == primary;
    let edits = |creator: &&Creator| creator.role == "editor";
    item.creators.iter().find(makes).or_else(|| item.creators.iter().find(edits))
}

/// First and last name.
fn parts(creator: &Creator) -> (&str, &str) {
    match &creator.name {
        Name::Single(name) => ("", name),
        Name::Personal { last, first } => (first, last),
    }
}

/// Those who made the work, or the others; to Zotero everybody made it.
fn people(object: &mut ContextObject, key: &str, item: &Item, makers: bool) {
    let leading = item.leading_creators().first().map(|creator| creator.role.as_str());
    for creator in &item.creators {
        let made = object.mode == Compatibility::Zotero || Some(creator.role.as_str()) == leading;
        if made == makers {
            let (first, last) = parts(creator);
            let gap = if first.is_empty() { "" } else { " " };
            object.pair(key, &[first, gap, last].concat());
        }
    }
}

/// All pages; and the first and the last, if there is one range of them.
fn pages(object: &mut ContextObject, pages: &str) {
    object.pair("rft.pages", pages);
    let parts: Vec<_> = pages.split(['-', '–']).collect();
    let one = parts.len() == 2 && !pages.contains([',', ';', '&']);
    if parts.len() > 1 && (one || object.mode == Compatibility::Zotero) {
        object.pair("rft.spage", parts[0]);
        object.pair("rft.epage", parts[1]);
    }
}

/// Pairs of keys and values while they are written.
struct ContextObject {
    text: String,
    mode: Compatibility,
}

impl ContextObject {
    /// A key and its value; nothing, if that is empty.
    fn pair(&mut self, key: &str, value: &str) {
        self.prefixed(key, "", value);
    }

    /// A key and its value with the name space it belongs to; nothing, if the value is empty.
    fn prefixed(&mut self, key: &str, name_space: &str, value: &str) {
        let tidied = if self.mode == Compatibility::Zotero { value.into() } else { tidy(value) };
        let value = if self.mode == Compatibility::Zotero { value } else { tidied.trim() };
        if value.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('&');
        }
        self.text.push_str(key);
        self.text.push('=');
        self.encode(name_space);
        self.encode(value);
    }

    /// As JavaScript's `encodeURIComponent` does.
    fn encode(&mut self, text: &str) {
        const HEXADECIMAL: &[u8; 16] = b"0123456789ABCDEF";
        for byte in text.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) {
                self.text.push(char::from(byte));
            } else {
                let digit = |nibble: u8| char::from(HEXADECIMAL[usize::from(nibble)]);
                self.text.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
}
