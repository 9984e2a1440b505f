//! What an owner sees of a sync, against a Zotero on loopback. Time is virtual: nothing here waits for a clock.

mod access;
mod answers;
mod attachments;
mod audit;
mod batches;
mod cost;
mod desktop;
mod faults;
mod figures;
mod folder;
mod kills;
mod plan;
mod readers;
mod replicas;
pub mod scripts;
mod truth;
mod withheld;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use zbib::report::{self, Hint, Report, Verbosity, failure};
use zbib::sync::{self, Manner, Rules, Run, Store, SyncError, Synced, Withheld};
use zbib::zotero::cache::{self, Cache, LibrarySnapshot, Md5};
use zbib::zotero::record::{CollectionKey, CollectionRecord, ItemKey, LibraryKind, LibraryVersion, Record, Tree};
use zbib::zotero::source::web::{Http, Network};
use zbib::zotero::source::{self, ApiKey, Clock, Source};

use crate::fake_zotero::{FakeZotero, Fault, Library, Request, StoredFile, key};

const START: Duration = Duration::from_secs(1_700_000_000);
const SECRET: &str = "q7Zt0n3XkVbR2m9WcYdL5sHa";

/// Rules that withhold the trash, what is tagged `_private`, and collections called `_…`; and want all files and texts.
#[derive(Default)]
struct TestRules {
    strict: bool,
    no_files: bool,
}

impl Rules for TestRules {
    fn withheld(&self, records: &[Record], collections: &[CollectionRecord]) -> Withheld {
        if !self.strict {
            return Withheld::default();
        }
        let hidden = |collection: &&CollectionRecord| collection.withheld || collection.name.starts_with('_');
        let own: BTreeSet<_> = collections.iter().filter(hidden).map(|collection| collection.key).collect();
        let tree = Tree::new(collections.iter().map(|collection| (collection.key, collection.parent)));
        let within = |key: &CollectionKey| tree.lineage(*key).any(|key| own.contains(&key));
        let collections: BTreeSet<_> = collections.iter().map(|collection| collection.key).filter(within).collect();
        let secret = |record: &&Record| {
            record.withheld
                || record.trashed
                || record.tags.iter().any(|tag| tag.name == "_private")
                || record.collections.iter().any(|key| collections.contains(key))
        };
        Withheld { records: records.iter().filter(secret).map(|record| record.key).collect(), collections }
    }

    fn excluded_tag(&self, name: &str) -> bool {
        self.strict && name.starts_with('_')
    }

    fn file_wanted(&self, _: &Record) -> bool {
        !self.no_files
    }

    fn text_wanted(&self, _: &Record) -> bool {
        !self.no_files
    }

    fn notes_wanted(&self) -> bool {
        true
    }

    fn files_wanted(&self) -> bool {
        !self.no_files
    }

    fn fingerprint(&self) -> String {
        format!("{} {}", self.strict, self.no_files)
    }
}

/// An owner with a server, a cache and rules.
struct Owner {
    dir: tempfile::TempDir,
    fake: FakeZotero,
    rules: TestRules,
    store: Store,
    clock: Clock,
    key: Option<&'static str>,
    patience: Duration,
    kind: LibraryKind,
    settings: Vec<source::Settings>,
    report: Report,
    manner: Manner,
}

impl Owner {
    fn of(library: Library) -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
            fake: FakeZotero::serve(library),
            rules: TestRules::default(),
            store: Store::Publishable,
            clock: Clock::standing(START),
            key: Some(SECRET),
            patience: Duration::from_secs(20),
            kind: LibraryKind::Group,
            settings: Vec::new(),
            report: quiet(),
            manner: Manner::default(),
        }
    }

    fn settings(&self) -> source::Settings {
        let api = self.fake.url().parse().unwrap();
        source::Settings { id: "123".into(), kind: self.kind, api, ..source::Settings::default() }
    }

    fn cache_dir(&self) -> std::path::PathBuf {
        self.dir.path().join(".zbib")
    }

    fn outcome(&self) -> sync::Outcome {
        let network = Network { clock: self.clock.clone(), seed: 7, patience: self.patience };
        let http = Arc::new(Http::new(network));
        let settings = if self.settings.is_empty() { vec![self.settings()] } else { self.settings.clone() };
        let library = |settings: source::Settings| {
            let source = Source::new(&settings, self.key.map(ApiKey::new), self.dir.path(), &http).unwrap();
            sync::Library { settings, source }
        };
        let libraries: Vec<_> = settings.into_iter().map(library).collect();
        let settings = sync::Settings { store: self.store, ..sync::Settings::default() };
        let cache = Cache::open(&self.cache_dir()).unwrap();
        let (rules, clock, report) = (&self.rules, &self.clock, &self.report);
        self.fake.watch(clock);
        let run = Run { cache: &cache, rules, settings: &settings, clock, report, manner: self.manner };
        let outcome = sync::sync(run, &libraries).unwrap();
        self.fake.assert_well_behaved();
        outcome
    }

    fn try_sync(&self) -> Result<Synced, SyncError> {
        let mut outcome = self.outcome();
        match outcome.failures.pop() {
            Some((_, error)) => Err(error),
            None => Ok(outcome.libraries.remove(0)),
        }
    }

    /// A sync that must succeed; the requests it made stand in the log.
    fn sync(&self) -> Synced {
        self.fake.forget_requests();
        self.try_sync().unwrap_or_else(|error| panic!("{}", failure::text(&error)))
    }

    fn snapshot(&self) -> LibrarySnapshot {
        let id = self.settings.first().cloned().unwrap_or_else(|| self.settings()).library();
        cache::load(&self.cache_dir(), &[id]).unwrap().libraries.remove(0)
    }

    fn titles(&self) -> BTreeMap<String, String> {
        let title = |record: &Record| record.data().get("title").and_then(Value::as_str).unwrap_or_default().to_owned();
        self.snapshot().records.iter().map(|record| (record.key.to_string(), title(record))).collect()
    }

    /// The copy is the library, object for object.
    #[track_caller]
    fn assert_equal(&self) {
        let snapshot = self.snapshot();
        let parse = |raw: &str| serde_json::from_str::<Value>(raw).unwrap();
        let records: BTreeMap<_, _> = snapshot.records.iter().map(|r| (r.key.to_string(), parse(r.raw()))).collect();
        let collections: BTreeMap<_, _> =
            snapshot.collections.iter().map(|c| (c.key.to_string(), parse(c.raw()))).collect();
        self.fake.edit(|library| {
            let there: BTreeMap<_, _> = library.items.iter().map(|(k, o)| (k.clone(), o.value.clone())).collect();
            assert_eq!(records, there);
            let there: BTreeMap<_, _> = library.collections.iter().map(|(k, o)| (k.clone(), o.value.clone())).collect();
            assert_eq!(collections, there);
            assert_eq!(snapshot.state.version, LibraryVersion(library.version));
        });
    }

    fn fake_library(&self) -> Library {
        let copy = Mutex::new(None);
        self.fake.edit(|library| *copy.lock().unwrap() = Some(library.clone()));
        copy.into_inner().unwrap().unwrap()
    }

    fn waited(&self) -> Duration {
        self.clock.now() - START
    }
}

fn quiet() -> Report {
    Report::new(report::Settings { verbosity: Verbosity::Quiet, ..report::Settings::default() })
}

fn item_key(text: &str) -> ItemKey {
    text.parse().unwrap()
}
