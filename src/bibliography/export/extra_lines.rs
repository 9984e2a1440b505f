//! Extra as Zotero's BibTeX and BibLaTeX exporters take it apart: the citation key, identifiers, and the rest.

use crate::bibliography::library::white_space::trim;

/// What Extra holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ExtraLines<'a> {
    /// Label and value of the lines that are identifiers, in their order.
    pub identifiers: Vec<(&'a str, &'a str)>,
    /// The lines that are neither the citation key nor an identifier; blank ones are gone. An empty one is an end of Extra.
    pub rest: Vec<&'a str>,
}

impl<'a> ExtraLines<'a> {
    /// Takes Extra apart; `is_identifier` knows the labels that the format has fields for, in their exact case.
    pub fn read(extra: &'a str, is_identifier: impl Fn(&str) -> bool) -> Self {
        let mut lines = Self::default();
        let mut key_found = false;
        for line in pieces(extra) {
            match labelled(line) {
                Some((label, value)) if !key_found && !value.is_empty() && label.to_lowercase() == "citation key" => {
                    key_found = true;
                }
                Some((label, value)) if !value.is_empty() && is_identifier(label) => {
                    lines.identifiers.push((label, value));
                }
                _ => lines.rest.push(line),
            }
        }
        lines
    }
}

/// The lines of a text as `split(/[\r\n]+/)` makes them: runs of line ends part them, so only the first and the last can
/// be empty.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let last = text.len();
    text.split(['\r', '\n'])
        .scan(0, |at, piece| {
            let start = *at;
            *at += piece.len() + 1;
            Some((start, piece))
        })
        .filter(move |(start, piece)| !piece.is_empty() || *start == 0 || *start == last)
        .map(|(_, piece)| piece)
}

/// `label: value`; the label has two characters or more.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let line = trim(line);
    let colon =
        line.find(':').filter(|_| line.chars().take_while(|c| *c != ':').map(char::len_utf16).sum::<usize>() > 1)?;
    Some((trim(&line[..colon]), trim(&line[colon + 1..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_identifiers_leave_the_rest_in_its_order() {
        let extra = "first\r\n\nPMID : 12\ncitation key: a\nCitation Key: b\npmid: 3\nDOI:\nx:y:z\n";
        let lines = ExtraLines::read(extra, |label| matches!(label, "PMID" | "DOI"));
        assert_eq!(lines.identifiers, [("PMID", "12")]);
        assert_eq!(lines.rest, ["first", "Citation Key: b", "pmid: 3", "DOI:", "x:y:z", ""]);
    }
}
