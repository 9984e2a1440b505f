//! Subtitles with a capital, as Zotero asks of its processor for APA's styles.

use super::case::capitalize_first;
use crate::bibliography::citation::processor::marks::is_mark;

/// Signs that end a main title when a space follows.
const ENDS: [char; 5] = [':', '?', '!', '.', '—'];

/// Gives what follows `: ? ! . —` a capital; in French locales a narrow space stands before `: ? !`.
pub(in super::super) fn capitalized(text: &str, french: bool) -> String {
    let text = text.replace(" — ", "—");
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut previous = None;
    for (at, c) in text.char_indices() {
        let splits = match previous {
            Some('—') => !c.is_whitespace(),
            Some(sign) if ENDS.contains(&sign) => c == ' ',
            _ => false,
        };
        if splits && at > start {
            let end = if c == ' ' { at + 1 } else { at };
            pieces.push(&text[start..end]);
            start = end;
        }
        if !is_mark(c) {
            previous = Some(c);
        }
    }
    pieces.push(&text[start..]);
    let main_keeps = pieces.len() == 2;
    let last = pieces.len() - 1;
    let mut out = String::with_capacity(text.len() + 8);
    for (index, piece) in pieces.iter().enumerate() {
        let piece = if index == 0 && main_keeps { (*piece).to_owned() } else { capitalize_first(piece) };
        if index < last { push_spaced(&piece, french, &mut out) } else { out.push_str(&piece) }
    }
    out
}

/// A piece with its sign at the end: no space before that, or in French a narrow one.
fn push_spaced(piece: &str, french: bool, out: &mut String) {
    let body = piece.trim_end_matches(' ');
    let Some(sign) = body.chars().last().filter(|c| matches!(c, ':' | '?' | '!')) else { return out.push_str(piece) };
    out.push_str(body[..body.len() - sign.len_utf8()].trim_end());
    if french {
        out.push('\u{202f}');
    }
    out.push(sign);
    out.push(' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtitles_begin_with_a_capital() {
        for (text, expected) in [
            ("the tide: a history", "the tide: A history"),
            ("the tide", "The tide"),
            ("what tide? the sea: a history", "What tide? The sea: A history"),
            ("the tide — a history", "the tide—A history"),
        ] {
            assert_eq!(capitalized(text, false), expected);
        }
        assert_eq!(capitalized("l’hiver : mémoire", true), "l’hiver\u{202f}: Mémoire");
        assert_eq!(capitalized("l’hiver : mémoire", false), "l’hiver: Mémoire");
        assert_eq!(capitalized("what is it for?", true), "What is it for?");
    }
}
