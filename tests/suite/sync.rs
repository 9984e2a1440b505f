//! What an owner sees of a sync, against a Zotero on loopback. Time is virtual: nothing here waits for a clock.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use zbib::report::{self, Hint, Report, Verbosity, failure};
use zbib::sync::{self, Rules, Run, Store, SyncError, Synced, Withheld};
use zbib::zotero::cache::{self, Cache, LibrarySnapshot, Md5};
use zbib::zotero::record::{CollectionRecord, ItemKey, LibraryKind, LibraryVersion, Record};
use zbib::zotero::source::web::{Http, Network};
use zbib::zotero::source::{self, ApiKey, Clock, Source};

use crate::fake_zotero::{FakeZotero, Fault, Library, StoredFile, key};

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
        let collections: BTreeSet<_> = collections.iter().filter(hidden).map(|collection| collection.key).collect();
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
        let settings = sync::Settings { store: self.store };
        let cache = Cache::open(&self.cache_dir()).unwrap();
        let (rules, clock, report) = (&self.rules, &self.clock, &self.report);
        sync::sync(Run { cache: &cache, rules, settings: &settings, clock, report, full: false }, &libraries).unwrap()
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

#[test]
fn a_quiet_night_is_one_request() {
    let owner = Owner::of(Library::of_books(5));
    owner.sync();
    let synced = owner.sync();
    assert_eq!(owner.fake.requests().len(), 1);
    assert!(synced.unchanged && synced.requests == 1);
    assert_eq!(owner.fake.requests()[0].header("if-modified-since-version"), Some("5"));
}

#[test]
fn a_quiet_night_moves_nothing_but_the_time_it_was_asked() {
    let mut owner = Owner::of(Library::of_books(5));
    owner.sync();
    let before = owner.snapshot();
    owner.clock = Clock::standing(START * 2);
    owner.sync();
    let mut after = owner.snapshot();
    assert_ne!(after.state.checked, before.state.checked);
    after.state.checked = before.state.checked;
    assert_eq!(after, before);
}

#[test]
fn a_first_sync_asks_for_a_hundred_at_a_time() {
    for (items, collections) in [(0, 0), (1, 1), (100, 0), (250, 101), (1000, 3)] {
        let mut library = Library::of_books(items);
        (0..collections).for_each(|at| library.collection(&key(at), "A collection", None));
        let owner = Owner::of(library);
        owner.sync();
        let most = items.div_ceil(100) + collections.div_ceil(100) + 8;
        assert!(owner.fake.requests().len() <= most, "{items}: {}", owner.fake.requests().len());
        owner.assert_equal();
    }
}

#[test]
fn an_edit_is_at_most_six_requests() {
    let owner = Owner::of(Library::of_books(250));
    owner.sync();
    owner.fake.edit(|library| library.set(&key(7), "title", json!("Edited")));
    let synced = owner.sync();
    assert!(owner.fake.requests().len() <= 6, "{}", owner.fake.requests().len());
    assert_eq!((synced.counts.added, synced.counts.changed, synced.counts.removed), (0, 1, 0));
    owner.assert_equal();
}

#[test]
fn every_request_is_a_plain_reading_one_with_the_key_in_its_header_only() {
    let mut library = Library::of_books(150);
    library.key = Some(SECRET.into());
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    let owner = Owner::of(library);
    owner.sync();
    for request in owner.fake.requests() {
        assert_eq!((request.method.as_str(), request.header("zotero-api-version")), ("GET", Some("3")));
        assert_eq!(request.header("zotero-api-key"), Some(SECRET));
        assert!(request.header("expect").is_none() && request.header("user-agent").unwrap().starts_with("zbib/"));
        assert!(!request.url.as_str().contains(SECRET));
    }
    for request in owner.fake.storage_requests() {
        assert!(
            request.headers.values().all(|value| !value.contains(SECRET)) && !request.url.as_str().contains(SECRET)
        );
    }
    assert_eq!(owner.fake.storage_requests().len(), 1);
    for entry in
        walkdir::WalkDir::new(owner.cache_dir()).into_iter().flatten().filter(|entry| entry.file_type().is_file())
    {
        assert!(!String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).contains(SECRET), "{:?}", entry.path());
    }
}

#[test]
fn never_more_than_four_requests_are_in_flight() {
    let owner = Owner::of(Library::of_books(2500));
    owner.sync();
    assert!(owner.fake.most_in_flight() <= 4, "{}", owner.fake.most_in_flight());
    owner.assert_equal();
}

