//! The tags of a head, written once and escaped here.

use serde_json::Value;

use crate::bibliography::markup::SafeHtml;

/// `<meta name="…" content="…">`
pub(super) fn meta(name: &str, content: &str) -> SafeHtml {
    element("meta", &[("name", name), ("content", content)])
}

/// `<meta property="…" content="…">`, the form of Open Graph.
pub(super) fn property(property: &str, content: &str) -> SafeHtml {
    element("meta", &[("property", property), ("content", content)])
}

/// `<link rel="…" …>`
pub(super) fn link(rel: &str, href: &str, further: &[(&str, &str)]) -> SafeHtml {
    let mut attributes = vec![("rel", rel)];
    attributes.extend(further);
    attributes.push(("href", href));
    element("link", &attributes)
}

/// A block of data that no browser runs. The characters that could end it, or be read as markup, are written as escapes.
pub(super) fn json_ld(value: &Value) -> SafeHtml {
    let json = value.to_string();
    let mut safe = String::with_capacity(json.len() + json.len() / 16);
    for c in json.chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            c => safe.push(c),
        }
    }
    SafeHtml::trusted(format!("<script type=\"application/ld+json\">{safe}</script>"))
}

fn element(name: &str, attributes: &[(&str, &str)]) -> SafeHtml {
    let mut html = format!("<{name}");
    for (attribute, value) in attributes {
        html.extend([" ", attribute, "=\"", SafeHtml::escape(value).as_str(), "\""]);
    }
    html.push('>');
    SafeHtml::trusted(html)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_ends_an_attribute_or_a_script() {
        assert_eq!(
            meta("citation_title", "\"><script>").as_str(),
            r#"<meta name="citation_title" content="&quot;&gt;&lt;script&gt;">"#
        );
        let script = json_ld(&json!({"name": "</script><!-- & \u{2028}"}));
        assert_eq!(
            script.as_str(),
            r#"<script type="application/ld+json">{"name":"\u003c/script\u003e\u003c!-- \u0026 \u2028"}</script>"#
        );
    }

    #[test]
    fn a_link_ends_with_its_address() {
        let tag = link("item", "a b.pdf", &[("type", "application/pdf")]);
        assert_eq!(tag.as_str(), r#"<link rel="item" type="application/pdf" href="a b.pdf">"#);
    }
}
