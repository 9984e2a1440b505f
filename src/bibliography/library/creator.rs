//! People and institutions.

/// A creator of an item, in the order the item names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Creator {
    /// Zotero's creator type: `author`, `seriesEditor`, …; may be one that the schema does not know.
    pub role: String,
    pub name: Name,
}

/// A name as Zotero keeps it. See <https://www.zotero.org/support/dev/web_api/v3/types_and_fields>.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Name {
    /// Two fields; one of them may be empty, never both.
    Personal { last: String, first: String },
    /// One field: an institution, or a name of one part.
    Single(String),
}

impl Name {
    /// "Ada Lovelace".
    #[must_use]
    pub fn direct(&self) -> String {
        match self {
            Self::Personal { last, first } => [first.as_str(), last].join(" ").trim().to_owned(),
            Self::Single(name) => name.clone(),
        }
    }

    /// "Lovelace, Ada".
    #[must_use]
    pub fn inverted(&self) -> String {
        match self {
            Self::Personal { last, first } if first.is_empty() => last.clone(),
            Self::Personal { last, first } if last.is_empty() => first.clone(),
            Self::Personal { last, first } => format!("{last}, {first}"),
            Self::Single(name) => name.clone(),
        }
    }

    /// "Lovelace": what stands for the person in short lists.
    #[must_use]
    pub fn short(&self) -> &str {
        match self {
            Self::Personal { last, first } if last.is_empty() => first,
            Self::Personal { last: name, .. } | Self::Single(name) => name,
        }
    }

    /// Exporters tell a name of one field from one whose first part is empty.
    #[must_use]
    pub fn is_single(&self) -> bool {
        matches!(self, Self::Single(_))
    }
}
