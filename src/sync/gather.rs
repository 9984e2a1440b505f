//! Finding out what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use crate::report::Report;
use crate::report::problem::{Kind, Level, Problem};
use crate::sync::copy::Copy;
use crate::sync::desktop;
use crate::sync::gathered::Gathered;
use crate::sync::{Library, Run, SyncError};
use crate::zotero::cache::{Journal, StagedPage, TagColor};
use crate::zotero::record::{CollectionRecord, ItemKey, LibraryVersion, Record};
use crate::zotero::source::Source;
use crate::zotero::source::file::FileSource;
use crate::zotero::source::web::{Deleted, Items, Listed, Page, Web};

/// How often the lists of a library that keeps changing are asked for again.
const ROUNDS: u32 = 5;
/// The wait before the first of these rounds; each further one is twice as long.
const FIRST_WAIT: Duration = Duration::from_secs(10);

static MOVING: Kind = Kind {
    id: "library-moving",
    level: Level::Note,
    one: "a library kept changing during the sync; the newest changes come with the next",
    many: "{n} libraries kept changing during the sync; the newest changes come with the next",
    hint: None,
};

/// What changed since the copy was made; None when nothing did.
pub(super) async fn changes(run: Run<'_>, library: &Library, copy: &Copy) -> Result<Option<Gathered>, SyncError> {
    match &library.source {
        Source::File(file) => from_file(run, file).map(Some),
        Source::Desktop(desktop) => desktop::changes(run, desktop, copy).await,
        Source::Web(web) => {
            let journal = run.cache.journal(web.library());
            let since = if web.is_whole_library() { copy.since() } else { LibraryVersion(0) };
            let staged = Staged {
                since,
                records: BTreeMap::new(),
                versions: BTreeSet::new(),
                total: 0,
                set_aside: 0,
                loose: false,
                journal,
            };
            Gathering { run, web, copy, staged }.changes().await
        }
    }
}

fn from_file(run: Run<'_>, file: &FileSource) -> Result<Gathered, SyncError> {
    let library = file.read()?;
    run.report.problems(library.problems);
    let tag_colors = library.tag_colors.into_iter().map(|(name, color)| TagColor { name, color }).collect();
    Ok(Gathered {
        version: library.version,
        name: library.name,
        uri: library.uri,
        complete: true,
        records: library.records.into_iter().map(|record| (record.key, record)).collect(),
        collections_complete: true,
        collections: library.collections,
        tag_colors: Some(tag_colors),
        texts: Some(library.texts.into_iter().map(|key| (key, LibraryVersion(0))).collect()),
        ..Gathered::default()
    })
}

/// The lists beside the items, and the versions they were of.
struct Lists {
    collections: Vec<CollectionRecord>,
    collections_complete: bool,
    /// None when the log does not reach back to the copy's version.
    deleted: Option<Deleted>,
    tag_colors: Option<Vec<TagColor>>,
    texts: Option<BTreeMap<ItemKey, LibraryVersion>>,
    versions: BTreeSet<LibraryVersion>,
}

struct Gathering<'a> {
    run: Run<'a>,
    web: &'a Arc<Web>,
    copy: &'a Copy,
    staged: Staged,
}

/// Records that came, each valid at its own version.
struct Staged {
    since: LibraryVersion,
    records: BTreeMap<ItemKey, Record>,
    /// The versions of the library that the pages were of.
    versions: BTreeSet<LibraryVersion>,
    /// How many records the pages announced.
    total: u64,
    /// How many of these were no records.
    set_aside: u64,
    /// Some came by key, from a list of which nothing else is known any more.
    loose: bool,
    journal: Journal,
}

