//! Names for BibTeX and BibLaTeX: "Last, Jr., First", institutions in braces.
//!
//! See <https://www.bibtex.com/f/author-field/> for what a reader of the format makes of commas and of the word "and".

use std::borrow::Cow;

use super::Compatibility;
use crate::bibliography::library::Name;

/// A name as it stands in a list; empty if nothing of it can be written.
pub(super) fn listed(name: &Name, escape: impl Fn(&str) -> String, compatibility: Compatibility) -> String {
    match (name, compatibility) {
        (Name::Single(name), Compatibility::Zotero) => format!("{{{}}}", escape(name)),
        (Name::Single(name), Compatibility::Right) => braced(&escape(name)),
        (Name::Personal { last, first }, Compatibility::Zotero) => {
            protect_and(&escape(&inverted(last, &suffixed(first)))).into_owned()
        }
        (Name::Personal { last, first }, Compatibility::Right) => readable(last, first, escape),
    }
}

fn inverted(last: &str, given: &[&str]) -> String {
    let given = given.join(", ");
    if given.is_empty() { last.to_owned() } else { format!("{last}, {given}") }
}

/// The first name's parts, with what stands behind its commas before it: "Martin Luther, Jr." is "Jr.", "Martin Luther".
fn suffixed(first: &str) -> Vec<&str> {
    if first.is_empty() {
        return Vec::new();
    }
    let mut parts: Vec<_> = first.split(',').collect();
    let last = parts.len() - 1;
    for (at, part) in parts.iter_mut().enumerate() {
        *part = if at > 0 { part.strip_prefix('!').unwrap_or(part).trim_start() } else { part };
        *part = if at < last { part.trim_end() } else { part };
    }
    parts.rotate_left(1);
    parts
}

/// At most two commas, nothing empty, one space between words.
fn readable(last: &str, first: &str, escape: impl Fn(&str) -> String) -> String {
    let clean = |text: &str| {
        let text = escape(text);
        let spaced = text.contains("  ") || text.contains(|c: char| c.is_whitespace() && c != ' ');
        if spaced { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text.trim().to_owned() }
    };
    let last = clean(last);
    let mut given: Vec<_> = suffixed(first).into_iter().map(clean).filter(|part| !part.is_empty()).collect();
    let first = if first.contains(',') || given.len() < 2 { given.pop() } else { None };
    let suffix = if given.len() > 1 { braced(&given.join(", ")) } else { given.concat() };
    let Some(first) = first else { return with_and(&last) };
    if last.is_empty() {
        return braced(&[suffix.as_str(), &first].join(" "));
    }
    let commas = last.matches(',').count() + usize::from(!suffix.is_empty());
    let last = if commas > 1 { braced(&last) } else { last };
    let parts = [last, suffix, first].into_iter().filter(|part| !part.is_empty());
    with_and(&parts.collect::<Vec<_>>().join(", "))
}

fn braced(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() { String::new() } else { format!("{{{text}}}") }
}

fn with_and(name: &str) -> String {
    if !has_and(name) {
        return name.trim().to_owned();
    }
    // Twice, since one pass misses the second of two neighbours.
    let padded = format!(" {name} ");
    protect_and(&protect_and(&padded)).trim().to_owned()
}

/// Whether the word is there at all, which it seldom is.
fn has_and(name: &str) -> bool {
    name.split(' ').any(|word| word.eq_ignore_ascii_case("and"))
}

/// The word "and" inside a name would part it in two.
fn protect_and(name: &str) -> Cow<'_, str> {
    if !has_and(name) {
        return name.into();
    }
    let is_and = |letters: &[u8]| letters.eq_ignore_ascii_case(b" and ");
    let mut out = String::with_capacity(name.len() + 2);
    let mut rest = name;
    while let Some(at) = rest.as_bytes().windows(5).position(is_and) {
        out.push_str(&rest[..=at]);
        out.push('{');
        out.push_str(&rest[at + 1..at + 4]);
        out.push_str("} ");
        rest = &rest[at + 5..];
    }
    out.push_str(rest);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_inverted_with_suffixes_in_the_middle() {
        for (last, first, zotero, right) in [
            ("van der Berg", "Jan", "van der Berg, Jan", "van der Berg, Jan"),
            ("King", "Martin Luther, Jr.", "King, Jr., Martin Luther", "King, Jr., Martin Luther"),
            ("Doe", "Sam,! Jr.", "Doe, Jr., Sam", "Doe, Jr., Sam"),
            ("Marx", "Karl, III, PhD", "Marx, III, PhD, Karl", "Marx, {III, PhD}, Karl"),
            ("Plato", "", "Plato", "Plato"),
            ("", "Solo", ", Solo", "{Solo}"),
            ("Lee and Lee", "Ann", "Lee {and} Lee, Ann", "Lee {and} Lee, Ann"),
            ("and and", "X", "and and, X", "{and} and, X"),
            ("du  Pont", "J.", "du  Pont, J.", "du Pont, J."),
            ("A, B, C", "D", "A, B, C, D", "{A, B, C}, D"),
            ("A", "B,", "A, , B", "A, B"),
        ] {
            let name = Name::Personal { last: last.to_owned(), first: first.to_owned() };
            assert_eq!(listed(&name, str::to_owned, Compatibility::Zotero), zotero);
            assert_eq!(listed(&name, str::to_owned, Compatibility::Right), right);
        }
        let institution = Name::Single("Marks and Spencer".to_owned());
        assert_eq!(listed(&institution, str::to_owned, Compatibility::Right), "{Marks and Spencer}");
    }
}
