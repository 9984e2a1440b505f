//! A bibliography as Markdown: one item of a list for each reference.
//!
//! It is read alike by <https://spec.commonmark.org/0.31.2/> and by readers that know tables, mathematics, footnotes or
//! templates too. Emphasis that stars cannot make, as between a quotation mark and a letter, is made by HTML.

use super::Bibliography;
use super::runs::{Look, Run, runs};
use crate::bibliography::library::Item;

pub(super) fn file<'a>(records: impl Iterator<Item = &'a Item>, bibliography: &Bibliography<'_>) -> String {
    records.map(|item| format!("- {}\n", paragraph(&runs(&bibliography.linked(item))))).collect()
}

/// Markdown that may need stars around it.
struct Piece {
    text: String,
    /// What stands before and behind it: stars, and HTML where they would stay stars.
    marks: Option<(&'static str, &'static str)>,
}

/// One line of Markdown.
fn paragraph(runs: &[Run]) -> String {
    let mut pieces = Vec::new();
    for group in runs.chunk_by(|a, b| a.link == b.link) {
        match &group[0].link {
            None => styled(&mut pieces, group),
            Some(href) => link(&mut pieces, group, href),
        }
    }
    let mut line = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let next = pieces.get(at + 1).and_then(|next| next.text.chars().next());
        match piece.marks {
            Some((stars, _)) if stars_work(line.chars().next_back(), &piece.text, next) => {
                line.extend([stars, &piece.text, stars]);
            }
            Some((_, tag)) => line.push_str(&format!("<{tag}>{}</{tag}>", piece.text)),
            None => line.push_str(&piece.text),
        }
    }
    start_escaped(line)
}

/// Text without a link, or within one.
fn styled(pieces: &mut Vec<Piece>, runs: &[Run]) {
    for group in runs.chunk_by(|a, b| a.look.italic == b.look.italic) {
        let weights = group.chunk_by(|a, b| a.look.bold == b.look.bold);
        let weights = weights.map(|group| (group[0].look.bold, group.iter().map(scripted).collect::<String>()));
        if group[0].look.italic {
            let tagged = weights.map(|(bold, text)| if bold { format!("<b>{text}</b>") } else { text });
            pieces.push(Piece { text: tagged.collect(), marks: Some(("*", "i")) });
        } else {
            pieces.extend(weights.map(|(bold, text)| Piece { text, marks: bold.then_some(("**", "b")) }));
        }
    }
}

fn scripted(run: &Run) -> String {
    let text = escaped(&run.text);
    run.look.script.map_or_else(|| text.clone(), |tag| format!("<{tag}>{text}</{tag}>"))
}

fn link(pieces: &mut Vec<Piece>, runs: &[Run], href: &str) {
    let bare = |text: String| Piece { text, marks: None };
    let shows_itself = runs.len() == 1 && runs[0].look == Look::default() && runs[0].text == href;
    if shows_itself && is_plain(href) && !href.contains('&') && has_scheme(href) {
        return pieces.push(bare(format!("<{href}>")));
    }
    pieces.push(bare("[".to_owned()));
    styled(pieces, runs);
    pieces.push(bare(format!("]({})", destination(href))));
}

/// An address as the place a link leads to. Entities would be read there, so an `&` is escaped.
fn destination(href: &str) -> String {
    let escaped: String = href
        .chars()
        .filter(|c| !c.is_control())
        .flat_map(|c| matches!(c, '<' | '>' | '\\' | '&').then_some('\\').into_iter().chain([c]))
        .collect();
    if is_plain(href) && !href.is_empty() { escaped } else { format!("<{escaped}>") }
}

/// Whether an address has none of the signs that end it.
fn is_plain(href: &str) -> bool {
    href.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '(' | ')' | '\\'))
}

fn has_scheme(href: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| href.starts_with(scheme))
}

/// Text with a backslash before every sign that means something to a reader of Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // An image begins with `![`, and a link may follow.
        let special =
            matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '^' | '|' | '$' | '{' | '}')
                || (c == '!' && rest.peek().is_none());
        if special {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A line that begins no list, heading, quotation or other block.
fn start_escaped(line: String) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let at = match line.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => digits,
        Some(b'#' | b'+' | b'-' | b':') if digits == 0 => 0,
        _ => return line,
    };
    [&line[..at], "\\", &line[at..]].concat()
}

/// Whether stars around a text are read as emphasis, whatever is thought of signs that are neither letters nor ASCII: see
/// <https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run>.
fn stars_work(before: Option<char>, text: &str, behind: Option<char>) -> bool {
    let is_word = |c: char| c.is_alphanumeric() && !matches!(c, '\u{2460}'..='\u{24ff}' | '\u{1f100}'..='\u{1f1ff}');
    let is_edge = |c: Option<char>| c.is_none_or(|c| c != '*' && (c.is_whitespace() || c.is_ascii_punctuation()));
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else { return false };
    let opens = is_word(first) || (is_edge(before) && !first.is_whitespace());
    let closes = is_word(last) || (is_edge(behind) && !last.is_whitespace());
    opens && closes && before != Some('*')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::markup::SafeHtml;

    #[test]
    fn references_become_markdown() {
        for (html, wanted) in [
            ("Turing, A. M. (1936). <i>Mind</i>, <i>59</i>(236).", "Turing, A. M. (1936). *Mind*, *59*(236)."),
            ("1984. A <i>b <span class=\"upright\">c</span> d</i>.", "1984\\. A *b* c *d*."),
            ("a<i>“b”</i>c, <b>d</b><i>e</i>", "a<i>“b”</i>c, **d**<i>e</i>"),
            ("<i>x <b>y</b> z</i>", "*x <b>y</b> z*"),
            (
                "H<sub>2</sub>O [1] a_b *c* #d &lt;i&gt; &amp;amp;",
                "H<sub>2</sub>O \\[1\\] a\\_b \\*c\\* #d \\<i\\> \\&amp;",
            ),
            ("# heading", "\\# heading"),
            ("See: <a href=\"https://a.org/b\">https://a.org/b</a>", "See: <https://a.org/b>"),
            ("Oh!<a href=\"https://a.org/?b&amp;c(d)\"><i>T</i></a>", "Oh\\![*T*](<https://a.org/?b\\&c(d)>)"),
            ("<div>[1]</div><div>A</div>", "\\[1\\] A"),
        ] {
            assert_eq!(paragraph(&runs(&SafeHtml::trusted(html.to_owned()))), wanted, "{html}");
        }
    }
}
