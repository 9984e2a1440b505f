//! BibTeX and BibLaTeX entries as Zotero's records.

mod dates;
mod fields;
mod people;
mod record;
mod references;
mod text;
mod types;

use std::collections::BTreeSet;

use biblatex::{Bibliography, ParseError, RawBibliography};

use crate::zotero::record::Skipped;
use crate::zotero::source::file::keys::Keys;
use crate::zotero::source::file::{FileLibrary, Malformed};

/// All entries of a file. One that cannot be read is set aside.
pub(super) fn read(source: &str) -> Result<FileLibrary, Malformed> {
    let malformed =
        |error: ParseError| Malformed { reason: error.kind.to_string(), place: Some(place(source, error.span.start)) };
    let mut raw = RawBibliography::parse(source).map_err(malformed)?;
    let mut library = FileLibrary { problems: references::bound(&mut raw), ..FileLibrary::default() };
    let mut names = BTreeSet::new();
    raw.entries.retain(|entry| {
        let reason = match names.insert(entry.v.key.v) {
            false => "another entry has the same citation key",
            true if references::is_bottomless(&entry.v) => "its braces stand too deep in one another",
            true => return true,
        };
        library.skipped.push(Skipped::at(entry.v.key.v, as_written(source, &entry.span), &reason));
        false
    });
    let texts = text::marked(&raw);
    let mut raw = text::replace(raw, &texts);
    let entries = match Bibliography::from_raw(raw.clone()) {
        Ok(entries) => entries,
        Err(_) => {
            drop_unreadable(source, &mut raw, &mut library);
            Bibliography::from_raw(raw).map_err(malformed)?
        }
    };
    let mut keys = Keys::default();
    library.records = entries.iter().enumerate().map(|(at, entry)| record::record(entry, &mut keys, at)).collect();
    Ok(library)
}

/// An entry as it stands in the file. Its span ends before its last brace.
fn as_written<'t>(text: &'t str, span: &std::ops::Range<usize>) -> &'t str {
    let closed = usize::from(text[span.end..].starts_with(['}', ')']));
    &text[span.start..span.end + closed]
}

/// Takes out the entries that cannot be read on their own either.
fn drop_unreadable(text: &str, raw: &mut RawBibliography<'_>, library: &mut FileLibrary) {
    let abbreviations = raw.abbreviations.clone();
    raw.entries.retain(|entry| {
        let alone = RawBibliography {
            preamble: String::new(),
            entries: vec![entry.clone()],
            abbreviations: abbreviations.clone(),
        };
        let read = Bibliography::from_raw(alone);
        if let Err(error) = &read {
            library.skipped.push(Skipped::at(entry.v.key.v, as_written(text, &entry.span), &error.kind));
        }
        read.is_ok()
    });
}

/// Line and column of a byte, counted from 1.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..at.min(text.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    (line, before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_entry_becomes_a_record_and_loses_nothing() {
        let library = read(
            r#"@article{turing1936, author = {Turing, Alan and {A Society} and others}, title = {On {C}omputable Numbers},
               journaltitle = {Proceedings}, year = 1936, month = nov, number = 1, volume = {s2-42}, pages = {230--265},
               keywords = {logic, machines}, file = {Full Text:/home/alan/paper.pdf}, odd-field = {kept}, note = {A note}}"#,
        )
        .unwrap();
        let data = library.records[0].data();
        for (field, value) in [
            ("itemType", "journalArticle"),
            ("title", "On Computable Numbers"),
            ("publicationTitle", "Proceedings"),
            ("date", "1936-11"),
            ("issue", "1"),
            ("volume", "s2-42"),
            ("pages", "230-265"),
            ("citationKey", "turing1936"),
            ("extra", "A note\ntex.odd-field: kept"),
        ] {
            assert_eq!(data[field], value, "{field}");
        }
        assert_eq!(data["creators"].as_array().unwrap().len(), 2);
        assert_eq!(data["creators"][1], json!({"creatorType": "author", "name": "A Society"}));
        assert!(!library.records[0].raw().contains("/home/alan"));
    }

    #[test]
    fn one_bad_entry_does_not_cost_the_others() {
        let library =
            read("@book{a, title = {A}}\n@book{b, title = undefined}\n@book{a, title = {Again}}\n@book{c, title={C}}")
                .unwrap();
        assert_eq!(library.records.len(), 2);
        assert_eq!(library.skipped.len(), 2);
        assert_eq!(library.skipped[0].raw, "@book{a, title = {Again}}");
        assert_ne!(library.records[0].key, library.records[1].key);
    }

    #[test]
    fn a_broken_file_says_where() {
        let error = read("@book{a, title = {A}}\n\n@book{b, title = {").unwrap_err();
        assert_eq!(error.place.map(|(line, _)| line), Some(3), "{}", error.reason);
    }
}
