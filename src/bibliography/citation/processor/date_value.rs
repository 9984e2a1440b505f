//! A date in its parts.

use serde_json::Value;

/// One moment: year, month, day; what is unknown is 0, and years before Christ are negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment {
    pub year: i32,
    pub month: u8,
    pub day: u8,
}

/// A date, a range of dates, or words in their place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Date {
    pub from: Moment,
    pub to: Option<Moment>,
    /// 1 to 4 from spring on; 0 for none.
    pub season: u8,
    pub circa: bool,
    /// Words, if it is no date.
    pub literal: String,
}

impl Date {
    /// Reads a CSL-JSON date: parts, words, or a date written as text.
    pub fn new(value: &Value) -> Option<Self> {
        if let Some(text) = value.as_str() {
            return Self::parse(text);
        }
        let circa = match value.get("circa") {
            None | Some(Value::Bool(false) | Value::Null) => false,
            Some(Value::Number(number)) => number.as_f64() != Some(0.0),
            Some(Value::String(text)) => !text.is_empty() && text != "false",
            Some(_) => true,
        };
        let season = value.get("season").map_or(0, |season| number(season).try_into().unwrap_or(0));
        if let Some(parts) = value.get("date-parts").and_then(Value::as_array) {
            let from = parts.first().and_then(moment)?;
            let to = parts.get(1).and_then(moment);
            return Some(Self { from, to, season: season_of(season), circa, literal: String::new() });
        }
        if let Some(literal) = value.get("literal").and_then(Value::as_str) {
            return (!literal.is_empty()).then(|| Self { literal: literal.to_owned(), circa, ..Self::default() });
        }
        let raw = value.get("raw").and_then(Value::as_str)?;
        Self::parse(raw).map(|date| Self { circa: date.circa || circa, ..date })
    }

    /// A text that compares as the date does: with its year alone, its month (1) or its day (2), and where a range ends.
    pub fn sort_text(&self, parts: usize) -> String {
        if !self.literal.is_empty() {
            return self.literal.clone();
        }
        let text = |at: Moment| {
            // Years before Christ come first, the earliest of them before the others.
            let year = i64::from(at.year) + 100_000;
            let month = if parts > 0 { at.month } else { 0 };
            let day = if parts > 1 { at.day } else { 0 };
            format!("{year:08}{month:02}{day:02}")
        };
        match self.to {
            Some(to) => [text(self.from), text(to)].concat(),
            None => text(self.from),
        }
    }

    /// "1998-05", "1998-05-03/1998-07"; everything else stays as words.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let (from, to) = match text.split_once('/') {
            Some((from, to)) => (from, Some(to)),
            None => (text, None),
        };
        let circa = from.ends_with(['?', '~']);
        let from = from.trim_end_matches(['?', '~']);
        match (numeric(from), to.map(numeric)) {
            (Some(from), None) => Some(Self { from, circa, ..Self::default() }),
            (Some(from), Some(Some(to))) => Some(Self { from, to: Some(to), circa, ..Self::default() }),
            _ => Some(Self { literal: text.to_owned(), ..Self::default() }),
        }
    }
}

/// CSL has seasons from 1 to 4; EDTF's are from 21 to 24.
const fn season_of(season: u8) -> u8 {
    match season {
        1..=4 => season,
        13..=16 => season - 12,
        21..=24 => season - 20,
        _ => 0,
    }
}

fn number(value: &Value) -> i64 {
    match value {
        Value::Number(number) => number.as_i64().unwrap_or(0),
        Value::String(text) => text.trim().parse().unwrap_or(0),
        _ => 0,
    }
}

fn moment(parts: &Value) -> Option<Moment> {
    let parts = parts.as_array()?;
    let part = |index: usize| parts.get(index).map_or(0, number);
    let year = i32::try_from(part(0)).ok().filter(|year| *year != 0)?;
    let small = |index: usize, most: u8| u8::try_from(part(index)).ok().filter(|n| *n <= most).unwrap_or(0);
    Some(Moment { year, month: small(1, 24), day: small(2, 31) })
}

fn numeric(text: &str) -> Option<Moment> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let mut parts = digits.split('-').map(|part| part.parse::<u16>().ok());
    let year = parts.next()??;
    if year == 0 || digits.split('-').next()?.len() < 3 {
        return None;
    }
    let month = parts.next().unwrap_or(Some(0)).filter(|month| *month <= 12)?;
    let day = parts.next().unwrap_or(Some(0)).filter(|day| *day <= 31)?;
    let small = |n: u16| u8::try_from(n).unwrap_or(0);
    parts.next().is_none().then(|| Moment { year: sign * i32::from(year), month: small(month), day: small(day) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn dates_come_as_parts_as_text_and_as_words() {
        let at = |year, month, day| Moment { year, month, day };
        for (value, from, to, literal) in [
            (json!({"date-parts": [[2020, 5, 3]]}), at(2020, 5, 3), None, ""),
            (json!({"date-parts": [["2020", "5"], ["2021"]]}), at(2020, 5, 0), Some(at(2021, 0, 0)), ""),
            (json!({"raw": "1998-05/1998-07"}), at(1998, 5, 0), Some(at(1998, 7, 0)), ""),
            (json!("-0044-03-15"), at(-44, 3, 15), None, ""),
            (json!({"literal": "n.d."}), at(0, 0, 0), None, "n.d."),
            (json!({"raw": "around Easter"}), at(0, 0, 0), None, "around Easter"),
        ] {
            let date = Date::new(&value).unwrap();
            assert_eq!((date.from, date.to, date.literal.as_str()), (from, to, literal), "{value}");
        }
        for nothing in [json!({"date-parts": [[]]}), json!({"date-parts": []}), json!(""), json!(null), json!({})] {
            assert_eq!(Date::new(&nothing), None, "{nothing}");
        }
    }
}
