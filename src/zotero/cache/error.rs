//! Why the cache cannot be used.

use std::io;
use std::path::{Path, PathBuf};

use crate::report::Hint;
use crate::zotero::record::LibraryId;

/// An expected failure of the cache.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    #[error("cannot use the cache, {holder} is using it")]
    Locked {
        lock: PathBuf,
        holder: String,
        /// The holder runs on another computer.
        elsewhere: bool,
    },
    #[error("cannot lock the cache with `{}`", lock.display())]
    NoLock { lock: PathBuf, source: io::Error },
    #[error("the cache holds nothing of `{library}` yet")]
    NotSynced { library: LibraryId },
    #[error("cannot read the cache at `{}`", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot write the cache at `{}`", path.display())]
    Write { path: PathBuf, source: io::Error },
}

impl CacheError {
    pub(super) fn reading(path: &Path) -> impl FnOnce(io::Error) -> Self {
        |source| Self::Read { path: path.to_owned(), source }
    }

    pub(super) fn writing(path: &Path) -> impl FnOnce(io::Error) -> Self {
        |source| Self::Write { path: path.to_owned(), source }
    }
}

/// Whether there was no room: on the disk, for this user, or for this file.
fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge)
}

impl Hint for CacheError {
    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Locked { elsewhere: true, .. } => {
                "the cache stands on a disk that computers share: wait until that run is done, or end it there; a copy of \
                 the folder for each computer keeps them apart"
                    .to_owned()
            }
            Self::Locked { lock, .. } => {
                format!("wait until it is done, or end it; `{}` names its process", lock.display())
            }
            Self::NoLock { .. } => {
                "the disk may be one that cannot lock files, as some network disks; move the folder to a disk of this \
                 computer"
                    .to_owned()
            }
            Self::NotSynced { .. } => "run `zbib sync` first, or `zbib build` without `--offline`".to_owned(),
            Self::Read { .. } => {
                "the cache is disposable: `zbib clean cache` removes it, the next sync makes it anew".to_owned()
            }
            Self::Write { source, .. } if is_full(source) => {
                "make room on the disk; what was fetched so far is kept for the next run".to_owned()
            }
            Self::Write { .. } => "zbib must be allowed to write the folder `.zbib` beside `zbib.toml`".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::failure;
    use crate::zotero::record::LibraryKind;

    #[test]
    fn every_failure_says_what_and_what_now() {
        let path = || PathBuf::from(".zbib/lock");
        let library = LibraryId { kind: LibraryKind::Group, id: "1".into() };
        let locked = CacheError::Locked {
            lock: path(),
            holder: "process 42 on `lab` (for 10 seconds)".into(),
            elsewhere: false,
        };
        assert_eq!(
            failure::text(&locked),
            "error: cannot use the cache, process 42 on `lab` (for 10 seconds) is using it\n\n\
             hint: wait until it is done, or end it; `.zbib/lock` names its process\n"
        );
        assert_eq!(
            failure::text(&CacheError::NotSynced { library }),
            "error: the cache holds nothing of `groups-1` yet\n\n\
             hint: run `zbib sync` first, or `zbib build` without `--offline`\n"
        );
        for error in [
            CacheError::NoLock { lock: path(), source: io::ErrorKind::Unsupported.into() },
            CacheError::reading(&path())(io::ErrorKind::PermissionDenied.into()),
            CacheError::writing(&path())(io::ErrorKind::PermissionDenied.into()),
            CacheError::writing(&path())(io::ErrorKind::StorageFull.into()),
        ] {
            assert!(failure::text(&error).contains("\nhint: "), "{error}");
        }
    }
}
