//! Bringing a copy up to date from the Zotero program on this computer, which keeps no log of what was deleted.
//!
//! # What its versions are worth
//!
//! Zotero 7 to 9 report the versions of the last synchronisation with Zotero's server. An edit that was not synchronised
//! raises none, and a record that never was has version 0. So a condition on the library's version would call a library
//! quiet that is not, and equal versions say nothing: everything is asked for, and compared by content.
//!
//! Zotero 10 and newer count versions of their own, which rise with every edit, and name the data they count for
//! (`Zotero-Server-ID`). As long as that name is the copy's, a condition holds and only other versions are fetched. What
//! versions do not tell even there is asked for by content: the attachments whose files are not in the store, as Zotero
//! downloads files without touching their records, the records in collections that are not listed, and everything when the list of collections is another, as a collection
//! that comes back from the trash comes without a change of its records.
//!
//! Either way the complete list of keys is compared with the copy: what it lacks is gone, and no log says so.

mod doubt;
pub(super) mod texts;

use std::collections::{BTreeMap, BTreeSet};

use crate::sync::copy::Copy;
use crate::sync::gathered::Gathered;
use crate::sync::{Run, SyncError};
use crate::zotero::cache::TagColor;
use crate::zotero::record::{CollectionKey, CollectionRecord, ItemKey, LibraryVersion, Record, Skipped};
use crate::zotero::source::desktop::{Batch, Desktop, DesktopError, Server, Versions};
use crate::zotero::source::{SourceError, origin};

/// Above so many records, asking for all in parts is less than asking by key.
const MANY: usize = 300;

/// What changed since the copy was made; None when nothing did.
pub(super) async fn changes(run: Run<'_>, desktop: &Desktop, copy: &Copy) -> Result<Option<Gathered>, SyncError> {
    let known = copy.state.server.as_deref().filter(|_| copy.whole).map(Server::from_text);
    // The audit believes no version: who puts back a backup of Zotero's data puts back its versions, too.
    let trusted = matches!(known, Some(Server::Named(_))) && !copy.audit_due(run);
    desktop.expect(known);
    match Gathering::new(run, desktop, copy).changes(trusted).await {
        // Another profile, or Zotero became newer: versions of the copy mean nothing here.
        Err(SyncError::Source(SourceError::Desktop(DesktopError::OtherServer))) => {
            desktop.expect(None);
            Gathering::new(run, desktop, copy).changes(false).await
        }
        gathered => gathered,
    }
}

struct Gathering<'a> {
    run: Run<'a>,
    desktop: &'a Desktop,
    copy: &'a Copy,
    /// Records that are not as the copy has them.
    records: BTreeMap<ItemKey, Record>,
    /// What came and is no record.
    skipped: Vec<Skipped>,
    /// The library's own name, and the prefix of its URIs, as its records tell them.
    origin: Option<(Option<String>, String)>,
    /// The versions of the library that answers were of.
    versions: BTreeSet<LibraryVersion>,
    /// Collections of the copy that the library lists no more: the merge takes records out of them, so those that name
    /// them all the same come with it.
    unlisted: BTreeSet<CollectionKey>,
}

impl<'a> Gathering<'a> {
    fn new(run: Run<'a>, desktop: &'a Desktop, copy: &'a Copy) -> Self {
        let (records, versions, unlisted) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        Self { run, desktop, copy, records, skipped: Vec::new(), origin: None, versions, unlisted }
    }

    async fn changes(mut self, trusted: bool) -> Result<Option<Gathered>, SyncError> {
        let condition = (trusted && !self.copy.rules_changed).then_some(self.copy.state.version);
        let listed = match trusted {
            true => match self.desktop.item_versions(condition).await? {
                None => return self.changes_without_versions().await,
                listed => listed,
            },
            false => None,
        };
        let (collections, version, skipped) = self.desktop.collections().await?;
        self.skipped.extend(skipped);
        self.versions.insert(version);
        let same_collections = self.note_unlisted(&collections);
        let listed = match listed {
            Some(listed) if same_collections => self.fetch_listed(listed).await?,
            _ => self.fetch_all().await?,
        };
        self.settle(listed, collections).await.map(Some)
    }

    /// What may change though no version does.
    async fn changes_without_versions(mut self) -> Result<Option<Gathered>, SyncError> {
        self.fetch(&doubt::without_files(self.run, self.copy)).await?;
        let gathered = Gathered {
            version: self.copy.state.version,
            server: self.desktop.server().map(|server| server.to_text()),
            records: self.records,
            skipped: self.skipped,
            ..Gathered::default()
        };
        Ok((!gathered.records.is_empty()).then_some(gathered))
    }

