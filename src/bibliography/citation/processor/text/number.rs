//! Numbers as records have them: "12A", "3-5", "554-571, 581-585", "Suppl 1".

use citationberg::PageRangeFormat;

use super::page_range;
use super::roman::is_roman;
use crate::bibliography::citation::processor::marks::is_mark;

/// A number or word in a list, and what joins it to the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Part<'t> {
    pub joint: Joint,
    pub text: &'t str,
}

/// What stands between two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Joint {
    Start,
    Hyphen,
    Comma,
    Ampersand,
}

/// The numbers of a text, or none if there is anything else than numbers in it.
pub(in super::super) fn numbers(text: &str) -> Option<Vec<Part<'_>>> {
    let parts = parts(text);
    parts.iter().all(|part| is_number(part.text)).then_some(parts)
}

/// The pieces of a text between hyphens, commas and ampersands.
pub(in super::super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut start, mut joint) = (0, Joint::Start);
    for (at, c) in text.char_indices() {
        let next = match c {
            '-' | '–' | '—' | '‐' | '‑' if at > start => Joint::Hyphen,
            ',' => Joint::Comma,
            '&' => Joint::Ampersand,
            _ => continue,
        };
        parts.push(Part { joint, text: text[start..at].trim() });
        joint = next;
        start = at + c.len_utf8();
    }
    parts.push(Part { joint, text: text[start..].trim() });
    parts
}

/// A number with letters before or behind it, or a Roman one.
pub(in super::super) fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let bare = text.trim_start_matches(|c: char| c.is_alphabetic());
    let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.len() < bare.len() && digits.chars().all(char::is_alphabetic);
    numbered || is_roman(text)
}

/// Whether CSL calls a text numeric.
pub(in super::super) fn is_numeric(text: &str) -> bool {
    let visible: String = text.chars().filter(|c| !is_mark(*c)).collect();
    parts(&visible).iter().all(|part| {
        // Roman numerals count in small letters only.
        let counts = |c: char| c.is_ascii_digit() || c.is_lowercase();
        part.text.contains(counts) && is_number(part.text)
    })
}

/// Whether a text names several: a range or a list of numbers.
pub(in super::super) fn is_plural(text: &str) -> bool {
    numbers(text).is_some_and(|parts| parts.len() > 1)
}

/// A text with its ranges written as a style wants, piece by piece; other words stay as they are.
pub(in super::super) fn ranges(text: &str, delimiter: &str, format: Option<PageRangeFormat>) -> String {
    let text = text.replace("\\-", "\u{f8ff}");
    let parts = parts(&text);
    let mut out = String::with_capacity(text.len() + 4);
    let mut index = 0;
    while let Some(part) = parts.get(index) {
        match part.joint {
            Joint::Start => {}
            Joint::Hyphen => out.push_str(delimiter),
            Joint::Comma => out.push_str(", "),
            Joint::Ampersand => out.push_str(" & "),
        }
        let end = parts.get(index + 1).filter(|next| next.joint == Joint::Hyphen);
        let alone = parts.get(index + 2).is_none_or(|next| next.joint != Joint::Hyphen) && part.joint != Joint::Hyphen;
        match (end, format) {
            (Some(end), Some(format)) if alone => {
                out.push_str(&page_range::shorten(part.text, end.text, delimiter, format));
                index += 1;
            }
            _ => out.push_str(part.text),
        }
        index += 1;
    }
    out.replace('\u{f8ff}', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_words() {
        for text in ["12", "12A", "S59", "2nd", "3-5", "1, 2 & 3", "e16598"] {
            assert!(is_numeric(text), "{text}");
        }
        for text in ["", "XII", "Suppl 1", "Supplement C", "third", "July"] {
            assert!(!is_numeric(text), "{text}");
        }
        assert!(is_plural("v-ix") && is_plural("1, 3") && !is_plural("12") && !is_plural("a remark, at length"));
    }

    #[test]
    fn ranges_are_treated_piece_by_piece() {
        let expanded = Some(PageRangeFormat::Expanded);
        for (text, format, expected) in [
            ("554-571, 581-5", expanded, "554–571, 581–585"),
            ("554-571, 581-5", None, "554–571, 581–5"),
            ("v-ix", expanded, "v–ix"),
            ("3\\-5", None, "3-5"),
            ("1-2-3", expanded, "1–2–3"),
            ("1 & 2", None, "1 & 2"),
        ] {
            assert_eq!(ranges(text, "–", format), expected);
        }
    }
}
