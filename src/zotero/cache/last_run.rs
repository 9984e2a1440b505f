//! What became of the last run for a library: `last-run.json`, beside the snapshot and no part of it.
//!
//! A run that fails leaves the snapshot as it was, so it needs a place of its own to say so.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::zotero::cache::CacheError;
use crate::zotero::cache::disk::replace;
use crate::zotero::cache::layout::Layout;
use crate::zotero::record::LibraryId;

/// The last run that asked for a library. One that was not due asked for nothing and leaves none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct LastRun {
    /// When it began, in seconds since 1970.
    pub began: u64,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
    /// Why it failed; None when it came to its end.
    pub failure: Option<RunFailure>,
    /// Records that were new.
    pub added: usize,
    /// Records that were other than before.
    pub changed: usize,
    /// Records that were gone.
    pub removed: usize,
    /// What came and was set aside: it is no record that zbib can read.
    pub skipped: usize,
    /// Records, files and texts that were wanted and could not be had.
    pub failed: usize,
    /// Files that were fetched.
    pub files: u64,
    /// Full texts that were fetched.
    pub texts: u64,
    /// Requests that were sent.
    pub requests: u64,
}

/// Why a run failed, in words that hold no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunFailure {
    /// What could not be done, and why.
    pub error: String,
    /// What helps.
    pub hint: Option<String>,
}

/// What is known of the last run for a library. What cannot be read is not known.
pub(super) fn read(layout: &Layout, id: &LibraryId) -> Option<LastRun> {
    let text = std::fs::read(layout.library(id).last_run()).ok()?;
    serde_json::from_slice(&text).ok()
}

pub(super) fn write(layout: &Layout, id: &LibraryId, run: &LastRun) -> Result<(), CacheError> {
    let path = layout.library(id).last_run();
    let text = serde_json::to_string_pretty(run).map_err(|error| CacheError::writing(&path)(error.into()))?;
    replace(&path, format!("{text}\n").as_bytes())
}

/// What became of the last run for a library, read without holding the cache; None when nothing is known of one.
#[must_use]
pub fn last_run(dir: &Path, id: &LibraryId) -> Option<LastRun> {
    read(&Layout::new(dir), id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zotero::cache::Cache;
    use crate::zotero::record::LibraryKind;

    #[test]
    fn the_last_run_is_read_back_and_damage_means_that_nothing_is_known() {
        let dir = tempfile::tempdir().unwrap();
        let id = LibraryId { kind: LibraryKind::Group, id: "123".into() };
        let cache = Cache::open(dir.path()).unwrap();
        assert_eq!(last_run(dir.path(), &id), None);
        let failure = Some(RunFailure { error: "Zotero did not answer".into(), hint: None });
        let run = LastRun { began: 1_700_000_000, milliseconds: 1_500, failure, requests: 8, ..LastRun::default() };
        cache.keep_last_run(&id, &run).unwrap();
        assert_eq!(last_run(dir.path(), &id), Some(run));
        std::fs::write(dir.path().join("groups-123/last-run.json"), "{").unwrap();
        assert_eq!(last_run(dir.path(), &id), None);
        cache.clear().unwrap();
        assert!(!dir.path().join("groups-123/last-run.json").exists(), "it tells of a copy that is no more");
    }
}
