//! Languages as codes.

/// The language of a record if what its field holds is a tag of BCP 47: `de`, `pt-BR`.
pub(super) fn code(language: &str) -> Option<String> {
    let language = language.trim().replace('_', "-");
    let mut parts = language.split('-');
    let first = parts.next().is_some_and(|part| matches!(part.len(), 2 | 3) && alphabetic(part));
    let rest = parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    (first && rest).then_some(language)
}

/// The locale that Open Graph wants, language and territory: `en_US`. See <https://ogp.me/#optional>.
pub(super) fn locale(tag: &str) -> Option<String> {
    let mut parts = tag.split('-');
    let language = parts.next()?.to_ascii_lowercase();
    match parts.find(|part| part.len() == 2 && alphabetic(part)) {
        Some(territory) => Some(format!("{language}_{}", territory.to_ascii_uppercase())),
        None => TERRITORIES.iter().find(|known| known.0 == language).map(|known| format!("{language}_{}", known.1)),
    }
}

fn alphabetic(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The territory that stands for a language alone.
const TERRITORIES: &[(&str, &str)] = &[("de", "DE"), ("en", "US"), ("es", "ES"), ("fr", "FR"), ("pt", "PT")];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_a_code_or_nothing() {
        assert_eq!(code("pt_BR").as_deref(), Some("pt-BR"));
        assert_eq!(code("deu").as_deref(), Some("deu"));
        for text in ["German", "en, de", "", "english-uk"] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn a_locale_has_a_territory() {
        assert_eq!(locale("en").as_deref(), Some("en_US"));
        assert_eq!(locale("pt-BR").as_deref(), Some("pt_BR"));
        assert_eq!(locale("zh-Hans"), None);
    }
}
