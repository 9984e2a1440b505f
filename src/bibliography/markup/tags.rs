//! Reading HTML that ammonia or this program has written: always well-formed, attributes always in double quotes, no
//! comments.

use std::borrow::Cow;

/// A piece of sanitised HTML.
pub enum Token<'a> {
    /// Text as it stands in the HTML, escaped.
    Text(&'a str),
    Open(Tag<'a>),
    /// The name of the element that ends.
    Close(&'a str),
}

/// The start of an element.
pub struct Tag<'a> {
    pub name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Tag<'a> {
    /// An attribute's value, unescaped.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| unescape(value))
    }

    /// All attributes, values as they stand in the HTML.
    pub fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.attributes.iter().copied()
    }

    /// Whether an element of this name has neither content nor an end.
    #[must_use]
    pub fn is_void(&self) -> bool {
        matches!(self.name, "br" | "hr" | "img" | "wbr" | "col")
    }
}

/// The pieces of sanitised HTML in their order.
pub(super) fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(tag) = rest.strip_prefix('<') else {
            let (text, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            rest = after;
            return Some(Token::Text(text));
        };
        let end = end_of_tag(tag);
        rest = tag.get(end + 1..).unwrap_or_default();
        let tag = &tag[..end];
        Some(match tag.strip_prefix('/') {
            Some(name) => Token::Close(name),
            None => Token::Open(read(tag)),
        })
    })
}

/// Where the `>` of a tag stands that is not inside a value.
fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

fn read(tag: &str) -> Tag<'_> {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    while let Some((name, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').unwrap_or((after, ""));
        attributes.push((name.trim_start(), value));
        rest = after;
    }
    Tag { name, attributes }
}

/// Text with the references read back that ammonia writes, and [`SafeHtml::escape`](super::SafeHtml::escape).
#[must_use]
pub fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&nbsp;", "\u{a0}");
    Cow::Owned(text.replace("&#39;", "'").replace("&amp;", "&"))
}
