//! Editions, numbers and pages as references have them.

use crate::bibliography::citation::Words;

/// "2" and "2nd" → "2nd ed.", "Revised" → "Revised ed.", "Second edition" as it is.
pub(super) fn edition(value: &str, words: &Words) -> String {
    let lower = value.to_lowercase();
    let says_so = |word: &str| {
        word.starts_with("ed") || word.starts_with("éd") || word.starts_with("aufl") || word.starts_with("ausg")
    };
    if lower.split(|c: char| !c.is_alphabetic()).any(says_so) {
        return value.to_owned();
    }
    let number = value.trim_end_matches('.').parse::<u32>();
    let nth = number.as_ref().map_or_else(|_| value.to_owned(), |number| ordinal(*number));
    let n = number.map_or_else(|_| value.to_owned(), |number| number.to_string());
    match words.edition.contains("{n}") && n.parse::<u32>().is_err() {
        // A pattern for numbers would write "Revised. Aufl.".
        true => value.to_owned(),
        false => words.edition.replace("{nth}", &nth).replace("{n}", &n),
    }
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// A number with the word for it, unless it is more than a number: "7" → "No. 7", "TR-7" as it is.
pub(super) fn labelled(word: &str, value: &str) -> String {
    if value.starts_with(|c: char| c.is_numeric()) { format!("{word} {value}") } else { value.to_owned() }
}

/// Hyphens between pages are dashes: "433-460" → "433–460".
pub(super) fn range(pages: &str) -> String {
    let parts: Vec<_> = pages.split(['-', '–', '—']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let is_page =
        |part: &&str| part.chars().any(char::is_numeric) || part.chars().all(|c| "ivxlcdmIVXLCDM".contains(c));
    if parts.len() > 1 && parts.iter().all(is_page) { parts.join("–") } else { pages.to_owned() }
}

/// "p. 7", "pp. 7–9".
pub(super) fn pages(pages: &str, words: &Words) -> String {
    let several = pages.contains(['-', '–', ',', '&', '+', ';']);
    labelled_page(if several { &words.pages } else { &words.page }, &range(pages))
}

fn labelled_page(word: &str, pages: &str) -> String {
    if pages.to_lowercase().starts_with('p') { pages.to_owned() } else { format!("{word} {pages}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions_read_as_editions_however_they_were_typed() {
        let english = Words::default();
        let german = Words { edition: "{n}. Aufl.".to_owned(), ..Words::default() };
        for (value, in_english, in_german) in [
            ("2", "2nd ed.", "2. Aufl."),
            ("11", "11th ed.", "11. Aufl."),
            ("101.", "101st ed.", "101. Aufl."),
            ("3rd", "3rd ed.", "3rd"),
            ("Revised", "Revised ed.", "Revised"),
            ("Second edition", "Second edition", "Second edition"),
            ("4. Auflage", "4. Auflage", "4. Auflage"),
        ] {
            assert_eq!(edition(value, &english), in_english);
            assert_eq!(edition(value, &german), in_german);
        }
    }

    #[test]
    fn pages_have_dashes_and_words_have_hyphens() {
        for (value, wanted) in [
            ("433-460", "433–460"),
            ("433--460", "433–460"),
            ("xi-xxiv", "xi–xxiv"),
            ("S59-S93", "S59–S93"),
            ("554-571, 581-585", "554–571, 581–585"),
            ("self-published", "self-published"),
            ("7-", "7-"),
        ] {
            assert_eq!(range(value), wanted);
        }
        assert_eq!(pages("7", &Words::default()), "p. 7");
        assert_eq!(pages("7-9", &Words::default()), "pp. 7–9");
        assert_eq!(pages("pp. 7-9", &Words::default()), "pp. 7–9");
        assert_eq!(labelled("No.", "7"), "No. 7");
        assert_eq!(labelled("No.", "TR-7"), "TR-7");
    }
}
