//! What can be wrong with the owner's files.

use crate::report::{Hint, nearest};

/// A file of the owner's that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}")]
pub struct ContentError {
    /// `content/about.md`
    pub file: String,
    /// Line and column from 1, where the fault is in the text.
    pub position: Option<(usize, usize)>,
    pub fault: Fault,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("the front matter does not end")]
    Open,
    #[error("the front matter is not valid TOML: {0}")]
    Syntax(String),
    #[error("the front matter has a key zbib does not know: `{key}`")]
    UnknownKey { key: String, known: &'static [&'static str] },
    #[error("the front matter has a value zbib cannot use: {0}")]
    Value(String),
    #[error("`{0}` cannot be the place of a page")]
    Slug(String),
    #[error("`{0}` is not the name of a record")]
    ItemName(String),
    #[error("`{0}` is not the key of a collection")]
    CollectionName(String),
    #[error("two files say what only one can: this one and `{other}`")]
    Twice { other: String },
}

impl ContentError {
    pub(super) fn of_file(file: &str, fault: Fault) -> Self {
        Self { file: file.to_owned(), position: None, fault }
    }
}

impl Hint for ContentError {
    fn hint(&self) -> Option<String> {
        Some(match &self.fault {
            Fault::Open => "end it with a line `+++`".to_owned(),
            Fault::Syntax(_) => "text wants quotes: title = \"About\"".to_owned(),
            Fault::UnknownKey { key, known } => match nearest(key, known) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("here it knows {}", known.join(", ")),
            },
            Fault::Value(_) => return None,
            Fault::Slug(_) => {
                "letters, digits, hyphens and underscores, parts divided by `/`: \"notes/on-proof\"".to_owned()
            }
            Fault::ItemName(_) => {
                "name the file `KEY.md` after the record's key of eight characters, or `@citekey.md`".to_owned()
            }
            Fault::CollectionName(_) => {
                "name the file `KEY.md` after the collection's key of eight characters".to_owned()
            }
            Fault::Twice { .. } => "remove one, or give it another name or `path`".to_owned(),
        })
    }

    fn place(&self) -> Option<String> {
        Some(match self.position {
            Some((line, column)) => format!("{}:{line}:{column}", self.file),
            None => self.file.clone(),
        })
    }
}
