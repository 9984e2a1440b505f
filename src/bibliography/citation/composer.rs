//! A reference being written: as HTML and as text, sentence by sentence.

use std::borrow::Cow;

use crate::bibliography::citation::Reference;
use crate::bibliography::markup::{self, SafeHtml};

/// Writes a reference. What it is given is escaped; only titles may have Zotero's micro-markup.
#[derive(Default)]
pub(super) struct Composer {
    html: String,
    text: String,
    title: Option<std::ops::Range<usize>>,
}

impl Composer {
    /// Plain words, their spaces as they are.
    pub fn words(&mut self, words: &str) {
        self.html.push_str(SafeHtml::escape(words).as_str());
        self.text.push_str(words);
    }

    /// The name of a work with its marks, upright.
    pub fn upright(&mut self, name: &str) {
        let name = folded(name);
        self.html.push_str(markup::title(&name).as_str());
        self.text.push_str(&markup::plain(&name));
    }

    /// The name of a work with its marks, in italics.
    pub fn italic(&mut self, name: &str) {
        let name = folded(name);
        self.html.push_str("<i>");
        self.html.push_str(markup::title_in_italics(&name).as_str());
        self.html.push_str("</i>");
        self.text.push_str(&markup::plain(&name));
    }

    /// The title of the work that the reference is about.
    pub fn title(&mut self, write: impl FnOnce(&mut Self)) {
        let start = self.html.len();
        write(self);
        self.title = Some(start..self.html.len());
    }

    pub fn link(&mut self, href: &str, label: &str) {
        let (escaped_href, escaped_label) = (SafeHtml::escape(href), SafeHtml::escape(label));
        for part in [
            "<a href=\"",
            escaped_href.as_str(),
            "\" rel=\"nofollow noopener noreferrer\">",
            escaped_label.as_str(),
            "</a>",
        ] {
            self.html.push_str(part);
        }
        self.text.push_str(label);
    }

    /// A space, unless nothing is there yet.
    pub fn space(&mut self) {
        if !self.text.is_empty() {
            self.html.push(' ');
            self.text.push(' ');
        }
    }

    /// Ends a sentence, if it has no end of its own: "What is it?" needs no full stop, nor does "Nature.”".
    pub fn stop(&mut self) {
        let bare = self.text.trim_end_matches(['"', '\'', '”', '’', '»', '«', '“', '‘']);
        let ended = ['.', '?', '!', '…', '。', '？', '！', '؟', '۔', '।'];
        if !bare.is_empty() && !bare.ends_with(ended) {
            self.html.push('.');
            self.text.push('.');
        }
    }

    /// A sentence of plain words, if there are any.
    pub fn sentence(&mut self, words: &str) {
        if !words.trim().is_empty() {
            self.space();
            self.words(words);
            self.stop();
        }
    }

    pub fn finish(self) -> Reference {
        Reference { html: SafeHtml::trusted(self.html), text: self.text, title: self.title }
    }
}

/// One space for each run of white space and control characters, none at the ends.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    let is_space = |c: char| c.is_whitespace() || c.is_control();
    let neat =
        !text.contains(|c: char| c != ' ' && is_space(c)) && !text.contains("  ") && text.trim().len() == text.len();
    if neat {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}
