//! The words of references, in the language of the site.

use crate::bibliography::citation::Words;
use crate::language::{Argument, Language};

/// What the plain reference needs, out of the phrases of the theme.
#[must_use]
pub fn of_references(language: &Language) -> Words {
    let say = |key: &str| language.say(key, &[]);
    let with = |key: &str, names: &[&str]| {
        let places: Vec<_> = names.iter().map(|name| (*name, format!("{{{name}}}"))).collect();
        let arguments: Vec<_> = places.iter().map(|(name, place)| (*name, Argument::Text(place))).collect();
        language.say(key, &arguments)
    };
    let english = Words::default();
    let names: Vec<String> = say("reference-months").split('|').map(|name| name.trim().to_owned()).collect();
    Words {
        untitled: format!("[{}]", say("untitled")),
        no_date: say("reference-no-date"),
        inside: say("source-in"),
        editor: say("reference-editor"),
        editors: say("reference-editors"),
        translator: say("reference-translator"),
        translators: say("reference-translators"),
        edition: edition(language, with("reference-edition", &["n"])),
        volume: say("reference-volume"),
        number: say("reference-number"),
        version: say("reference-version"),
        page: say("reference-page"),
        pages: say("reference-pages"),
        months: names.try_into().unwrap_or(english.months),
        day: with("reference-day", &["month", "day"]),
    }
}

/// English says "2nd"; the other languages of the interface write their sign behind any number.
fn edition(language: &Language, pattern: String) -> String {
    if language.tag().starts_with("en") { pattern.replace("{n}", "{nth}") } else { pattern }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::website::theme::{Files, Theme};

    #[test]
    fn every_language_of_the_interface_has_the_words_of_references() {
        let theme = Theme::load("default", &Files::new()).unwrap();
        for (tag, may, edition) in [
            ("en", "May", "{nth} ed."),
            ("de", "Mai", "{n}. Aufl."),
            ("es", "mayo", "{n}.ª ed."),
            ("fr", "mai", "{n}e éd."),
            ("pt", "maio", "{n}.ª ed."),
        ] {
            let words = of_references(&Language::new(tag, theme.layers()).unwrap());
            assert_eq!((words.months[4].as_str(), words.edition.as_str()), (may, edition), "{tag}");
        }
    }
}
