//! HTML as plain text, and plain text as HTML.

use std::borrow::Cow;

use crate::bibliography::markup::sanitiser;
use crate::bibliography::markup::tags::{Token, tokens, unescape};

/// The longest title of a note, as in Zotero.
const TITLE: usize = 120;

/// How deep elements may be nested. A note of half a million characters can hold 100 000 of them, over which a parser of
/// HTML takes minutes; people's notes have hardly a dozen.
const DEPTH: usize = 250;

/// The text of a note: blocks and line breaks end lines, white space is folded, empty lines are left out.
#[must_use]
pub fn plain_text_of_html(html: &str) -> String {
    let clean = sanitiser::note(&bounded(&paragraphs(html)));
    let mut lines = vec![String::new()];
    let mut preformatted = 0_usize;
    for token in tokens(&clean) {
        match token {
            Token::Text(text) => {
                for (at, line) in unescape(text).split('\n').enumerate() {
                    let new_line = at > 0 && preformatted > 0;
                    append(&mut lines, line, at > 0, new_line);
                }
            }
            Token::Open(tag) => {
                preformatted += usize::from(tag.name == "pre");
                break_line(&mut lines, tag.name);
            }
            Token::Close(name) => {
                preformatted -= usize::from(name == "pre").min(preformatted);
                break_line(&mut lines, name);
            }
        }
    }
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// The first line of a note that says something, cut at a word as Zotero cuts the titles of notes; empty for an empty note.
#[must_use]
pub fn note_title(html: &str) -> String {
    let text = plain_text_of_html(html);
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= TITLE {
        return line.to_owned();
    }
    let cut: String = line.chars().take(TITLE).collect();
    let end = cut.rfind(' ').filter(|at| *at > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([' ', ',', ';', ':']))
}

fn append(lines: &mut Vec<String>, text: &str, after_break: bool, new_line: bool) {
    if new_line {
        lines.push(String::new());
    }
    let Some(line) = lines.last_mut() else { return };
    if after_break && !line.ends_with(' ') {
        line.push(' ');
    }
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !line.ends_with(' ') {
            line.push(c);
        }
    }
}

fn break_line(lines: &mut Vec<String>, name: &str) {
    let inline = matches!(
        name,
        "a" | "abbr" | "b" | "bdi" | "bdo" | "cite" | "code" | "del" | "dfn" | "em" | "i" | "img" | "ins" | "kbd"
    ) || matches!(
        name,
        "mark"
            | "q"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "u"
    );
    if matches!(name, "td" | "th") {
        append(lines, " ", false, false);
    } else if !inline {
        lines.push(String::new());
    }
}

/// A note without a single tag, as old ones are, in paragraphs; any other as it is.
pub(super) fn paragraphs(html: &str) -> Cow<'_, str> {
    let is_tag = |at: usize| html[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
    if html.match_indices('<').any(|(at, _)| is_tag(at)) {
        return Cow::Borrowed(html);
    }
    let text = html.replace("\r\n", "\n").replace('\r', "\n");
    let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    Cow::Owned(paragraphs.map(|paragraph| format!("<p>{}</p>", paragraph.replace('\n', "<br>"))).collect())
}

/// The HTML, or if it is nested deeper than people nest, its words alone.
pub(super) fn bounded(html: &str) -> Cow<'_, str> {
    let mut depth = 0_usize;
    for (at, _) in html.match_indices('<') {
        let rest = &html[at + 1..];
        if rest.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) && !needs_no_end(rest) {
            depth += 1;
        }
        if depth > DEPTH {
            return Cow::Owned(words(html));
        }
    }
    Cow::Borrowed(html)
}

/// Elements that end by themselves: many of them in a row are not deep.
fn needs_no_end(tag: &str) -> bool {
    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let ends_itself = ["p", "li", "dt", "dd", "tr", "td", "th", "br", "hr", "img", "col", "wbr", "option", "rt", "rp"];
    ends_itself.contains(&name.as_str())
}

/// HTML without anything that looks like a tag.
fn words(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    for (at, piece) in html.split('<').enumerate() {
        let text = if at == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) };
        words.push_str(text);
        words.push(' ');
    }
    words
}
