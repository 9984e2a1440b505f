//! An entry of a BibTeX or BibLaTeX file while it is written.

/// `@type{key,` and its fields so far.
pub(super) struct Entry {
    text: String,
    tags: Vec<&'static str>,
}

impl Entry {
    pub fn new(kind: &str, key: &str) -> Self {
        Self { text: format!("@{kind}{{{key}"), tags: Vec::new() }
    }

    /// A field in braces; nothing, if the value is empty.
    pub fn braced(&mut self, tag: &'static str, value: &str) {
        if !value.is_empty() {
            self.field(tag, &["{", value, "}"]);
        }
    }

    /// A macro such as `may`, without braces.
    pub fn bare(&mut self, tag: &'static str, value: &str) {
        self.field(tag, &[value]);
    }

    pub fn has(&self, tag: &str) -> bool {
        self.tags.contains(&tag)
    }

    /// The whole entry.
    pub fn finish(mut self) -> String {
        self.text.push_str(",\n}");
        self.text
    }

    fn field(&mut self, tag: &'static str, parts: &[&str]) {
        self.tags.push(tag);
        for part in [",\n\t", tag, " = "].iter().chain(parts) {
            self.text.push_str(part);
        }
    }
}
