//! Names in references: "Menabrea, L. F." at the head, "L. F. Menabrea" within.
//!
//! Initials are for scripts with capitals. What they are made of follows Zotero's processor: "Jean-Luc" → "J.-L.",
//! "J.R.R." → "J. R. R.", "Yu. P." stays, words in lower case stay.

use crate::bibliography::citation::composer::folded;
use crate::bibliography::library::{Creator, Name};

/// More names than this are cut.
const ALL: usize = 7;
/// How many of them then stand before the last.
const FIRST: usize = 6;

/// Names with the family first: "Hardy, G. H., & Wright, E. M."; of more than seven the first six and the last.
pub(super) fn inverted(creators: &[&Creator]) -> String {
    let names: Vec<_> = creators.iter().map(|creator| invert(&creator.name)).collect();
    let comma = names.first().map_or(", ", |name| comma(name));
    match names.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first, second] if comma == ", " => format!("{first}, & {second}"),
        many if many.len() > ALL => [&many[..FIRST].join(comma), comma, "… ", &many[many.len() - 1]].concat(),
        [most @ .., last] => [&most.join(comma), comma, "& ", last].concat(),
    }
}

/// Names as they are spoken: "R. E. Miller & J. W. Thatcher".
pub(super) fn direct(creators: &[&Creator]) -> String {
    let names: Vec<_> = creators.iter().map(|creator| speak(&creator.name)).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first, second] => format!("{first} & {second}"),
        many if many.len() > ALL => [&many[..FIRST].join(", "), ", … ", &many[many.len() - 1]].concat(),
        [most @ .., last] => [&most.join(", "), ", & ", last].concat(),
    }
}

struct Parts {
    family: String,
    given: String,
    suffix: String,
}

fn invert(name: &Name) -> String {
    let Parts { family, given, suffix } = match parts(name) {
        Ok(parts) => parts,
        Err(whole) => return whole,
    };
    let comma = comma(&family);
    let inverted = [family.as_str(), comma, &given].concat();
    if suffix.is_empty() { inverted } else { [&inverted, comma, &suffix].concat() }
}

fn speak(name: &Name) -> String {
    match parts(name) {
        Ok(Parts { family, given, suffix }) => [given, family, suffix].join(" ").trim_end().to_owned(),
        Err(whole) => whole,
    }
}

/// Family and given name, the given one in initials; or a name that has no such parts, whole.
fn parts(name: &Name) -> Result<Parts, String> {
    let (last, first) = match name {
        Name::Personal { last, first } => (folded(last.trim().trim_matches('"')), folded(first)),
        Name::Single(whole) => return Err(folded(whole).into_owned()),
    };
    if last.is_empty() || first.is_empty() {
        return Err(first.into_owned() + &last);
    }
    if last.chars().all(is_east_asian) && first.chars().all(is_east_asian) {
        return Err(last.into_owned() + &first);
    }
    let (given, suffix) = first.split_once(',').unwrap_or((&first, ""));
    let suffix = suffix.trim_start_matches('!').trim().to_owned();
    Ok(Parts { family: last.into_owned(), given: initials(given.trim()), suffix })
}

fn initials(given: &str) -> String {
    let words: Vec<_> = given.split_whitespace().map(word_initials).collect();
    words.join(" ")
}

fn word_initials(word: &str) -> String {
    if word.ends_with('.') && !word[..word.len() - 1].contains('.') && word.chars().count() <= 4 && !word.contains('-')
    {
        return word.to_owned();
    }
    let mut dotted = Vec::new();
    for piece in word.split('.').filter(|piece| !piece.is_empty()) {
        let hyphened: Vec<_> = piece.split(['-', '‐']).filter(|part| !part.is_empty()).collect();
        let Some(first) = hyphened.first().and_then(|part| part.chars().next()) else { continue };
        if !first.is_uppercase() {
            // "van", and every script without capitals.
            return word.to_owned();
        }
        let capitals = hyphened.iter().filter_map(|part| part.chars().next()).filter(|c| c.is_uppercase());
        dotted.push(capitals.map(|c| format!("{c}.")).collect::<Vec<_>>().join("-"));
    }
    if dotted.is_empty() {
        return word.to_owned();
    }
    let joint = if word.contains(".-") { "-" } else { " " };
    dotted.join(joint)
}

/// Han, kana, hangul: written without spaces or commas, the family first.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3005}' | '\u{3130}'..='\u{318f}'
        | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// The comma of a name's script.
fn comma(name: &str) -> &'static str {
    if name.chars().any(|c| matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}')) { "، " } else { ", " }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn creator(last: &str, first: &str) -> Creator {
        let name = if first == "=" {
            Name::Single(last.to_owned())
        } else {
            Name::Personal { last: last.to_owned(), first: first.to_owned() }
        };
        Creator { role: "author".to_owned(), name }
    }

    #[test]
    fn names_are_written_as_their_script_and_country_write_them() {
        for (last, first, at_the_head, within) in [
            ("Menabrea", "Luigi Federico", "Menabrea, L. F.", "L. F. Menabrea"),
            ("Sartre", "Jean-Paul", "Sartre, J.-P.", "J.-P. Sartre"),
            ("Kim", "Min-jun", "Kim, M.", "M. Kim"),
            ("Tolkien", "J.R.R.", "Tolkien, J. R. R.", "J. R. R. Tolkien"),
            ("Weber", "K.-H.", "Weber, K.-H.", "K.-H. Weber"),
            ("Manin", "Yu. I.", "Manin, Yu. I.", "Yu. I. Manin"),
            ("Hartley", "Thomas, Jr.", "Hartley, T., Jr.", "T. Hartley Jr."),
            ("van der Meulen", "Pieter", "van der Meulen, P.", "P. van der Meulen"),
            ("Beethoven", "Ludwig van", "Beethoven, L. van", "L. van Beethoven"),
            ("Колмогоров", "Андрей Николаевич", "Колмогоров, А. Н.", "А. Н. Колмогоров"),
            ("الخوارزمي", "محمد بن موسى", "الخوارزمي، محمد بن موسى", "محمد بن موسى الخوارزمي"),
            ("王", "小明", "王小明", "王小明"),
            ("김", "민준", "김민준", "김민준"),
            ("Plato", "", "Plato", "Plato"),
            ("", "Voltaire", "Voltaire", "Voltaire"),
            ("World Health Organization", "=", "World Health Organization", "World Health Organization"),
            ("\"Royal Society\"", "The", "Royal Society, T.", "T. Royal Society"),
            ("X", ".", "X, .", ". X"),
            ("X", "-", "X, -", "- X"),
        ] {
            let creator = creator(last, first);
            assert_eq!(inverted(&[&creator]), at_the_head);
            assert_eq!(direct(&[&creator]), within);
        }
    }

    #[test]
    fn long_lists_keep_their_beginning_and_their_end() {
        let creators: Vec<_> = ('A'..='Z').map(|c| creator(&c.to_string(), "X")).collect();
        let list = |count: usize| inverted(&creators.iter().take(count).collect::<Vec<_>>());
        assert_eq!(list(2), "A, X., & B, X.");
        assert_eq!(list(3), "A, X., B, X., & C, X.");
        assert_eq!(list(7), "A, X., B, X., C, X., D, X., E, X., F, X., & G, X.");
        assert_eq!(list(26), "A, X., B, X., C, X., D, X., E, X., F, X., … Z, X.");
        assert_eq!(direct(&creators.iter().take(3).collect::<Vec<_>>()), "X. A, X. B, & X. C");
    }
}