impl Gathering<'_> {
    /// Items first, conditionally; then the other lists. If they are not all of one version of the library, what came
    /// stays, and the lists are asked for again: a bounded number of times.
    async fn changes(mut self) -> Result<Option<Gathered>, SyncError> {
        if !self.ask_for_pages().await? {
            return Ok(None);
        }
        let mut wait = FIRST_WAIT;
        let mut listed = self.staged.whole_version();
        for round in 0.. {
            let items = match listed.take() {
                Some(version) => version,
                None => self.complete_by_key().await?,
            };
            let mut lists = self.ask_for_lists(self.staged.since).await?;
            if lists.deleted.is_none() {
                self.start_over().await?;
                lists = self.ask_for_lists(LibraryVersion(0)).await?;
            }
            lists.versions.insert(items);
            if lists.versions.len() == 1 || round == ROUNDS {
                return Ok(Some(self.settle(lists)));
            }
            self.run.clock.wait(wait).await;
            wait *= 2;
        }
        unreachable!("the rounds end")
    }

    /// The pages of the items, but for those an earlier run has fetched. False when nothing changed.
    async fn ask_for_pages(&mut self) -> Result<bool, SyncError> {
        let mut held = Vec::new();
        for page in self.staged.journal.pages(self.staged.since)? {
            held.extend(page.range);
            self.staged.add(page);
        }
        let held_total = (!held.is_empty()).then_some(self.staged.total);
        let conditional = self.copy.whole && !self.copy.rules_changed && self.staged.records.is_empty();
        let unless_newer_than = conditional.then_some(self.copy.state.version);
        let items = Items { since: self.staged.since, unless_newer_than };
        let (staged, report) = (&mut self.staged, self.run.report);
        let progress = report.progress("records", held_total);
        let taken = |page: Page| {
            progress.total(page.total);
            progress.advance(page.records.len() as u64);
            staged.keep(page, report)
        };
        self.web.items(items, &held, held_total, taken).await
    }

    /// One list of all changed keys, and the records among them that are not there yet. Gives that list's version.
    async fn complete_by_key(&mut self) -> Result<LibraryVersion, SyncError> {
        let listed = self.web.item_versions(self.staged.since).await?;
        self.staged.records.retain(|key, _| listed.list.contains_key(key));
        let lacks = |key: &ItemKey, version| self.staged.records.get(key).is_none_or(|known| known.version < version);
        let lacking = listed.list.iter().filter(|(key, version)| lacks(key, **version)).map(|(key, _)| *key).collect();
        let (staged, report) = (&mut self.staged, self.run.report);
        self.web.items_by_key(&lacking, |page| staged.keep(page, report)).await?;
        Ok(listed.version)
    }

    /// The log of deletions is too short: everything is asked for, as in a first sync.
    async fn start_over(&mut self) -> Result<(), SyncError> {
        self.staged.journal.clear()?;
        self.staged.since = LibraryVersion(0);
        self.complete_by_key().await?;
        Ok(())
    }

    async fn ask_for_lists(&self, since: LibraryVersion) -> Result<Lists, SyncError> {
        let mut lists = Lists {
            collections: Vec::new(),
            collections_complete: since.0 == 0,
            deleted: Some(Deleted::default()),
            tag_colors: None,
            texts: None,
            versions: BTreeSet::new(),
        };
        if !self.web.is_whole_library() {
            return Ok(lists);
        }
        let texts_since = if since.0 == 0 || self.copy.rules_changed { LibraryVersion(0) } else { since };
        let (collections, deleted, colors, texts) = tokio::try_join!(
            self.ask_for_collections(since),
            self.ask_for_deleted(since),
            async { Ok(self.web.tag_colors(texts_since).await?) },
            self.ask_for_texts(texts_since),
        )?;
        (lists.collections, lists.collections_complete) = (collections.0, collections.1);
        lists.versions.extend(
            [
                Some(collections.2),
                deleted.as_ref().and_then(|d| d.1),
                Some(colors.version),
                texts.as_ref().map(|texts| texts.version),
            ]
            .into_iter()
            .flatten(),
        );
        lists.texts = texts.map(|texts| texts.list);
        let named =
            |colors: Vec<(String, String)>| colors.into_iter().map(|(name, color)| TagColor { name, color }).collect();
        let cleared = deleted.as_ref().is_some_and(|(deleted, _)| deleted.settings.contains("tagColors"));
        lists.tag_colors = colors.list.map(named).or_else(|| (cleared || since.0 == 0).then(Vec::new));
        lists.deleted = deleted.map(|(deleted, _)| deleted);
        Ok(lists)
    }

    /// The changed collections; all of them when a change might show one that is kept as a stub.
    async fn ask_for_collections(
        &self,
        since: LibraryVersion,
    ) -> Result<(Vec<CollectionRecord>, bool, LibraryVersion), SyncError> {
        let stubs = self.copy.collections.values().any(|collection| collection.withheld);
        let since = if stubs && self.copy.rules_changed { LibraryVersion(0) } else { since };
        let (mut listed, mut problems) = self.web.collections(since).await?;
        let complete = since.0 == 0 || (stubs && !listed.list.is_empty());
        if complete && since.0 > 0 {
            (listed, problems) = self.web.collections(LibraryVersion(0)).await?;
        }
        self.run.report.problems(problems);
        Ok((listed.list, complete, listed.version))
    }

    async fn ask_for_deleted(
        &self,
        since: LibraryVersion,
    ) -> Result<Option<(Deleted, Option<LibraryVersion>)>, SyncError> {
        if since.0 == 0 {
            return Ok(Some((Deleted::default(), None)));
        }
        Ok(self.web.deleted(since).await?.map(|listed| (listed.list, Some(listed.version))))
    }

    /// Who may read a library need not be allowed to read its texts.
    async fn ask_for_texts(
        &self,
        since: LibraryVersion,
    ) -> Result<Option<Listed<BTreeMap<ItemKey, LibraryVersion>>>, SyncError> {
        match self.web.text_versions(since).await {
            Err(error) if matches!(error.status(), Some(403 | 404)) => Ok(None),
            listed => Ok(Some(listed?)),
        }
    }

    /// The result, at the lowest version that any list was of: what is newer is listed again by the next sync.
    fn settle(self, lists: Lists) -> Gathered {
        if lists.versions.len() > 1 {
            self.run.report.problem(Problem::new(&MOVING, self.web.library().to_string(), ""));
        }
        let deleted = lists.deleted.unwrap_or_default();
        let name = self.staged.records.values().next().and_then(library_name);
        let moved = self.staged.loose || lists.versions.union(&self.staged.versions).count() > 1;
        Gathered {
            version: lists.versions.first().copied().unwrap_or_default().max(self.staged.since),
            name,
            uri: None,
            complete: self.staged.since.0 == 0,
            records: self.staged.records,
            moved,
            gone: deleted.items,
            collections_complete: lists.collections_complete,
            collections: lists.collections,
            gone_collections: deleted.collections,
            tag_colors: lists.tag_colors,
            texts: lists.texts,
            ..Gathered::default()
        }
    }
}

