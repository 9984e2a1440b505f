//! The text of records in a format, one file per format.
//!
//! The formats for programs are those of Zotero's own exporters, <https://github.com/zotero/translators>, driven by tables
//! of which field reaches which tag; those for people are bibliographies in the site's style. An export never fails and never
//! breaks its file's syntax. Nothing here knows where a file will stand: addresses come in as a value. Notes and files that
//! stand alone are no records; no format has them.

mod biblatex;
mod bibliography;
mod bibtex;
mod coins;
mod context;
mod csl_json;
mod csv;
#[cfg(test)]
mod defects;
#[cfg(test)]
mod edges;
mod entry;
mod escape;
mod extra_lines;
mod format;
mod links;
mod lists;
#[cfg(test)]
mod measured;
mod names;
mod rich_text;
mod ris;
mod routes;
mod settings;
mod tex;
mod zotero_rdf;

pub use self::context::{Context, Wording};
pub use self::format::Format;
pub use self::links::{FileAddress, ItemAddress, Links};
pub use self::lists::Lists;
pub use self::settings::{Compatibility, Settings};

use crate::bibliography::library::Item;

/// The file of some records in a format, in their order.
#[must_use]
pub fn write<'a>(
    format: Format,
    items: impl Iterator<Item = &'a Item>,
    context: &Context<'_>,
    settings: &Settings,
) -> String {
    let links = &context.links;
    let records = items.filter(|item| item.is_regular());
    match format {
        Format::Bibtex => tex::file(records.map(|item| bibtex::entry(item, settings))),
        Format::Biblatex => tex::file(records.map(|item| biblatex::entry(item, settings))),
        Format::Ris => records.map(|item| ris::record(item, links, settings)).collect(),
        Format::Csl => csl_json::file(records, settings),
        Format::Csv => csv::file(records, links, settings),
        Format::Coins => records.map(|item| coins::span(item, settings)).collect(),
        Format::Rdf => zotero_rdf::file(records, links, settings),
        Format::Html | Format::Markdown | Format::Text => bibliography::file(format, records, context),
    }
}

/// When a record was last looked up, as Zotero's exporters see it: `2020-02-03 04:05:06`.
fn sql_time(access_date: &str) -> String {
    match crate::bibliography::library::Timestamp::parse(access_date) {
        Some(time) if access_date.len() > 10 => time.as_str().trim_end_matches('Z').replace('T', " "),
        _ => access_date.to_owned(),
    }
}