    /// The records with other versions than the copy's.
    async fn fetch_listed(&mut self, listed: Versions) -> Result<Versions, SyncError> {
        let same = |key, version| {
            version > LibraryVersion(0) && self.copy.get(key).is_some_and(|held| held.version == version)
        };
        let other = listed.items.iter().filter(|(key, version)| !same(**key, **version)).map(|(key, _)| *key);
        let mut other: BTreeSet<_> = other.collect();
        other.extend(doubt::without_files(self.run, self.copy));
        other.extend(doubt::in_unlisted_collections(self.copy));
        if other.len() > MANY {
            return self.fetch_all().await;
        }
        self.fetch(&other).await?;
        Ok(listed)
    }

    /// All records; then the list of their keys, and what it has beyond them.
    async fn fetch_all(&mut self) -> Result<Versions, SyncError> {
        let progress = self.run.report.progress("records", None);
        let mut seen = BTreeSet::new();
        let desktop = self.desktop;
        let taken = |batch: Batch| {
            progress.total(batch.total);
            progress.advance(batch.records.len() as u64);
            seen.extend(batch.records.iter().map(|record| record.key));
            self.take(batch);
            Ok::<(), SyncError>(())
        };
        desktop.items(taken).await?;
        let listed = self.desktop.item_versions(None).await?.unwrap_or_default();
        let lacking = listed.items.keys().copied().filter(|key| !seen.contains(key)).collect();
        self.fetch(&lacking).await?;
        self.records.retain(|key, _| listed.items.contains_key(key));
        Ok(listed)
    }

    async fn fetch(&mut self, keys: &BTreeSet<ItemKey>) -> Result<(), SyncError> {
        let desktop = self.desktop;
        let taken = |batch: Batch| {
            self.take(batch);
            Ok::<(), SyncError>(())
        };
        desktop.items_by_key(keys, taken).await
    }

    /// Keeps of a batch what is not in the copy already.
    fn take(&mut self, batch: Batch) {
        self.skipped.extend(batch.skipped);
        self.versions.insert(batch.version);
        self.origin = self.origin.take().or_else(|| batch.records.iter().find_map(origin));
        let (copy, unlisted) = (self.copy, &self.unlisted);
        let aside = &copy.state.set_aside;
        let same = |record: &Record| copy.get(record.key).is_some_and(|held| doubt::is_same(held, record));
        let held = |record: &Record| same(record) && !aside.contains_key(&record.key);
        let stays = |record: &Record| held(record) && !record.collections.iter().any(|key| unlisted.contains(key));
        let new = batch.records.into_iter().filter(|record| !stays(record));
        self.records.extend(new.map(|record| (record.key, record)));
    }

    /// Notes the collections that are listed no more. True when the list is the copy's.
    fn note_unlisted(&mut self, collections: &[CollectionRecord]) -> bool {
        let listed: BTreeSet<_> = collections.iter().map(|collection| collection.key).collect();
        self.unlisted = self.copy.collections.keys().filter(|key| !listed.contains(key)).copied().collect();
        listed.iter().all(|key| self.copy.collections.contains_key(key)) && self.unlisted.is_empty()
    }

    async fn settle(mut self, listed: Versions, collections: Vec<CollectionRecord>) -> Result<Gathered, SyncError> {
        let texts = self.desktop.text_versions().await?;
        let colors = self.desktop.tag_colors().await?;
        let named = |(name, color)| TagColor { name, color };
        self.versions.insert(listed.version);
        let (name, uri) = self.origin.map_or((None, None), |(name, uri)| (name, Some(uri)));
        let copied = self.copy.records.iter().map(|record| record.key);
        Ok(Gathered {
            // What came later is newer than that: it is listed again by the next sync.
            version: self.versions.first().copied().unwrap_or_default(),
            server: self.desktop.server().map(|server| server.to_text()),
            name,
            uri,
            compared: true,
            gone: copied.filter(|key| !listed.items.contains_key(key)).collect(),
            records: self.records,
            skipped: self.skipped,
            collections_complete: true,
            collections,
            // A program that does not tell takes no colour away.
            tag_colors: colors.map(|colors| colors.into_iter().map(named).collect()),
            texts,
            ..Gathered::default()
        })
    }
}
