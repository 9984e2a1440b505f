//! Notes and links of a RIS record, which are records below its own in Zotero.

use serde_json::{Map, Value, json};

/// The `data` of a note. Text becomes paragraphs; what has tags is HTML already.
pub(super) fn note(parent: &str, text: &str) -> Map<String, Value> {
    let is_html = text
        .split_once('<')
        .is_some_and(|(_, rest)| rest.contains('>') && rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
    let html = if is_html { text.to_owned() } else { paragraphs(text) };
    let note = json!({"itemType": "note", "parentItem": parent, "note": html, "tags": [], "relations": {}});
    object(note)
}

fn paragraphs(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let paragraphs = escaped.split("\n\n").filter(|part| !part.trim().is_empty());
    paragraphs.map(|part| format!("<p>{}</p>", part.trim().replace('\n', "<br>"))).collect()
}

/// The `data` of a link to a file on the web, under `tag`; None for an address that only holds on the owner's disk.
pub(super) fn link(parent: &str, tag: &str, address: &str) -> Option<Map<String, Value>> {
    let web = ["http://", "https://"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let content_type = match tag {
        "L1" => "application/pdf",
        "L2" => "text/html",
        _ => "",
    };
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().filter(|name| name.contains('.')).unwrap_or(address);
    let link = json!({
        "itemType": "attachment", "parentItem": parent, "linkMode": "linked_url", "title": name, "url": address,
        "contentType": content_type, "tags": [], "relations": {},
    });
    web.then(|| object(link))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_html_whatever_it_was() {
        let html = |text: &str| note("ABCD2345", text)["note"].as_str().unwrap_or_default().to_owned();
        assert_eq!(html("One & two,\nif a < b.\n\nThree."), "<p>One &amp; two,<br>if a &lt; b.</p><p>Three.</p>");
        assert_eq!(html("<p>One</p>"), "<p>One</p>");
    }

    #[test]
    fn only_addresses_on_the_web_are_links() {
        let found = link("ABCD2345", "L1", "https://example.org/a/paper.pdf?x=1").unwrap();
        assert_eq!((&found["title"], &found["contentType"]), (&json!("paper.pdf"), &json!("application/pdf")));
        for address in ["internal-pdf://paper.pdf", "C:\\papers\\paper.pdf", "file:///home/ada/paper.pdf"] {
            assert!(link("ABCD2345", "L1", address).is_none());
        }
    }
}
