//! Pages: every element that is opened is closed in its turn, nothing runs that is not ours, data are JSON.

use std::collections::BTreeSet;

const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Everything that is wrong with a page.
pub fn defects(text: &str) -> Vec<String> {
    let mut page = Page::default();
    page.read(text);
    for needed in ["html", "head", "body", "main"] {
        if page.seen.iter().filter(|name| *name == needed).count() != 1 {
            page.defects.push(format!("not one <{needed}>"));
        }
    }
    if let Some(open) = page.open.last() {
        page.defects.push(format!("<{open}> is never closed"));
    }
    page.defects
}

#[derive(Default)]
struct Page {
    open: Vec<String>,
    seen: Vec<String>,
    ids: BTreeSet<String>,
    defects: Vec<String>,
}

impl Page {
    fn read(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find('<') {
            rest = &rest[at..];
            if rest.starts_with("<!") {
                rest = rest.split_once('>').map_or("", |(_, rest)| rest);
                continue;
            }
            let Some(end) = end_of_tag(rest) else {
                self.defects.push(format!("a tag has no end: {}", start(rest)));
                return;
            };
            let (tag, after) = rest.split_at(end + 1);
            rest = after;
            if let Some(name) = tag.strip_prefix("</") {
                self.close(name.trim_end_matches('>'), rest);
            } else if let Some(raw) = self.open(tag) {
                let Some(close) = rest.find(&format!("</{raw}")) else { continue };
                self.raw(&raw, tag, &rest[..close]);
                rest = &rest[close..];
            }
        }
    }

    /// Gives the name when what follows is text up to the element's end.
    fn open(&mut self, tag: &str) -> Option<String> {
        let inside = tag.trim_matches(['<', '>', '/']);
        let name = inside.split([' ', '\n']).next().unwrap_or_default().to_owned();
        if name.is_empty()
            || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        {
            self.defects.push(format!("no tag: {}", start(tag)));
            return None;
        }
        for (attribute, value) in attributes(&inside[name.len()..]) {
            self.attribute(tag, &attribute, &value);
        }
        self.seen.push(name.clone());
        if VOID.contains(&name.as_str()) || (tag.ends_with("/>") && self.open.iter().any(|name| name == "svg")) {
            return None;
        }
        self.open.push(name.clone());
        matches!(name.as_str(), "script" | "style" | "title" | "textarea").then_some(name)
    }

    fn attribute(&mut self, tag: &str, name: &str, value: &str) {
        if name.starts_with("on") || name == "style" || name == "srcdoc" {
            self.defects.push(format!("`{name}` in {}", start(tag)));
        }
        if name == "id" && !self.ids.insert(value.to_owned()) {
            self.defects.push(format!("two elements have the id {value:?}"));
        }
        let scheme = value.trim().split(':').next().unwrap_or_default().to_ascii_lowercase();
        let runs = matches!(scheme.as_str(), "javascript" | "vbscript" | "data") && value.contains(':');
        if ["href", "src", "action", "formaction"].contains(&name) && runs {
            self.defects.push(format!("an address that runs: {}", start(tag)));
        }
    }

    fn close(&mut self, name: &str, rest: &str) {
        match self.open.pop() {
            Some(open) if open == name => {}
            open => self.defects.push(format!("</{name}> closes {open:?}, before {}", start(rest))),
        }
    }

    /// Scripts are files of the site, or data.
    fn raw(&mut self, name: &str, tag: &str, text: &str) {
        match name {
            "script" if tag.contains("type=\"application/ld+json\"") => {
                if let Err(error) = serde_json::from_str::<serde_json::Value>(text) {
                    self.defects.push(format!("JSON-LD: {error}"));
                }
            }
            "script" if text.is_empty() && tag.contains(" src=\"") && tag.contains("static/") => {}
            "script" | "style" => self.defects.push(format!("<{name}> in the page: {}", start(text))),
            _ => {}
        }
    }
}

/// Where the `>` of a tag is: not one in quotes.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    text.char_indices()
        .find(|(_, c)| {
            match (quote, c) {
                (None, '"' | '\'') => quote = Some(*c),
                (Some(open), c) if open == *c => quote = None,
                _ => {}
            }
            quote.is_none() && *c == '>'
        })
        .map(|(at, _)| at)
}

/// Names with values, entities of addresses undone.
pub fn attributes(mut text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    loop {
        text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = text.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(text.len());
        if end == 0 {
            return found;
        }
        let name = text[..end].to_ascii_lowercase();
        text = &text[end..];
        let mut value = "";
        if let Some(rest) = text.strip_prefix("=\"") {
            (value, text) = rest.split_once('"').unwrap_or((rest, ""));
        } else if let Some(rest) = text.strip_prefix('=') {
            value = rest.split_whitespace().next().unwrap_or_default();
            text = &rest[value.len()..];
        }
        found.push((name, unescaped(value)));
    }
}

fn unescaped(text: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ];
    entities.iter().fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

fn start(text: &str) -> String {
    text.chars().take(80).collect()
}
