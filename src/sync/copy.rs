//! The copy of a library while it is brought up to date.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_64;

use crate::sync::gathered::Gathered;
use crate::sync::{Counts, Library, Manner, Run, withhold};
use crate::zotero::cache::{Change, FullText, LibrarySnapshot, Md5, SetAside, State, StoredFile, TagColor};
use crate::zotero::record::{
    CollectionKey, CollectionRecord, ItemKey, LibraryId, LibraryKind, LibraryVersion, Record, Tree,
};
use crate::zotero::source::Source;

/// A library's copy.
pub(super) struct Copy {
    /// Sorted by key.
    pub(super) records: Vec<Record>,
    pub(super) collections: BTreeMap<CollectionKey, CollectionRecord>,
    pub(super) tag_colors: Vec<TagColor>,
    pub(super) fulltext: BTreeMap<ItemKey, FullText>,
    pub(super) files: BTreeMap<Md5, StoredFile>,
    pub(super) state: State,
    /// There is a whole copy, so only what changed is asked for.
    pub(super) whole: bool,
    /// The rules or what is stored are not those the copy was made with.
    pub(super) rules_changed: bool,
    /// Everything was asked for and compared.
    compared: bool,
    before: Before,
}

/// What the copy held at the start.
#[derive(Default, PartialEq)]
struct Before {
    records: BTreeMap<ItemKey, Known>,
    rest: u64,
}

/// A record as it was.
#[derive(Clone, Copy, PartialEq)]
struct Known {
    hash: u64,
    published: bool,
}

impl Copy {
    pub(super) fn of(held: Option<LibrarySnapshot>, id: &LibraryId, run: Run<'_>) -> Self {
        let mut copy = match held {
            Some(held) => Self {
                whole: !held.damaged && !run.manner.full,
                rules_changed: held.state.fetched_with != withhold::fetched_with(run),
                records: held.records,
                collections: held.collections.into_iter().map(|collection| (collection.key, collection)).collect(),
                tag_colors: held.tag_colors,
                fulltext: held.fulltext,
                files: held.files,
                compared: false,
                state: held.state,
                before: Before::default(),
            },
            None => Self::empty(id),
        };
        copy.before = copy.fingerprint(run);
        copy
    }

    fn empty(id: &LibraryId) -> Self {
        Self {
            records: Vec::new(),
            collections: BTreeMap::new(),
            tag_colors: Vec::new(),
            fulltext: BTreeMap::new(),
            files: BTreeMap::new(),
            state: State::new(id.clone()),
            whole: false,
            rules_changed: false,
            compared: false,
            before: Before::default(),
        }
    }

    /// Whether it is time to compare it whole.
    pub(super) fn audit_due(&self, run: Run<'_>) -> bool {
        let age = run.clock.now().as_secs().saturating_sub(self.state.audited);
        self.whole && age >= run.settings.audit.duration().as_secs()
    }

