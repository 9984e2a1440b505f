//! Upper and lower case, by the rules of a text's language; marks are looked through.

use citationberg::TextCase;

use super::stop_words::is_stop_word;
use crate::bibliography::citation::processor::marks::{END_KEEP_CASE, KEEP_CASE, QUOTE, UNQUOTE, is_mark};

/// What decides about case beside the style.
#[derive(Clone, Copy, Debug, Default)]
pub(in super::super) struct Language {
    /// Titles may be given capitals.
    pub english: bool,
    /// "i" has the capital "İ".
    pub turkish: bool,
}

/// The text in a case.
pub(in super::super) fn apply(case: TextCase, text: &str, language: Language) -> String {
    match case {
        TextCase::Lowercase => protected(text, |c, out| out.extend(c.to_lowercase())),
        TextCase::Uppercase => protected(text, |c, out| upper(c, language, out)),
        TextCase::CapitalizeFirst => capitalize_first_in(text, language),
        TextCase::CapitalizeAll => capitalize_all(text, language),
        TextCase::SentenceCase => sentence(text, language),
        TextCase::TitleCase if language.english => title(text),
        TextCase::TitleCase => text.to_owned(),
    }
}

fn upper(c: char, language: Language, out: &mut String) {
    match (c, language.turkish) {
        ('i', true) => out.push('İ'),
        _ => out.extend(c.to_uppercase()),
    }
}

/// Changes every visible character outside of what keeps its case.
fn protected(text: &str, change: impl Fn(char, &mut String)) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            KEEP_CASE => depth += 1,
            END_KEEP_CASE => depth = depth.saturating_sub(1),
            _ => {}
        }
        if is_mark(c) || depth > 0 { out.push(c) } else { change(c, &mut out) }
    }
    out
}

/// The first visible character as a capital.
pub(in super::super) fn capitalize_first(text: &str) -> String {
    capitalize_first_in(text, Language::default())
}

fn capitalize_first_in(text: &str, language: Language) -> String {
    let keeps = |c: char| c == KEEP_CASE;
    let first = text.char_indices().find(|(_, c)| (!is_mark(*c) && c.is_alphanumeric()) || keeps(*c));
    let Some((at, c)) = first.filter(|(_, c)| !keeps(*c)) else { return text.to_owned() };
    let word = text[at..].chars().take_while(|c| is_mark(*c) || c.is_alphanumeric());
    if word.clone().skip(1).any(char::is_uppercase) {
        // "eBird", "arXiv": a word that has its capital.
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push_str(&text[..at]);
    upper(c, language, &mut out);
    out.push_str(&text[at + c.len_utf8()..]);
    out
}

/// Every word with a capital.
fn capitalize_all(text: &str, language: Language) -> String {
    let mut previous = ' ';
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if previous.is_whitespace() {
            upper(c, language, &mut out)
        } else {
            out.push(c)
        }
        if !is_mark(c) {
            previous = c;
        }
    }
    out
}

/// A capital at the beginning; a text in capitals alone becomes small otherwise.
fn sentence(text: &str, language: Language) -> String {
    let all_capitals = !text.chars().any(char::is_lowercase);
    let small = if all_capitals { apply(TextCase::Lowercase, text, language) } else { text.to_owned() };
    capitalize_first_in(&small, language)
}

/// A word of a title: where its letters are.
struct Word {
    start: usize,
    end: usize,
    /// It follows a hyphen, or a hyphen follows it.
    hyphened: (bool, bool),
    /// It opens the title, or what follows ": ? ! . —".
    opens: bool,
    protected: bool,
}

/// English title case: capitals but for small words; what has a capital or begins with a digit stays.
fn title(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let words = words(&chars);
    let mut out = chars.clone();
    let count = words.len();
    for (index, word) in words.iter().enumerate() {
        let letters: String = chars[word.start..word.end].iter().filter(|c| !is_mark(**c)).collect();
        let bare = letters.trim_end_matches('.');
        let opens = word.opens || index == 0;
        let last = index + 1 == count;
        let stays = word.protected
            || letters.chars().any(char::is_uppercase)
            || letters.starts_with(|c: char| !c.is_alphabetic())
            || (bare.chars().count() == 1 && !(opens && bare == "a"))
            || letters.starts_with("d’")
            || (!opens && !last && is_stop_word(bare) && (word.hyphened.0 || !word.hyphened.1));
        if stays {
            continue;
        }
        if let Some(at) = (word.start..word.end).find(|at| !is_mark(chars[*at]))
            && let Some(capital) = chars[at].to_uppercase().next()
        {
            out[at] = capital;
        }
    }
    out.into_iter().collect()
}