#[test]
fn backoff_and_retry_after_are_obeyed() {
    let owner = Owner::of(Library::of_books(150));
    owner.fake.fault(1, Fault::Backoff(5));
    owner.fake.fault(3, Fault::RetryAfter(429, 20));
    owner.sync();
    assert!(owner.waited() >= Duration::from_secs(25), "{:?}", owner.waited());
    owner.assert_equal();
    owner.fake.forget_requests();
    owner.fake.fault(1, Fault::RetryAfter(503, 1_000_000));
    owner.try_sync().unwrap();
    assert!(owner.waited() < Duration::from_secs(3700), "an hour at most");
}

#[test]
fn faults_of_the_way_are_tried_again() {
    for fault in
        [Fault::Drop, Fault::Status(500), Fault::Status(502), Fault::Status(429), Fault::Truncated, Fault::HalfJson]
    {
        let owner = Owner::of(Library::of_books(250));
        owner.fake.fault(2, fault);
        owner.try_sync().unwrap();
        assert!(owner.waited() >= Duration::from_secs(1));
        owner.assert_equal();
    }
}

#[test]
fn a_server_that_stays_down_is_given_up_and_nothing_is_lost() {
    let owner = Owner::of(Library::of_books(3));
    owner.sync();
    owner.fake.forget_requests();
    (1..100).for_each(|n| owner.fake.fault(n, Fault::Status(503)));
    let error = owner.try_sync().unwrap_err();
    assert!(failure::text(&error).contains("did not answer, after 8 attempts"), "{}", failure::text(&error));
    assert_eq!(owner.snapshot().records.len(), 3);
}

#[test]
fn pages_that_are_too_heavy_are_halved() {
    let owner = Owner::of(Library::of_books(250));
    owner.fake.fault(1, Fault::Status(504));
    owner.fake.fault(2, Fault::Status(413));
    owner.sync();
    let limits: Vec<_> = owner.fake.requests().iter().filter_map(|request| request.parameter("limit")).collect();
    assert_eq!(limits[0], "100");
    assert!(limits.contains(&"50".to_owned()) && limits.contains(&"25".to_owned()), "{limits:?}");
    owner.assert_equal();

    let owner = Owner { patience: Duration::from_millis(200), ..Owner::of(Library::of_books(150)) };
    owner.fake.fault(1, Fault::Hang);
    owner.sync();
    owner.assert_equal();
}

#[test]
fn a_refused_key_is_told_at_once_and_never_tried_again() {
    let mut library = Library::of_books(3);
    library.key = Some("another".into());
    let owner = Owner::of(library);
    let error = owner.try_sync().unwrap_err();
    assert_eq!(owner.fake.requests().len(), 1);
    let text = failure::text(&error);
    assert!(text.contains("Zotero refused access to group 123") && text.contains("settings/keys"), "{text}");
    assert!(!text.contains(SECRET) && !format!("{error:?}").contains(SECRET));
}

#[test]
fn a_web_page_instead_of_a_library_is_an_error_and_the_cache_stays() {
    let owner = Owner::of(Library::of_books(3));
    owner.sync();
    for fault in [Fault::Html, Fault::NoVersion] {
        owner.fake.edit(|library| library.book("NEWBOOKA", "New"));
        owner.fake.forget_requests();
        owner.fake.fault(1, fault);
        let error = owner.try_sync().unwrap_err();
        assert!(error.hint().is_some());
        assert_eq!(owner.snapshot().records.len(), 3);
    }
    owner.sync();
    owner.assert_equal();
}

#[test]
fn a_deleted_record_goes_with_its_children_and_its_full_text() {
    let mut library = Library::of_books(3);
    library.pdf("PDFAAAAA", &key(1), b"%PDF");
    library.text("PDFAAAAA", "words");
    let owner = Owner::of(library);
    owner.sync();
    assert_eq!(owner.snapshot().fulltext[&item_key("PDFAAAAA")].read().unwrap(), "words");
    owner.fake.edit(|library| library.delete(&key(1)));
    let synced = owner.sync();
    assert_eq!(synced.counts.removed, 2);
    assert!(owner.snapshot().fulltext.is_empty());
    owner.assert_equal();
}

#[test]
fn a_deleted_collection_goes_with_its_sub_tree_and_its_memberships() {
    let mut library = Library::new();
    library.collection("TOPAAAAA", "Top", None);
    library.collection("MIDAAAAA", "Middle", Some("TOPAAAAA"));
    library.collection("LOWAAAAA", "Low", Some("MIDAAAAA"));
    library.collection("OTHERAAA", "Other", None);
    let collections = json!(["LOWAAAAA", "OTHERAAA"]);
    library.put("BOOKAAAA", json!({"itemType": "book", "title": "B", "collections": collections}));
    let owner = Owner::of(library);
    owner.sync();
    owner.fake.edit(|library| library.delete_collection("TOPAAAAA"));
    owner.sync();
    assert_eq!(owner.snapshot().collections.len(), 1);
    assert_eq!(owner.snapshot().records[0].collections, ["OTHERAAA".parse().unwrap()]);
    owner.assert_equal();
}

