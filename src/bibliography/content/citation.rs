//! Citations in text: `[@key, p. 12; see @other]` and `@key`, written as Pandoc reads them.
//!
//! See <https://pandoc.org/MANUAL.html#citation-syntax>.

/// One or more records cited at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    pub cites: Vec<Cite>,
    /// Whether it stood in brackets; without them it is part of the sentence.
    pub bracketed: bool,
    /// As it was written.
    pub source: String,
}

/// One record within a citation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cite {
    /// The citation key.
    pub key: String,
    /// Words before it: "see".
    pub prefix: String,
    /// What follows the key: "p. 12".
    pub suffix: String,
    /// The names are left out: `-@key`.
    pub suppress_author: bool,
}

/// Reads what stands between brackets; None if it is no citation.
pub(super) fn bracketed(text: &str) -> Option<Citation> {
    let cites = text.split(';').map(cite).collect::<Option<Vec<_>>>()?;
    Some(Citation { cites, bracketed: true, source: format!("[{text}]") })
}

fn cite(part: &str) -> Option<Cite> {
    let at = part.match_indices('@').map(|(at, _)| at).find(|at| begins_key(part, *at))?;
    let before = &part[..at];
    let suppress_author = before.ends_with('-');
    let prefix = before.strip_suffix('-').unwrap_or(before).trim();
    let (key, rest) = match part[at + 1..].strip_prefix('{') {
        Some(braced) => braced.split_once('}')?,
        None => {
            let after = &part[at + 1..];
            after.split_at(after.find(|c: char| c == ',' || c.is_whitespace()).unwrap_or(after.len()))
        }
    };
    let suffix = rest.trim().trim_start_matches(',').trim();
    let valid = !key.is_empty() && !key.contains('@');
    valid.then(|| Cite { key: key.to_owned(), prefix: prefix.to_owned(), suffix: suffix.to_owned(), suppress_author })
}

/// The first citation in running text, and where it stands.
pub(super) fn first_in_text(text: &str) -> Option<(std::ops::Range<usize>, Citation)> {
    for (at, _) in text.match_indices('@') {
        let end = at + 1 + key_length(&text[at + 1..]);
        if begins_key(text, at) && !text[..at].ends_with('-') && end > at + 1 {
            let cite = Cite { key: text[at + 1..end].to_owned(), ..Cite::default() };
            let citation = Citation { cites: vec![cite], bracketed: false, source: text[at..end].to_owned() };
            return Some((at..end, citation));
        }
    }
    None
}

/// Whether the sign at that place begins a key, and is not in the midst of an address: `a@example.org`.
fn begins_key(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + 1..].chars().next();
    before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '.' | '/' | '@' | '\\'))
        && after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '{'))
}

/// Letters and digits, and single signs between them.
fn key_length(text: &str) -> usize {
    let mut length = 0;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() || c == '_' {
            length = at + c.len_utf8();
        } else if length < at || !":.#$%&-+?<>~/".contains(c) {
            break;
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_hold_citations_only_if_every_part_is_one() {
        let found = bracketed("see @turing1950, p. 12; -@{hardy wright}").unwrap();
        let wanted = [
            Cite { key: "turing1950".into(), prefix: "see".into(), suffix: "p. 12".into(), suppress_author: false },
            Cite { key: "hardy wright".into(), suppress_author: true, ..Cite::default() },
        ];
        assert_eq!(found.cites, wanted);
        for text in ["a@example.org", "@a; see b", "x", "", "@", "@@"] {
            assert_eq!(bracketed(text), None, "{text}");
        }
        assert_eq!(bracketed("@doi:10.1/x_y").unwrap().cites[0].key, "doi:10.1/x_y");
    }

    #[test]
    fn a_key_in_a_sentence_ends_before_its_punctuation() {
        for (text, wanted) in [
            ("As @turing_1950-a.", Some((3..17, "turing_1950-a"))),
            ("(@müller2001)", Some((1..13, "müller2001"))),
            ("write to a@example.org", None),
            ("@ x", None),
            ("a@b @c", Some((4..6, "c"))),
        ] {
            let found = first_in_text(text).map(|(range, citation)| (range, citation.cites[0].key.clone()));
            assert_eq!(found, wanted.map(|(range, key)| (range, key.to_owned())), "{text}");
        }
    }
}
