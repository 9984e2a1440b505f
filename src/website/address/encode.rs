//! Parts of addresses as URLs want them.

use std::fmt::Write as _;

use url::Url;

/// A path segment, percent-encoded where URLs require it.
pub(super) fn segment(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$'()*,;=@".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// An address from a record, if it is one that a page may link to: `http`, `https` or `mailto`, nothing that runs.
#[must_use]
pub fn external(text: &str) -> Option<String> {
    let cleaned: String = text.trim().chars().filter(|c| !c.is_control()).collect();
    let url = Url::parse(&cleaned).ok()?;
    let has_host = url.host_str().is_some_and(|host| !host.is_empty());
    match url.scheme() {
        "http" | "https" if has_host => Some(url.into()),
        "mailto" => Some(url.into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_encoded_byte_by_byte() {
        assert_eq!(segment("Gödel 1931 #2?.pdf"), "G%C3%B6del%201931%20%232%3F.pdf");
        assert_eq!(segment("a%b\"<>"), "a%25b%22%3C%3E");
    }

    #[test]
    fn only_harmless_schemes_are_linked() {
        assert_eq!(external(" https://example.org/a b ").as_deref(), Some("https://example.org/a%20b"));
        for text in [
            "javascript:alert(1)",
            "java\u{1}script:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "//x",
            "x",
            "http://",
        ] {
            assert_eq!(external(text), None, "{text}");
        }
    }
}