#[test]
fn trash_and_restoring_are_seen() {
    let owner = Owner::of(Library::of_books(3));
    owner.sync();
    owner.fake.edit(|library| library.trash(&key(1)));
    owner.sync();
    assert!(owner.snapshot().records[1].trashed);
    owner.fake.edit(|library| library.restore(&key(1)));
    owner.sync();
    assert!(!owner.snapshot().records[1].trashed);
    owner.assert_equal();
}

#[test]
fn a_record_deleted_and_made_again_stays() {
    let owner = Owner::of(Library::of_books(2));
    owner.sync();
    owner.fake.edit(|library| {
        library.delete(&key(0));
        library.book(&key(0), "Again");
        library.deleted_items.insert(key(0), library.version);
    });
    owner.sync();
    owner.assert_equal();
}

#[test]
fn a_log_of_deletions_that_is_too_short_leads_to_a_full_sync() {
    let owner = Owner::of(Library::of_books(5));
    owner.sync();
    owner.fake.edit(|library| {
        library.delete(&key(0));
        library.deleted_items.clear();
        library.log_starts_at = library.version;
    });
    owner.sync();
    owner.assert_equal();
}

#[test]
fn a_library_that_changes_during_the_sync_is_copied_whole() {
    for n in 1..=7 {
        let owner = Owner::of(Library::of_books(350));
        owner.fake.fault(
            n,
            Fault::Edit(Box::new(|library| {
                library.delete(&key(3));
                library.set(&key(120), "title", json!("Edited"));
                library.book("NEWBOOKA", "New");
            })),
        );
        owner.sync();
        let edited_before_the_last_list = owner.snapshot().state.version > LibraryVersion(350);
        if !edited_before_the_last_list {
            owner.sync();
        }
        owner.assert_equal();
    }
}

#[test]
fn a_library_that_never_rests_is_copied_at_a_version_that_holds() {
    let owner = Owner::of(Library::of_books(120));
    for n in 1..200 {
        owner.fake.fault(n, Fault::Edit(Box::new(|library| library.set(&key(5), "title", json!("Again")))));
    }
    owner.sync();
    assert!(owner.fake.requests().len() < 60, "bounded: {}", owner.fake.requests().len());
    let owner = Owner { fake: FakeZotero::serve(owner.fake_library()), ..owner };
    owner.sync();
    owner.assert_equal();
}

impl Owner {
    fn fake_library(&self) -> Library {
        let copy = Mutex::new(None);
        self.fake.edit(|library| *copy.lock().unwrap() = Some(library.clone()));
        copy.into_inner().unwrap().unwrap()
    }
}

#[test]
fn a_broken_off_first_sync_goes_on_where_it_stopped() {
    let owner = Owner::of(Library::of_books(950));
    (7..100).for_each(|n| owner.fake.fault(n, Fault::Status(500)));
    owner.try_sync().unwrap_err();
    let id = owner.settings().library();
    assert!(cache::load(&owner.cache_dir(), &[id]).is_err(), "no half a library");
    let owner = Owner { fake: FakeZotero::serve(owner.fake_library()), ..owner };
    owner.sync();
    let pages = owner.fake.requests().iter().filter(|request| request.path().ends_with("/items")).count();
    assert!((1..=6).contains(&pages), "{pages} pages");
    owner.assert_equal();
    assert!(!owner.cache_dir().join("journal/groups-123").exists());
}

#[test]
fn a_broken_off_sync_goes_on_though_the_library_changed_meanwhile() {
    let owner = Owner::of(Library::of_books(450));
    (4..100).for_each(|n| owner.fake.fault(n, Fault::Status(500)));
    owner.try_sync().unwrap_err();
    let mut library = owner.fake_library();
    library.delete(&key(1));
    library.set(&key(2), "title", json!("Edited"));
    library.book("NEWBOOKA", "New");
    let owner = Owner { fake: FakeZotero::serve(library), ..owner };
    owner.sync();
    owner.assert_equal();
}

