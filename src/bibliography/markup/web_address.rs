//! Addresses from outside.

use url::Url;

/// An address from a record or note, if it is one that a page may link to: `http`, `https` or `mailto`, nothing that runs.
#[must_use]
pub fn web_address(text: &str) -> Option<String> {
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
    fn only_harmless_schemes_are_linked() {
        assert_eq!(web_address(" https://example.org/a b ").as_deref(), Some("https://example.org/a%20b"));
        for text in [
            "javascript:alert(1)",
            "java\u{1}script:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "//x",
            "x",
            "http://",
        ] {
            assert_eq!(web_address(text), None, "{text}");
        }
    }
}
