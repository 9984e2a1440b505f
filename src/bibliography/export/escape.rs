//! Text for BibTeX and BibLaTeX: signs that TeX takes for its own, and capitals that styles would lower.
//!
//! See `escapeSpecialCharacters` in <https://github.com/zotero/translators/blob/master/BibTeX.js>.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;

/// How a brace without a partner is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unbalanced {
    /// With an invisible partner. See <https://tex.stackexchange.com/q/230750>.
    Phantom,
    /// Like any other.
    Bare,
    /// By its name, which needs no partner.
    Named,
}

/// The text with TeX's own signs escaped; letters stay Unicode.
pub(super) fn tex(text: &str, unbalanced: Unbalanced) -> String {
    let text = if unbalanced == Unbalanced::Named { tidy(text) } else { text.into() };
    // Few texts have braces: only those are looked through for partners.
    let mut lonely = None;
    let mut out = String::with_capacity(text.len() + 16);
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate().filter(|(_, byte)| SPECIAL[usize::from(*byte)]) {
        out.push_str(&text[copied..at]);
        copied = at + 1;
        match byte {
            b'|' => out.push_str(r"{\textbar}"),
            b'<' => out.push_str(r"{\textless}"),
            b'>' => out.push_str(r"{\textgreater}"),
            b'~' => out.push_str(r"{\textasciitilde}"),
            b'^' => out.push_str(r"{\textasciicircum}"),
            b'\\' => out.push_str(r"{\textbackslash}"),
            b'{' | b'}' => {
                let lonely = lonely.get_or_insert_with(|| alone(&text, unbalanced).into_iter().peekable());
                out.push_str(brace(byte, unbalanced, lonely.next_if_eq(&at).is_some()));
            }
            sign => out.extend(['\\', char::from(sign)]),
        }
    }
    out.push_str(&text[copied..]);
    out
}

/// The signs that mean something to TeX.
static SPECIAL: [bool; 256] = among(b"|<>~^\\{}#$%&_");

/// The bytes that controls and separators of lines consist of or begin with.
static SUSPECT: [bool; 256] = {
    let mut suspect = among(b"\x7f\xc2\xe2\xef");
    let mut byte = 0;
    while byte < b' ' {
        suspect[byte as usize] = !matches!(byte, b'\n' | b'\t');
        byte += 1;
    }
    suspect
};

/// A table of the bytes in a list: a look-up for each byte of a text costs less than comparing it with all of them.
pub(super) const fn among(list: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < list.len() {
        table[list[at] as usize] = true;
        at += 1;
    }
    table
}

/// The text as it may stand in a file of lines: controls are dropped, separators of lines are spaces.
pub(super) fn tidy(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut at, mut copied) = (0, 0);
    while let Some(skipped) = text.as_bytes()[at..].iter().position(|byte| SUSPECT[usize::from(*byte)]) {
        at += skipped;
        let Some(c) = text[at..].chars().next() else { break };
        let seen = visible(c);
        if seen != Some(c) {
            out.push_str(&text[copied..at]);
            out.extend(seen);
            copied = at + c.len_utf8();
        }
        at += c.len_utf8();
    }
    if copied == 0 {
        return text.into();
    }
    out.push_str(&text[copied..]);
    out.into()
}

fn brace(c: u8, unbalanced: Unbalanced, alone: bool) -> &'static str {
    match (c, unbalanced, alone) {
        (b'{', Unbalanced::Phantom, true) => r"\{\vphantom{\}}",
        (b'{', Unbalanced::Named, true) => r"{\textbraceleft}",
        (b'{', ..) => r"\{",
        (_, Unbalanced::Phantom, true) => r"\vphantom{\{}\}",
        (_, Unbalanced::Named, true) => r"{\textbraceright}",
        _ => r"\}",
    }
}

fn visible(c: char) -> Option<char> {
    match c {
        '\n' | '\t' | ' '..='~' => Some(c),
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if c.is_control() || c == '\u{feff}' => None,
        c => Some(c),
    }
}

/// The places of braces without a partner on their line, in their order. Of several closing braces in a row, the last ones
/// have the partners.
fn alone(text: &str, unbalanced: Unbalanced) -> Vec<usize> {
    let mut alone = Vec::new();
    if unbalanced == Unbalanced::Bare {
        return alone;
    }
    let (mut open, mut closing) = (Vec::new(), Vec::new());
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '{' | '}') || ends_line(*c)) {
        if c == '}' {
            closing.push(at);
            continue;
        }
        marry(&mut open, &mut closing, &mut alone);
        if c == '{' {
            open.push(at);
        } else {
            alone.append(&mut open);
        }
    }
    marry(&mut open, &mut closing, &mut alone);
    alone.append(&mut open);
    alone.sort_unstable();
    alone
}

/// Gives the last closing braces the last open ones; the first closing ones that are left stay alone.
fn marry(open: &mut Vec<usize>, closing: &mut Vec<usize>, alone: &mut Vec<usize>) {
    let pairs = open.len().min(closing.len());
    open.truncate(open.len() - pairs);
    alone.extend(closing.drain(..).rev().skip(pairs));
}

