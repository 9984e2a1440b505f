//! A name in its parts, and what its script asks for.

use serde_json::Value;

use super::text::markup;

/// A person's or institution's name as CSL has it; parts that are missing are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub family: String,
    pub given: String,
    /// "van" in "Ludwig van Beethoven": always behind the given name.
    pub dropping: String,
    /// "van der" in "Pieter van der Meulen": part of the family name.
    pub non_dropping: String,
    pub suffix: String,
    pub comma_suffix: bool,
    /// The whole name of whom has no parts.
    pub literal: String,
    /// Its letters are Han, kana or hangul: the family comes first, without space or comma.
    pub east_asian: bool,
}

impl Name {
    /// Reads a CSL-JSON name; one without any part is none.
    pub fn new(value: &Value) -> Option<Self> {
        let part = |name: &str| {
            let text = value.get(name).and_then(Value::as_str).unwrap_or_default();
            markup::read(text.trim())
        };
        let flag = |name: &str| match value.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(flag)) => flag == "true",
            Some(Value::Number(flag)) => flag.as_u64() == Some(1),
            _ => false,
        };
        let mut name = Self {
            family: part("family"),
            given: part("given"),
            dropping: part("dropping-particle"),
            non_dropping: part("non-dropping-particle"),
            suffix: part("suffix"),
            comma_suffix: flag("comma-suffix"),
            literal: part("literal"),
            east_asian: false,
        };
        if name.family.is_empty() && name.literal.is_empty() {
            name.literal = std::mem::take(&mut name.given);
        }
        if name.family.is_empty() && name.literal.is_empty() {
            return None;
        }
        let mut letters = name.family.chars().chain(name.given.chars()).filter(|c| c.is_alphabetic()).peekable();
        name.east_asian = letters.peek().is_some() && letters.all(is_east_asian);
        Some(name)
    }
}

/// Han, kana and hangul.
pub(super) const fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3005}' | '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}'
        | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}
