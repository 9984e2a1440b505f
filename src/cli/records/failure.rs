//! Names that lead to no record.

use crate::cli::Exit;
use crate::report::Hint;

/// Records that are not there, not published, or no records.
#[derive(Debug, thiserror::Error)]
pub(in crate::cli) enum RecordFailure {
    #[error("no published record is called `{name}`")]
    NoRecord { name: String, nearest: Option<String> },
    #[error("{} published records are called `{name}`", records.len())]
    SeveralRecords { name: String, records: Vec<String> },
    #[error("`{name}` is {what}, not a record")]
    NoReference { name: String, what: &'static str, record: Option<String> },
    #[error("{what} `{name}` is not published: {why}")]
    Withheld { what: &'static str, name: String, why: String },
}

impl Hint for RecordFailure {
    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NoRecord { nearest, .. } => match nearest {
                Some(name) => format!("did you mean `{name}`?"),
                None => "a record's page says its citation key; `zbib find WORDS` finds its key".to_owned(),
            },
            Self::SeveralRecords { records, .. } => {
                format!("`--library` chooses among libraries, or name one by its citation key:\n{}", records.join("\n"))
            }
            Self::NoReference { record: Some(record), .. } => {
                format!("name its record, `{record}`; as `rdf`, `zbib export` has notes and files, too")
            }
            Self::NoReference { record: None, .. } => {
                "what stands alone has a page and is no reference; give it a record in Zotero".to_owned()
            }
            Self::Withheld { .. } => {
                "only what the site shows comes out; `zbib config publish` shows the rules".to_owned()
            }
        })
    }
}

impl RecordFailure {
    /// What was typed wrong ends with 2; what is there and cannot be given, with 1.
    pub(in crate::cli) fn exit(&self) -> Exit {
        match self {
            Self::NoReference { .. } | Self::Withheld { .. } => Exit::Failed,
            Self::NoRecord { .. } | Self::SeveralRecords { .. } => Exit::Usage,
        }
    }
}