/// Line ends of JavaScript's `.`.
pub(super) fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// Puts braces around every word with a capital, but for a first word that has it at its beginning only.
pub(super) fn protect_capitals(text: &str) -> String {
    let part = |c: char| is_letter(c) || c.is_ascii_digit();
    let has_capital = |rest: &str| rest.chars().take_while(|c| part(*c)).any(is_capital);
    protect(text, part, |before, rest| {
        let mut chars = rest.chars();
        let (first, tail) = (chars.next(), chars.as_str());
        let second = tail.chars().next();
        match before {
            Some(_) if before.is_some_and(ends_line) => false,
            Some(_) => is_word(before) != is_word(first) && has_capital(rest),
            // The first word may begin with any letter, if none of its own letters begins a word.
            None => has_capital(tail) && is_word(first) == is_word(second),
        }
    })
}

/// Puts braces around every run of letters with a capital behind its first letter. A run counts from where a word begins in
/// it, which for one of ASCII and other letters may be in its middle.
pub(super) fn protect_inner_capitals(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let (mut copied, mut before) = (0, None);
    let (mut start, mut capital) = (None, false);
    // A sign that is no letter ends the last run.
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, is_letter(c)) {
            (None, true) => start = (is_word(before) != is_word(Some(c))).then_some(at),
            (Some(_), true) => capital |= is_capital(c),
            (_, false) => {
                if let Some(start) = start.take().filter(|_| capital) {
                    out.extend([&text[copied..start], "{", &text[start..at], "}"]);
                    copied = at;
                }
                capital = false;
            }
        }
        before = Some(c);
    }
    out.push_str(&text[copied..]);
    out
}

/// Puts braces around the words that are `wanted`, which hears what stands before a word and the text from there on.
fn protect(text: &str, part: impl Fn(char) -> bool, wanted: impl Fn(Option<char>, &str) -> bool) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let (mut before, mut at, mut copied) = (None, 0, 0);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let inside = c.is_ascii_alphanumeric() && before.is_some_and(|before: char| before.is_ascii_alphanumeric());
        if inside || !part(c) || !wanted(before, rest) {
            // What follows inside a word needs no look of its own.
            at += match c.is_ascii_alphanumeric() {
                true => rest.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len()),
                false => c.len_utf8(),
            };
            before = text[..at].chars().next_back();
            continue;
        }
        let word = &rest[..rest.find(|c| !part(c)).unwrap_or(rest.len())];
        for piece in [&text[copied..at], "{", word, "}"] {
            out.push_str(piece);
        }
        at += word.len();
        copied = at;
        before = word.chars().next_back();
    }
    out.push_str(&text[copied..]);
    out
}

/// A character of a word as JavaScript's `\b` sees it: it knows ASCII only.
fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// `\p{Letter}`.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || (!c.is_ascii() && c.is_alphabetic() && !c.is_numeric() && !is_combining_mark(c))
}

/// `\p{Uppercase_Letter}`, which circled capitals and Roman numerals are not.
fn is_capital(c: char) -> bool {
    c.is_uppercase() && !matches!(c, '\u{2160}'..='\u{216f}' | '\u{24b6}'..='\u{24cf}' | '\u{1f130}'..='\u{1f189}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn balanced_braces_need_no_partner_and_others_get_one() {
        for (text, phantom, named) in [
            ("a{b}c", r"a\{b\}c", r"a\{b\}c"),
            ("only { open", r"only \{\vphantom{\}} open", r"only {\textbraceleft} open"),
            ("} rev {", r"\vphantom{\{}\} rev \{\vphantom{\}}", r"{\textbraceright} rev {\textbraceleft}"),
            ("{a}b}", r"\{a\vphantom{\{}\}b\}", r"\{a{\textbraceright}b\}"),
            ("{\n}", "\\{\\vphantom{\\}}\n\\vphantom{\\{}\\}", "{\\textbraceleft}\n{\\textbraceright}"),
        ] {
            assert_eq!(tex(text, Unbalanced::Phantom), phantom, "{text}");
            assert_eq!(tex(text, Unbalanced::Named), named, "{text}");
        }
    }

    #[test]
    fn signs_of_tex_are_escaped() {
        assert_eq!(
            tex(r"x ~ ^ \ | < 1% #2 $3 a_b &", Unbalanced::Bare),
            r"x {\textasciitilde} {\textasciicircum} {\textbackslash} {\textbar} {\textless} 1\% \#2 \$3 a\_b \&"
        );
        assert_eq!(tex("a\u{0}b\u{2028}c", Unbalanced::Named), "ab c");
    }

    #[test]
    fn capitals_are_protected_word_by_word() {
        for (text, wanted, inner) in [
            (
                "3D iPhone U.S. HIV-1 McDonald",
                "{3D} {iPhone} {U}.{S}. {HIV}-1 {McDonald}",
                "3D {iPhone} U.S. {HIV}-1 {McDonald}",
            ),
            ("O'Brien and L’Oréal", "O'{Brien} and {L}’{Oréal}", "O'Brien and L’Oréal"),
            ("Über Alles in der Über Welt", "Über {Alles} in der Über {Welt}", "Über Alles in der Über Welt"),
            ("ÜBER", "Ü{BER}", "Ü{BER}"),
            ("Nasa First\nLine", "Nasa {First}\nLine", "Nasa First\nLine"),
            ("NASA CO2", "{NASA} {CO2}", "{NASA} {CO}2"),
            (r"A \& B\_c", r"A \& {B}\_c", r"A \& B\_c"),
        ] {
            assert_eq!(protect_capitals(text), wanted);
            assert_eq!(protect_inner_capitals(text), inner);
        }
    }
}
