//! What the owner decides about exports: `[exports]` in `zbib.toml`.

use serde::{Deserialize, Serialize};

use super::{Format, Lists};

/// `[exports]` in `zbib.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The formats that every record has a file of.
    pub item: Vec<Format>,
    /// The formats that lists with pages of their own have a file of, by their kind.
    pub list: Lists,
    /// The formats that the whole published library has a file of.
    pub library: Vec<Format>,
    /// Whether abstracts are in the files.
    pub abstracts: bool,
    /// Whether pages carry a COinS span for every record they are about or list; the pages of items only beside unAPI,
    /// which needs [`Format::Rdf`] among the formats of items.
    pub coins: bool,
    pub compatibility: Compatibility,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            item: vec![Format::Rdf, Format::Bibtex, Format::Ris, Format::Csl],
            list: Lists::default(),
            library: vec![Format::Bibtex, Format::Biblatex, Format::Ris, Format::Csl],
            abstracts: true,
            coins: false,
            compatibility: Compatibility::Right,
        }
    }
}

/// What is done where Zotero's own exporters write what is plainly wrong. Elsewhere both are the same.
///
/// The defects that `Zotero` keeps, each with a test in `export/defects.rs`; `docs/exports.md` has the same list:
///
/// 1. unbalanced braces stand bare in `BibLaTeX` and beside phantoms in `BibTeX`; right: `{\textbraceleft}`
/// 2. `BibLaTeX` escapes names twice; right: once
/// 3. the word `undefined` stands in RIS dates behind a month, and in notes for an empty line of Extra; right: nothing
/// 4. Zotero's own markup for small capitals and kept case comes out as text; right: `\textsc{…}` and `{…}`. Markup may begin in
///    one name or tag and end in another; right: in one only. A dollar sign in raised text ends
///    the mathematics it stands in, to some readers; right: `\textsuperscript{…}`
/// 5. addresses, DOIs and identifiers may hold braces and backslashes as they are; right: percent-encoded
/// 6. citation keys may hold spaces, commas and braces; right: hyphens for runs of them
/// 7. a field may be written twice; right: once, and what differs goes to the note or to `issue`
/// 8. a personal name without last name begins with a comma, one with several suffixes has more commas than a reader
///    takes, and its spaces are as typed; right: the first name in braces, the suffixes in braces, single spaces
/// 9. control characters and Unicode's line separators stay; right: dropped, or a space
/// 10. a line of a RIS value may look like a tag; right: it goes on in the line before
/// 11. a comma inside a tag parts it into two keywords; right: the tag stands in braces
/// 12. an issue loses what stands behind its first digits in `BibLaTeX`, and a note its text beside a meeting; right: all of it
/// 13. `COinS` makes authors of editors, translators and all others, with a space behind who has no last name; right: they
///     are contributors
/// 14. `COinS` gives the day of a patent's issue as that of its application; right: as that of its issue only
/// 15. `COinS` makes a first and a last page of several ranges; right: of one range only
/// 16. a cell of CSV may be a formula to a spreadsheet; right: an apostrophe stands before it
/// 17. CSV doubles no quotes in a date that it cannot read; right: as elsewhere
/// 18. CSV names contributors as authors too, and leaves out who has no column; right: each once, among authors or contributors
/// 19. RIS cuts a year with an era to its last four characters, "44 BC" to "4 BC"; right: the date as typed
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compatibility {
    /// What readers of the format take.
    #[default]
    Right,
    /// What Zotero writes, byte for byte.
    Zotero,
}

impl Settings {
    /// # Errors
    /// When every record should have a file of its own in a format that is for people.
    pub fn check(&self) -> Result<(), (&'static str, String)> {
        let Some(format) = self.item.iter().find(|format| format.is_bibliography()) else { return Ok(()) };
        let (name, label) = (format.name(), format.label());
        let reason = format!(
            "a bibliography as {label} is of many records, and the page of each shows its reference already; \"{name}\" can stand in `exports.list` and `exports.library`"
        );
        Err(("exports.item", reason))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_by_the_names_in_the_documentation() {
        let text = "item = [\"ris\", \"csl\"]\nabstracts = false\ncompatibility = \"zotero\"\n";
        let settings: Settings = toml::from_str(text).unwrap();
        assert_eq!(settings.item, [Format::Ris, Format::Csl]);
        assert_eq!((settings.abstracts, settings.compatibility), (false, Compatibility::Zotero));
        assert_eq!(settings.list, Settings::default().list);
        assert!(toml::from_str::<Settings>("formats = []").is_err());
    }

    #[test]
    fn a_bibliography_of_one_record_is_refused() {
        let text = "item = [\"bibtex\", \"markdown\"]\nlist = [\"html\"]\nlibrary = [\"text\"]\n";
        let mut settings: Settings = toml::from_str(text).unwrap();
        let (setting, reason) = settings.check().unwrap_err();
        assert!(setting == "exports.item" && reason.contains("\"markdown\" can stand in `exports.list`"), "{reason}");
        settings.item.pop();
        assert_eq!(settings.check(), Ok(()));
    }
}
