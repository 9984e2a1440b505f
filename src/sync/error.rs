//! Why a library could not be brought up to date.

use std::io;

use crate::report::Hint;
use crate::zotero::cache::CacheError;
use crate::zotero::record::LibraryId;
use crate::zotero::source::SourceError;

/// An expected failure of a sync.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error(transparent)]
    Cache(#[from] CacheError),
    #[error("{removed} of {of} records of {library} are gone, and nothing says that they were deleted")]
    MassRemoval { library: LibraryId, removed: usize, of: usize },
    #[error("cannot start a sync")]
    Runtime(#[source] io::Error),
    #[error("cannot keep a file in the cache")]
    Store(#[source] io::Error),
}

impl Hint for SyncError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::Source(error) => error.hint(),
            Self::Cache(error) => error.hint(),
            Self::MassRemoval { .. } => Some(
                "look into Zotero and at the key's rights; the cache and the site stay as they are. If the records are \
                 to go, run `zbib sync --allow-mass-removal` once"
                    .to_owned(),
            ),
            Self::Runtime(_) => Some("the machine may be out of memory or open files; try again".to_owned()),
            Self::Store(_) => {
                Some("make room on the disk; what was fetched so far is kept for the next run".to_owned())
            }
        }
    }

    fn place(&self) -> Option<String> {
        match self {
            Self::Source(error) => error.place(),
            Self::Cache(error) => error.place(),
            Self::MassRemoval { .. } | Self::Runtime(_) | Self::Store(_) => None,
        }
    }
}
