//! Terms as tinysearch can find them.
//!
//! The crate keeps the letters and apostrophes of a query and takes everything else for space, so `2014` would find nothing
//! and `हिन्दी` would be two words. Terms and queries are therefore spelled in letters: digits as small Roman numerals, which
//! Unicode counts among the letters and which [`fold`](super::analysis::fold) never leaves in a word; anything else as an
//! apostrophe and the number of its code point. The theme's `finder.js` spells alike.

/// The numerals of 0 to 9.
const NUMERALS: [char; 10] = ['〇', 'ⅰ', 'ⅱ', 'ⅲ', 'ⅳ', 'ⅴ', 'ⅵ', 'ⅶ', 'ⅷ', 'ⅸ'];

/// A folded word in letters and apostrophes; different words stay different.
#[must_use]
pub fn spell(word: &str) -> String {
    let mut spelled = String::with_capacity(word.len());
    for c in word.chars() {
        match c.to_digit(10) {
            Some(digit) => spelled.push(NUMERALS[digit as usize]),
            None if c.is_alphabetic() => spelled.push(c),
            None => {
                spelled.push('\'');
                spelled.extend(u32::from(c).to_string().bytes().map(|digit| NUMERALS[usize::from(digit - b'0')]));
            }
        }
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_letter_is_spelled_in_letters() {
        for (word, spelled) in [
            ("godel", "godel"),
            ("2014", "ⅱ〇ⅰⅳ"),
            ("u.s", "u'ⅳⅵs"),
            ("a_b", "a'ⅸⅴb"),
            ("शब्द", "शब'ⅱⅲⅷⅰद"),
            ("文学", "文学"),
        ] {
            assert_eq!(spell(word), spelled);
        }
    }

    #[test]
    fn the_crate_takes_a_spelled_word_for_one_word() {
        for word in super::super::analysis::tokens("हिन्दी 3.14 snake_case ۱۳۹۵ 1⁄2 ภาษาที่ 9abcdefg")
        {
            let spelled = spell(&word);
            assert!(spelled.chars().all(|c| c == '\'' || c.is_alphabetic()), "{word}");
            assert_eq!(spelled.to_lowercase(), spelled, "{word}");
        }
    }
}
