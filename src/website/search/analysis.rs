//! Words out of text, and what is the same word: shared by everything that searches.
//!
//! The browser's readers do the same in JavaScript; `tests/fixtures/search/analysis.json` holds both to it. So this uses
//! nothing but Unicode properties that both languages have, and no locale.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

/// Letters, digits, marks and `_`, with single dots between them: `u.s`, `3.14`. JavaScript has the same expression.
static WORD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{L}\p{N}\p{M}_]+(?:\.[\p{L}\p{N}\p{M}_]+)*").expect("the expression is constant and tested")
});

/// Runs of scripts that are written without spaces between words (group 1), and runs of everything else.
static RUN: LazyLock<Regex> = LazyLock::new(|| {
    let cjk = r"\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\x{30fc}\x{3099}\x{309a}";
    Regex::new(&format!("([{cjk}]+)|[^{cjk}]+")).expect("the expression is constant and tested")
});

/// A longer word is cut, in the index and in the query alike.
const LONGEST: usize = 64;

/// The words of a text, folded, in their order; Chinese, Japanese and Korean as pairs of characters.
#[must_use]
pub fn tokens(text: &str) -> Vec<String> {
    let text: String = text.nfc().collect();
    WORD.find_iter(&text).flat_map(|word| pieces(&fold(word.as_str()))).collect()
}

/// What a word is compared by: lower case, without accents, with the letters that people type for those they do not have.
#[must_use]
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    let mut before = ' ';
    for c in word.to_lowercase().nfkd() {
        match c {
            // й and ў are letters of their own, not и and у with an accent.
            '\u{306}' if matches!(before, 'и' | 'у') => folded.push(c),
            c if is_accent(c) => {}
            // Decomposition brings capitals to light: ℝ, ™.
            c => c.to_lowercase().for_each(|c| spell_out(c, &mut folded)),
        }
        before = c;
    }
    folded.nfc().collect()
}

/// Marks that readers leave out when they type. Vowel signs of Indic scripts and of Thai are not among them, nor the
/// voicing marks of kana.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}'
        | '\u{591}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}')
}

/// Letters that no decomposition takes apart, as those type them who do not have them.
fn spell_out(c: char, folded: &mut String) {
    match c {
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'þ' => folded.push_str("th"),
        'ø' => folded.push('o'),
        'ł' => folded.push('l'),
        'đ' | 'ð' => folded.push('d'),
        'ı' => folded.push('i'),
        'ħ' => folded.push('h'),
        'ς' => folded.push('σ'),
        c => folded.push(c),
    }
}

/// A folded word as it is indexed.
fn pieces(word: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    for run in RUN.captures_iter(word) {
        match run.get(1) {
            Some(cjk) => pieces.extend(pairs(cjk.as_str())),
            None => pieces.push(run[0].trim_matches('.').chars().take(LONGEST).collect()),
        }
    }
    pieces.retain(|piece: &String| !piece.is_empty());
    pieces
}

/// Every two neighbours; a single character stays.
fn pairs(run: &str) -> Vec<String> {
    let characters: Vec<char> = run.chars().collect();
    characters.windows(characters.len().min(2)).map(String::from_iter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_table_that_the_browser_is_held_to() {
        let table = include_str!("../../../tests/fixtures/search/analysis.json");
        let table: Vec<(String, Vec<String>)> = serde_json::from_str(table).unwrap();
        assert!(table.len() > 50);
        for (text, wanted) in table {
            assert_eq!(tokens(&text), wanted, "{text:?}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for word in ["Straße", "ǅ", "ΟΔΟΣ", "İstanbul", "Ŀ", "ﬃ", "ℝ", "각", "й", "é", "K"] {
            assert_eq!(fold(&fold(word)), fold(word), "{word}");
        }
    }
}
