//! Elements while they are written: text is escaped here and nowhere else.

use std::borrow::Cow;

use crate::bibliography::export::escape::tidy;

/// The prefixes of elements, and the vocabularies they stand for.
const NAMESPACES: [(&str, &str); 12] = [
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("z", "http://www.zotero.org/namespaces/export#"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("bib", "http://purl.org/net/biblio#"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("link", "http://purl.org/rss/1.0/modules/link/"),
    ("vcard", "http://nwalsh.com/rdf/vCard#"),
    ("prism", "http://prismstandard.org/namespaces/1.2/basic/"),
    ("video", "http://ogp.me/ns/video#"),
    ("so", "http://schema.org/"),
    ("u", "urn:x-unapi:"),
];

/// The elements of a document.
#[derive(Default)]
pub(super) struct Xml(String);

impl Xml {
    /// An element with text in it, and those of a path such as `dc:identifier>dcterms:URI>rdf:value` around it; nothing,
    /// if there is no text.
    pub fn text(&mut self, path: &str, text: &str) {
        let text = allowed(text);
        if text.trim().is_empty() {
            return;
        }
        path.split('>').for_each(|element| self.open(element));
        escape(&text, &mut self.0);
        path.rsplit('>').for_each(|element| self.close(element));
    }

    /// An element that names another thing.
    pub fn resource(&mut self, element: &str, address: &str) {
        self.start(element, "resource", address);
        self.0.push_str("/>");
    }

    /// The start of the element of a thing.
    pub fn about(&mut self, element: &str, address: &str) {
        self.start(element, "about", address);
        self.0.push('>');
    }

    pub fn open(&mut self, element: &str) {
        self.0.extend(["<", element, ">"]);
    }

    pub fn close(&mut self, element: &str) {
        self.0.extend(["</", element, ">"]);
    }

    /// What is written between them stands inside these elements; nothing, if nothing is written.
    pub fn within(&mut self, path: &str, write: impl FnOnce(&mut Self)) {
        let before = self.0.len();
        path.split('>').for_each(|element| self.open(element));
        let inside = self.0.len();
        write(self);
        if self.0.len() == inside {
            self.0.truncate(before);
        } else {
            path.rsplit('>').for_each(|element| self.close(element));
        }
    }

    /// The end of a line, where a line has begun.
    pub fn line(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with('\n') {
            self.0.push('\n');
        }
    }

    /// The document: these elements, with the prefixes they need, behind one in the words of another format.
    pub fn document(self, first: &str) -> String {
        let mut document = String::with_capacity(self.0.len() + 1500);
        document.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF");
        let mut used = [false; NAMESPACES.len()];
        for text in [self.0.as_str(), first] {
            note_prefixes(text, &mut used);
        }
        for ((prefix, vocabulary), used) in NAMESPACES.into_iter().zip(used) {
            if prefix == "rdf" || used {
                document.extend([" xmlns:", prefix, "=\"", vocabulary, "\"\n"]);
            }
        }
        document.truncate(document.trim_end().len());
        document.extend([">\n", first, "\n", &self.0, "</rdf:RDF>\n"]);
        document
    }

    fn start(&mut self, element: &str, attribute: &str, address: &str) {
        self.0.extend(["<", element, " rdf:", attribute, "=\""]);
        escape(&allowed(address), &mut self.0);
        self.0.push('"');
    }
}

/// Notes which prefixes the elements of a text have. All that is text in it is escaped, so each `<` begins a tag.
fn note_prefixes(text: &str, used: &mut [bool; NAMESPACES.len()]) {
    for tag in text.split('<').skip(1).filter(|tag| !tag.starts_with('/')) {
        let named = |prefix: &str| tag.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(':'));
        if let Some(at) = NAMESPACES.iter().position(|(prefix, _)| named(prefix)) {
            used[at] = true;
        }
    }
}

/// The text without characters that no XML document may hold. See <https://www.w3.org/TR/xml/#charsets>.
fn allowed(text: &str) -> Cow<'_, str> {
    let text = tidy(text);
    let never = |c: char| matches!(c, '\u{fffe}' | '\u{ffff}');
    // Both begin with this byte, which few texts have.
    if text.as_bytes().contains(&0xef) && text.contains(never) { text.replace(never, "").into() } else { text }
}

fn escape(text: &str, out: &mut String) {
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[copied..at]);
        out.push_str(entity);
        copied = at + 1;
    }
    out.push_str(&text[copied..]);
}