    /// Everything was compared.
    pub(super) fn was_compared(&mut self) {
        self.compared = true;
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = ItemKey> {
        self.records.iter().map(|record| record.key)
    }

    /// How long the owner wants it left alone; None when it is due. Who asks in a manner of its own is always answered.
    pub(super) fn fresh_for(&self, library: &Library, run: Run<'_>) -> Option<Duration> {
        let age = Duration::from_secs(run.clock.now().as_secs().saturating_sub(self.state.checked));
        let left = library.settings.interval.unwrap_or_default().duration().saturating_sub(age);
        let may_wait = self.whole && !self.rules_changed && run.manner == Manner::default();
        (may_wait && !left.is_zero()).then_some(left)
    }

    pub(super) fn get(&self, key: ItemKey) -> Option<&Record> {
        self.position(key).map(|at| &self.records[at])
    }

    fn position(&self, key: ItemKey) -> Option<usize> {
        self.records.binary_search_by_key(&key, |record| record.key).ok()
    }

    /// Puts whole records in the place of those with their keys.
    pub(super) fn replace(&mut self, records: BTreeMap<ItemKey, Record>) {
        let mut all: BTreeMap<ItemKey, Record> =
            std::mem::take(&mut self.records).into_iter().map(|record| (record.key, record)).collect();
        all.extend(records);
        self.records = all.into_values().collect();
    }

    /// Takes in what was gathered: deletions first, then whole objects, never fields.
    pub(super) fn merge(&mut self, gathered: Gathered) {
        let compared = gathered.complete || gathered.compared;
        self.compared |= compared;
        self.set_aside(&gathered);
        self.take_versions_of(gathered.server);
        if gathered.complete {
            self.records.retain(|record| gathered.pending.contains_key(&record.key));
        } else {
            let gone = |key: &ItemKey| gathered.gone.contains(key) && !gathered.records.contains_key(key);
            self.records.retain(|record| !gone(&record.key));
        }
        let dead = match gathered.collections_complete {
            true => std::mem::take(&mut self.collections).into_keys().collect(),
            false => self.sub_trees(&gathered.gone_collections),
        };
        for key in &dead {
            self.collections.remove(key);
        }
        self.collections.extend(gathered.collections.into_iter().map(|collection| (collection.key, collection)));
        let dead: BTreeSet<_> = dead.into_iter().filter(|key| !self.collections.contains_key(key)).collect();
        self.leave_collections(|key| dead.contains(key));
        let mut came = gathered.records;
        if gathered.moved {
            came.values_mut().for_each(|record| leave(record, |key| !self.collections.contains_key(key)));
        }
        self.replace(came);
        if let Some(tag_colors) = gathered.tag_colors {
            self.tag_colors = tag_colors;
        }
        if let Some(texts) = gathered.texts {
            self.note_texts(texts, compared);
        }
        self.state.version = gathered.version;
        self.state.zotero_name = gathered.name.filter(|name| !name.is_empty()).or(self.state.zotero_name.take());
        self.state.uri = gathered.uri.or_else(|| self.state.uri.take());
    }

    /// What another program or another profile counts says nothing of the texts that are here, nor of refused files. No
    /// program asks for a key.
    fn take_versions_of(&mut self, server: Option<String>) {
        if self.state.server == server {
            return;
        }
        self.fulltext.values_mut().for_each(|text| text.version = LibraryVersion(0));
        self.state.files_refused.clear();
        if server.is_some() {
            self.state.key = None;
        }
        self.state.server = server;
    }

    /// Everything is asked for, as in a first sync, when versions of the copy are none of this source's: Zotero's server
    /// and the desktop program count apart.
    pub(super) fn check_source(&mut self, source: &Source) {
        self.whole &= self.state.server.is_some() == matches!(source, Source::Desktop(_));
    }

    /// Notes what came as no record, and what is still to come.
    fn set_aside(&mut self, gathered: &Gathered) {
        let aside = &mut self.state.set_aside;
        match gathered.complete {
            true => aside.clear(),
            false => aside.retain(|key, _| !gathered.gone.contains(key)),
        }
        for skipped in &gathered.skipped {
            if let Some((key, version)) = skipped.listed() {
                aside.insert(key, SetAside { version, reason: skipped.reason.clone() });
            }
        }
        aside.retain(|key, _| !gathered.records.contains_key(key));
        self.state.pending.clone_from(&gathered.pending);
    }

    /// Notes the texts that are newer than the copy's. Those without a version have to be looked at.
    fn note_texts(&mut self, texts: BTreeMap<ItemKey, LibraryVersion>, complete: bool) {
        if complete {
            self.fulltext.retain(|key, _| texts.contains_key(key));
            self.state.texts_waiting.clear();
        }
        let held = |key, version| {
            self.fulltext.get(&key).is_some_and(|held| version > LibraryVersion(0) && held.version >= version)
        };
        let new = texts.into_iter().filter(|(key, version)| !held(*key, *version));
        self.state.texts_waiting.extend(new);
    }

    /// Writes the hash of its file into a record that names none.
    pub(super) fn name_hash(&mut self, key: ItemKey, md5: Md5) {
        let Some(at) = self.position(key) else { return };
        let mut data = self.records[at].data();
        if data.get("md5").and_then(Value::as_str).is_none() {
            data.insert("md5".into(), json!(md5));
            self.records[at] = self.records[at].with_data(data);
        }
    }

    /// Takes the owner's name for the library, else Zotero's.
    pub(super) fn rename(&mut self, own: Option<&str>) {
        let name = own.map(str::to_owned).or_else(|| self.state.zotero_name.clone());
        let library = &self.state.library;
        self.state.name = name.unwrap_or_else(|| match library.kind {
            LibraryKind::File => library.id.clone(),
            _ => library.to_string(),
        });
    }

    /// Collections and all their parts: of a deleted tree the log names the top only.
    fn sub_trees(&self, tops: &BTreeSet<CollectionKey>) -> BTreeSet<CollectionKey> {
        let tree = Tree::new(self.collections.values().map(|collection| (collection.key, collection.parent)));
        let within = |key: &&CollectionKey| tree.lineage(**key).any(|key| tops.contains(&key));
        self.collections.keys().filter(within).copied().collect()
    }

    /// Takes records out of collections that are no more: Zotero does not send them again.
    fn leave_collections(&mut self, dead: impl Fn(&CollectionKey) -> bool) {
        self.records.iter_mut().for_each(|record| leave(record, &dead));
    }

    /// Counts what is new, and notes it in the state. False beside it when the copy is as it was.
    pub(super) fn account(&mut self, run: Run<'_>) -> (Counts, bool) {
        let now = run.clock.now().as_secs();
        let after = self.fingerprint(run);
        let changed = after != self.before || self.state.changed.is_none();
        if changed {
            let (added, changed, removed) = differences(&self.before.records, &after.records, |known| known.published);
            self.state.changed = Some(Change { version: self.state.version, seen: now, added, changed, removed });
        }
        if run.manner.only.records() {
            self.state.checked = now;
        }
        if self.compared {
            self.state.audited = now;
        }
        let (added, changed_records, removed) = differences(&self.before.records, &after.records, |_| true);
        let counts = Counts { added, changed: changed_records, removed, ..self.counts() };
        (counts, changed)
    }

    pub(super) fn counts(&self) -> Counts {
        let withheld = self.records.iter().filter(|record| record.withheld).count();
        let (records, collections) = (self.records.len(), self.collections.len());
        Counts { records, collections, withheld, ..Counts::default() }
    }

    fn fingerprint(&mut self, run: Run<'_>) -> Before {
        let hidden = withhold::unpublished(run, self);
        let known = |record: &Record| {
            let published = !hidden.contains(&record.key);
            (record.key, Known { hash: xxh3_64(record.raw().as_bytes()), published })
        };
        let mut rest = String::new();
        self.collections.values().for_each(|collection| rest.push_str(collection.raw()));
        self.tag_colors.iter().for_each(|tag| rest.extend([tag.name.as_str(), &tag.color, "\n"]));
        self.fulltext.iter().for_each(|(key, text)| rest.extend([key.to_string(), text.hash().to_string()]));
        Before { records: self.records.iter().map(known).collect(), rest: xxh3_64(rest.as_bytes()) }
    }

    /// The version after which changes are asked for.
    pub(super) fn since(&self) -> LibraryVersion {
        if self.whole { self.state.version } else { LibraryVersion(0) }
    }
}

/// How many records are new, other and gone, of those that count.
fn differences(
    before: &BTreeMap<ItemKey, Known>,
    after: &BTreeMap<ItemKey, Known>,
    counts: impl Fn(&Known) -> bool,
) -> (usize, usize, usize) {
    let of = |known: &BTreeMap<ItemKey, Known>, key: &ItemKey| known.get(key).copied().filter(&counts);
    let mut sums = (0, 0, 0);
    for key in before.keys().chain(after.keys().filter(|key| !before.contains_key(key))) {
        match (of(before, key), of(after, key)) {
            (None, Some(_)) => sums.0 += 1,
            (Some(old), Some(new)) if old.hash != new.hash => sums.1 += 1,
            (Some(_), None) => sums.2 += 1,
            _ => {}
        }
    }
    sums
}

/// Takes a record out of the collections that are `dead`.
fn leave(record: &mut Record, dead: impl Fn(&CollectionKey) -> bool) {
    if !record.collections.iter().any(&dead) {
        return;
    }
    let left: Vec<Value> = record.collections.iter().filter(|key| !dead(key)).map(|key| json!(key)).collect();
    let mut data = record.data();
    data.insert("collections".into(), left.into());
    *record = record.with_data(data);
}
