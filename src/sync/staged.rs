//! What came of a library's changes so far, here and in the journal.

use std::collections::{BTreeMap, BTreeSet};

use crate::sync::SyncError;
use crate::zotero::cache::{Journal, StagedPage};
use crate::zotero::record::{ItemKey, LibraryVersion, Record, Skipped};
use crate::zotero::source::web::{Page, Range};

/// Records that came, each valid at its own version.
pub(super) struct Staged {
    /// The version after which changes are asked for; 0 for everything.
    pub(super) since: LibraryVersion,
    pub(super) records: BTreeMap<ItemKey, Record>,
    /// What came and is no record.
    pub(super) skipped: Vec<Skipped>,
    /// Records that Zotero lists and did not give, each with the version in the list.
    pub(super) pending: BTreeMap<ItemKey, LibraryVersion>,
    /// The versions of the library that the pages were of.
    pub(super) versions: BTreeSet<LibraryVersion>,
    /// How many records the pages announced.
    pub(super) total: u64,
    /// How many of these were no records.
    set_aside: u64,
    /// Some came by key, from a list of which nothing else is known any more.
    pub(super) loose: bool,
    journal: Journal,
}

impl Staged {
    pub(super) fn new(since: LibraryVersion, journal: Journal) -> Self {
        Self {
            since,
            records: BTreeMap::new(),
            skipped: Vec::new(),
            pending: BTreeMap::new(),
            versions: BTreeSet::new(),
            total: 0,
            set_aside: 0,
            loose: false,
            journal,
        }
    }

    /// Takes in what an earlier run has fetched, and gives the places of its pages.
    pub(super) fn resume(&mut self) -> Result<Vec<Range>, SyncError> {
        let mut held = Vec::new();
        for page in self.journal.pages(self.since)? {
            held.extend(page.range);
            self.add(page);
        }
        Ok(held)
    }

    /// Keeps a page here and in the journal.
    pub(super) fn keep(&mut self, page: Page) -> Result<(), SyncError> {
        let (since, version, range, total) = (self.since, page.version, page.range, page.total);
        let page = StagedPage { since, version, range, total, records: page.records, skipped: page.skipped };
        self.journal.keep_page(&page)?;
        self.add(page);
        Ok(())
    }

    /// Of a record that came twice the newer one stays.
    fn add(&mut self, page: StagedPage) {
        if page.range.is_some() {
            self.versions.insert(page.version);
            self.total = self.total.max(page.total);
            self.set_aside += page.skipped.len() as u64;
        } else {
            self.loose = true;
        }
        self.skipped.extend(page.skipped);
        for record in page.records {
            self.pending.remove(&record.key);
            if self.records.get(&record.key).is_none_or(|known| known.version <= record.version) {
                self.records.insert(record.key, record);
            }
        }
    }

    /// The version of the library that all pages were of, if there is one and nothing is missing.
    pub(super) fn whole_version(&self) -> Option<LibraryVersion> {
        let version = self.versions.first().copied()?;
        let complete = self.records.len() as u64 + self.set_aside == self.total;
        (self.versions.len() == 1 && complete && !self.loose).then_some(version)
    }

    /// Whether a listed record has not come yet in that version, nor something that is none.
    pub(super) fn lacks(&self, key: ItemKey, version: LibraryVersion) -> bool {
        let aside = |skipped: &Skipped| skipped.listed().is_some_and(|(known, at)| known == key && at >= version);
        self.records.get(&key).is_none_or(|known| known.version < version) && !self.skipped.iter().any(aside)
    }

    /// Starts from nothing: everything is asked for, but what came stays valid.
    pub(super) fn start_over(&mut self) -> Result<(), SyncError> {
        self.journal.clear()?;
        self.since = LibraryVersion(0);
        Ok(())
    }
}