#[test]
fn what_is_no_record_is_set_aside_and_the_rest_is_kept() {
    let mut library = Library::of_books(3);
    library.put_raw(r#"{"key":"../../XX","version":4,"data":{"key":"../../XX","itemType":"book"}}"#);
    library.put_raw(r#"{"key":"BADBADBA","version":5,"data":{"key":"BADBADBA"}}"#);
    let owner = Owner::of(library);
    owner.sync();
    assert_eq!(owner.titles().len(), 3);
    assert!(owner.report.warnings() >= 2);
}

#[test]
fn a_damaged_cache_is_fetched_again() {
    let owner = Owner::of(Library::of_books(3));
    owner.sync();
    fs::write(owner.cache_dir().join("groups-123/items.jsonl"), "{\"key\":").unwrap();
    owner.sync();
    owner.assert_equal();
    fs::write(owner.cache_dir().join("groups-123/state.json"), "").unwrap();
    owner.sync();
    owner.assert_equal();
}

#[test]
fn files_come_by_hash_each_once() {
    let mut library = Library::of_books(2);
    library.pdf("PDFAAAAA", &key(0), b"%PDF one");
    library.pdf("PDFBBBBB", &key(1), b"%PDF one");
    library.pdf("PDFCCCCC", &key(1), b"");
    library.attachment("NOFILEAA", &key(1), "application/pdf", "gone.pdf", Md5::of(b"gone"));
    let owner = Owner::of(library);
    owner.sync();
    let files = owner.snapshot().files;
    assert_eq!(files.keys().copied().collect::<BTreeSet<_>>(), [Md5::of(b"%PDF one"), Md5::of(b"")].into());
    assert_eq!(fs::read(&files[&Md5::of(b"%PDF one")].path).unwrap(), b"%PDF one");
    owner.sync();
    assert_eq!(owner.fake.requests().len(), 1, "nothing is asked again, the missing file neither");
    owner.fake.edit(|library| library.pdf("PDFAAAAA", &key(0), b"%PDF two"));
    let synced = owner.sync();
    assert!(owner.fake.requests().len() <= 7 && synced.files == 1);
    assert!(owner.snapshot().files.contains_key(&Md5::of(b"%PDF one")), "the other attachment's file stays");
}

#[test]
fn a_file_with_the_wrong_content_is_left_out_and_the_last_good_one_stays() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF good");
    let owner = Owner::of(library);
    owner.sync();
    owner.fake.edit(|library| {
        library.attachment("PDFAAAAA", &key(0), "application/pdf", "PDFAAAAA.pdf", Md5::of(b"%PDF new"));
        let announced = Some(Md5::of(b"%PDF new"));
        library
            .files
            .insert("PDFAAAAA".into(), StoredFile { bytes: b"%PDF bad!".to_vec(), compressed: false, announced });
    });
    owner.sync();
    assert_eq!(owner.snapshot().files.keys().copied().collect::<Vec<_>>(), [Md5::of(b"%PDF good")]);
    assert_eq!(owner.report.warnings(), 1);
    owner.fake.edit(|library| library.files.get_mut("PDFAAAAA").unwrap().bytes = b"%PDF new".to_vec());
    owner.sync();
    assert!(owner.snapshot().files.contains_key(&Md5::of(b"%PDF new")), "asked again in the next run");
}

#[test]
fn a_file_that_breaks_off_is_asked_for_again() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), &[b'x'; 5000]);
    let owner = Owner::of(library);
    owner.fake.storage_fault(1, Fault::Truncated);
    owner.fake.storage_fault(2, Fault::Status(403));
    owner.sync();
    assert!(owner.snapshot().files.contains_key(&Md5::of(&[b'x'; 5000])));
    assert_eq!(owner.report.warnings(), 0);
}

#[test]
fn a_zipped_snapshot_is_unpacked_and_its_main_file_kept() {
    let zipped = |name: &str, content: &[u8]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let (page, old) = (zipped("page.html", b"<p>page"), zipped("old.html", b"<p>old"));
    let mut library = Library::of_books(1);
    library.attachment("SNAPAAAA", &key(0), "text/html", "page.html", Md5::of(b"<p>page"));
    library.files.insert("SNAPAAAA".into(), StoredFile { bytes: page, compressed: true, announced: None });
    // Very old clients named the hash of the ZIP.
    library.attachment("SNAPBBBB", &key(0), "text/html", "old.html", Md5::of(&old));
    library.files.insert("SNAPBBBB".into(), StoredFile { bytes: old.clone(), compressed: true, announced: None });
    let owner = Owner::of(library);
    owner.sync();
    let files = owner.snapshot().files;
    assert_eq!(fs::read(&files[&Md5::of(b"<p>page")].path).unwrap(), b"<p>page");
    assert_eq!(fs::read(&files[&Md5::of(&old)].path).unwrap(), b"<p>old");
    owner.sync();
    assert_eq!(owner.fake.requests().len(), 1);
}

#[test]
fn files_that_the_key_may_not_read_are_told_once_and_not_asked_again() {
    let mut library = Library::of_books(1);
    for at in 0..20 {
        library.pdf(&key(1000 + at), &key(0), format!("file {at}").as_bytes());
    }
    library.refuses_files = true;
    let owner = Owner::of(library);
    owner.sync();
    let asked = owner.fake.requests().iter().filter(|request| request.path().ends_with("/file")).count();
    assert!(asked <= 4, "{asked}");
    owner.sync();
    assert_eq!(owner.fake.requests().len(), 1);

    let owner = Owner { key: None, ..Owner::of(owner.fake_library()) };
    owner.sync();
    assert!(
        owner.fake.requests().iter().all(|request| !request.path().ends_with("/file")),
        "groups give files to members"
    );
}

