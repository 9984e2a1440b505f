//! The language of a record, out of whatever its field holds.

/// Languages that people write as three letters or in words, with their codes of two letters (ISO 639-1).
const NAMES: &[(&str, &[&str])] = &[
    ("ar", &["ara", "arabic"]),
    ("cs", &["ces", "cze", "czech"]),
    ("da", &["dan", "danish", "dansk"]),
    ("de", &["deu", "ger", "german", "deutsch"]),
    ("el", &["ell", "gre", "greek"]),
    ("en", &["eng", "english"]),
    ("es", &["spa", "spanish", "español"]),
    ("fi", &["fin", "finnish"]),
    ("fr", &["fra", "fre", "french", "français"]),
    ("he", &["heb", "hebrew"]),
    ("hi", &["hin", "hindi"]),
    ("hu", &["hun", "hungarian"]),
    ("it", &["ita", "italian", "italiano"]),
    ("ja", &["jpn", "japanese"]),
    ("ko", &["kor", "korean"]),
    ("la", &["lat", "latin"]),
    ("nl", &["nld", "dut", "dutch", "nederlands"]),
    ("no", &["nor", "norwegian"]),
    ("pl", &["pol", "polish"]),
    ("pt", &["por", "portuguese", "português"]),
    ("ru", &["rus", "russian", "русский"]),
    ("sv", &["swe", "swedish", "svenska"]),
    ("tr", &["tur", "turkish"]),
    ("uk", &["ukr", "ukrainian"]),
    ("zh", &["zho", "chi", "chinese"]),
];

/// A BCP 47 tag that can stand in `lang`: `en`, `pt-BR`; None if the text names no single language that is known here.
#[must_use]
pub fn language_tag(text: &str) -> Option<String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    if let Some((code, _)) = NAMES.iter().find(|(_, names)| names.contains(&lower.as_str())) {
        return Some((*code).to_owned());
    }
    let mut parts = text.split(['-', '_']);
    let language = parts.next()?.to_ascii_lowercase();
    let known = match language.len() {
        2 if language.bytes().all(|byte| byte.is_ascii_lowercase()) => language,
        _ => NAMES.iter().find(|(_, names)| names.contains(&language.as_str())).map(|(code, _)| (*code).to_owned())?,
    };
    let mut tag = known;
    for part in parts {
        let valid = (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !valid {
            return None;
        }
        tag.push('-');
        tag.push_str(part);
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::language_tag;

    #[test]
    fn codes_and_names_become_tags_and_anything_else_nothing() {
        for (text, wanted) in [
            ("en", Some("en")),
            ("en_US", Some("en-US")),
            ("DE", Some("de")),
            ("eng", Some("en")),
            ("Deutsch", Some("de")),
            ("zho-Hant", Some("zh-Hant")),
            ("en; fr", None),
            ("Klingon", None),
            ("en\" onload", None),
            ("", None),
        ] {
            assert_eq!(language_tag(text).as_deref(), wanted, "{text}");
        }
    }
}
