//! The catalogue of formats: one table that settings, menus, media types and links to files are read from.

use serde::{Deserialize, Serialize};

/// A format of bibliographic records. Its row in the catalogue says all that is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    Bibtex,
    Biblatex,
    Ris,
    Csl,
    Csv,
    /// `OpenURL` spans for pages; few want them as a file.
    Coins,
    Rdf,
    /// A bibliography in the style of the site, as are the next two.
    Html,
    Markdown,
    Text,
}

/// What the site says of a format.
struct Row {
    format: Format,
    name: &'static str,
    label: &'static str,
    extension: &'static str,
    media_type: &'static str,
    reader: Reader,
    announced: bool,
}

/// For whom a format is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Program,
    /// What a person reads of one record stands on its page.
    Person,
}

/// All formats, in the order of menus, which is that of [`Format`].
#[rustfmt::skip]
const CATALOGUE: &[Row] = &[
    row(Format::Bibtex, "bibtex", "BibTeX", "bib", "application/x-bibtex", Reader::Program, true),
    row(Format::Biblatex, "biblatex", "BibLaTeX", "biblatex.bib", "application/x-bibtex", Reader::Program, true),
    row(Format::Ris, "ris", "RIS", "ris", "application/x-research-info-systems", Reader::Program, true),
    row(Format::Csl, "csl", "CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json", Reader::Program, true),
    row(Format::Csv, "csv", "CSV", "csv", "text/csv", Reader::Program, true),
    row(Format::Coins, "coins", "COinS", "coins.html", "text/html", Reader::Program, false),
    row(Format::Rdf, "rdf", "Zotero RDF", "rdf", "application/rdf+xml", Reader::Program, true),
    row(Format::Html, "html", "HTML", "html", "text/html", Reader::Person, false),
    row(Format::Markdown, "markdown", "Markdown", "md", "text/markdown", Reader::Person, true),
    row(Format::Text, "text", "Plain text", "txt", "text/plain", Reader::Person, true),
];

const fn row(
    format: Format,
    name: &'static str,
    label: &'static str,
    extension: &'static str,
    media_type: &'static str,
    reader: Reader,
    announced: bool,
) -> Row {
    Row { format, name, label, extension, media_type, reader, announced }
}

impl Format {
    /// All formats, in the order of menus.
    pub const ALL: [Self; CATALOGUE.len()] = {
        let mut all = [Self::Bibtex; CATALOGUE.len()];
        let mut at = 0;
        while at < all.len() {
            all[at] = CATALOGUE[at].format;
            assert!(all[at] as usize == at, "the rows stand in the order of the formats");
            at += 1;
        }
        all
    };

    /// The name in settings and on the command line: `bibtex`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The name in menus: "BibTeX".
    #[must_use]
    pub fn label(self) -> &'static str {
        self.row().label
    }

    /// What its files end with, behind the full stop: `csl.json`.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.row().extension
    }

    /// The media type, without a charset; all files are UTF-8. `BibLaTeX` has none of its own.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        self.row().media_type
    }

    /// Whether it is a bibliography, for people, and not data for programs. No record has such a file of its own: its page
    /// shows its reference.
    #[must_use]
    pub fn is_bibliography(self) -> bool {
        self.row().reader == Reader::Person
    }

    /// Whether pages name its files to programs, by `rel="alternate"`. Files of HTML would be taken for another version of
    /// the page by search engines, and spans of `COinS` for a page.
    #[must_use]
    pub fn is_announced(self) -> bool {
        self.row().announced
    }

    /// The format of a file by its name; None if it is no export's.
    #[must_use]
    pub fn of_file(name: &str) -> Option<Self> {
        let ends = |format: &Self| name.strip_suffix(format.extension()).is_some_and(|stem| stem.ends_with('.'));
        Self::ALL.into_iter().filter(ends).max_by_key(|format| format.extension().len())
    }

    fn row(self) -> &'static Row {
        &CATALOGUE[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn settings_know_each_format_by_the_name_in_the_catalogue() {
        for format in Format::ALL {
            assert_eq!(serde_json::to_value(format).unwrap(), format.name());
        }
    }

    #[test]
    fn no_two_formats_share_a_name_a_label_or_an_ending() {
        for column in [Format::name, Format::label, Format::extension] {
            let distinct: std::collections::BTreeSet<_> = Format::ALL.into_iter().map(column).collect();
            assert_eq!(distinct.len(), Format::ALL.len());
        }
    }

    #[test]
    fn a_file_is_of_the_format_with_the_longest_ending() {
        for (name, format) in [
            ("bibliography.biblatex.bib", Some(Format::Biblatex)),
            ("bibliography.bib", Some(Format::Bibtex)),
            ("K.csl.json", Some(Format::Csl)),
            ("K.coins.html", Some(Format::Coins)),
            ("index.json", None),
            ("xbib", None),
        ] {
            assert_eq!(Format::of_file(name), format, "{name}");
        }
    }
}
