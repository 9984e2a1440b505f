//! The end of the way: characters with formatting become HTML and plain text. Only here is text escaped.

use std::ops::Range;

use super::cells::{Cell, cells};
use super::locale::Locale;
use super::marks::{DIVISIONS, END_DIVISION, Format};
use crate::bibliography::markup::SafeHtml;

/// A formatted reference or citation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    pub html: SafeHtml,
    pub text: String,
    /// Where the work's title stands in the HTML, its own elements included.
    pub title: Option<Range<usize>>,
}

impl Entry {
    /// Whether the style prints nothing for the record.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Tags for formatting, in the order in which they nest.
const TAGS: [(Format, &str, &str); 6] = [
    (Format::ITALIC, "<i>", "</i>"),
    (Format::BOLD, "<b>", "</b>"),
    (Format::SMALL_CAPS, "<span class=\"csl-small-caps\">", "</span>"),
    (Format::UNDERLINE, "<u>", "</u>"),
    (Format::SUPERSCRIPT, "<sup>", "</sup>"),
    (Format::SUBSCRIPT, "<sub>", "</sub>"),
];
const DIVISION_CLASSES: [&str; 4] = ["csl-block", "csl-left-margin", "csl-right-inline", "csl-indent"];

/// Text with marks as HTML and plain text; see [`cells`] for `brackets`.
pub(super) fn finish(marked: &str, locale: &Locale, brackets: bool) -> Entry {
    let cells = cells(marked, locale, brackets);
    let mut writer = Writer {
        html: String::with_capacity(marked.len() + 64),
        text: String::with_capacity(marked.len()),
        title: None,
    };
    let mut rest = cells.as_slice();
    while let Some(first) = rest.first() {
        if first.c == END_DIVISION || DIVISIONS.contains(&first.c) {
            writer.division(first.c);
            rest = &rest[1..];
            continue;
        }
        let same = |cell: &&Cell| cell.link == first.link && cell.title == first.title && !is_division(cell.c);
        let len = rest.iter().take_while(same).count();
        let (stretch, behind) = rest.split_at(len);
        writer.stretch(stretch);
        rest = behind;
    }
    Entry { html: SafeHtml::trusted(writer.html), text: writer.text.trim().to_owned(), title: writer.title }
}

fn is_division(c: char) -> bool {
    c == END_DIVISION || DIVISIONS.contains(&c)
}

struct Writer {
    html: String,
    text: String,
    title: Option<Range<usize>>,
}

impl Writer {
    fn division(&mut self, mark: char) {
        if mark == END_DIVISION {
            self.html.push_str("</div>");
            self.text.push(' ');
            return;
        }
        let class = DIVISIONS.iter().position(|own| *own == mark).map_or("", |index| DIVISION_CLASSES[index]);
        self.html.push_str("<div class=\"");
        self.html.push_str(class);
        self.html.push_str("\">");
    }

    /// Characters of one link or none, of the title or not.
    fn stretch(&mut self, cells: &[Cell]) {
        let Some(first) = cells.first() else { return };
        let start = self.html.len();
        let href = (first.link > 0).then(|| address(cells)).flatten();
        if let Some(href) = &href {
            self.html.push_str("<a href=\"");
            self.html.push_str(SafeHtml::escape(href).as_str());
            self.html.push_str("\" rel=\"nofollow noopener noreferrer\">");
        }
        let mut open = Format::default();
        for cell in cells {
            self.change(open, cell.format);
            open = cell.format;
            self.character(cell.c);
        }
        self.change(open, Format::default());
        if href.is_some() {
            self.html.push_str("</a>");
        }
        if first.title && self.title.is_none() {
            self.title = Some(start..self.html.len());
        }
    }

    /// Closes and opens tags so that they stay nested: what is open beneath a tag that closes is closed, too.
    fn change(&mut self, from: Format, to: Format) {
        if from == to {
            return;
        }
        let kept = TAGS.iter().take_while(|(format, ..)| from.has(*format) == to.has(*format)).count();
        for (format, _, end) in TAGS[kept..].iter().rev() {
            if from.has(*format) {
                self.html.push_str(end);
            }
        }
        for (format, begin, _) in &TAGS[kept..] {
            if to.has(*format) {
                self.html.push_str(begin);
            }
        }
    }

    fn character(&mut self, c: char) {
        self.text.push(c);
        match c {
            '&' => self.html.push_str("&amp;"),
            '<' => self.html.push_str("&lt;"),
            '>' => self.html.push_str("&gt;"),
            '"' => self.html.push_str("&quot;"),
            c => self.html.push(c),
        }
    }
}

/// Where a link leads: an address as it is, a DOI through its resolver; nothing else is linked.
fn address(cells: &[Cell]) -> Option<String> {
    let text: String = cells.iter().map(|cell| cell.c).collect();
    let text = text.trim();
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        return Some(text.to_owned());
    }
    text.starts_with("10.").then(|| ["https://doi.org/", text].concat())
}
