//! Zotero's own names for types, fields and creator types, in each of its locales.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The labels of one locale, with those of American English where it has none.
#[derive(Debug)]
pub struct Labels {
    own: Words,
    english: Words,
}

#[derive(Debug, Default, Deserialize)]
struct Words {
    types: BTreeMap<String, String>,
    fields: BTreeMap<String, String>,
    creators: BTreeMap<String, String>,
}

impl Labels {
    /// The labels that suit a language tag best: the same locale, else one of the same language, else English.
    #[must_use]
    pub fn for_language(tag: &str) -> Self {
        let language = |locale: &str| locale.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let exact = LOCALES.iter().find(|(locale, _)| locale.eq_ignore_ascii_case(tag));
        let near = || LOCALES.iter().find(|(locale, _)| language(locale) == language(tag));
        let own = if language(tag) == "en" && exact.is_none() { None } else { exact.or_else(near) };
        Self { own: own.map(|(_, text)| parse(text)).unwrap_or_default(), english: parse(ENGLISH) }
    }

    /// "Journal Article"; the type's own name if Zotero's schema does not know it.
    #[must_use]
    pub fn item_type<'a>(&'a self, name: &'a str) -> &'a str {
        find(&self.own.types, &self.english.types, name)
    }

    /// "Publication"; the field's own name if Zotero's schema does not know it.
    #[must_use]
    pub fn field<'a>(&'a self, name: &'a str) -> &'a str {
        find(&self.own.fields, &self.english.fields, name)
    }

    /// "Series Editor"; the creator type's own name if Zotero's schema does not know it.
    #[must_use]
    pub fn creator_type<'a>(&'a self, name: &'a str) -> &'a str {
        find(&self.own.creators, &self.english.creators, name)
    }
}

fn find<'a>(own: &'a BTreeMap<String, String>, english: &'a BTreeMap<String, String>, name: &'a str) -> &'a str {
    own.get(name).or_else(|| english.get(name)).map_or(name, String::as_str)
}

fn parse(text: &str) -> Words {
    serde_json::from_str(text).expect("the embedded labels are valid")
}

const ENGLISH: &str = include_str!("labels/en-US.json");

/// Every locale Zotero has labels for.
const LOCALES: &[(&str, &str)] = &[
    ("af-ZA", include_str!("labels/af-ZA.json")),
    ("ar", include_str!("labels/ar.json")),
    ("bg-BG", include_str!("labels/bg-BG.json")),
    ("br", include_str!("labels/br.json")),
    ("ca-AD", include_str!("labels/ca-AD.json")),
    ("cs-CZ", include_str!("labels/cs-CZ.json")),
    ("da-DK", include_str!("labels/da-DK.json")),
    ("de", include_str!("labels/de.json")),
    ("el-GR", include_str!("labels/el-GR.json")),
    ("en-GB", include_str!("labels/en-GB.json")),
    ("en-US", include_str!("labels/en-US.json")),
    ("es-ES", include_str!("labels/es-ES.json")),
    ("et-EE", include_str!("labels/et-EE.json")),
    ("eu-ES", include_str!("labels/eu-ES.json")),
    ("fa", include_str!("labels/fa.json")),
    ("fi-FI", include_str!("labels/fi-FI.json")),
    ("fr-FR", include_str!("labels/fr-FR.json")),
    ("gl-ES", include_str!("labels/gl-ES.json")),
    ("he-IL", include_str!("labels/he-IL.json")),
    ("hr-HR", include_str!("labels/hr-HR.json")),
    ("hu-HU", include_str!("labels/hu-HU.json")),
    ("id-ID", include_str!("labels/id-ID.json")),
    ("is-IS", include_str!("labels/is-IS.json")),
    ("it-IT", include_str!("labels/it-IT.json")),
    ("ja-JP", include_str!("labels/ja-JP.json")),
    ("km", include_str!("labels/km.json")),
    ("ko-KR", include_str!("labels/ko-KR.json")),
    ("lt-LT", include_str!("labels/lt-LT.json")),
    ("mn-MN", include_str!("labels/mn-MN.json")),
    ("nb-NO", include_str!("labels/nb-NO.json")),
    ("nl-NL", include_str!("labels/nl-NL.json")),
    ("nn-NO", include_str!("labels/nn-NO.json")),
    ("pl-PL", include_str!("labels/pl-PL.json")),
    ("pt-BR", include_str!("labels/pt-BR.json")),
    ("pt-PT", include_str!("labels/pt-PT.json")),
    ("ro-RO", include_str!("labels/ro-RO.json")),
    ("ru-RU", include_str!("labels/ru-RU.json")),
    ("sk-SK", include_str!("labels/sk-SK.json")),
    ("sl-SI", include_str!("labels/sl-SI.json")),
    ("sr-RS", include_str!("labels/sr-RS.json")),
    ("sv-SE", include_str!("labels/sv-SE.json")),
    ("ta", include_str!("labels/ta.json")),
    ("th-TH", include_str!("labels/th-TH.json")),
    ("tr-TR", include_str!("labels/tr-TR.json")),
    ("uk-UA", include_str!("labels/uk-UA.json")),
    ("vi-VN", include_str!("labels/vi-VN.json")),
    ("zh-CN", include_str!("labels/zh-CN.json")),
    ("zh-TW", include_str!("labels/zh-TW.json")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_fall_back_from_locale_to_language_to_english_to_the_name() {
        assert_eq!(Labels::for_language("de-AT").item_type("book"), "Buch");
        assert_eq!(Labels::for_language("pt-PT").creator_type("author"), "Autor");
        assert_eq!(Labels::for_language("xx").item_type("journalArticle"), "Journal Article");
        assert_eq!(Labels::for_language("en").field("hologram"), "hologram");
    }

    #[test]
    fn every_locale_parses() {
        assert!(LOCALES.iter().all(|(_, text)| !parse(text).types.is_empty()));
    }
}
