//! The locales that references are printed in: the archive's, and files of the owner's over them.

use citationberg::{Locale, LocaleFile};
use hayagriva::archive::LOCALES;

use super::tree::Tree;
use super::{Fault, Read, StyleError};
use crate::report::problem::{Kind, Level};
use crate::report::{self, Problem};

/// Where the owner's locale files are, from the project's root: `styles/locales-gsw-CH.xml`.
pub const FOLDER: &str = "styles";

/// What stands in for words that another locale lacks.
const LAST: &str = "en-US";

/// The archive's locales in its order; a test holds this list to what the data say.
pub(super) const TAGS: [&str; 63] = [
    "af-ZA",
    "ar",
    "bal-PK",
    "bg-BG",
    "brh-PK",
    "ca-AD",
    "cs-CZ",
    "cy-GB",
    "da-DK",
    "de-AT",
    "de-CH",
    "de-DE",
    "el-GR",
    "en-GB",
    "en-US",
    "es-CL",
    "es-ES",
    "es-MX",
    "et-EE",
    "eu",
    "fa-IR",
    "fi-FI",
    "fr-CA",
    "fr-FR",
    "gl-ES",
    "he-IL",
    "hi-IN",
    "hr-HR",
    "hu-HU",
    "hy-AM",
    "id-ID",
    "is-IS",
    "it-IT",
    "ja-JP",
    "km-KH",
    "ko-KR",
    "la",
    "lij-IT",
    "lt-LT",
    "lv-LV",
    "mn-MN",
    "ms-MY",
    "nb-NO",
    "nl-NL",
    "nn-NO",
    "pa-PK",
    "pl-PL",
    "pt-BR",
    "pt-PT",
    "ro-RO",
    "ru-RU",
    "sk-SK",
    "sl-SI",
    "sr-Cyrl-RS",
    "sr-Latn-RS",
    "sv-SE",
    "th-TH",
    "tl-PH",
    "tr-TR",
    "uk-UA",
    "vi-VN",
    "zh-CN",
    "zh-TW",
];

/// The primary dialects of languages that the archive has several of, as the CSL project has them. Where a language has
/// one locale that is its primary one.
const PRIMARY: [(&str, &str); 9] = [
    ("de", "de-DE"),
    ("en", "en-US"),
    ("es", "es-ES"),
    ("fr", "fr-FR"),
    ("no", "nb-NO"),
    ("pt", "pt-PT"),
    ("sr", "sr-Cyrl-RS"),
    ("zh", "zh-CN"),
    ("zh-hant", "zh-TW"),
];

/// The locale of a language of the interface, where that is not the primary dialect: zbib's Portuguese is Brazil's.
const OF_INTERFACE: [(&str, &str); 1] = [("pt", "pt-BR")];

/// The locale for the language of a site.
#[must_use]
pub fn of_language(tag: &str) -> &str {
    OF_INTERFACE.iter().find(|(language, _)| *language == tag).map_or(tag, |(_, locale)| locale)
}

static UNKNOWN_LANGUAGE: Kind = Kind {
    id: "references-in-english",
    level: Level::Warning,
    one: "references have no locale for the site's language, their words are English",
    many: "references have no locale for {n} of the site's languages, their words are English",
    hint: Some("`[citations] locale` names one, or a locale file of the CSL project can be put into `styles/`"),
};

/// The locale for the language of a site, and what is to be said of it: a language that nothing is known of has English
/// references.
///
/// # Errors
/// When a file of the owner's cannot be read or used.
pub fn of_site<E: From<StyleError>>(tag: &str, read: Read<'_, E>) -> Result<(String, Option<Problem>), E> {
    let locale = of_language(tag);
    let known = is_archived(locale) || chain(locale, read)?.len() > 1;
    let problem = (!known).then(|| Problem::new(&UNKNOWN_LANGUAGE, format!("site.language = \"{tag}\""), ""));
    Ok((locale.to_owned(), problem))
}

