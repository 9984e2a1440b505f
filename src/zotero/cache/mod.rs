//! The snapshot on disk: layout, lock, atomic commit, journal, and the store of files by hash.
//!
//! Nothing here opens a socket, and nothing half-written is ever the current snapshot. A cache is untrusted input: it
//! may come from a CI cache that anybody could fill, so every part is checked when it is read.
//!
//! # Why a crash cannot tear it
//!
//! A snapshot is several files under fixed names, and a file system renames one at a time. So `state.json` carries size
//! and hash of each of them, and a commit goes like this: what changed is written beside the old as `NAME.next` and
//! synced to the disk; then `state.json` is replaced by one rename, which is the commit; then each `NAME.next` takes its
//! name. A reader takes whichever of the two has the hash that `state.json` names. Before the rename that is the old
//! file, after it the new one, wherever the run was cut; the next run that holds the lock tidies up.

mod clear;
mod commit;
mod disk;
mod error;
mod fingerprint;
mod journal;
mod last_run;
mod layout;
mod lock;
mod md5;
mod read;
mod snapshot;
mod state;
mod store;

use std::path::{Path, PathBuf};

pub use self::commit::Contents;
pub use self::error::CacheError;
pub use self::journal::{Journal, StagedPage};
pub use self::last_run::{LastRun, RunFailure, last_run};
pub use self::md5::{Md5, NotAnMd5};
pub use self::snapshot::{FullText, LibrarySnapshot, Snapshot, StoredFile, TagColor};
pub use self::state::{Change, FetchedWith, KeyRights, SetAside, State};
pub use self::store::{AdmitError, Admitted, Damaged, FileStore, Incoming, Verified, Whole};

use self::layout::Layout;
use self::lock::Lock;
use crate::report::Problem;
use crate::zotero::record::LibraryId;

/// The cache, held by this process alone.
#[derive(Debug)]
pub struct Cache {
    layout: Layout,
    lock: Lock,
}

/// What the cache holds of one library, and what was wrong with it.
#[derive(Debug)]
pub struct Held {
    /// None when the library was never synced, or nothing of it can be used.
    pub library: Option<LibrarySnapshot>,
    pub problems: Vec<Problem>,
}

/// The snapshot of `ids`, in that order, for reading only: a sync may run meanwhile.
///
/// # Errors
/// When a library was never synced, or a file cannot be read.
pub fn load(dir: &Path, ids: &[LibraryId]) -> Result<Snapshot, CacheError> {
    read::snapshot(&Layout::new(dir), ids)
}

/// The files of a library, for reading only: a sync may run meanwhile.
#[must_use]
pub fn stored(dir: &Path, id: &LibraryId) -> FileStore {
    FileStore::new(Layout::new(dir).library(id).files())
}

/// Where results are kept that can be made again from the snapshot.
#[must_use]
pub fn derived(dir: &Path) -> PathBuf {
    Layout::new(dir).derived()
}

impl Cache {
    /// Opens the cache in `dir` for writing, making it if need be.
    ///
    /// # Errors
    /// When another process holds it, or it cannot be written.
    pub fn open(dir: &Path) -> Result<Self, CacheError> {
        let layout = Layout::new(dir);
        layout.create()?;
        let lock = Lock::take(&layout.lock())?;
        Ok(Self { layout, lock })
    }

    /// What is to be told of the run that held the cache before, if it did not end well.
    #[must_use]
    pub fn problem(&self) -> Option<Problem> {
        self.lock.problem()
    }

    /// The snapshot of `ids`, in that order.
    ///
    /// # Errors
    /// When a library was never synced, or a file cannot be read.
    pub fn snapshot(&self, ids: &[LibraryId]) -> Result<Snapshot, CacheError> {
        read::snapshot(&self.layout, ids)
    }

    /// What is held of one library. Finishes a commit that was cut short.
    ///
    /// # Errors
    /// When a file cannot be read or renamed.
    pub fn library(&self, id: &LibraryId) -> Result<Held, CacheError> {
        commit::settle(&self.layout.library(id))?;
        self.files(id).tidy();
        read::library(&self.layout, id)
    }

    /// Makes `contents` the current snapshot of a library, all or nothing. Files whose content stays are not touched.
    ///
    /// # Errors
    /// When a file cannot be written; the last snapshot is then as it was.
    pub fn commit(&self, contents: &Contents<'_>) -> Result<(), CacheError> {
        let journal = self.journal(&contents.state.library);
        commit::commit(&self.layout.library(&contents.state.library), &journal, contents)
    }

    /// Keeps what became of a run, in the place of the run before. The snapshot is not touched.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_last_run(&self, id: &LibraryId, run: &LastRun) -> Result<(), CacheError> {
        last_run::write(&self.layout, id, run)
    }

    /// Forgets all records and texts, and what unfinished syncs fetched. Files stay, so that no sync fetches them again.
    ///
    /// # Errors
    /// When something cannot be removed.
    pub fn clear(&self) -> Result<(), CacheError> {
        clear::records(&self.layout)
    }

    /// Forgets all files. The next sync fetches those that are wanted.
    ///
    /// # Errors
    /// When something cannot be removed.
    pub fn clear_files(&self) -> Result<(), CacheError> {
        clear::files(&self.layout)
    }

    /// Forgets one file. The next sync fetches it, if it is wanted.
    ///
    /// # Errors
    /// When it is there and cannot be removed.
    pub fn remove_file(&self, id: &LibraryId, md5: Md5) -> Result<(), CacheError> {
        let dir = self.layout.library(id).files();
        self.files(id).remove(md5).map_err(CacheError::writing(&dir))
    }

    /// What an unfinished sync of a library has fetched.
    #[must_use]
    pub fn journal(&self, id: &LibraryId) -> Journal {
        Journal::new(self.layout.journal(id))
    }

    /// The files of a library.
    #[must_use]
    pub fn files(&self, id: &LibraryId) -> FileStore {
        FileStore::new(self.layout.library(id).files())
    }
}
