//! The order of a sync: ask, merge, let the rules decide what is withheld, fetch files, commit, account.
//!
//! A sync that does not finish leaves the last snapshot as it was, and keeps what it fetched for the next. Nothing here
//! knows the protocol, the layout of the cache or the owner's rules: those are values of other rooms.

mod access;
mod audit;
mod copy;
mod desktop;
mod error;
mod files;
mod forget;
mod gather;
mod gathered;
mod guard;
mod lacking;
mod left_out;
mod lists;
mod manner;
mod outcome;
mod plan;
mod rules;
mod settings;
mod staged;
mod texts;
mod watch;
mod withhold;

pub use self::error::SyncError;
pub use self::manner::{Manner, Only};
pub use self::outcome::{Counts, Outcome, Synced};
pub use self::plan::{Line, Plan, plan};
pub use self::rules::{Rules, Withheld};
pub use self::settings::{Settings, Store};

use self::copy::Copy;
use self::gathered::Gathered;
use self::watch::Watch;
use crate::report::Report;
use crate::zotero::cache::{Cache, CacheError, Contents};
use crate::zotero::record::{LibraryId, Skipped};
use crate::zotero::source::{self, Clock, Source};

/// A library and where it comes from.
#[derive(Debug)]
pub struct Library {
    pub settings: source::Settings,
    pub source: Source,
}

/// What a sync works with.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    pub cache: &'a Cache,
    pub rules: &'a dyn Rules,
    pub settings: &'a Settings,
    pub clock: &'a Clock,
    pub report: &'a Report,
    pub manner: Manner,
}

/// Brings the copies of `libraries` up to date, one after the other. One that fails does not stop the others: its failure
/// stands in the outcome, and the command that asked for the sync fails at its end.
///
/// # Errors
/// When nothing could be begun.
pub fn sync(run: Run<'_>, libraries: &[Library]) -> Result<Outcome, SyncError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(SyncError::Runtime)?;
    let mut outcome = Outcome::default();
    for library in libraries {
        let watch = Watch::begin(run, library);
        match runtime.block_on(sync_library(run, library)) {
            Ok(mut synced) => {
                watch.done(&mut synced);
                outcome.libraries.push(synced);
            }
            Err(error) => {
                let error = runtime.block_on(explained(library, error));
                watch.failed(&error);
                outcome.failures.push((library.settings.library(), error));
            }
        }
    }
    Ok(outcome)
}

/// The story of one library.
async fn sync_library(run: Run<'_>, library: &Library) -> Result<Synced, SyncError> {
    let id = library.settings.library();
    let mut copy = Copy::of(held(run, &id)?, &id, run);
    copy.check_source(&library.source);
    let before = Synced::untouched(&copy);
    if let Some(left) = copy.fresh_for(library, run) {
        return Ok(Synced { not_due: Some(left), ..before });
    }
    let only = run.manner.only;
    if !only.records() && copy.state.changed.is_none() {
        return Err(CacheError::NotSynced { library: id }.into());
    }
    let news = if only.records() { records(run, library, &mut copy).await? } else { News::default() };
    copy.rename(library.settings.name.as_deref());
    let texts = if only.texts() { texts::fetch(run, library, &mut copy).await? } else { 0 };
    let files = if only.files() { files::fetch(run, library, &mut copy).await? } else { 0 };
    let wanted_files = forget::note(run, &mut copy, &news.files_before);
    let (counts, changed) = copy.account(run);
    commit(run, &copy)?;
    access::tell(run, &copy);
    left_out::tell(run, &copy, &news.skipped);
    forget::others(run, &copy, &wanted_files);
    run.cache.journal(&id).clear()?;
    let lacking = lacking::files(run, &mut copy) + lacking::texts(run, &copy).count();
    let (unchanged, skipped) = (!changed && files + texts == 0, news.skipped);
    let after = Synced { from: before.from, ..Synced::untouched(&copy) };
    Ok(Synced { counts, files, texts, skipped, lacking, unchanged, ..after })
}

/// What bringing the records up to date leaves for later.
#[derive(Default)]
struct News {
    /// The files that records named before.
    files_before: forget::Named,
    skipped: Vec<Skipped>,
}

/// Brings records and collections up to date: what changed, and now and then everything.
async fn records(run: Run<'_>, library: &Library, copy: &mut Copy) -> Result<News, SyncError> {
    let audit = copy.audit_due(run);
    if let Source::Web(web) = &library.source {
        access::check(web, copy, audit).await?;
    }
    let mut news = None;
    if let Some(gathered) = gather::changes(run, library, copy).await? {
        take_in(run, copy, gathered, &mut news)?;
    }
    if let Source::Web(web) = &library.source
        && audit
        && let Some(gathered) = audit::compare(run, web, copy).await?
    {
        take_in(run, copy, gathered, &mut news)?;
    }
    if news.is_some() {
        withhold::apply(run, library, copy).await?;
    }
    Ok(news.unwrap_or_default())
}

fn take_in(run: Run<'_>, copy: &mut Copy, gathered: Gathered, news: &mut Option<News>) -> Result<(), SyncError> {
    guard::check(run, copy, &gathered)?;
    let news = news.get_or_insert_with(|| News { files_before: forget::named(copy), skipped: Vec::new() });
    news.skipped.extend(gathered.skipped.iter().cloned());
    copy.merge(gathered);
    Ok(())
}

/// Says of a refusal which right is missing.
async fn explained(library: &Library, error: SyncError) -> SyncError {
    match (error, &library.source) {
        (SyncError::Source(error), Source::Web(web)) => web.explain(error).await.into(),
        (error, _) => error,
    }
}

fn held(run: Run<'_>, id: &LibraryId) -> Result<Option<crate::zotero::cache::LibrarySnapshot>, SyncError> {
    let held = run.cache.library(id)?;
    run.report.problems(held.problems);
    Ok(held.library)
}

fn commit(run: Run<'_>, copy: &Copy) -> Result<(), SyncError> {
    let collections: Vec<_> = copy.collections.values().cloned().collect();
    run.cache.commit(&Contents {
        state: &copy.state,
        records: &copy.records,
        collections: &collections,
        tag_colors: &copy.tag_colors,
        fulltext: &copy.fulltext,
    })?;
    Ok(())
}

fn requests(library: &Library) -> u64 {
    match &library.source {
        Source::Web(web) => web.http().requests(),
        Source::Desktop(desktop) => desktop.http().requests(),
        Source::File(_) => 0,
    }
}