/// The locales to look for words in, first to last: the one of the tag, that of its primary dialect, US English.
///
/// A tag of which nothing is known leads to US English: that is what styles with a `default-locale` of their own want.
///
/// # Errors
/// When a file of the owner's cannot be read or used.
pub fn chain<E: From<StyleError>>(tag: &str, read: Read<'_, E>) -> Result<Vec<Locale>, E> {
    let mut locales = Vec::new();
    for tag in tags(tag) {
        let place = file(&tag);
        match if is_tag(&tag) { read(&place)? } else { None } {
            Some(text) => locales.push(of_owner(&place, &tag, &text)?),
            None => locales.extend(archived(&tag)),
        }
    }
    Ok(locales)
}

/// The locales for a tag that the owner asks for, as [`chain`] has them.
///
/// # Errors
/// When there is none for its language, or a file of the owner's cannot be read or used.
pub fn asked<E: From<StyleError>>(tag: &str, read: Read<'_, E>) -> Result<Vec<Locale>, E> {
    let place = file(&canonical(tag));
    let known = is_archived(tag) || (is_tag(tag) && read(&place)?.is_some());
    if !known {
        let nearest = report::nearest(tag, &TAGS).map(str::to_owned);
        return Err(StyleError::NoLocale { tag: tag.to_owned(), nearest, file: place }.into());
    }
    chain(tag, read)
}

/// Tags become names of files, and a style may bring its own: nothing else may lead anywhere.
fn is_tag(tag: &str) -> bool {
    tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn is_english(tag: &str) -> bool {
    base(&tag.to_lowercase()) == "en"
}

/// Whether the archive has a locale for a tag or for its language.
fn is_archived(tag: &str) -> bool {
    tags(tag).iter().filter(|known| *known != LAST || is_english(tag)).any(|known| position(known).is_some())
}

/// The tags of a chain, each once.
fn tags(tag: &str) -> Vec<String> {
    let mut tags = vec![canonical(tag)];
    for next in [primary(tag).map(str::to_owned), Some(LAST.to_owned())].into_iter().flatten() {
        if !tags.contains(&next) {
            tags.push(next);
        }
    }
    tags
}

/// The locale that other locales of its language fall back to.
pub(super) fn primary(tag: &str) -> Option<&'static str> {
    let tag = tag.to_lowercase();
    let listed = |start: &str| PRIMARY.iter().find(|(language, _)| *language == start).map(|(_, locale)| *locale);
    let script: Vec<&str> = tag.split('-').take(2).collect();
    let only = || TAGS.iter().find(|known| base(&known.to_lowercase()) == base(&tag)).copied();
    listed(&script.join("-")).or_else(|| listed(base(&tag))).or_else(only)
}

fn base(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The tag as the archive writes it; one that the archive lacks as it is.
fn canonical(tag: &str) -> String {
    position(tag).map_or_else(|| tag.to_owned(), |position| TAGS[position].to_owned())
}

fn position(tag: &str) -> Option<usize> {
    TAGS.iter().position(|known| known.eq_ignore_ascii_case(tag))
}

fn archived(tag: &str) -> Option<Locale> {
    ciborium::from_reader(*LOCALES.get(position(tag)?)?).ok()
}

fn file(tag: &str) -> String {
    format!("{FOLDER}/locales-{tag}.xml")
}

fn of_owner(place: &str, tag: &str, text: &str) -> Result<Locale, StyleError> {
    let refused = |(line, fault)| StyleError::Refused { place: place.to_owned(), line, fault };
    let tree = Tree::read(text, "locale").map_err(refused)?;
    let read = LocaleFile::from_xml(text).map_err(|error| refused(super::read::found(&tree, &error)))?;
    let lang = read.lang.0.clone();
    if !lang.eq_ignore_ascii_case(tag) {
        return Err(refused((Some(tree.elements[0].line), Fault::OtherLocale { lang, tag: tag.to_owned() })));
    }
    Ok(read.into())
}
