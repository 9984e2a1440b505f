//! What can stop `zbib export`.

use std::io;
use std::path::PathBuf;

use crate::cli::Exit;
use crate::report::Hint;

/// Collections or tags that are not there, and files that cannot be written.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum ExportFailure {
    #[error("no published collection is called `{name}`")]
    NoCollection { name: String, nearest: Option<String> },
    #[error("{} published collections are called `{name}`", collections.len())]
    SeveralCollections { name: String, collections: Vec<String> },
    #[error("no published record has the tag `{name}`")]
    NoTag { name: String, nearest: Option<String> },
    #[error("`{}` is a folder", path.display())]
    Folder { path: PathBuf, file: PathBuf },
    #[error("cannot write `{}`", path.display())]
    Unwritable { path: PathBuf, source: io::Error },
    #[error("cannot write to stdout")]
    Stdout { source: io::Error },
}

impl Hint for ExportFailure {
    fn hint(&self) -> Option<String> {
        let meant = |nearest: &Option<String>, otherwise: &str| match nearest {
            Some(name) => format!("did you mean `{name}`?"),
            None => otherwise.to_owned(),
        };
        Some(match self {
            Self::NoCollection { nearest, .. } => {
                meant(nearest, "a collection goes by its key, its name, or its path: \"Maps / Old maps\"")
            }
            Self::SeveralCollections { collections, .. } => {
                format!("name one by its key, or by more of its path:\n{}", collections.join("\n"))
            }
            Self::NoTag { nearest, .. } => meant(nearest, "a tag is written as Zotero shows it"),
            Self::Folder { file, .. } => format!("name a file in it: `--output {}`", file.display()),
            Self::Unwritable { .. } => {
                "`--output` takes a file in a folder that is there and yours to write to".to_owned()
            }
            Self::Stdout { .. } => {
                "check that there is room where stdout leads; `--output FILE` writes a file".to_owned()
            }
        })
    }
}

impl ExportFailure {
    /// What was typed wrong ends with 2; what is there and cannot be given, with 1.
    pub(in crate::cli) fn exit(&self) -> Exit {
        match self {
            Self::Unwritable { .. } | Self::Stdout { .. } => Exit::Failed,
            _ => Exit::Usage,
        }
    }
}
