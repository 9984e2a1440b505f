//! Zotero's micro-markup: the few tags that titles may hold.
//!
//! `<i> <b> <sub> <sup> <span style="font-variant:small-caps;"> <span class="nocase">` and the older `<sc>`, in pairs.
//! Everything else is literal text: other tags, `a < b`, `&amp;`, a tag without its partner. The list is that of
//! <https://www.zotero.org/support/kb/rich_text_bibliography>.

use crate::bibliography::markup::SafeHtml;

/// A title as HTML: its marks as elements, the rest escaped.
#[must_use]
pub fn title(text: &str) -> SafeHtml {
    html(text, false)
}

/// A title as HTML for a place that is in italics already: what it sets in italics comes out upright.
#[must_use]
pub fn title_in_italics(text: &str) -> SafeHtml {
    html(text, true)
}

/// A title without its marks, for sorting, feeds, file names and wherever HTML cannot go.
#[must_use]
pub fn plain(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let pieces = pieces(text);
    pieces.iter().filter(|piece| matches!(piece.role, Role::Text)).map(|piece| piece.raw).collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Italic,
    Bold,
    Sub,
    Super,
    SmallCaps,
    /// Protects from changes of case: of no effect on a page.
    NoCase,
    /// A `span` that means nothing here; it is told apart so that its end is not taken for another's.
    OtherSpan,
}

impl Mark {
    fn opening(tag: &str) -> Option<Self> {
        Some(match tag {
            "i" => Self::Italic,
            "b" => Self::Bold,
            "sub" => Self::Sub,
            "sup" => Self::Super,
            "sc" => Self::SmallCaps,
            _ => {
                let attributes = tag.strip_prefix("span").filter(|rest| rest.starts_with(char::is_whitespace))?;
                let kept = |c: &char| !c.is_whitespace() && !matches!(c, '"' | '\'' | ';');
                match attributes.chars().filter(kept).collect::<String>().as_str() {
                    "style=font-variant:small-caps" => Self::SmallCaps,
                    "class=nocase" => Self::NoCase,
                    _ => Self::OtherSpan,
                }
            }
        })
    }

    fn is_closed_by(self, tag: &str, opening: &str) -> bool {
        match self {
            Self::Italic => tag == "/i",
            Self::Bold => tag == "/b",
            Self::Sub => tag == "/sub",
            Self::Super => tag == "/sup",
            Self::SmallCaps if opening == "<sc>" => tag == "/sc",
            Self::SmallCaps | Self::NoCase | Self::OtherSpan => tag == "/span",
        }
    }
}

#[derive(Clone, Copy)]
enum Role {
    Text,
    Open(Mark),
    Close,
}

struct Piece<'a> {
    raw: &'a str,
    role: Role,
}

/// The text cut at its marks. Marks that have no partner are text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    // Marks that wait for their partner: where they stand among the pieces.
    let mut open: Vec<(usize, Mark)> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let Some(tag) = tag_at(&rest[at..]) else {
            pieces.push(Piece { raw: &rest[..=at], role: Role::Text });
            rest = &rest[at + 1..];
            continue;
        };
        pieces.push(Piece { raw: &rest[..at], role: Role::Text });
        if let Some(mark) = Mark::opening(tag) {
            open.push((pieces.len(), mark));
        } else if let Some(partner) =
            open.iter().rposition(|(place, mark)| mark.is_closed_by(tag.trim_end(), pieces[*place].raw))
        {
            let (place, mark) = open[partner];
            open.truncate(partner);
            if mark != Mark::OtherSpan {
                pieces[place].role = Role::Open(mark);
                pieces.push(Piece { raw: &rest[at..at + tag.len() + 2], role: Role::Close });
                rest = &rest[at + tag.len() + 2..];
                continue;
            }
        }
        pieces.push(Piece { raw: &rest[at..at + tag.len() + 2], role: Role::Text });
        rest = &rest[at + tag.len() + 2..];
    }
    pieces.push(Piece { raw: rest, role: Role::Text });
    pieces
}

/// What stands between `<` and `>`, if that can be one of our tags. None of them is long.
fn tag_at(text: &str) -> Option<&str> {
    let inner = &text[1..];
    let end = inner.bytes().take(80).position(|byte| matches!(byte, b'<' | b'>'))?;
    let tag = &inner[..end];
    let begins = tag.starts_with(|c: char| c == '/' || c.is_ascii_lowercase());
    (inner.as_bytes()[end] == b'>' && begins).then_some(tag)
}

