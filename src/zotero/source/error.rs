//! Why a library cannot be read.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use crate::report::Hint;
use crate::zotero::source::desktop::DesktopError;

/// An expected failure of a source. Addresses in it hold no secrets.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    #[error("cannot set up secure connections")]
    Setup { source: Box<dyn std::error::Error + Send + Sync> },
    #[error("Zotero refused access to {library}")]
    Refused {
        library: String,
        /// A key was sent.
        with_key: bool,
        source: Fault,
    },
    #[error("Zotero does not know the API key in {variable}")]
    InvalidKey {
        /// The environment variable that holds it.
        variable: String,
    },
    #[error("the API key may not read {library}")]
    Lacking {
        library: String,
        /// A person's library, not a group's.
        personal: bool,
        source: Fault,
    },
    #[error("Zotero does not know {library}")]
    Unknown { library: String, source: Fault },
    #[error("Zotero did not answer, after {attempts} attempts in {} seconds", waited.as_secs())]
    Unanswered { attempts: u32, waited: Duration, source: Fault },
    #[error("Zotero answered with something zbib cannot use")]
    Unusable { source: Fault },
    #[error("cannot follow the address of a file: {reason}")]
    Redirect { reason: &'static str },
    #[error("cannot read the library `{}`", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot read the library `{}`, {reason}", path.display())]
    Format { path: PathBuf, reason: String, place: Option<(usize, usize)> },
    #[error("`{}` is no kind of library zbib reads", path.display())]
    Kind { path: PathBuf },
    #[error("cannot keep a file")]
    Keep(#[source] io::Error),
    #[error(transparent)]
    Desktop(#[from] DesktopError),
}

/// What happened to one request.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("GET {url} answered {status}")]
    Status { url: String, status: u16 },
    #[error("GET {url} gave no answer in time")]
    TimedOut { url: String },
    #[error("GET {url} broke off")]
    Broken { url: String, source: reqwest::Error },
    #[error("GET {url} answered with {what}")]
    Content { url: String, what: String },
}

impl Fault {
    /// It was more than Zotero could give at once: less may work.
    pub(super) fn is_heavy(&self) -> bool {
        matches!(self, Self::TimedOut { .. } | Self::Status { status: 413 | 504, .. })
    }
}

impl SourceError {
    /// See [`Fault::is_heavy`].
    pub(super) fn is_heavy(&self) -> bool {
        matches!(self, Self::Unusable { source } if source.is_heavy())
    }

    /// Zotero was asked as often as is sensible and gave no answer.
    pub(super) fn is_unanswered(&self) -> bool {
        matches!(self, Self::Unanswered { .. })
    }

    /// The status Zotero answered with, if that is what failed.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { source, .. }
            | Self::Lacking { source, .. }
            | Self::Unknown { source, .. }
            | Self::Unanswered { source, .. }
            | Self::Unusable { source } => match source {
                Fault::Status { status, .. } => Some(*status),
                _ => None,
            },
            _ => None,
        }
    }
}

impl SourceError {
    /// What to do about a key.
    fn key_hint(&self) -> String {
        match self {
            Self::InvalidKey { variable } => format!(
                "it may have been deleted or mistyped; make a new one at https://www.zotero.org/settings/keys/new, and \
                 put it into the environment variable {variable}"
            ),
            Self::Lacking { personal: true, .. } => {
                "edit the key at https://www.zotero.org/settings/keys, and set \"Allow library access\"".to_owned()
            }
            Self::Lacking { library, .. } => {
                format!("edit the key at https://www.zotero.org/settings/keys, and let it read {library}")
            }
            Self::Refused { library, with_key: true, .. } => format!(
                "the key must be allowed to read {library}; check it at https://www.zotero.org/settings/keys. After \
                 a change there Zotero may need five minutes"
            ),
            _ => "make a key that may read it at https://www.zotero.org/settings/keys/new, and set \
                 ZOTERO_API_KEY (or the variable `key-env` names)"
                .to_owned(),
        }
    }
}

