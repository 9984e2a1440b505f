//! What a sync did.

use std::time::Duration;

use crate::sync::SyncError;
use crate::sync::copy::Copy;
use crate::zotero::record::{LibraryId, LibraryVersion, Skipped};

/// What became of each library.
#[derive(Debug, Default)]
pub struct Outcome {
    pub libraries: Vec<Synced>,
    /// The libraries that could not be brought up to date; their last snapshots are as they were.
    pub failures: Vec<(LibraryId, SyncError)>,
}

/// What was done for one library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synced {
    pub id: LibraryId,
    pub name: String,
    /// The version at which the copy was whole before; None for a first copy.
    pub from: Option<LibraryVersion>,
    /// The version at which the copy is whole.
    pub version: LibraryVersion,
    /// The copy holds what it held before.
    pub unchanged: bool,
    pub counts: Counts,
    /// Requests sent, to the API and for files.
    pub requests: u64,
    /// How long it took.
    pub took: Duration,
    /// The owner wants it asked for less often, so nothing was done: it is due after this time.
    pub not_due: Option<Duration>,
    /// Files fetched.
    pub files: u64,
    /// Full texts fetched.
    pub texts: u64,
    /// What came in this run and is no record.
    pub skipped: Vec<Skipped>,
    /// Records that Zotero lists and could not give.
    pub pending: usize,
    /// Files and full texts that the rules publish and the copy has not.
    pub lacking: usize,
}

/// What a copy holds, and what is new in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Items, notes, attachments, annotations, trash, and what the rules withhold.
    pub records: usize,
    pub collections: usize,
    /// Of the records, those kept as stubs.
    pub withheld: usize,
    pub added: usize,
    pub changed: usize,
    pub removed: usize,
}

impl Synced {
    /// The account of a library for which nothing was done.
    pub(super) fn untouched(copy: &Copy) -> Self {
        Self {
            id: copy.state.library.clone(),
            name: copy.state.name.clone(),
            from: copy.state.changed.map(|_| copy.state.version),
            version: copy.state.version,
            unchanged: true,
            counts: copy.counts(),
            requests: 0,
            took: Duration::ZERO,
            not_due: None,
            files: 0,
            texts: 0,
            skipped: Vec::new(),
            pending: copy.state.pending.len(),
            lacking: 0,
        }
    }
}
