//! Finding out what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use crate::report::problem::{Kind, Level, Problem};
use crate::sync::copy::Copy;
use crate::sync::desktop;
use crate::sync::gathered::Gathered;
use crate::sync::lists::{self, Lists};
use crate::sync::staged::Staged;
use crate::sync::{Library, Run, SyncError};
use crate::zotero::cache::TagColor;
use crate::zotero::record::{ItemKey, LibraryVersion, Record};
use crate::zotero::source::Source;
use crate::zotero::source::file::FileSource;
use crate::zotero::source::web::{Items, Page, Web};

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
            let since = if web.is_whole_library() { copy.since() } else { LibraryVersion(0) };
            let staged = Staged::new(since, run.cache.journal(web.library()));
            Gathering { run, web, copy, staged }.changes().await
        }
    }
}

/// Everything the library holds, as if there were no copy: for one that Zotero has put back to an earlier state.
pub(super) async fn everything(run: Run<'_>, web: &Arc<Web>, copy: &Copy) -> Result<Gathered, SyncError> {
    let mut staged = Staged::new(LibraryVersion(0), run.cache.journal(web.library()));
    staged.start_over()?;
    let gathering = Gathering { run, web, copy, staged };
    Ok(gathering.changes_unless(None).await?.unwrap_or_default())
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
        logged: true,
        records: library.records.into_iter().map(|record| (record.key, record)).collect(),
        skipped: library.skipped,
        collections_complete: true,
        collections: library.collections,
        tag_colors: Some(tag_colors),
        texts: Some(library.texts.into_iter().map(|key| (key, LibraryVersion(0))).collect()),
        ..Gathered::default()
    })
}

struct Gathering<'a> {
    run: Run<'a>,
    web: &'a Arc<Web>,
    copy: &'a Copy,
    staged: Staged,
}

impl Gathering<'_> {
    async fn changes(self) -> Result<Option<Gathered>, SyncError> {
        let conditional = self.copy.whole && !self.copy.rules_changed;
        let unless_newer_than = conditional.then_some(self.copy.state.version);
        self.changes_unless(unless_newer_than).await
    }

    /// Items first, conditionally; then the other lists. If they are not all of one version of the library, what came
    /// stays, and the lists are asked for again: a bounded number of times.
    async fn changes_unless(
        mut self,
        unless_newer_than: Option<LibraryVersion>,
    ) -> Result<Option<Gathered>, SyncError> {
        if !self.ask_for_pages(unless_newer_than).await? {
            return self.ask_for_pending().await;
        }
        let mut listed = self.staged.whole_version();
        let pending = self.copy.state.pending.iter().filter(|(key, _)| !self.staged.records.contains_key(key));
        let pending = pending.map(|(key, version)| (*key, *version)).collect();
        self.ask_by_key(&pending, self.copy.state.version).await?;
        let mut wait = FIRST_WAIT;
        for round in 0.. {
            let mut items = match listed.take() {
                Some(version) => version,
                None => self.complete_by_key().await?,
            };
            let mut lists = lists::ask(self.web, self.copy, self.staged.since).await?;
            if lists.deleted.is_none() {
                // The log of deletions is too short: everything is asked for, as in a first sync.
                self.staged.start_over()?;
                items = self.complete_by_key().await?;
                lists = lists::ask(self.web, self.copy, LibraryVersion(0)).await?;
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
    async fn ask_for_pages(&mut self, unless_newer_than: Option<LibraryVersion>) -> Result<bool, SyncError> {
        let held = self.staged.resume()?;
        let unless_newer_than = unless_newer_than.filter(|_| self.staged.records.is_empty());
        let held_total = (!held.is_empty()).then_some(self.staged.total);
        let items = Items { since: self.staged.since, unless_newer_than };
        let progress = self.run.report.progress("records", held_total);
        let staged = &mut self.staged;
        let taken = |page: Page| {
            progress.total(page.total);
            progress.advance(page.records.len() as u64);
            staged.keep(page)
        };
        self.web.items(items, &held, held_total, taken).await
    }

    /// One list of all changed keys, and the records among them that are not there yet. Gives that list's version.
    async fn complete_by_key(&mut self) -> Result<LibraryVersion, SyncError> {
        let listed = self.web.item_versions(self.staged.since).await?;
        self.staged.records.retain(|key, _| listed.list.contains_key(key));
        self.staged.pending.retain(|key, _| listed.list.contains_key(key));
        // Where everything is asked for, what was no record is looked at again, too: a newer program may read it.
        let (everything, aside) = (self.staged.since.0 == 0, &self.copy.state.set_aside);
        let known_bad =
            |key: &ItemKey, version| !everything && aside.get(key).is_some_and(|aside| aside.version == version);
        let lacking = listed.list.into_iter();
        let lacking = lacking.filter(|(key, at)| self.staged.lacks(*key, *at) && !known_bad(key, *at)).collect();
        self.ask_by_key(&lacking, listed.version).await?;
        Ok(listed.version)
    }

    /// Fetches listed records. What Zotero cannot give stays pending, what it leaves out is gone or hidden.
    async fn ask_by_key(
        &mut self,
        listed: &BTreeMap<ItemKey, LibraryVersion>,
        as_of: LibraryVersion,
    ) -> Result<(), SyncError> {
        let keys: BTreeSet<_> = listed.keys().copied().collect();
        let unanswered = self.web.items_by_key(&keys, as_of, |page| self.staged.keep(page)).await?;
        self.staged.pending.extend(unanswered.into_iter().map(|key| (key, listed[&key])));
        Ok(())
    }

    /// In a quiet night: what an earlier sync could not get.
    async fn ask_for_pending(mut self) -> Result<Option<Gathered>, SyncError> {
        if self.copy.state.pending.is_empty() {
            return Ok(None);
        }
        let pending = self.copy.state.pending.clone();
        self.ask_by_key(&pending, self.copy.state.version).await?;
        Ok(Some(Gathered {
            version: self.copy.state.version,
            logged: true,
            records: self.staged.records,
            moved: true,
            skipped: self.staged.skipped,
            pending: self.staged.pending,
            ..Gathered::default()
        }))
    }

    /// The result, at the lowest version that any list was of: what is newer is listed again by the next sync.
    fn settle(self, lists: Lists) -> Gathered {
        if lists.versions.len() > 1 {
            self.run.report.problem(Problem::new(&MOVING, self.web.library().to_string(), ""));
        }
        let deleted = lists.deleted.unwrap_or_default();
        let staged = self.staged;
        let name = staged.records.values().next().and_then(library_name);
        let moved = staged.loose || lists.versions.union(&staged.versions).count() > 1;
        let mut skipped = staged.skipped;
        skipped.extend(lists.skipped);
        Gathered {
            version: lists.versions.first().copied().unwrap_or_default().max(staged.since),
            name,
            uri: None,
            complete: staged.since.0 == 0,
            logged: staged.since.0 > 0,
            records: staged.records,
            skipped,
            pending: staged.pending,
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

/// The name of the library that a record says it is of.
fn library_name(record: &Record) -> Option<String> {
    let object: serde_json::Value = serde_json::from_str(record.raw()).ok()?;
    object["library"]["name"].as_str().map(str::to_owned)
}