impl Hint for SourceError {
    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Desktop(error) => return error.hint(),
            Self::Setup { .. } => "install the system's certificates (package ca-certificates)".to_owned(),
            Self::InvalidKey { .. } | Self::Lacking { .. } | Self::Refused { .. } => self.key_hint(),
            Self::Unknown { .. } => {
                "check `id` and `type` of the library in `zbib.toml`; a private group looks unknown without a key"
                    .to_owned()
            }
            Self::Unanswered { .. } => {
                "try again later; what was fetched so far is kept. `zbib build --offline` builds from the cache"
                    .to_owned()
            }
            Self::Unusable { .. } => {
                "a proxy or a sign-in page may stand between; check the connection and `api` in `zbib.toml`".to_owned()
            }
            Self::Redirect { .. } => "the next `zbib sync` asks again".to_owned(),
            Self::Read { .. } => "check `path` of the library in `zbib.toml`; it is relative to that file".to_owned(),
            Self::Format { place: Some(_), .. } => "mend the file there; the cache keeps what it had".to_owned(),
            Self::Format { .. } => {
                "a library is a folder with `items.jsonl`, or one `.json`, `.jsonl`, `.bib` or `.ris` file".to_owned()
            }
            Self::Kind { .. } => {
                "zbib reads folders with `items.jsonl`, and `.json`, `.jsonl`, `.bib` and `.ris` files".to_owned()
            }
            Self::Keep(_) => "make room on the disk; what was fetched so far is kept for the next run".to_owned(),
        })
    }

    fn place(&self) -> Option<String> {
        match self {
            Self::Format { path, place: Some((line, column)), .. } => {
                Some(format!("{}:{line}:{column}", path.display()))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::failure;

    fn status(status: u16) -> Fault {
        Fault::Status { url: "https://api.zotero.org/groups/1/items".into(), status }
    }

    #[test]
    fn every_failure_says_what_why_and_what_now() {
        let library = || "group 1".to_owned();
        let path = || PathBuf::from("papers.xml");
        let (key, no_key) = ((library(), true), (library(), false));
        for (error, text) in [
            (
                SourceError::Refused { library: key.0, with_key: key.1, source: status(403) },
                "error: Zotero refused access to group 1\n  caused by: GET https://api.zotero.org/groups/1/items answered 403\n\n\
                 hint: the key must be allowed to read group 1; check it at https://www.zotero.org/settings/keys. After a \
                 change there Zotero may need five minutes\n",
            ),
            (
                SourceError::Refused { library: no_key.0, with_key: no_key.1, source: status(403) },
                "error: Zotero refused access to group 1\n  caused by: GET https://api.zotero.org/groups/1/items answered 403\n\n\
                 hint: make a key that may read it at https://www.zotero.org/settings/keys/new, and set \
                 ZOTERO_API_KEY (or the variable `key-env` names)\n",
            ),
            (
                SourceError::Unanswered { attempts: 8, waited: Duration::from_secs(200), source: status(503) },
                "error: Zotero did not answer, after 8 attempts in 200 seconds\n  caused by: \
                 GET https://api.zotero.org/groups/1/items answered 503\n\nhint: try again later; what was fetched so far is \
                 kept. `zbib build --offline` builds from the cache\n",
            ),
            (
                SourceError::Kind { path: path() },
                "error: `papers.xml` is no kind of library zbib reads\n\n\
                 hint: zbib reads folders with `items.jsonl`, and `.json`, `.jsonl`, `.bib` and `.ris` files\n",
            ),
            (
                SourceError::Format {
                    path: "a.bib".into(),
                    reason: "unexpected end of file".into(),
                    place: Some((3, 7)),
                },
                "error: cannot read the library `a.bib`, unexpected end of file\n  at: a.bib:3:7\n\n\
                 hint: mend the file there; the cache keeps what it had\n",
            ),
        ] {
            assert_eq!(failure::text(&error), text);
        }
        for error in [
            SourceError::Setup { source: "no certificates".into() },
            SourceError::InvalidKey { variable: "ZOTERO_API_KEY".into() },
            SourceError::Lacking { library: library(), personal: true, source: status(403) },
            SourceError::Lacking { library: library(), personal: false, source: status(403) },
            SourceError::Unknown { library: library(), source: status(404) },
            SourceError::Unusable { source: status(400) },
            SourceError::Redirect { reason: "it is not secure" },
            SourceError::Read { path: path(), source: io::ErrorKind::NotFound.into() },
            SourceError::Keep(io::ErrorKind::StorageFull.into()),
        ] {
            assert!(failure::text(&error).contains("\nhint: "), "{error}");
        }
    }
}
