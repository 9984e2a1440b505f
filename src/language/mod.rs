//! The interface's words, plurals, dates, numbers and collation.
//!
//! Nothing here knows what is being said or where it is shown; the words themselves stand in the theme's locale files.
//! Nothing here is global: a [`Language`] is a value, shared by reference between threads.

mod collation;
mod date;
mod initial;
mod number;
mod words;

use icu::locale::{Direction, Locale, LocaleDirectionality};

pub use self::collation::Collation;
pub use self::date::{Date, Length};
pub use self::initial::Initial;
pub use self::words::{Argument, Layer};

use self::date::Dates;
use self::number::Numbers;
use self::words::Words;
use crate::report::{Hint, Kind, Level, Problem};

/// The language that stands in for words another one lacks.
pub const FALLBACK: &str = "en";

static UNTRANSLATED: Kind = Kind {
    id: "untranslated",
    level: Level::Warning,
    one: "a phrase of the interface is not translated, English stands in for it",
    many: "{n} phrases of the interface are not translated, English stands in for them",
    hint: Some("add them to the theme's locale file for this language"),
};

/// A locale that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LanguageError {
    #[error("`{0}` is no language tag")]
    Tag(String),
    #[error("the theme has no words for the language `{tag}`")]
    Unspoken { tag: String, spoken: Vec<String> },
    #[error("cannot read a locale file of the theme: {what}")]
    Syntax { file: String, line: usize, what: String },
    #[error("there is no data for the language `{tag}`: {what}")]
    Data { tag: String, what: String },
}

impl Hint for LanguageError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::Tag(_) => Some("write it like `en`, `pt-BR` or `zh-Hans`".to_owned()),
            Self::Unspoken { tag, spoken } => Some(format!(
                "it speaks {}; a file `locales/{tag}.ftl` in the site's theme adds yours",
                spoken.join(", ")
            )),
            Self::Syntax { .. } => Some("the syntax is that of https://projectfluent.org/fluent/guide/".to_owned()),
            Self::Data { .. } => None,
        }
    }

    fn place(&self) -> Option<String> {
        match self {
            Self::Syntax { file, line, .. } => Some(format!("{file}:{line}")),
            _ => None,
        }
    }
}

/// A language of the interface, with everything it takes to word, count, date and sort in it.
#[derive(Debug)]
pub struct Language {
    tag: String,
    locale: Locale,
    words: Words,
    numbers: Numbers,
    dates: Dates,
    collation: Collation,
}

impl Language {
    /// A language by its tag, with the words of those `layers` that are of this language; later layers win.
    pub fn new(tag: &str, layers: &[Layer]) -> Result<Self, LanguageError> {
        let locale = locale(tag)?;
        Ok(Self {
            tag: tag.to_owned(),
            words: Words::new(tag, &locale, layers)?,
            numbers: Numbers::new(&locale).map_err(|what| no_data(tag, &what))?,
            dates: Dates::new(&locale).map_err(|what| no_data(tag, &what))?,
            collation: Collation::new(&locale).map_err(|what| no_data(tag, &what))?,
            locale,
        })
    }

    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The phrase for a key, or the key itself if neither this language nor English has it.
    #[must_use]
    pub fn say(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        self.find(key, arguments).unwrap_or_else(|| key.to_owned())
    }

    /// The phrase for a key, in English where this language lacks it.
    #[must_use]
    pub fn find(&self, key: &str, arguments: &[(&str, Argument<'_>)]) -> Option<String> {
        self.words.find(key, arguments)
    }

    /// Phrases for which English stands in.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        self.words.missing().map(|key| Problem::new(&UNTRANSLATED, self.tag.clone(), key)).collect()
    }

    /// `1,284`
    #[must_use]
    pub fn number(&self, value: u64) -> String {
        self.numbers.whole(value)
    }

    /// The size of a file: `4.1 MB`.
    #[must_use]
    pub fn size(&self, bytes: u64) -> String {
        let (key, number) = self.numbers.size(bytes);
        self.say(key, &[("size", Argument::Text(&number))])
    }

    /// A date, a month or a year, as exactly as it is known.
    #[must_use]
    pub fn date(&self, date: Date, length: Length) -> String {
        self.dates.text(date, length)
    }

    #[must_use]
    pub fn collation(&self) -> &Collation {
        &self.collation
    }

    /// `ltr` or `rtl`.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        direction(&self.locale)
    }
}

/// The direction in which a language is written, `ltr` where nothing is known of it.
#[must_use]
pub fn direction_of(tag: &str) -> &'static str {
    locale(tag).map_or("ltr", |locale| direction(&locale))
}

fn direction(locale: &Locale) -> &'static str {
    match LocaleDirectionality::new_common().get(&locale.id) {
        Some(Direction::RightToLeft) => "rtl",
        _ => "ltr",
    }
}

fn locale(tag: &str) -> Result<Locale, LanguageError> {
    Locale::try_from_str(tag).map_err(|_| LanguageError::Tag(tag.to_owned()))
}

