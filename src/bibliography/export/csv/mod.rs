//! CSV for spreadsheets: a line of column names, then a line for each record.
//!
//! The columns are those of <https://github.com/zotero/translators/blob/master/CSV.js>. Every cell stands in quotes as
//! RFC 4180 has it; the byte order mark in front is what tells Excel that the file is UTF-8.

mod columns;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use self::columns::{COLUMNS, Column, Holds, column_of};
use super::escape::tidy;
use super::{Compatibility, Links, Settings, sql_time};
use crate::bibliography::library::{Creator, Item, Name};
use crate::zotero::record::LinkMode;

/// What parts several values in one cell.
const SEPARATOR: &str = "; ";

/// The file of some records, without a line end behind it.
pub(super) fn file<'a>(records: impl Iterator<Item = &'a Item>, links: &Links<'_>, settings: &Settings) -> String {
    let mut file = "\u{feff}".to_owned();
    line(&mut file, COLUMNS.iter().map(|column| column.label.into()));
    for item in records {
        file.push('\n');
        line(&mut file, Row::new(item, links, settings).cells());
    }
    file
}

/// The column of each creator, looked for once for all that share a role.
fn creators_columns(item: &Item) -> Vec<Option<&'static Column>> {
    let mut columns: Vec<Option<&Column>> = Vec::with_capacity(item.creators.len());
    for (at, creator) in item.creators.iter().enumerate() {
        let before = item.creators[..at].iter().position(|before| before.role == creator.role);
        columns.push(before.map_or_else(|| column_of(&creator.role, item), |before| columns[before]));
    }
    columns
}

fn line<'a>(file: &mut String, cells: impl Iterator<Item = Cow<'a, str>>) {
    for (at, cell) in cells.enumerate() {
        file.push_str(if at > 0 { ",\"" } else { "\"" });
        file.push_str(&cell);
        file.push('"');
    }
}

/// A record while its cells are written.
struct Row<'r, 'a> {
    item: &'a Item,
    /// The column of each creator.
    columns: Vec<Option<&'static Column>>,
    links: &'r Links<'r>,
    settings: &'r Settings,
}

impl<'r, 'a> Row<'r, 'a> {
    fn new(item: &'a Item, links: &'r Links<'r>, settings: &'r Settings) -> Self {
        Self { item, columns: creators_columns(item), links, settings }
    }

    fn cells(&self) -> impl Iterator<Item = Cow<'a, str>> {
        let columns = COLUMNS.iter().zip(columns::fields_of(&self.item.item_type));
        columns.map(|(column, field)| self.cell(column, field))
    }

    /// A cell, ready to stand between quotes; `field` is what the record's type has for the column.
    fn cell(&self, column: &Column, field: &str) -> Cow<'a, str> {
        let mode = self.settings.compatibility;
        let value = self.value(column, field);
        if value.is_empty() || (column.holds == Holds::Date && mode == Compatibility::Zotero) {
            return value;
        }
        let ends = |byte: u8| matches!(byte, b'\r' | b'\n');
        let value = if value.bytes().any(ends) { one_line(&value).into() } else { value };
        let value = if mode == Compatibility::Right { harmless(value) } else { value };
        if value.contains('"') { value.replace('"', "\"\"").into() } else { value }
    }

    fn value(&self, column: &Column, field: &str) -> Cow<'a, str> {
        let item = self.item;
        let text = || item.field(field).unwrap_or_default();
        let time = |time: Option<&str>| time.map_or(String::new(), sql_time).into();
        match column.holds {
            Holds::Key => item.key.to_string().into(),
            Holds::Type => item.item_type.as_str().into(),
            Holds::Year => item.date.year.as_deref().unwrap_or_default().into(),
            Holds::Date => item.date.iso().map_or(text().into(), Cow::Owned),
            Holds::Added => time(item.added.as_ref().map(|added| added.as_str())),
            Holds::Modified => time(item.modified.as_ref().map(|modified| modified.as_str())),
            Holds::Accessed => time(item.field(field)),
            Holds::Abstract if !self.settings.abstracts => "".into(),
            Holds::Abstract | Holds::Field => text().into(),
            Holds::Names => self.names(column).into(),
            Holds::Files => joined(self.links.files(item).into_iter().map(|(_, address)| address)).into(),
            Holds::Links => {
                let linked = item.attachments.iter().filter(|attached| attached.link_mode == LinkMode::LinkedUrl);
                joined(linked.filter_map(|attached| attached.url.as_deref())).into()
            }
            Holds::ManualTags | Holds::AutomaticTags => {
                let automatic = column.holds == Holds::AutomaticTags;
                let tags = item.tags.iter().filter(|tag| tag.automatic == automatic);
                joined(tags.map(|tag| tag.name.as_str())).into()
            }
            Holds::Nothing => "".into(),
        }
    }

    /// The creators of a column: "Last, First".
    fn names(&self, column: &Column) -> String {
        let mode = self.settings.compatibility;
        let listed = |(creator, own): &(&Creator, &Option<&Column>)| match mode {
            Compatibility::Zotero => column.sources.contains(&creator.role.as_str()),
            Compatibility::Right => own.is_some_and(|own| std::ptr::eq(own, column)),
        };
        let name = |(creator, _): (&Creator, _)| match (&creator.name, mode) {
            (Name::Personal { last, first }, Compatibility::Zotero) if last.is_empty() => format!(", {first}"),
            (name, _) => name.inverted(),
        };
        joined(self.item.creators.iter().zip(&self.columns).filter(listed).map(name))
    }
}

fn joined<T: AsRef<str>>(values: impl Iterator<Item = T>) -> String {
    let mut cell = String::new();
    for (at, value) in values.enumerate() {
        cell.push_str(if at > 0 { SEPARATOR } else { "" });
        cell.push_str(value.as_ref());
    }
    cell
}

/// Runs of line ends as one space.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = false;
    for c in text.chars() {
        let ends = matches!(c, '\r' | '\n');
        match (ends, before) {
            (false, _) => out.push(c),
            (true, false) => out.push(' '),
            (true, true) => {}
        }
        before = ends;
    }
    out
}

/// Text that no spreadsheet takes for a formula, and without control characters.
///
/// See <https://owasp.org/www-community/attacks/CSV_Injection>. Programs differ in what they skip before a formula, so
/// white space is no shelter here.
fn harmless(text: Cow<'_, str>) -> Cow<'_, str> {
    let formula = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let tidied = tidy(&text);
    if tidied.starts_with('\t') || tidied.trim_start().starts_with(formula) {
        return format!("'{tidied}").into();
    }
    if tidied == text { text } else { tidied.into_owned().into() }
}
