//! `SafeHtml`: HTML that may stand in a page as it is.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::tags::{self, Token};

/// HTML of which its maker vouches that it is well-formed and holds no markup from outside but what the sanitiser let through.
///
/// It serialises as `{"html": "…"}`, never as a plain string: so a template that wants to print text unescaped can only do it
/// with a value that was a `SafeHtml` here.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SafeHtml(String);

/// The one key of a serialised `SafeHtml`.
pub const HTML: &str = "html";

impl SafeHtml {
    /// HTML made by this program or by the sanitiser. Calling this is a claim that has to hold for every input.
    #[must_use]
    pub fn trusted(html: String) -> Self {
        Self(html)
    }

    /// Plain text, escaped.
    #[must_use]
    pub fn escape(text: &str) -> Self {
        let mut html = String::with_capacity(text.len() + text.len() / 16);
        for c in text.chars() {
            match c {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                '\'' => html.push_str("&#39;"),
                c => html.push(c),
            }
        }
        Self(html)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its elements and its text, in their order.
    pub fn tokens(&self) -> impl Iterator<Item = Token<'_>> {
        tags::tokens(&self.0)
    }
}

impl Serialize for SafeHtml {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(HTML, &self.0)?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::SafeHtml;

    #[test]
    fn text_is_escaped_for_text_and_attributes_alike() {
        assert_eq!(SafeHtml::escape(r#"<a b="c" d='e'>&"#).as_str(), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
    }

    #[test]
    fn it_never_serialises_as_a_plain_string() {
        let value = serde_json::to_string(&SafeHtml::trusted("<i>x</i>".into())).unwrap();
        assert_eq!(value, r#"{"html":"<i>x</i>"}"#);
    }
}
