//! The parts of a date element: its own, or the locale's with its own over them.

use citationberg::{Date, DatePart as Parsed, DatePartName, DateParts, ToAffixes, ToFormatting};
use serde_json::Value;

use super::compile::{format, look};
use super::node::DatePart;
use crate::bibliography::citation::processor::locale::Locale;

/// The parts that a date shows, in their order, and what stands between them.
pub(super) fn parts(date: &Date, locale: &Locale) -> (Vec<DatePart>, Box<str>) {
    let Some(localized) = date.form.and_then(|form| locale.date(form)) else {
        let delimiter = date.delimiter.as_deref().unwrap_or_default().into();
        return (date.date_part.iter().map(part).collect(), delimiter);
    };
    let shown = date.parts.unwrap_or_default();
    let delimiter = date.delimiter.as_deref().or(localized.delimiter.as_deref()).unwrap_or_default().into();
    let parts = localized.date_part.iter().filter(|part| shows(shown, part.name)).map(|inherited| {
        let own = date.date_part.iter().find(|own| own.name == inherited.name);
        own.map_or_else(|| part(inherited), |own| over(inherited, own))
    });
    (parts.collect(), delimiter)
}

fn shows(parts: DateParts, name: DatePartName) -> bool {
    match name {
        DatePartName::Year => true,
        DatePartName::Month => parts.has_month(),
        DatePartName::Day => parts.has_day(),
    }
}

fn part(part: &Parsed) -> DatePart {
    let mut look = look(part, part.text_case, None);
    look.strip_periods = part.strip_periods;
    DatePart {
        name: part.name,
        form: part.form(),
        range_delimiter: part.range_delimiter.as_deref().unwrap_or(Parsed::DEFAULT_DELIMITER).into(),
        look,
    }
}

/// The locale's part with what the style says about it; affixes stay the locale's.
fn over(inherited: &Parsed, own: &Parsed) -> DatePart {
    let mut merged = part(inherited);
    // The parsed part tells its form only with a default in place; its serialised shape tells whether it was written.
    let written = |part: &Parsed| serde_json::to_value(part).is_ok_and(|part: Value| part.get("@form").is_some());
    if written(own) {
        merged.form = own.form();
    }
    let affixes = own.to_affixes();
    if let Some(prefix) = affixes.prefix {
        merged.look.prefix = prefix.into();
    }
    if let Some(suffix) = affixes.suffix {
        merged.look.suffix = suffix.into();
    }
    if !own.to_formatting().is_empty() {
        merged.look.format = format(own.to_formatting().apply(inherited.to_formatting()));
    }
    if let Some(delimiter) = &own.range_delimiter {
        merged.range_delimiter = delimiter.as_str().into();
    }
    merged.look.case = own.text_case.or(merged.look.case);
    merged.look.strip_periods |= own.strip_periods;
    merged
}
