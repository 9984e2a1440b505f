//! A reference cut into runs of text that look alike.

use super::super::escape::tidy;
use crate::bibliography::markup::{SafeHtml, Token, unescape};

/// Text in one look, at most one link around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    /// Plain, without ends of lines.
    pub text: String,
    pub look: Look,
    pub link: Option<String>,
}

/// How text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub italic: bool,
    pub bold: bool,
    /// `sup` or `sub`.
    pub script: Option<&'static str>,
}

/// An element that is open.
struct Open {
    look: Look,
    link: Option<String>,
    is_block: bool,
}

/// The runs of a reference. Neighbours differ; emphasis begins and ends with a word, and there is no white space at the ends.
pub(super) fn runs(html: &SafeHtml) -> Vec<Run> {
    let html = tidy(html.as_str());
    let html = SafeHtml::trusted(html.into_owned());
    let mut reader = Reader::default();
    for token in html.tokens() {
        match token {
            Token::Text(text) => reader.text(&unescape(text).replace(['\n', '\t'], " ")),
            Token::Open(tag) if tag.is_void() => reader.text(" "),
            Token::Open(tag) => {
                let (look, link) = reader.around();
                let link = if tag.name == "a" { tag.attribute("href").map(Into::into) } else { link };
                let look = inside(look, tag.name, &tag.attribute("class").unwrap_or_default());
                reader.open.push(Open { look, link, is_block: matches!(tag.name, "div" | "p" | "li") });
            }
            Token::Close(_) => reader.close(),
        }
    }
    reader.finish()
}

/// How text in an element looks, by what looks how around it.
fn inside(around: Look, element: &str, class: &str) -> Look {
    match element {
        "i" | "em" => Look { italic: true, ..around },
        "b" | "strong" => Look { bold: true, ..around },
        "sup" => Look { script: Some("sup"), ..around },
        "sub" => Look { script: Some("sub"), ..around },
        "span" if class == "upright" => Look { italic: false, ..around },
        _ => around,
    }
}

#[derive(Default)]
struct Reader {
    runs: Vec<Run>,
    open: Vec<Open>,
}

impl Reader {
    /// The look and the link of text that comes next.
    fn around(&self) -> (Look, Option<String>) {
        self.open.last().map_or_else(Default::default, |open| (open.look, open.link.clone()))
    }

    fn text(&mut self, text: &str) {
        let (look, link) = self.around();
        let words = text.trim();
        let start = text.len() - text.trim_start().len();
        self.push(&text[..start], Look::default(), link.clone());
        self.push(words, look, link.clone());
        self.push(&text[start + words.len()..], Look::default(), link);
    }

    fn push(&mut self, text: &str, look: Look, link: Option<String>) {
        if text.is_empty() {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if last.look == look && last.link == link => last.text.push_str(text),
            _ => self.runs.push(Run { text: text.to_owned(), look, link }),
        }
    }

    fn close(&mut self) {
        if self.open.pop().is_some_and(|open| open.is_block) {
            self.push(" ", Look::default(), None);
        }
    }

    fn finish(mut self) -> Vec<Run> {
        self.join();
        while let Some(first) = self.runs.first_mut() {
            first.text = first.text.trim_start().to_owned();
            if !first.text.is_empty() {
                break;
            }
            self.runs.remove(0);
        }
        while let Some(last) = self.runs.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            self.runs.pop();
        }
        self.runs
    }

    /// White space between emphasised words is emphasised with them.
    fn join(&mut self) {
        for at in 1..self.runs.len().saturating_sub(1) {
            let (before, after) = (self.runs[at - 1].clone(), &self.runs[at + 1]);
            let (italic, bold) = (before.look.italic && after.look.italic, before.look.bold && after.look.bold);
            let alike = before.link == after.link && before.link == self.runs[at].link;
            if alike && self.runs[at].text.trim().is_empty() {
                self.runs[at].look = Look { italic, bold, script: None };
            }
        }
    }
}