#[test]
fn full_texts_follow_their_own_version() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.text("PDFAAAAA", "first");
    library.text("UNKNOWNA", "of nobody");
    let owner = Owner::of(library);
    owner.sync();
    owner.fake.edit(|library| library.set("PDFAAAAA", "title", json!("Renamed")));
    owner.sync();
    assert!(owner.fake.requests().iter().all(|request| !request.path().ends_with("PDFAAAAA/fulltext")));
    owner.fake.edit(|library| library.text("PDFAAAAA", "second"));
    let synced = owner.sync();
    assert_eq!(synced.texts, 1);
    assert_eq!(owner.snapshot().fulltext[&item_key("PDFAAAAA")].read().unwrap(), "second");
}

#[test]
fn the_cache_holds_nothing_of_what_the_rules_withhold() {
    let mut library = Library::new();
    library.collection("HIDDENAA", "_Secret plans", None);
    library.collection("PARTAAAA", "Part of the plans", Some("HIDDENAA"));
    library.collection("OPENAAAA", "Open", None);
    let book = |title: &str, tags: Value, collections: Value| json!({"itemType": "book", "title": title, "tags": tags, "collections": collections});
    library.put("OPENBOOK", book("Open book", json!([{"tag": "_todo"}, {"tag": "shown"}]), json!(["OPENAAAA"])));
    library.put("TAGGEDAA", book("Secret by tag", json!([{"tag": "_private"}]), json!([])));
    library.put("NOTEAAAA", json!({"itemType": "note", "parentItem": "TAGGEDAA", "note": "Secret by parent"}));
    library.put("MEMBERAA", book("Secret by collection", json!([]), json!(["HIDDENAA"])));
    library.put("TRASHEDA", json!({"itemType": "book", "title": "Secret by trash", "deleted": 1}));
    library.tag_color("_todo", "#FF6666");
    let mut owner = Owner { rules: TestRules { strict: true, ..TestRules::default() }, ..Owner::of(library) };
    owner.sync();
    assert_eq!(owner.sync().counts.withheld, 4);
    assert_eq!(owner.fake.requests().len(), 1, "a quiet night, stubs or not");
    for entry in
        walkdir::WalkDir::new(owner.cache_dir()).into_iter().flatten().filter(|entry| entry.file_type().is_file())
    {
        let text = fs::read_to_string(entry.path()).unwrap();
        for secret in ["Secret", "_todo", "plans"] {
            assert!(!text.contains(secret), "{secret} in {:?}", entry.path());
        }
    }
    assert!(owner.snapshot().records.iter().any(|record| record.raw().contains("\"withheld-tags\":1")));

    owner.fake.edit(|library| library.set("TAGGEDAA", "tags", json!([])));
    owner.fake.edit(|library| library.restore("TRASHEDA"));
    owner.sync();
    assert_eq!(owner.titles()["TAGGEDAA"], "Secret by tag");
    assert_eq!(owner.titles()["TRASHEDA"], "Secret by trash");
    let note = owner.snapshot().records.into_iter().find(|record| record.key == item_key("NOTEAAAA")).unwrap();
    assert!(note.raw().contains("Secret by parent"), "the child is back though Zotero did not send it again");

    owner.fake.edit(|library| library.set_on_collection("HIDDENAA", "name", json!("Plans")));
    owner.sync();
    assert_eq!(owner.titles()["MEMBERAA"], "Secret by collection");

    owner.rules.strict = false;
    owner.sync();
    owner.assert_equal();
    assert_eq!(owner.snapshot().tag_colors.len(), 1);
}

#[test]
fn when_the_rules_change_only_the_difference_is_fetched() {
    let mut library = Library::of_books(500);
    (0..60).for_each(|at| library.set(&key(at), "tags", json!([{"tag": "_private"}])));
    let mut owner = Owner { rules: TestRules { strict: true, ..TestRules::default() }, ..Owner::of(library) };
    owner.sync();
    owner.rules.strict = false;
    owner.sync();
    assert!(owner.fake.requests().len() <= 7, "{}", owner.fake.requests().len());
    owner.assert_equal();
}

#[test]
fn one_library_that_fails_does_not_stop_the_others() {
    let mut owner = Owner::of(Library::of_books(3));
    let broken = source::Settings { id: "999".into(), ..owner.settings() };
    owner.settings = vec![broken, owner.settings()];
    let outcome = owner.outcome();
    assert_eq!(outcome.libraries.len(), 1);
    assert_eq!(outcome.failures[0].0.to_string(), "groups-999");
    let text = failure::text(&outcome.failures[0].1);
    assert!(text.contains("Zotero does not know group 999"), "{text}");
}

