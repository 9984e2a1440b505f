//! What can stop `zbib export`.

use std::io;
use std::path::PathBuf;

use crate::cli::Exit;
use crate::report::Hint;

/// Records, collections or tags that are not there, and files that cannot be written.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum ExportFailure {
    #[error("no published record is called `{name}`")]
    NoRecord { name: String, nearest: Option<String> },
    #[error("{} published records are called `{name}`", records.len())]
    SeveralRecords { name: String, records: Vec<String> },
    #[error("`{name}` is {what}, and exports are of records")]
    NoReference { name: String, what: &'static str, record: Option<String> },
    #[error("no published collection is called `{name}`")]
    NoCollection { name: String, nearest: Option<String> },
    #[error("{} published collections are called `{name}`", collections.len())]
    SeveralCollections { name: String, collections: Vec<String> },
    #[error("no published record has the tag `{name}`")]
    NoTag { name: String, nearest: Option<String> },
    #[error("{what} `{name}` is not published: {why}")]
    Withheld { what: &'static str, name: String, why: String },
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
            Self::NoRecord { nearest, .. } => {
                meant(nearest, "a record's page says its citation key; `zbib find WORDS` finds its key")
            }
            Self::SeveralRecords { records, .. } => {
                format!("`--library` chooses among libraries, or name one by its citation key:\n{}", records.join("\n"))
            }
            Self::NoReference { record: Some(record), .. } => {
                format!("export its record: `zbib export {record}`; the format `rdf` has notes and files, too")
            }
            Self::NoReference { record: None, .. } => {
                "what stands alone has a page and no export; give it a record in Zotero".to_owned()
            }
            Self::NoCollection { nearest, .. } => {
                meant(nearest, "a collection goes by its key, its name, or its path: \"Maps / Old maps\"")
            }
            Self::SeveralCollections { collections, .. } => {
                format!("name one by its key, or by more of its path:\n{}", collections.join("\n"))
            }
            Self::NoTag { nearest, .. } => meant(nearest, "a tag is written as Zotero shows it"),
            Self::Withheld { .. } => {
                "exports hold what the site shows; `zbib config publish` shows the rules".to_owned()
            }
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
            Self::NoReference { .. } | Self::Withheld { .. } | Self::Unwritable { .. } | Self::Stdout { .. } => {
                Exit::Failed
            }
            _ => Exit::Usage,
        }
    }
}