fn words(chars: &[char]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut at, mut depth) = (0, 0_u32);
    let (mut opens, mut hyphen) = (true, false);
    while at < chars.len() {
        let c = chars[at];
        match c {
            KEEP_CASE => depth += 1,
            END_KEEP_CASE => depth = depth.saturating_sub(1),
            _ => {}
        }
        if !in_word(c) {
            if !is_mark(c) || matches!(c, QUOTE | UNQUOTE) {
                opens = match c {
                    ':' | '?' | '!' | '.' | '—' => true,
                    _ => opens && !c.is_alphanumeric(),
                };
                hyphen = matches!(c, '-' | '‐' | '‑');
            }
            at += 1;
            continue;
        }
        let start = at;
        while at < chars.len() && (in_word(chars[at]) || (inner_mark(chars[at]) && depth == 0)) {
            at += 1;
        }
        let follows = chars[at..].iter().find(|c| !is_mark(**c)).is_some_and(|c| matches!(c, '-' | '‐' | '‑'));
        words.push(Word { start, end: at, hyphened: (hyphen, follows), opens, protected: depth > 0 });
        let sentence = chars[..at].iter().rev().find(|c| !is_mark(**c)) == Some(&'.');
        let spaced = chars.get(at).is_none_or(|c| c.is_whitespace());
        opens = sentence && spaced && !abbreviation(&chars[start..at]);
        hyphen = false;
    }
    words
}

/// "vs.", "v.": a point that ends no sentence.
fn abbreviation(word: &[char]) -> bool {
    let word: String = word.iter().collect();
    is_stop_word(&word)
}

fn in_word(c: char) -> bool {
    !is_mark(c) && (c.is_alphanumeric() || matches!(c, '\'' | '’' | '.' | '_' | '@') || is_combining(c))
}

const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A mark that may stand within a word.
fn inner_mark(c: char) -> bool {
    is_mark(c) && !matches!(c, QUOTE | UNQUOTE | KEEP_CASE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::citation::processor::text::markup;

    #[test]
    fn titles_in_english_have_capitals() {
        for (text, expected) in [
            ("the history of the tide", "The History of the Tide"),
            ("peer-to-peer and so-called eBird", "Peer-to-Peer and So-Called eBird"),
            ("tides: a history", "Tides: A History"),
            ("what is it for", "What Is It For"),
            ("the 12th x of DNA", "The 12th x of DNA"),
            ("water vs. wind", "Water vs. Wind"),
            ("who? the sea", "Who? The Sea"),
        ] {
            assert_eq!(title(text), expected);
        }
        assert_eq!(
            title(&markup::read("<span class=\"nocase\">iota</span> rules")),
            markup::read("<span class=\"nocase\">iota</span> Rules")
        );
    }

    #[test]
    fn case_follows_style_and_language() {
        let english = Language { english: true, turkish: false };
        let turkish = Language { english: false, turkish: true };
        for (case, text, language, expected) in [
            (TextCase::Lowercase, "The TIDE", english, "the tide"),
            (TextCase::Uppercase, "izmir", turkish, "İZMİR"),
            (TextCase::Uppercase, "straße", english, "STRASSE"),
            (TextCase::CapitalizeFirst, "(the tide", english, "(The tide"),
            (TextCase::CapitalizeAll, "the tide of", english, "The Tide Of"),
            (TextCase::SentenceCase, "THE TIDE", english, "The tide"),
            (TextCase::SentenceCase, "the Tide", english, "The Tide"),
            (TextCase::TitleCase, "die flut", turkish, "die flut"),
        ] {
            assert_eq!(apply(case, text, language), expected);
        }
    }
}
