//! What a word stands under in an index.

use unicode_normalization::UnicodeNormalization as _;

use super::Collation;

/// The head of an index under which a word is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Initial {
    /// A letter of an alphabet, without its marks.
    Letter(String),
    /// Chinese, Japanese and Korean, which have no alphabet of a few letters.
    EastAsian,
    /// It begins with a number, or has no letter at all.
    None,
}

impl Collation {
    /// The initial of a word or name, in which signs before its first letter or digit do not count. A letter that the language sorts
    /// as one of A to Z stands under that: Ł under L.
    #[must_use]
    pub fn initial(&self, text: &str) -> Initial {
        match text.chars().find(|c| c.is_alphanumeric()) {
            Some(c) if is_east_asian(c) => Initial::EastAsian,
            Some(c) if c.is_alphabetic() => Initial::Letter(self.letter(c)),
            _ => Initial::None,
        }
    }

    fn letter(&self, c: char) -> String {
        let base: String = c.nfkd().next().unwrap_or(c).to_uppercase().collect();
        if base.is_ascii() {
            return base;
        }
        let latin = ('A'..='Z').map(String::from).find(|latin| self.same_letter(latin, &base));
        latin.unwrap_or(base)
    }
}

/// Ideographs, kana, bopomofo and hangul with their compatibility forms.
fn is_east_asian(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x11FF | 0x2E80..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF
        | 0xFF66..=0xFFDC | 0x16FE0..=0x18DFF | 0x1AFF0..=0x1B16F | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use icu::locale::locale;

    use super::*;

    fn initial(text: &str) -> Initial {
        Collation::new(&locale!("en")).ok().unwrap().initial(text)
    }

    #[test]
    fn words_stand_under_their_letters_without_marks() {
        for (text, letter) in [
            ("Turing", "T"),
            ("al-Khwārizmī", "A"),
            ("Łukasiewicz", "L"),
            ("Ørsted", "O"),
            ("étiquetage", "E"),
            ("İnan", "I"),
            ("“Quoted”", "Q"),
            ("★ start here", "S"),
            ("Колмогоров", "К"),
            ("Ευκλείδης", "Ε"),
            ("أحمد", "ا"),
            ("לוי", "ל"),
            ("पाणिनि", "प"),
        ] {
            assert_eq!(initial(text), Initial::Letter(letter.to_owned()), "{text}");
        }
    }

    #[test]
    fn scripts_without_an_alphabet_stand_together_and_so_does_what_is_no_word() {
        for text in ["長尾真", "かな", "カナ", "김정호", "ｶﾅ"] {
            assert_eq!(initial(text), Initial::EastAsian, "{text}");
        }
        for text in ["", "1984", "(…)", "—"] {
            assert_eq!(initial(text), Initial::None, "{text}");
        }
    }
}
