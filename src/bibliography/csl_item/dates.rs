//! Dates as CSL has them: numbers where the text is clear, else what `strToDate` finds, else the text itself.

use serde_json::{Map, Value, json};

use super::edtf::{self, Reading};
use crate::bibliography::library::Date;

/// A date as typed: quoted text stays text, EDTF becomes numbers, text that only looks like EDTF stays text.
pub(super) fn read(date: &Date) -> Value {
    if let Some(inner) = quoted(&date.raw) {
        return json!({ "literal": inner });
    }
    match edtf::read(&date.raw) {
        Reading::Date(value) => value,
        Reading::Broken => json!({ "literal": date.raw }),
        Reading::Other => plain(date),
    }
}

/// The date as `strToDate` finds it: the year as text, except in an era, and what is left as a season if no month is there.
pub(super) fn plain(date: &Date) -> Value {
    let Some(year) = &date.year else { return json!({ "literal": date.raw }) };
    let era = year.contains(|c: char| !c.is_ascii_digit());
    let mut parts = vec![if era { date.year_number().unwrap_or_default().into() } else { Value::from(year.as_str()) }];
    parts.extend(date.month.map(Value::from));
    parts.extend(date.day.filter(|_| date.month.is_some()).map(Value::from));
    let mut value = Map::new();
    value.insert("date-parts".to_owned(), json!([parts]));
    if let Some(part) = date.part.as_ref().filter(|_| date.month.is_none()) {
        value.insert("season".to_owned(), part.as_str().into());
    }
    Value::Object(value)
}

/// The text between quotes, straight or curly, that hold the whole.
pub(super) fn quoted(text: &str) -> Option<&str> {
    let text = text.trim();
    let inner = text.strip_prefix(['"', '“', '”'])?.strip_suffix(['"', '”', '“'])?;
    (!inner.is_empty()).then_some(inner)
}
