//! Zotero's own pattern for citation keys, `creator_word_year`.
//!
//! The rules are those of `buildCiteKey` in <https://github.com/zotero/translators/blob/master/BibTeX.js>.

use std::sync::LazyLock;

use super::Request;
use crate::bibliography::library::Name;
use crate::bibliography::library::white_space::is_space;

/// Words that are cut out of titles wherever they stand; `l'` and `d'` too.
const BANNED: [&str; 38] = [
    "a", "an", "the", "some", "from", "on", "in", "to", "of", "do", "with", "der", "die", "das", "ein", "eine",
    "einer", "eines", "einem", "einen", "un", "une", "la", "le", "les", "el", "las", "los", "al", "uno", "una", "unos",
    "unas", "de", "des", "del", "l'", "d'",
];

/// Markup that is cut out of titles: these tags as they are, and no others.
const TAGS: [&str; 7] = ["i", "b", "sup", "sub", "sc", "span style=\"small-caps\"", "span"];

/// Characters that stay in keys of records added before 2020; later ones keep `-` and `_` only.
const OLD_SIGNS: &str = "!$&*+-./:;<>?[]^_`|";

/// The key of a record that was given none; not unique.
pub(super) fn make(request: &Request<'_>) -> String {
    let year = request.year.filter(|year| year.starts_with(|c: char| c.is_ascii_digit())).unwrap_or("nodate");
    let key = format!("{}_{}_{year}", creator(request), word(request.title));
    let signs = if request.added_year.is_some_and(|year| year < 2020) { OLD_SIGNS } else { "-_" };
    let mut folded = String::with_capacity(key.len());
    key.to_lowercase().chars().for_each(|c| push_folded(&mut folded, c));
    folded.retain(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || signs.contains(c));
    folded
}

/// The last name of the first creator, whatever the role.
fn creator(request: &Request<'_>) -> String {
    let last = match request.creators.first().map(|creator| &creator.name) {
        Some(Name::Personal { last: name, .. } | Name::Single(name)) if !name.is_empty() => name,
        _ => return "noauthor".to_owned(),
    };
    last.to_lowercase().replace(' ', "_").replace(',', "")
}

/// What stands before the first space of the title when articles, prepositions and markup are cut out: maybe nothing.
fn word(title: Option<&str>) -> String {
    let Some(title) = title.filter(|title| !title.is_empty()) else { return "notitle".to_owned() };
    let title = title.to_lowercase();
    let mut rest = title.as_str();
    let mut word = String::new();
    let mut before = None;
    while let Some(next) = rest.chars().next() {
        let cut = banned(rest, before);
        if cut == 0 && is_space(next) {
            break;
        }
        if cut == 0 {
            word.push(next);
        }
        let (passed, behind) = rest.split_at(cut.max(next.len_utf8()));
        before = passed.chars().next_back();
        rest = behind;
    }
    word
}

/// The length of what is cut out where `text` begins: a tag, or a banned word with the spaces behind it; else 0.
fn banned(text: &str, before: Option<char>) -> usize {
    if let Some(inner) = text.strip_prefix('<') {
        let name = inner.strip_prefix('/').unwrap_or(inner);
        let closed = |tag: &&&str| name.strip_prefix(**tag).is_some_and(|rest| rest.starts_with('>'));
        return TAGS.iter().find(closed).map_or(0, |tag| text.len() - name.len() + tag.len() + 1);
    }
    if before.is_some_and(is_word) {
        return 0;
    }
    let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
    let elided = matches!(&text[..end], "l" | "d") && text[end..].starts_with('\'');
    let end = end + usize::from(elided);
    let spaces = text[end..].len() - text[end..].trim_start_matches(is_space).len();
    let bounded = !elided || spaces > 0 || text[end..].starts_with(is_word);
    if end > 0 && bounded && BANNED.contains(&&text[..end]) { end + spaces } else { 0 }
}

/// A character of a word, as JavaScript's `\b` sees it.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Letters without their diacritics, for the letters that Zotero folds.
fn push_folded(text: &mut String, c: char) {
    static FOLDED: LazyLock<Vec<(char, &str)>> = LazyLock::new(|| {
        let pair = |line: &'static str| line.split_once('\t').and_then(|(c, folded)| Some((c.chars().next()?, folded)));
        include_str!("diacritics.tsv").lines().filter_map(pair).collect()
    });
    match FOLDED.binary_search_by_key(&c, |(letter, _)| *letter) {
        Ok(at) => text.push_str(FOLDED[at].1),
        Err(_) => text.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::library::Creator;

    fn key(title: &str, added_year: i32) -> String {
        let place = String::new();
        make(&Request {
            given: None,
            creators: &[],
            title: Some(title),
            year: None,
            added_year: Some(added_year),
            place,
        })
    }

    #[test]
    fn titles_lose_small_words_and_markup() {
        for (title, wanted) in [
            ("The <i>E. coli</i> genome", "e"),
            ("H<sub>2</sub>O and CO<sub>2</sub>", "h2o"),
            ("<span class=\"nocase\">iPod</span> Era", "span"),
            ("<span style=\"small-caps\">Caps</span>", "caps"),
            ("A & B_c", ""),
            ("in-depth study", "-depth"),
            ("l'amour d'un été", "amour"),
            ("Łódź Ödön", "lodz"),
            ("Æsop", "aesop"),
            ("Война И Книги", ""),
            (" leading space", ""),
            ("L' x", "x"),
            ("a{b}c", "bc"),
        ] {
            assert_eq!(key(title, 2024), format!("noauthor_{wanted}_nodate"), "{title}");
        }
        assert_eq!(key("who? me!", 2019), "noauthor_who?_nodate");
    }

    #[test]
    fn the_first_creator_counts_and_years_need_a_digit_first() {
        let editor = Name::Personal { last: "De la Cruz, Jr".to_owned(), first: String::new() };
        let creators = [Creator { role: "editor".to_owned(), name: editor }];
        let request = |year| Request {
            given: None,
            creators: &creators,
            title: None,
            year: Some(year),
            added_year: None,
            place: String::new(),
        };
        assert_eq!(make(&request("44 BC")), "de_la_cruz_jr_notitle_44bc");
        assert_eq!(make(&request("circa 200 BC")), "de_la_cruz_jr_notitle_nodate");
    }
}