impl Staged {
    /// Keeps a page here and in the journal.
    fn keep(&mut self, page: Page, report: &Report) -> Result<(), SyncError> {
        self.set_aside += page.problems.len() as u64;
        report.problems(page.problems);
        let (since, version, range, total) = (self.since, page.version, page.range, page.total);
        let page = StagedPage { since, version, range, total, records: page.records };
        self.journal.keep_page(&page)?;
        self.add(page);
        Ok(())
    }

    /// Of a record that came twice the newer one stays.
    fn add(&mut self, page: StagedPage) {
        if page.range.is_some() {
            self.versions.insert(page.version);
            self.total = self.total.max(page.total);
        } else {
            self.loose = true;
        }
        for record in page.records {
            if self.records.get(&record.key).is_none_or(|known| known.version <= record.version) {
                self.records.insert(record.key, record);
            }
        }
    }

    /// The version of the library that all pages were of, if there is one and nothing is missing.
    fn whole_version(&self) -> Option<LibraryVersion> {
        let version = self.versions.first().copied()?;
        let complete = self.records.len() as u64 + self.set_aside == self.total;
        (self.versions.len() == 1 && complete && !self.loose).then_some(version)
    }
}

/// The name of the library that a record says it is of.
fn library_name(record: &Record) -> Option<String> {
    let object: serde_json::Value = serde_json::from_str(record.raw()).ok()?;
    object["library"]["name"].as_str().map(str::to_owned)
}
