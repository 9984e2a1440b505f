//! The part of the Extended Date/Time Format that Zotero reads: years, months, days, ranges, "about", and eras.
//!
//! See <https://www.loc.gov/standards/datetime/>.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Value, json};

/// What a text is as EDTF.
#[derive(Debug, PartialEq)]
pub(super) enum Reading {
    /// One date or two, as CSL has them.
    Date(Value),
    /// It looks like EDTF, but is no valid date.
    Broken,
    /// It does not look like EDTF.
    Other,
}

/// Year, month and day, as far as they are there.
type Parts = Vec<i32>;

/// Reads a text as EDTF.
pub(super) fn read(raw: &str) -> Reading {
    let text = raw.trim().replace("--", "-").replace(['–', '—', '−'], "-");
    let (circa, text) = without_circa(&text);
    match eras(text).and_then(|signed| dates(&signed)) {
        Some((parts, approximate)) => {
            let mut value = json!({ "date-parts": parts });
            if circa || approximate {
                value["circa"] = true.into();
            }
            Reading::Date(value)
        }
        None if looks_like_edtf(text) => Reading::Broken,
        None => Reading::Other,
    }
}

/// The text behind a word or sign for "about".
fn without_circa(text: &str) -> (bool, &str) {
    static CIRCA: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^(?:~\s*|circa\s+|ca\.\s*|c\.\s+|about\s+|around\s+)"));
    // What begins with no letter of these words is spared the pattern: most dates are plain numbers.
    let may = text.starts_with(['~', 'c', 'C', 'a', 'A']);
    match may.then(|| CIRCA.find(text)).flatten() {
        Some(found) => (true, &text[found.end()..]),
        None => (false, text),
    }
}

/// Years with eras as signed years: "44 BC" is `-0044`, "1000-900 BCE" `-1000/-0900`. None if the eras make no sense.
fn eras(text: &str) -> Option<Cow<'_, str>> {
    static AFTER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^(\d{1,4})(?:\s*-\s*(\d{1,4}))?\s*(b\.?c\.?e?\.?|c\.?e\.?|a\.?d\.?)$"));
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^a\.?d\.?\s*(\d{1,4})(?:\s*-\s*(\d{1,4}))?$"));
    if !text.contains(|c: char| c.is_ascii_alphabetic()) {
        return Some(text.into());
    }
    let found = AFTER.captures(text).or_else(|| BEFORE.captures(text))?;
    let sign = if found.get(3).is_some_and(|era| era.as_str().starts_with(['b', 'B'])) { "-" } else { "" };
    let years = [found.get(1), found.get(2)].into_iter().flatten();
    let years = years.map(|year| year.as_str().parse::<u16>().ok().filter(|year| *year > 0));
    let years: Option<Vec<_>> = years.map(|year| year.map(|year| format!("{sign}{year:04}"))).collect();
    Some(years?.join("/").into())
}

/// One date or two in order, and whether one of them is approximate.
fn dates(text: &str) -> Option<(Vec<Parts>, bool)> {
    if let Some(years) = hyphenated(text) {
        return Some((years, false));
    }
    let (first, second) = match text.split_once('/') {
        Some((first, second)) => (first, Some(date(second)?)),
        None => (text, None),
    };
    let (first, circa) = date(first)?;
    match second {
        Some((second, also)) => (second > first).then(|| (vec![first, second], circa || also)),
        None => Some((vec![first], circa)),
    }
}

/// `1995-1996`, or `1995-96` if the second number is no month.
fn hyphenated(text: &str) -> Option<Vec<Parts>> {
    let (first, second) = text.split_once('-')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if first.len() != 4 || !matches!(second.len(), 2 | 4) || !digits(first) || !digits(second) {
        return None;
    }
    let year: i32 = first.parse().ok()?;
    let end: i32 = second.parse().ok()?;
    let full = if second.len() == 2 { year - year % 100 + end } else { end };
    ((second.len() == 4 || end > 12) && full > year).then(|| vec![vec![year], vec![full]])
}

/// `Y`, `Y-MM` or `Y-MM-DD`, with `~`, `?` or `%` behind it if it is approximate.
fn date(text: &str) -> Option<(Parts, bool)> {
    let (text, approximate) = text.strip_suffix(['~', '?', '%']).map_or((text, false), |text| (text, true));
    let (sign, unsigned) = text.strip_prefix('-').map_or((1, text), |text| (-1, text));
    let mut numbers = unsigned.split('-');
    let year = numbers.next().filter(|year| year.len() == 4 || (sign < 0 && matches!(year.len(), 1..4)));
    let year = sign * number(year?)?;
    let mut two_digits = || numbers.next().map(|digits| number(digits).filter(|_| digits.len() == 2));
    let (month, day) = (two_digits(), two_digits());
    if numbers.next().is_some() || month == Some(None) || day == Some(None) {
        return None;
    }
    let (month, day) = (month.flatten(), day.flatten());
    let valid = month.is_none_or(|month| (1..=12).contains(&month))
        && day.is_none_or(|day| day >= 1 && month.is_some_and(|month| day <= days(year, month)));
    let parts = [Some(year), month, day].into_iter().flatten().collect();
    valid.then_some((parts, approximate))
}

/// A number of ASCII digits alone.
fn number(digits: &str) -> Option<i32> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

fn days(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn looks_like_edtf(text: &str) -> bool {
    static SIGNED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|/)-\d"));
    static ERA: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)(?:\d\s*(?:b\.?c\.?e?|c\.?e|a\.?d)\.?|\b(?:b\.?c\.?e?|c\.?e|a\.?d)\.?\s*\d)"));
    static SHAPE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^-?\d{4}[-0-9~?%]*(?:/-?\d{4}[-0-9~?%]*)?$"));
    let signs = |c: char| c.is_ascii_digit() || "-T:+Z~?%/. ".contains(c);
    let era = || ERA.is_match(text) && ERA.replace_all(text, "").chars().all(signs);
    SIGNED.is_match(text) || SHAPE.is_match(text) || era()
}

fn pattern(text: &str) -> Regex {
    Regex::new(&text.replace(r"\d", "[0-9]").replace(r"\b", r"(?-u:\b)")).expect("the pattern is valid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_about_are_the_ones_zotero_knows() {
        for text in ["~1850", "circa 1850", "ca. 1850", "ca.1850", "c. 1850", "C. 1850", "about 1850", "around 1850"] {
            assert_eq!(read(text), Reading::Date(json!({ "date-parts": [[1850]], "circa": true })), "{text}");
        }
        for text in ["c1850", "c.1850", "ca 1850", "circa1850"] {
            assert_eq!(read(text), Reading::Other, "{text}");
        }
    }
}
