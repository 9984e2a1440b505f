//! The order of words in a language.

use std::cmp::Ordering;

use icu::collator::options::{CollatorOptions, Strength};
use icu::collator::preferences::CollationNumericOrdering;
use icu::collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu::locale::Locale;

/// Sorts text as a reader of the language expects it, numbers by their value.
#[derive(Debug)]
pub struct Collation {
    collator: CollatorBorrowed<'static>,
    /// Sees base letters only.
    letters: CollatorBorrowed<'static>,
}

impl Collation {
    pub(super) fn new(locale: &Locale) -> Result<Self, impl std::fmt::Display + use<>> {
        let mut preferences = CollatorPreferences::from(locale);
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let collator = Collator::try_new(preferences, CollatorOptions::default())?;
        let mut base_letters = CollatorOptions::default();
        base_letters.strength = Some(Strength::Primary);
        Collator::try_new(preferences, base_letters).map(|letters| Self { collator, letters })
    }

    #[must_use]
    pub fn compare(&self, left: &str, right: &str) -> Ordering {
        self.collator.compare(left, right)
    }

    /// Whether two letters count as one in an index: O and Ø in English, but not in Danish.
    #[must_use]
    pub fn same_letter(&self, left: &str, right: &str) -> bool {
        self.letters.compare(left, right) == Ordering::Equal
    }

    /// Bytes that sort as the text does, for long lists.
    #[must_use]
    pub fn sort_key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(text.len() * 2);
        let Ok(()) = self.collator.write_sort_key_to(text, &mut key);
        key
    }
}