#[test]
fn a_library_that_is_not_due_is_not_asked() {
    let mut owner = Owner::of(Library::of_books(3));
    owner.settings = vec![source::Settings { interval: Some("12h".parse().unwrap()), ..owner.settings() }];
    owner.sync();
    owner.sync();
    assert_eq!(owner.fake.requests().len(), 0);
}

#[test]
fn my_publications_are_a_library() {
    let owner = Owner { kind: LibraryKind::Publications, key: None, ..Owner::of(Library::of_books(120)) };
    owner.sync();
    assert!(owner.fake.requests().iter().all(|request| request.path() == "/users/123/publications/items"));
    assert_eq!(owner.snapshot().records.len(), 120);
    owner.fake.edit(|library| library.delete(&key(5)));
    owner.sync();
    assert_eq!(owner.snapshot().records.len(), 119, "without a log of deletions");
}

/// Writes the library of a server as the folder it would be.
fn write_folder(library: &Library, dir: &Path) {
    let lines = |objects: &BTreeMap<String, crate::fake_zotero::Object>| -> String {
        objects.values().map(|object| object.raw.clone() + "\n").collect()
    };
    fs::create_dir_all(dir.join("fulltext")).unwrap();
    fs::write(dir.join("items.jsonl"), lines(&library.items)).unwrap();
    fs::write(dir.join("collections.jsonl"), lines(&library.collections)).unwrap();
    let settings: BTreeMap<_, _> = library.settings.iter().map(|(name, (value, _))| (name, value)).collect();
    fs::write(dir.join("settings.json"), serde_json::to_string(&settings).unwrap()).unwrap();
    for (key, (text, _)) in &library.texts {
        fs::write(dir.join(format!("fulltext/{key}.txt")), text).unwrap();
    }
    for (key, file) in &library.files {
        fs::create_dir_all(dir.join("files").join(key)).unwrap();
        fs::write(dir.join("files").join(key).join(format!("{key}.pdf")), &file.bytes).unwrap();
    }
}

fn folder_owner(library: &Library) -> Owner {
    let mut owner = Owner::of(Library::new());
    write_folder(library, &owner.dir.path().join("papers"));
    let path = Some("papers".to_owned());
    owner.settings = vec![source::Settings { kind: LibraryKind::File, path, ..source::Settings::default() }];
    owner
}

#[test]
fn a_folder_and_a_server_with_the_same_records_give_the_same_snapshot() {
    let mut library = Library::of_books(120);
    library.collection("TOPAAAAA", "Top", None);
    library.tag_color("shown", "#FF6666");
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.text("PDFAAAAA", "words");
    library.set(&key(3), "title", json!("Größe \u{1f600} \"quoted\""));
    let (web, folder) = (Owner::of(library.clone()), folder_owner(&library));
    web.sync();
    folder.sync();
    let (web, folder) = (web.snapshot(), folder.snapshot());
    assert_eq!(web.records, folder.records);
    assert_eq!(web.collections, folder.collections);
    assert_eq!(web.tag_colors, folder.tag_colors);
    assert_eq!(web.files.keys().collect::<Vec<_>>(), folder.files.keys().collect::<Vec<_>>());
    let texts = |snapshot: &LibrarySnapshot| -> BTreeMap<_, _> {
        snapshot.fulltext.iter().map(|(key, text)| (*key, text.read().unwrap())).collect()
    };
    assert_eq!(texts(&web), texts(&folder));
    assert_eq!((web.name, folder.name), ("Fake library".into(), "Fake library".into()));
    assert_eq!(
        (web.uri.as_deref(), folder.uri.as_deref()),
        (Some("http://zotero.org/groups/123"), Some("http://zotero.org/groups/123"))
    );
}

#[test]
fn a_folder_is_synced_without_a_request_and_follows_its_files() {
    let mut library = Library::of_books(2);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.text("PDFAAAAA", "words");
    let owner = folder_owner(&library);
    let synced = owner.sync();
    assert_eq!((synced.requests, synced.files, synced.texts), (0, 1, 1));
    let again = owner.sync();
    assert!(again.unchanged && again.files + again.texts == 0);
    assert_eq!(owner.snapshot().state.changed.unwrap().seen, START.as_secs());
    fs::remove_file(owner.dir.path().join("papers/fulltext/PDFAAAAA.txt")).unwrap();
    fs::write(owner.dir.path().join("papers/items.jsonl"), library.items[&key(1)].raw.as_bytes()).unwrap();
    let synced = owner.sync();
    assert_eq!(synced.counts.removed, 2);
    assert!(owner.snapshot().fulltext.is_empty());
}