fn no_data(tag: &str, what: &dyn std::fmt::Display) -> LanguageError {
    LanguageError::Data { tag: tag.to_owned(), what: what.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(language: &str, text: &str) -> Layer {
        Layer { language: language.to_owned(), file: format!("locales/{language}.ftl"), text: text.to_owned() }
    }

    fn language(tag: &str) -> Language {
        let english =
            "found = { $count ->\n  [one] one result\n *[other] { NUMBER($count) } results\n }\nonly = English\n";
        let english = format!(
            "{english}size-kilobytes = {{ $size }} KB\nsize-megabytes = {{ $size }} MB\nsize-gigabytes = {{ $size }} GB\n"
        );
        let german = "found = { $count ->\n  [one] ein Treffer\n *[other] { NUMBER($count) } Treffer\n }\n";
        Language::new(tag, &[layer("en", &english), layer("de", german), layer("ar", "x = y\n")]).unwrap()
    }

    #[test]
    fn a_language_is_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Language>();
    }

    #[test]
    fn plurals_and_numbers_are_those_of_the_language() {
        let say = |tag, count| language(tag).say("found", &[("count", Argument::Number(count))]);
        assert_eq!([say("en", 1), say("en", 1284)], ["one result", "1,284 results"]);
        assert_eq!([say("de", 1), say("de", 1284)], ["ein Treffer", "1.284 Treffer"]);
    }

    #[test]
    fn a_phrase_not_translated_is_english_and_a_problem() {
        let german = language("de");
        assert_eq!(german.say("only", &[]), "English");
        assert_eq!(german.problems()[0].detail, "only");
        assert_eq!(german.find("nothing", &[]), None);
        assert_eq!(german.say("nothing", &[]), "nothing");
        assert!(language("en").problems().is_empty());
    }

    #[test]
    fn a_layer_wins_over_the_one_before_and_a_region_over_its_language() {
        let layers = [layer("en", "a = 1\nb = 1\n"), layer("en", "b = 2\n"), layer("en-GB", "a = 3\n")];
        let british = Language::new("en-GB", &layers).unwrap();
        assert_eq!([british.say("a", &[]), british.say("b", &[])], ["3", "2"]);
        assert_eq!(Language::new("en", &layers).unwrap().say("a", &[]), "1");
    }

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        let date = |tag, date, length| language(tag).date(date, length);
        let day = Date::parse("2026-11-20T02:10:00Z").unwrap();
        assert_eq!(date("en", day, Length::Long), "20 November 2026");
        assert_eq!(date("en", day, Length::Medium), "20 Nov 2026");
        assert_eq!(date("en", day, Length::Day), "20 Nov");
        assert_eq!(date("de", day, Length::Long), "20. November 2026");
        assert_eq!(date("de", Date::parse("2026-11").unwrap(), Length::Long), "November 2026");
        assert_eq!(date("de", Date::parse("2026").unwrap(), Length::Long), "2026");
        assert_eq!(date("en", Date::parse("0850-03-01").unwrap(), Length::Long), "1 March 850 AD");
        assert_eq!(date("en", Date::parse("2023-02-30").unwrap(), Length::Long), "February 2023");
    }

    #[test]
    fn sizes_are_rounded_to_what_a_reader_wants_to_know() {
        let size = |bytes| language("en").size(bytes);
        assert_eq!([size(1), size(99_999), size(820_000)], ["1 KB", "100 KB", "0.8 MB"]);
        assert_eq!([size(4_130_000), size(22_400_000), size(1_250_000_000)], ["4.1 MB", "22 MB", "1.3 GB"]);
    }

    #[test]
    fn sorting_follows_the_language_and_numbers_their_value() {
        let german = language("de");
        let key = |text| german.collation().sort_key(text);
        assert!(key("Öl") < key("Of") || key("Öl") > key("Oa"));
        assert!(key("zebra") > key("Ärger") && key("Ärger") > key("Arger"));
        assert!(key("2. Teil") < key("10. Teil"));
    }

    #[test]
    fn direction_is_known_from_the_tag() {
        assert_eq!([direction_of("ar"), direction_of("he-IL"), direction_of("az-Arab")], ["rtl"; 3]);
        assert_eq!([direction_of("de"), direction_of("not a tag")], ["ltr"; 2]);
        assert_eq!(language("ar").direction(), "rtl");
    }

    #[test]
    fn a_language_the_theme_does_not_speak_is_refused_with_those_it_does() {
        let error = Language::new("fi", &[layer("en", "a = 1\n"), layer("de", "a = 1\n")]).unwrap_err();
        assert_eq!(error.to_string(), "the theme has no words for the language `fi`");
        assert_eq!(error.hint().unwrap(), "it speaks de, en; a file `locales/fi.ftl` in the site's theme adds yours");
    }

    #[test]
    fn a_broken_locale_file_is_told_with_its_line() {
        let error = Language::new("en", &[layer("en", "a = 1\nb == {\nc = 2\n")]).unwrap_err();
        assert_eq!(error.place().unwrap(), "locales/en.ftl:2");
    }
}
