//! BibTeX. See <https://github.com/zotero/translators/blob/master/BibTeX.js>.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::entry::Entry;
use super::escape::{Unbalanced, protect_capitals};
use super::rich_text::{self, Content};
use super::routes::{Route, Routes, TypeRoutes, Writing};
use super::tex::{self, Identifier};
use super::{Compatibility, Settings, escape, sql_time};
use crate::bibliography::library::Item;

static ROUTES: LazyLock<Routes> = LazyLock::new(|| Routes::parse(include_str!("routes/bibtex.tsv"), 1));

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// One record, without line ends around it.
pub(super) fn entry(item: &Item, settings: &Settings) -> String {
    let routes = ROUTES.of(&item.item_type);
    let kind = if is_masters(item) { "mastersthesis" } else { routes.name };
    let mut entry = tex::begin(kind, item, settings);
    for route in routes.iter() {
        field(&mut entry, route, routes, item, settings);
    }
    entry.finish()
}

fn field(entry: &mut Entry, route: &Route, routes: &TypeRoutes, item: &Item, settings: &Settings) {
    let mode = settings.compatibility;
    let value = route.value(item);
    let text = |value: &str| translated(escaped(value, mode), mode);
    let written = match route.writing {
        Writing::Abstract if !settings.abstracts => None,
        Writing::Text | Writing::Abstract => value.map(text),
        Writing::Type if is_masters(item) => None,
        Writing::Title | Writing::Type => value.map(|value| translated(protect_capitals(&escaped(value, mode)), mode)),
        Writing::Address => value.map(|value| tex::verbatim(value, mode)),
        Writing::Accessed => value.map(|value| text(&without_time(&sql_time(value)))),
        Writing::Names => Some(whole(tex::names(routes, route, item, |name| part(name, mode), mode), mode)),
        Writing::Year => item.date.year.as_deref().map(text),
        Writing::Pages => value.map(|value| text(&tex::page_range(value))),
        Writing::Keywords => Some(whole(tex::keywords(item, |tag| part(tag, mode), mode), mode)),
        Writing::Extra => value.map(|extra| text(&tex::extra(entry, extra, identifier, mode))),
        Writing::Month => {
            if let Some(month) = item.date.month {
                entry.bare(route.tag, MONTHS[usize::from(month - 1) % 12]);
            }
            None
        }
        _ => None,
    };
    entry.braced(route.tag, &written.unwrap_or_default());
}

fn escaped(text: &str, mode: Compatibility) -> String {
    let unbalanced = if mode == Compatibility::Zotero { Unbalanced::Phantom } else { Unbalanced::Named };
    escape::tex(text, unbalanced)
}

fn translated(text: String, mode: Compatibility) -> String {
    rich_text::translate(text, Content::AnyOnOneLine, mode == Compatibility::Right)
}

/// A part of a list. Zotero translates the markup of a list as a whole: it may begin in one part and end in another, and braces
/// lose their partners.
fn part(text: &str, mode: Compatibility) -> String {
    let text = escaped(text, mode);
    if mode == Compatibility::Right { translated(text, mode) } else { text }
}

fn whole(list: String, mode: Compatibility) -> String {
    if mode == Compatibility::Zotero { translated(list, mode) } else { list }
}

/// Extra's labels that BibTeX has fields for.
pub(super) fn identifier(label: &str) -> Option<Identifier> {
    let tag = match label {
        "DOI" => "doi",
        "LCCN" => "lccn",
        "MR" => "mrnumber",
        "Zbl" => "zmnumber",
        "PMID" => "pmid",
        "PMCID" => "pmcid",
        _ => return None,
    };
    Some(Identifier { kind: None, tag })
}

/// A thesis whose type says no more than that it is a master's: that is the entry's type then, and no field.
fn is_masters(item: &Item) -> bool {
    let Some(kind) = item.field("thesisType").filter(|_| item.item_type == "thesis") else { return false };
    let kind = kind.to_lowercase().replace(|c: char| c.is_whitespace() || c == '.', "");
    let kind = kind.replace("thesis", "").replace("unpublished", "");
    matches!(kind.as_str(), "master" | "masters" | "master's" | "ms" | "msc" | "ma")
}

/// `2020-02-03 04:05:06` without the time of the day.
fn without_time(moment: &str) -> Cow<'_, str> {
    static TIME: LazyLock<regex::Regex> =
        LazyLock::new(|| regex::Regex::new(r"\s*[0-9]+:[0-9]+:[0-9]+").expect("the pattern of a time is valid"));
    TIME.replace(moment, "")
}
