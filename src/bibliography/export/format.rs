//! The catalogue of formats: one table that menus, media types and links to files are read from.

use serde::{Deserialize, Serialize};

/// A format of bibliographic records.
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
}

/// What the site says of a format.
struct Description {
    name: &'static str,
    label: &'static str,
    extension: &'static str,
    media_type: &'static str,
}

impl Format {
    /// All formats, in the order of menus.
    pub const ALL: [Self; 7] = [Self::Bibtex, Self::Biblatex, Self::Ris, Self::Csl, Self::Csv, Self::Coins, Self::Rdf];

    /// The name in settings and on the command line: `bibtex`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.description().name
    }

    /// The name in menus: "BibTeX".
    #[must_use]
    pub fn label(self) -> &'static str {
        self.description().label
    }

    /// What its files end with, behind the full stop: `csl.json`.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.description().extension
    }

    /// The media type; `BibLaTeX` has none of its own.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        self.description().media_type
    }

    fn description(self) -> Description {
        let (name, label, extension, media_type) = match self {
            Self::Bibtex => ("bibtex", "BibTeX", "bib", "application/x-bibtex"),
            Self::Biblatex => ("biblatex", "BibLaTeX", "biblatex.bib", "application/x-bibtex"),
            Self::Ris => ("ris", "RIS", "ris", "application/x-research-info-systems"),
            Self::Csl => ("csl", "CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json"),
            Self::Csv => ("csv", "CSV", "csv", "text/csv"),
            Self::Coins => ("coins", "COinS", "coins.html", "text/html"),
            Self::Rdf => ("rdf", "Zotero RDF", "rdf", "application/rdf+xml"),
        };
        Description { name, label, extension, media_type }
    }
}
