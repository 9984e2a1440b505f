//! Straight quotes and apostrophes become marks and typographic apostrophes; the locale's own quotes become marks, too.

use crate::bibliography::citation::processor::marks::{QUOTE, UNQUOTE, is_mark};

/// Pairs of straight quotes become marks, single ones between letters or without a partner apostrophes.
pub(super) fn straight(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = chars.clone();
    for (at, c) in chars.iter().enumerate() {
        if !matches!(c, '"' | '\'') || out[at] == UNQUOTE {
            continue;
        }
        if opens(&chars, at)
            && let Some(end) = partner(&chars, at)
        {
            out[at] = QUOTE;
            out[end] = UNQUOTE;
        } else if *c == '\'' {
            out[at] = '’';
        }
    }
    out.into_iter().collect()
}

fn before(chars: &[char], at: usize) -> Option<char> {
    chars[..at].iter().rev().copied().find(|c| !is_mark(*c))
}

fn after(chars: &[char], at: usize) -> Option<char> {
    chars[at + 1..].iter().copied().find(|c| !is_mark(*c))
}

fn opens(chars: &[char], at: usize) -> bool {
    let free = before(chars, at).is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '{' | '—' | '–' | '/' | '"' | '\'' | '“' | '‘' | '«')
    });
    free && after(chars, at).is_some_and(|c| !c.is_whitespace())
}

/// Where the quote ends that begins at a place: the next sign of its kind that stands behind a word.
fn partner(chars: &[char], at: usize) -> Option<usize> {
    (at + 2..chars.len()).find(|end| {
        chars[*end] == chars[at]
            && before(chars, *end).is_some_and(|c| !c.is_whitespace())
            && after(chars, *end).is_none_or(|c| !c.is_alphanumeric())
    })
}

/// The locale's own quotes in a text become marks where they stand in pairs, so that they nest with those of the style.
///
/// `pairs` are the opening and closing signs of the locale, outer ones first.
pub(in super::super) fn own(text: &str, pairs: &[(String, String); 2]) -> Option<String> {
    let open = |pair: &(String, String)| !pair.0.trim().is_empty() && text.contains(pair.0.trim());
    if !open(&pairs[0]) {
        return None;
    }
    let mut out = text.to_owned();
    for (index, (open, close)) in pairs.iter().enumerate() {
        if index > 0 && !out.contains(QUOTE) {
            // Inner quotes alone stay as they were typed.
            break;
        }
        let (open, close) = (open.trim(), close.trim());
        if open.is_empty() || close.is_empty() || open == close {
            continue;
        }
        while let Some(start) = out.find(open)
            && let Some(end) = end_of(&out[start + open.len()..], close)
        {
            let end = start + open.len() + end;
            out.replace_range(end..end + close.len(), UNQUOTE.encode_utf8(&mut [0; 4]));
            out.replace_range(start..start + open.len(), QUOTE.encode_utf8(&mut [0; 4]));
        }
    }
    Some(out)
}

/// The first closing sign that is no apostrophe within a word.
fn end_of(text: &str, close: &str) -> Option<usize> {
    text.match_indices(close)
        .find(|(at, _)| close != "’" || !text[at + close.len()..].starts_with(char::is_alphanumeric))
        .map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        text.replace(QUOTE, "{").replace(UNQUOTE, "}")
    }

    #[test]
    fn straight_quotes_in_pairs_are_quotations_and_the_rest_apostrophes() {
        for (text, expected) in [
            ("say \"yes\" now", "say {yes} now"),
            ("'single' and \"double\"", "{single} and {double}"),
            ("D'Amico's", "D’Amico’s"),
            ("the '90s", "the ’90s"),
            ("12\" records", "12\" records"),
            ("\"He said 'no'\"", "{He said {no}}"),
            ("rock 'n' roll", "rock {n} roll"),
        ] {
            assert_eq!(shown(&straight(text)), expected, "{text}");
        }
    }

    #[test]
    fn the_locales_own_quotes_are_quotations() {
        let english = [("“".to_owned(), "”".to_owned()), ("‘".to_owned(), "’".to_owned())];
        let own = |text: &str| own(text, &english).map_or_else(|| text.to_owned(), |text| shown(&text));
        assert_eq!(own("“a ‘b’s’ c” d"), "{a {b’s} c} d");
        assert_eq!(own("«a» it’s"), "«a» it’s");
        assert_eq!(own("“open"), "“open");
    }
}
