//! Why the owner's files cannot be read.

use std::io;

use crate::report::Hint;

/// An expected failure of the shelf. Places are paths from the project's root.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    #[error("cannot read `{place}`")]
    Read { place: String, source: io::Error },
    #[error("cannot read the files of `{place}`, it is no folder")]
    NotAFolder { place: String },
    #[error("cannot use the name of `{place}`, {reason}")]
    Name { place: String, reason: &'static str },
    #[error("cannot read `{place}`, it is not UTF-8 text")]
    NotText { place: String, line: usize },
    #[error("cannot read `{place}`, it is larger than {} MiB", limit >> 20)]
    TooLarge { place: String, limit: u64 },
    #[error("cannot use `{name}` as the name of a theme")]
    ThemeName { name: String },
    #[error("cannot read the citation style `{place}`")]
    NoStyle { place: String, source: io::Error },
}

impl Hint for ShelfError {
    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Read { .. } => "zbib must be allowed to read it".to_owned(),
            Self::NotAFolder { place } => format!("make `{place}` a folder, or move it away"),
            Self::Name { .. } => "rename it; letters, digits, `-`, `_` and `.` work everywhere".to_owned(),
            Self::NotText { .. } => "save it in your editor with the encoding UTF-8".to_owned(),
            Self::TooLarge { .. } => {
                "is it in the right folder? files to publish as they are belong into `static/`".to_owned()
            }
            Self::ThemeName { .. } => "`[site] theme` is the name of a folder in `themes/`".to_owned(),
            Self::NoStyle { .. } => {
                "`[citations] styles` names a style of the Zotero style repository, or a `.csl` file by its path from `zbib.toml`"
                    .to_owned()
            }
        })
    }

    fn place(&self) -> Option<String> {
        match self {
            Self::NotText { place, line } => Some(format!("{place}:{line}")),
            _ => None,
        }
    }
}