fn html(text: &str, in_italics: bool) -> SafeHtml {
    if !text.contains('<') {
        return SafeHtml::escape(text);
    }
    let mut html = String::with_capacity(text.len() + text.len() / 4);
    let mut italic = in_italics;
    let mut open: Vec<(Mark, &'static str)> = Vec::new();
    for piece in pieces(text) {
        match piece.role {
            Role::Text => html.push_str(SafeHtml::escape(piece.raw).as_str()),
            Role::Open(mark) => {
                let (start, end) = element(mark, italic);
                italic ^= mark == Mark::Italic;
                html.push_str(start);
                open.push((mark, end));
            }
            Role::Close => {
                let Some((mark, end)) = open.pop() else { continue };
                italic ^= mark == Mark::Italic;
                html.push_str(end);
            }
        }
    }
    SafeHtml::trusted(html)
}

/// Start and end of the element for a mark. Classes, since the site's policy forbids inline styles.
fn element(mark: Mark, italic: bool) -> (&'static str, &'static str) {
    match mark {
        Mark::Italic if italic => ("<span class=\"upright\">", "</span>"),
        Mark::Italic => ("<i>", "</i>"),
        Mark::Bold => ("<b>", "</b>"),
        Mark::Sub => ("<sub>", "</sub>"),
        Mark::Super => ("<sup>", "</sup>"),
        Mark::SmallCaps => ("<span class=\"small-caps\">", "</span>"),
        Mark::NoCase | Mark::OtherSpan => ("", ""),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn marks_in_pairs_become_elements_and_all_else_is_text() {
        for (text, wanted, bare) in [
            ("The <i>E. coli</i> genome", "The <i>E. coli</i> genome", "The E. coli genome"),
            ("H<sub>2</sub>O<sup>+</sup>", "H<sub>2</sub>O<sup>+</sup>", "H2O+"),
            (
                "<span style=\"font-variant:small-caps;\">a</span> <span style='font-variant: small-caps'>b</span> <sc>c</sc>",
                "<span class=\"small-caps\">a</span> <span class=\"small-caps\">b</span> <span class=\"small-caps\">c</span>",
                "a b c",
            ),
            ("<span class=\"nocase\">eBay</span>", "eBay", "eBay"),
            ("<i>On <i>Hamlet</i></i>", "<i>On <span class=\"upright\">Hamlet</span></i>", "On Hamlet"),
            ("a < b & c", "a &lt; b &amp; c", "a < b & c"),
            ("&amp; <em>x</em>", "&amp;amp; &lt;em&gt;x&lt;/em&gt;", "&amp; <em>x</em>"),
            ("<i>open", "&lt;i&gt;open", "<i>open"),
            ("close</i>", "close&lt;/i&gt;", "close</i>"),
            ("<i>a<b>b</i>c</b>", "<i>a&lt;b&gt;b</i>c&lt;/b&gt;", "a<b>bc</b>"),
            ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;", "<script>x</script>"),
            (
                "<span class=\"nocase\"><span onclick=\"x\">a</span></span>",
                "&lt;span onclick=&quot;x&quot;&gt;a&lt;/span&gt;",
                "<span onclick=\"x\">a</span>",
            ),
            ("<i></i>", "<i></i>", ""),
            ("x<", "x&lt;", "x<"),
        ] {
            assert_eq!(title(text).as_str(), wanted, "{text}");
            assert_eq!(plain(text), bare, "{text}");
        }
    }

    #[test]
    fn in_italics_italics_are_upright() {
        let html = title_in_italics("a <i>b <i>c</i></i>");
        assert_eq!(html.as_str(), "a <span class=\"upright\">b <i>c</i></span>");
    }

    /// The text of well-formed HTML of ours; None if a tag has no partner.
    fn text_of(html: &str) -> Option<String> {
        let mut text = String::new();
        let mut open = Vec::new();
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            let end = at + rest[at..].find('>')?;
            text.push_str(&rest[..at]);
            let tag = &rest[at + 1..end];
            match tag.strip_prefix('/') {
                Some(name) => (open.pop()? == name).then_some(())?,
                None => open.push(tag.split(' ').next()?),
            }
            rest = &rest[end + 1..];
        }
        text.push_str(rest);
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
        open.is_empty().then(|| text.replace("&amp;", "&"))
    }

    proptest! {
        #[test]
        fn html_is_balanced_and_says_what_the_plain_text_says(
            parts in prop::collection::vec(prop_oneof![
                Just("<i>"), Just("</i>"), Just("<b>"), Just("</b>"), Just("<sc>"), Just("</sc>"), Just("</span>"),
                Just("<span class=\"nocase\">"), Just("<span style=\"font-variant:small-caps;\">"), Just("<span x>"),
                Just("<"), Just(">"), Just("&amp;"), Just("é"), Just("<script>"), Just("</sup >"), Just("<sup>"),
            ], 0..20),
            tail in ".{0,30}",
        ) {
            let text = parts.concat() + &tail;
            prop_assert_eq!(text_of(title(&text).as_str()), Some(plain(&text)));
            prop_assert_eq!(text_of(title_in_italics(&text).as_str()), Some(plain(&text)));
        }
    }
}
