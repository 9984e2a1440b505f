//! What the owner decides about references: `[citations]` in `zbib.toml`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// So many styles a record's page can hold and still be read.
const MOST_STYLES: usize = 7;

/// `[citations]` in `zbib.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The styles, by their names in the Zotero style repository or the paths of `.csl` files; the first is the main one.
    pub styles: Vec<String>,
    /// The locale of styles that have none of their own, `de-AT`; not set: that of the site's language.
    pub locale: Option<String>,
    pub article_urls: ArticleUrls,
}

impl Default for Settings {
    fn default() -> Self {
        Self { styles: vec!["apa".to_owned()], locale: None, article_urls: ArticleUrls::default() }
    }
}

impl Settings {
    /// What is wrong with the values, if anything: the setting and the reason.
    ///
    /// # Errors
    /// When there are no styles, or too many, or one stands there twice.
    pub fn check(&self) -> Result<(), (&'static str, String)> {
        let count = self.styles.len();
        let twice = |(at, name): &(usize, &String)| self.styles[..*at].contains(name);
        let reason = if count == 0 {
            Some("it names no style; `[\"apa\"]` is the default".to_owned())
        } else if count > MOST_STYLES {
            Some(format!("it names {count} styles; more than {MOST_STYLES} are too many for a reader to choose from"))
        } else if self.styles.iter().any(|name| name.trim().is_empty()) {
            Some("one of its names is empty".to_owned())
        } else {
            let found = self.styles.iter().enumerate().find(twice);
            found.map(|(_, name)| format!("`{name}` stands there twice"))
        };
        reason.map_or(Ok(()), |reason| Err(("citations.styles", reason)))
    }
}

/// Whether references to articles of journals, magazines and newspapers have their addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArticleUrls {
    /// As the Zotero program does it by default: not where the article has pages, as it can then be found in print.
    #[default]
    Desktop,
    /// As Zotero's server does it.
    Always,
}

/// The types of CSL that have their addresses in print, too.
const ARTICLES: [&str; 3] = ["article-journal", "article-magazine", "article-newspaper"];

impl ArticleUrls {
    /// Takes the address, and when it was looked up, from an item that shall not have them.
    pub(super) fn apply(self, csl: &mut Map<String, Value>) {
        let is_article = csl.get("type").and_then(Value::as_str).is_some_and(|kind| ARTICLES.contains(&kind));
        let has_pages = csl.get("page").is_some_and(|pages| *pages != Value::Null && *pages != "");
        if self == Self::Desktop && is_article && has_pages {
            csl.shift_remove("URL");
            csl.shift_remove("accessed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_eighth_style_none_and_one_twice_are_refused_with_the_reason() {
        let check = |names: &[&str]| {
            let styles = names.iter().map(|name| (*name).to_owned()).collect();
            Settings { styles, ..Settings::default() }.check()
        };
        assert_eq!(check(&["apa", "ieee"]), Ok(()));
        for (names, reason) in [
            (&[][..], "it names no style"),
            (&["a", "b", "c", "d", "e", "f", "g", "h"], "it names 8 styles; more than 7 are too many"),
            (&["apa", " "], "one of its names is empty"),
            (&["apa", "ieee", "apa"], "`apa` stands there twice"),
        ] {
            let (setting, told) = check(names).unwrap_err();
            assert!(setting == "citations.styles" && told.starts_with(reason), "{told}");
        }
    }

    #[test]
    fn the_address_of_an_article_with_pages_is_left_out_as_the_zotero_program_does() {
        let left = |urls: ArticleUrls, kind: &str, page: &str| {
            let item = serde_json::json!({"type": kind, "page": page, "URL": "https://example.org", "accessed": {}});
            let Value::Object(mut item) = item else { unreachable!() };
            urls.apply(&mut item);
            item.contains_key("URL") && item.contains_key("accessed")
        };
        assert!(!left(ArticleUrls::Desktop, "article-journal", "1-2"));
        assert!(!left(ArticleUrls::Desktop, "article-newspaper", "A1"));
        assert!(left(ArticleUrls::Desktop, "article-journal", ""));
        assert!(left(ArticleUrls::Desktop, "chapter", "1-2"));
        assert!(left(ArticleUrls::Always, "article-journal", "1-2"));
    }
}