#[test]
fn an_attachment_without_a_hash_gets_that_of_its_file() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.set("PDFAAAAA", "md5", Value::Null);
    let owner = folder_owner(&library);
    owner.sync();
    let record = owner.snapshot().records.into_iter().find(|record| record.key == item_key("PDFAAAAA")).unwrap();
    assert_eq!(record.data()["md5"], json!(Md5::of(b"%PDF")));
    assert!(owner.snapshot().files.contains_key(&Md5::of(b"%PDF")));
}

#[test]
fn files_named_by_records_cannot_lead_out_of_the_folder() {
    let mut library = Library::of_books(1);
    let name = "../../../secret.txt";
    library.attachment("EVILAAAA", &key(0), "text/plain", name, Md5::of(b"secret"));
    let owner = folder_owner(&library);
    fs::create_dir_all(owner.dir.path().join("papers/files/EVILAAAA")).unwrap();
    fs::write(owner.dir.path().join("secret.txt"), "secret").unwrap();
    owner.sync();
    assert!(owner.snapshot().files.is_empty());
}

#[test]
fn bib_and_csl_files_are_libraries() {
    for (name, content) in [
        ("a.bib", r"@book{knuth1984, title = {The TeXbook}, author = {Knuth, Donald}, year = 1984}"),
        ("a.json", r#"[{"id":"knuth1984","type":"book","title":"The TeXbook"}]"#),
        ("a.jsonl", r#"{"id":"knuth1984","type":"book","title":"The TeXbook"}"#),
    ] {
        let mut owner = Owner::of(Library::new());
        fs::write(owner.dir.path().join(name), content).unwrap();
        let path = Some(name.to_owned());
        owner.settings = vec![source::Settings { kind: LibraryKind::File, path, ..source::Settings::default() }];
        owner.sync();
        let record = owner.snapshot().records.remove(0);
        assert_eq!(
            (&record.data()["title"], &record.data()["citationKey"]),
            (&json!("The TeXbook"), &json!("knuth1984"))
        );
        assert_eq!(owner.sync().counts.changed, 0);
    }
}

#[test]
fn a_library_in_a_format_zbib_does_not_read_is_named_with_those_it_does() {
    for (name, content, says) in [
        ("a.ris", "TY  - BOOK", "no kind of library"),
        ("a.json", "[{\n \"id\": ]", "a.json:2:"),
        ("a.bib", "@book{a, title = {", "a.bib:1:"),
        ("missing.json", "", "missing.json"),
    ] {
        let mut owner = Owner::of(Library::new());
        if !content.is_empty() {
            fs::write(owner.dir.path().join(name), content).unwrap();
        }
        let path = Some(name.to_owned());
        owner.settings = vec![source::Settings { kind: LibraryKind::File, path, ..source::Settings::default() }];
        let text = failure::text(&owner.try_sync().unwrap_err());
        assert!(text.contains(says) && text.contains("hint:"), "{text}");
    }
}

mod scripts {
    use proptest::prelude::*;

    use super::*;

    /// What somebody does in Zotero, to whichever object the number picks.
    #[derive(Clone, Copy, Debug)]
    enum Edit {
        Add(usize),
        AddChild(usize),
        Rename(usize),
        Trash(usize),
        Restore(usize),
        Delete(usize),
        File(usize, usize),
        AddCollection(usize, usize),
        DeleteCollection(usize),
        TrashCollection(usize),
    }

    fn edits(most: usize) -> impl Strategy<Value = Vec<Edit>> {
        let n = || 0..400_usize;
        let edit = prop_oneof![
            4 => n().prop_map(Edit::Add),
            2 => n().prop_map(Edit::AddChild),
            4 => n().prop_map(Edit::Rename),
            2 => n().prop_map(Edit::Trash),
            1 => n().prop_map(Edit::Restore),
            3 => n().prop_map(Edit::Delete),
            3 => (n(), n()).prop_map(|(item, collection)| Edit::File(item, collection)),
            2 => (n(), n()).prop_map(|(own, parent)| Edit::AddCollection(own, parent)),
            1 => n().prop_map(Edit::DeleteCollection),
            1 => n().prop_map(Edit::TrashCollection),
        ];
        proptest::collection::vec(edit, 0..most)
    }

    fn pick<T>(objects: &BTreeMap<String, T>, n: usize) -> Option<String> {
        objects.keys().nth(n % objects.len().max(1)).cloned()
    }

    fn apply(library: &mut Library, edit: Edit) {
        let item = |library: &Library, n| pick(&library.items, n);
        match edit {
            Edit::Add(n) => library.book(&key(10_000 + n), "Added"),
            Edit::AddChild(n) => {
                let Some(parent) = item(library, n) else { return };
                library.put(&key(20_000 + n), json!({"itemType": "note", "parentItem": parent, "note": "A note"}));
            }
            Edit::Rename(n) => {
                let title = format!("Edited at {}", library.version);
                item(library, n).into_iter().for_each(|key| library.set(&key, "title", json!(title)));
            }
            Edit::Trash(n) => item(library, n).into_iter().for_each(|key| library.trash(&key)),
            Edit::Restore(n) => item(library, n).into_iter().for_each(|key| library.restore(&key)),
            Edit::Delete(n) => item(library, n).into_iter().for_each(|key| library.delete(&key)),
            Edit::File(n, collection) => {
                if let (Some(item), Some(collection)) = (item(library, n), pick(&library.collections, collection)) {
                    library.set(&item, "collections", json!([collection]));
                }
            }
            Edit::AddCollection(n, parent) => {
                let parent = pick(&library.collections, parent);
                library.collection(
                    &key(30_000 + n),
                    "Collected",
                    parent.as_deref().filter(|parent| **parent != key(30_000 + n)),
                );
            }
            Edit::DeleteCollection(n) => {
                pick(&library.collections, n).into_iter().for_each(|key| library.delete_collection(&key));
            }
            Edit::TrashCollection(n) => {
                let key = pick(&library.collections, n);
                key.into_iter().for_each(|key| library.set_on_collection(&key, "deleted", json!(true)));
            }
        }
    }

    fn fault(kind: u8, edits: Vec<Edit>) -> Fault {
        match kind {
            0 => Fault::Drop,
            1 => Fault::Status(500),
            2 => Fault::Truncated,
            3 => Fault::HalfJson,
            4 => Fault::Status(504),
            5 => Fault::Html,
            6 => Fault::Backoff(3),
            _ => Fault::Edit(Box::new(move |library| edits.into_iter().for_each(|edit| apply(library, edit)))),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::with_cases(40) })]

        #[test]
        fn whatever_happens_between_and_during_syncs_the_copy_ends_equal_to_the_library(
            books in 0..320_usize,
            rounds in proptest::collection::vec((edits(8), proptest::collection::vec((1..14_usize, 0..12_u8, edits(4)), 0..5)), 1..5),
        ) {
            let owner = Owner::of(Library::of_books(books));
            for (edits, faults) in rounds {
                owner.fake.edit(|library| edits.into_iter().for_each(|edit| apply(library, edit)));
                owner.fake.forget_requests();
                faults.into_iter().for_each(|(n, kind, edits)| owner.fake.fault(n, fault(kind, edits)));
                let _ = owner.try_sync();
            }
            let owner = Owner { fake: FakeZotero::serve(owner.fake_library()), ..owner };
            owner.sync();
            owner.assert_equal();
            owner.sync();
            prop_assert_eq!(owner.fake.requests().len(), 1);
        }
    }
}

