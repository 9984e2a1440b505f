//! Which locales there are, and how they fall back on each other.

use citationberg::{Locale, LocaleCode};

use super::*;
use crate::report::failure;

#[test]
fn the_locales_of_the_archive_are_those_of_the_list() {
    for (tag, bytes) in locales::TAGS.iter().zip(hayagriva::archive::LOCALES) {
        let locale: Locale = ciborium::from_reader(*bytes).unwrap();
        assert_eq!(locale.lang.unwrap().0, *tag);
    }
    assert_eq!(locales::TAGS.len(), hayagriva::archive::LOCALES.len());
    for tag in locales::TAGS {
        let language = tag.split('-').next().unwrap();
        let primary = locales::primary(language).unwrap();
        assert!(locales::TAGS.contains(&primary), "{tag}");
        let of_crate = LocaleCode(language.to_owned()).fallback().map_or_else(|| primary.to_owned(), |code| code.0);
        // The crate's Serbian is one that the archive does not have.
        assert_eq!(if of_crate == "sr-RS" { "sr-Cyrl-RS" } else { &of_crate }, primary);
    }
}

fn chain_of(tag: &str, files: &Files) -> Result<Vec<String>, StyleError> {
    let found = locales::asked(tag, &mut |place| Ok::<_, StyleError>(files.get(place).cloned()))?;
    Ok(found.into_iter().map(|locale| locale.lang.unwrap().0).collect())
}

#[test]
fn a_locale_falls_back_to_the_primary_dialect_and_then_to_us_english() {
    for (tag, wanted) in [
        ("de-AT", &["de-AT", "de-DE", "en-US"][..]),
        ("de", &["de-DE", "en-US"]),
        ("DE-li", &["de-DE", "en-US"]),
        ("en-GB", &["en-GB", "en-US"]),
        ("en", &["en-US"]),
        ("pt", &["pt-PT", "en-US"]),
        (locales::of_language("pt"), &["pt-BR", "pt-PT", "en-US"]),
        (locales::of_language("de"), &["de-DE", "en-US"]),
        ("sr", &["sr-Cyrl-RS", "en-US"]),
        ("zh-Hant-HK", &["zh-TW", "en-US"]),
        ("cy", &["cy-GB", "en-US"]),
    ] {
        assert_eq!(chain_of(tag, &Files::new()).unwrap(), wanted, "{tag}");
    }
}

#[test]
fn a_locale_file_of_the_owners_goes_over_the_archive() {
    let locale = |lang: &str| {
        format!("<locale version=\"1.0\" xml:lang=\"{lang}\"><terms><term name=\"and\">un</term></terms></locale>")
    };
    let files = files(&[
        ("styles/locales-gsw.xml", &locale("gsw")),
        ("styles/locales-fr-FR.xml", &locale("fr-FR")),
        ("styles/locales-it-IT.xml", &locale("de-DE")),
        ("styles/locales-nl-NL.xml", "<locale version=\"1.0\">\n<terms>"),
    ]);
    assert_eq!(chain_of("gsw", &files).unwrap(), ["gsw", "en-US"]);
    let french = locales::asked("fr", &mut |place| Ok::<_, StyleError>(files.get(place).cloned())).unwrap();
    assert_eq!(french[0].terms.as_ref().unwrap().terms.len(), 1);
    assert!(
        failure::text(&chain_of("it", &files).unwrap_err())
            .contains("it holds the locale `de-DE`, its name says `it-IT`")
    );
    assert!(failure::text(&chain_of("nl", &files).unwrap_err()).contains("at: styles/locales-nl-NL.xml:2"));
    let none = failure::text(&chain_of("tlh", &files).unwrap_err());
    assert!(
        none.contains("zbib has no locale `tlh`") && none.contains("can be put at `styles/locales-tlh.xml`"),
        "{none}"
    );
    assert!(chain_of("de-DEE", &files).is_ok(), "the language is known");
}

#[test]
fn a_tag_leads_to_no_file_elsewhere_and_a_language_without_locale_is_told() {
    let mut read = |place: &str| -> Result<Option<String>, StyleError> {
        assert!(!place.contains(".."), "{place}");
        Ok(None)
    };
    let chain = locales::chain("../../secret", &mut read).unwrap();
    assert_eq!(chain.len(), 1);
    assert!(locales::asked("../../secret", &mut read).is_err());
    assert_eq!(locales::of_site("pt", &mut read).unwrap(), ("pt-BR".to_owned(), None));
    let (locale, problem) = locales::of_site("tlh", &mut read).unwrap();
    assert_eq!((locale.as_str(), problem.unwrap().place.as_str()), ("tlh", "site.language = \"tlh\""));
}
