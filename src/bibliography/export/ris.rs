//! RIS. See <https://github.com/zotero/translators/blob/master/RIS.js> and the format's description,
//! <https://en.wikipedia.org/wiki/RIS_(file_format)>.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::escape::tidy;
use super::routes::{Route, Routes, TypeRoutes, Writing};
use super::{Compatibility, Links, Settings, sql_time};
use crate::bibliography::library::date::part_with_undefined;
use crate::bibliography::library::white_space::{is_space, trim};
use crate::bibliography::library::{Date, Item, Name};

static ROUTES: LazyLock<Routes> = LazyLock::new(|| Routes::parse(include_str!("routes/ris.tsv"), 3));

/// One record, with the empty line behind it.
pub(super) fn record(item: &Item, links: &Links<'_>, settings: &Settings) -> String {
    let routes = ROUTES.of(&item.item_type);
    let mut record = Record { text: String::with_capacity(1024), mode: settings.compatibility };
    record.line("TY", routes.name);
    for route in routes.iter() {
        lines(&mut record, route, routes, item, links, settings);
    }
    record.text.push_str("ER  - \r\n\r\n");
    record.text
}

fn lines(record: &mut Record, route: &Route, routes: &TypeRoutes, item: &Item, links: &Links<'_>, settings: &Settings) {
    let value = route.value(item).unwrap_or_default();
    match route.writing {
        Writing::Abstract if !settings.abstracts => {}
        Writing::Names => {
            routes.creators(route, item).for_each(|creator| record.line(route.tag, &name(&creator.name)));
        }
        Writing::Keywords => item.tags.iter().for_each(|tag| record.line(route.tag, &tag.name)),
        Writing::Files => files(record, item, links),
        Writing::Pages => pages(record, value),
        Writing::Date if !value.is_empty() => record.line(route.tag, &date(&item.date, record.mode)),
        Writing::Year if !value.is_empty() => record.line(route.tag, &year(&item.date, record.mode)),
        Writing::Accessed if !value.is_empty() => {
            let accessed = Date::parse(&sql_time(value), 0);
            record.line(route.tag, &date(&accessed, record.mode));
        }
        _ => record.line(route.tag, value),
    }
}

/// The lines of a record.
struct Record {
    text: String,
    mode: Compatibility,
}

impl Record {
    /// A tag with its value; nothing, if that is empty.
    fn line(&mut self, tag: &str, value: &str) {
        let value = if self.mode == Compatibility::Zotero { value.into() } else { unmistakable(value) };
        let value = trim(&value);
        if !value.is_empty() {
            for part in [tag, "  - ", value, "\r\n"] {
                self.text.push_str(part);
            }
        }
    }
}

/// The value without control characters; a line of it that would be read as a tag goes on in the line before.
fn unmistakable(value: &str) -> Cow<'_, str> {
    let value = tidy(value);
    if !value.contains('\n') {
        return value;
    }
    let mut out = String::with_capacity(value.len());
    for line in value.split('\n') {
        if looks_like_a_tag(line) {
            // Behind an empty line it would still begin one.
            out.truncate(out.trim_end().len());
            out.push(' ');
        } else {
            out.push('\n');
        }
        out.push_str(line);
    }
    out.into()
}

/// `XX  -`, with any number of spaces: readers differ in how many they want.
fn looks_like_a_tag(line: &str) -> bool {
    let mut bytes = line.trim_start().bytes();
    let letter = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let second = bytes.next().is_some_and(|byte| byte.is_ascii_alphanumeric());
    letter && second && bytes.find(|byte| *byte != b' ').is_some_and(|byte| byte == b'-')
}

/// "Last, First", whatever commas the parts have.
fn name(name: &Name) -> Cow<'_, str> {
    match name {
        Name::Single(name) => name.into(),
        Name::Personal { last, first } if first.is_empty() => last.into(),
        Name::Personal { last, first } => format!("{last}, {first}").into(),
    }
}

/// `YYYY/MM/DD/rest`; the text as typed, if it has no year of four digits.
fn date(date: &Date, mode: Compatibility) -> String {
    let Some(year) = four_digits(date, mode) else { return date.raw.clone() };
    let number = |value: Option<u8>| value.map_or(String::new(), |number| format!("{number:02}"));
    let part = match mode {
        Compatibility::Zotero => part_with_undefined(&date.raw),
        Compatibility::Right => date.part.clone(),
    };
    [year, number(date.month), number(date.day), part.unwrap_or_default()].join("/")
}

/// The year; the text as typed, if it has none of four digits.
fn year(date: &Date, mode: Compatibility) -> String {
    four_digits(date, mode).unwrap_or_else(|| date.raw.clone())
}

/// The last four characters of the year, zeros before it. Of a year with an era they would be another year.
fn four_digits(date: &Date, mode: Compatibility) -> Option<String> {
    let year = date.year.as_ref()?;
    let padded = format!("000{year}");
    let last = padded.get(padded.len() - 4..)?;
    let whole = mode == Compatibility::Zotero || year.bytes().all(|byte| byte.is_ascii_digit());
    whole.then(|| last.to_owned())
}

/// First and last page; what stands before and behind the first dash or space, which are all one to Zotero.
fn pages(record: &mut Record, pages: &str) {
    let parts = |c: char| {
        matches!(c, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2e3a}' | '\u{2e3b}') || is_space(c)
    };
    let first = pages.chars().next().map_or(0, char::len_utf8);
    let gap = pages[first..].find(parts).map(|at| first + at);
    let behind = gap.map(|at| behind_gap(&pages[at..], parts)).filter(|rest| !rest.is_empty());
    match (gap, behind) {
        (Some(gap), Some(behind)) => {
            record.line("SP", &pages[..gap]);
            record.line("EP", behind);
        }
        _ => record.line("SP", pages),
    }
}

/// What stands behind a gap; of a gap that ends the text, its last sign, unless it is the only one.
fn behind_gap(gap: &str, parts: impl Fn(char) -> bool + Copy) -> &str {
    let rest = gap.trim_start_matches(parts);
    let last = gap.char_indices().next_back().map_or(0, |(at, _)| at);
    if rest.is_empty() && last > 0 { &gap[last..] } else { rest }
}

/// Published files: PDFs, pages, others.
fn files(record: &mut Record, item: &Item, links: &Links<'_>) {
    for (file, address) in links.files(item) {
        let tag = match file.content_type.as_str() {
            "application/pdf" => "L1",
            "text/html" => "L2",
            _ => "L4",
        };
        record.line(tag, &address);
    }
}