mod readers {
    use proptest::prelude::*;
    use zbib::zotero::source::file::FileSource;

    fn read(name: &str, text: &str) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        if let Ok(library) = FileSource::new(path).read() {
            let mut keys: Vec<_> = library.records.iter().map(|record| record.key).collect();
            keys.dedup();
            assert_eq!(keys.len(), library.records.len());
        }
    }

    /// JSON that looks a little like CSL.
    fn csl_value() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<i32>().prop_map(Into::into),
            ".{0,12}".prop_map(Into::into),
            any::<bool>().prop_map(Into::into),
        ];
        let name = prop_oneof![
            Just("id"),
            Just("type"),
            Just("author"),
            Just("family"),
            Just("literal"),
            Just("issued"),
            Just("date-parts"),
            Just("note"),
            Just("keyword"),
            Just("season"),
            Just("title"),
            Just("data"),
            Just("page"),
            Just("odd"),
        ];
        leaf.prop_recursive(4, 40, 6, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
                proptest::collection::btree_map(name.clone().prop_map(str::to_owned), inner, 0..6)
                    .prop_map(|map| serde_json::Value::from(map.into_iter().collect::<serde_json::Map<_, _>>())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

        #[test]
        fn no_csl_json_makes_the_reader_panic(items in proptest::collection::vec(csl_value(), 0..4)) {
            read("a.json", &serde_json::Value::from(items).to_string());
        }

        #[test]
        fn no_bib_file_makes_the_reader_panic(
            parts in proptest::collection::vec(prop_oneof![
                Just("@article{a,".to_owned()), Just("@string{x = ".to_owned()), Just("title = {".to_owned()), Just("}".to_owned()),
                Just(", author = {A and {B} and C, D, E".to_owned()), Just("year = 19".to_owned()), Just("date = {2019-13/..".to_owned()),
                Just("month = jan # {x}".to_owned()), Just("$x^2$ \\emph{".to_owned()), Just("ids = {b, c".to_owned()), Just("crossref = {a".to_owned()),
                Just("\"".to_owned()), Just(",\n".to_owned()), ".{0,8}",
            ], 0..14)
        ) {
            read("a.bib", &parts.concat());
        }
    }
}
