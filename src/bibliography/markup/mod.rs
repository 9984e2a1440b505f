//! Rich text in titles, `SafeHtml`, the one sanitiser, plain text.
//!
//! No other room makes a `SafeHtml` out of text it did not write itself.

pub mod safe_html;

pub use self::safe_html::SafeHtml;

/// A title without Zotero's markup: for sorting, feeds and names.
#[must_use]
pub fn plain(title: &str) -> String {
    const TAGS: &[&str] = &["<i>", "</i>", "<b>", "</b>", "<sub>", "</sub>", "<sup>", "</sup>", "<sc>", "</sc>", "</span>"];
    let mut text = String::with_capacity(title.len());
    let mut rest = title;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let span = rest.starts_with("<span ").then(|| rest.find('>')).flatten().map(|end| end + 1);
        let tag = TAGS.iter().find(|tag| rest.starts_with(**tag)).map(|tag| tag.len()).or(span);
        text.push_str(if tag.is_some() { "" } else { "<" });
        rest = &rest[tag.unwrap_or(1)..];
    }
    text + rest
}
