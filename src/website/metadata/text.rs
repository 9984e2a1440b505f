//! Values as machines want them: plain text, pages, numbers.

use crate::bibliography::markup;

/// One line without markup and control characters.
pub fn plain(text: &str) -> String {
    let text: String = lines(&markup::plain(text));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text with its lines, without control characters and what Unicode keeps out of texts.
pub fn lines(text: &str) -> String {
    let allowed = |c: char| match c {
        '\t' => Some(' '),
        '\n' => Some(c),
        '\u{fffe}' | '\u{ffff}' => None,
        c => Some(c).filter(|c| !c.is_control()),
    };
    text.trim().replace("\r\n", "\n").chars().filter_map(allowed).collect()
}

/// The beginning of a text, `most` characters at most, cut between words.
pub fn beginning(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most - 1).collect();
    let end = cut.rfind(char::is_whitespace).filter(|end| *end > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches(|c: char| c.is_whitespace() || c == ','))
}

/// The first and the last page of a field's first range. Hyphens and dashes part them; where there are several, as in
/// `12-1-12-20`, the middle one does.
pub(super) fn page_range(pages: &str) -> (Option<String>, Option<String>) {
    let range = pages.split([',', ';', '&']).next().unwrap_or_default().trim();
    let dash = ['–', '—', '‒', '‐', '−'];
    let parts: Vec<(usize, &str)> = match range.contains(dash) {
        true => range.match_indices(dash).collect(),
        false => range.match_indices('-').collect(),
    };
    let end = |text: &str| Some(text.trim_matches([' ', '-'])).filter(|page| !page.is_empty()).map(str::to_owned);
    match parts.get(parts.len() / 2) {
        Some((at, sign)) => (end(&range[..*at]), end(&range[at + sign.len()..])),
        None => (end(range), None),
    }
}

/// The numbers in a field that may hold several: ISBNs, ISSNs.
pub(super) fn numbers(text: &str) -> Vec<String> {
    let clean = |word: &str| word.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>();
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '(' | ')'));
    words.map(clean).filter(|word| word.chars().filter(char::is_ascii_digit).count() >= 7).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_parted_at_their_dash() {
        for (pages, wanted) in [
            ("433-460", (Some("433"), Some("460"))),
            ("433–460, 544–546", (Some("433"), Some("460"))),
            ("12--20", (Some("12"), Some("20"))),
            ("12-1–12-20", (Some("12-1"), Some("12-20"))),
            ("12-1-12-20", (Some("12-1"), Some("12-20"))),
            ("e1003", (Some("e1003"), None)),
            ("xii — xx", (Some("xii"), Some("xx"))),
            ("7-", (Some("7"), None)),
            (" ", (None, None)),
            ("–", (None, None)),
        ] {
            let (first, last) = page_range(pages);
            assert_eq!((first.as_deref(), last.as_deref()), wanted, "{pages}");
        }
    }

    #[test]
    fn several_numbers_of_one_field_are_told_apart() {
        assert_eq!(numbers("978-0-306-40615-7, 0306406152 (pbk)"), ["978-0-306-40615-7", "0306406152"]);
        assert_eq!(numbers("1234-567X; 2049-3630"), ["1234-567X", "2049-3630"]);
    }

    #[test]
    fn a_beginning_ends_between_words() {
        assert_eq!(beginning("one two three", 9), "one two…");
        assert_eq!(beginning("文".repeat(300).as_str(), 200).chars().count(), 200);
        assert_eq!(beginning("short", 200), "short");
    }
}
