//! A record's text becomes text with marks: the tags that Zotero knows, and pairs of straight quotes.

use crate::bibliography::citation::processor::marks::{self, END_KEEP_CASE, Format, KEEP_CASE, is_mark};

use super::quotes;

/// The text without characters that could be taken for marks, nothing else changed.
pub(in super::super) fn unmarked(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The text with its tags and straight quotes as marks. Tags without a partner, and all others, stay as text.
pub(in super::super) fn read(text: &str) -> String {
    let text = unmarked(text);
    let text = if text.contains('<') { tags(&text) } else { text };
    if text.contains(['"', '\'']) { quotes::straight(&text) } else { text }
}

/// What a tag opens: its spelling, the two marks, and how it ends.
const TAGS: [(&str, Format, &str); 7] = [
    ("<i>", Format::ITALIC, "</i>"),
    ("<b>", Format::BOLD, "</b>"),
    ("<sup>", Format::SUPERSCRIPT, "</sup>"),
    ("<sub>", Format::SUBSCRIPT, "</sub>"),
    ("<sc>", Format::SMALL_CAPS, "</sc>"),
    ("<span style=\"font-variant:small-caps;\">", Format::SMALL_CAPS, "</span>"),
    ("<span style=\"font-variant: small-caps;\">", Format::SMALL_CAPS, "</span>"),
];
/// Keeps the case of what it holds.
const NO_CASE: &str = "<span class=\"nocase\">";

/// An opened tag that waits for its end.
struct Waiting {
    /// Where its text stands in the output, and how long it is.
    at: usize,
    len: usize,
    mark: char,
    close: char,
    end: &'static str,
}

fn tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut waiting: Vec<Waiting> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        if let Some(found) = waiting.iter().rposition(|tag| rest.starts_with(tag.end)) {
            let tag = waiting.swap_remove(found);
            waiting.truncate(found);
            rest = &rest[tag.end.len()..];
            out.replace_range(tag.at..tag.at + tag.len, tag.mark.encode_utf8(&mut [0; 4]));
            out.push(tag.close);
            continue;
        }
        let len = match opened(rest) {
            Some((len, mark, close, end)) => {
                waiting.push(Waiting { at: out.len(), len, mark, close, end });
                len
            }
            None => 1,
        };
        out.push_str(&rest[..len]);
        rest = &rest[len..];
    }
    out.push_str(rest);
    out
}

fn opened(rest: &str) -> Option<(usize, char, char, &'static str)> {
    if rest.starts_with(NO_CASE) {
        return Some((NO_CASE.len(), KEEP_CASE, END_KEEP_CASE, "</span>"));
    }
    let (tag, format, end) = TAGS.iter().find(|(tag, ..)| rest.starts_with(tag))?;
    Some((tag.len(), marks::open(format.and(Format::TOGGLE)), marks::CLOSE, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks made visible.
    fn shown(text: &str) -> String {
        let show = |c: char| match c {
            marks::CLOSE => "}".to_owned(),
            KEEP_CASE => "<".to_owned(),
            END_KEEP_CASE => ">".to_owned(),
            marks::QUOTE => "«".to_owned(),
            marks::UNQUOTE => "»".to_owned(),
            c if is_mark(c) => "{".to_owned(),
            c => c.to_string(),
        };
        text.chars().map(show).collect()
    }

    #[test]
    fn tags_in_pairs_are_formatting_and_all_others_are_text() {
        for (text, expected) in [
            ("<i>n</i>-Butanol", "{n}-Butanol"),
            ("a <b>bold <i>word</i></b>", "a {bold {word}}"),
            ("<span class=\"nocase\">iOS</span> x", "<iOS> x"),
            ("x < y", "x < y"),
            ("an <i>open tag", "an <i>open tag"),
            ("<i>crossed <b>over</i> here</b>", "{crossed <b>over} here</b>"),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("a \"quoted\" word", "a «quoted» word"),
            ("for\u{e000}ged", "forged"),
        ] {
            assert_eq!(shown(&read(text)), expected, "{text}");
        }
    }
}
