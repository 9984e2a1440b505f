//! Fetching full texts: only of published attachments, each by its own version.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use tokio::task::JoinSet;

use crate::report::problem::{Kind, Level, Problem};
use crate::sync::copy::Copy;
use crate::sync::{Library, Run, SyncError, desktop, withhold};
use crate::zotero::cache::Journal;
use crate::zotero::record::{ItemKey, LibraryVersion};
use crate::zotero::source::Source;
use crate::zotero::source::file::FileSource;
use crate::zotero::source::web::Web;

/// As many as may be in flight.
const AT_ONCE: usize = 4;
/// After so many failures in a row the rest is left for the next run.
const FAILURES: usize = 5;

pub(super) static NOT_FETCHED: Kind = Kind {
    id: "full-text-not-fetched",
    level: Level::Warning,
    one: "a full text could not be fetched",
    many: "{n} full texts could not be fetched",
    hint: Some("the next `zbib sync` tries again"),
};

static MISSING: Kind = Kind {
    id: "full-text-missing",
    level: Level::Note,
    one: "Zotero listed a full text and does not have it",
    many: "Zotero listed {n} full texts and does not have them",
    hint: Some("Zotero's program makes them anew: right click, Reindex Item"),
};

/// Brings the full texts up to date. Gives the number of those fetched.
pub(super) async fn fetch(run: Run<'_>, library: &Library, copy: &mut Copy) -> Result<u64, SyncError> {
    let unpublished = withhold::unpublished(run, copy);
    let wanted = |copy: &Copy, key: ItemKey| {
        !unpublished.contains(&key) && copy.get(key).is_some_and(|record| run.rules.text_wanted(record))
    };
    let unwanted: Vec<_> = copy.fulltext.keys().copied().filter(|key| !wanted(copy, *key)).collect();
    for key in unwanted {
        // Known but not kept: fetched should it be wanted one day.
        if let Some(text) = copy.fulltext.remove(&key) {
            copy.state.texts_waiting.entry(key).or_insert(text.version);
        }
    }
    let known: BTreeSet<_> = copy.records.iter().map(|record| record.key).collect();
    copy.state.texts_waiting.retain(|key, _| known.contains(key));
    let waiting: Vec<_> =
        copy.state.texts_waiting.iter().filter(|(key, _)| wanted(copy, **key)).map(|(key, v)| (*key, *v)).collect();
    match &library.source {
        Source::Web(web) => from_web(run, web, copy, waiting).await,
        Source::File(file) => from_file(run, file, copy, &waiting),
        Source::Desktop(program) => desktop::texts::fetch(run, program, copy, &waiting).await,
    }
}

async fn from_web(
    run: Run<'_>,
    web: &Arc<Web>,
    copy: &mut Copy,
    waiting: Vec<(ItemKey, LibraryVersion)>,
) -> Result<u64, SyncError> {
    let journal = run.cache.journal(web.library());
    let mut waiting: VecDeque<_> = take_held(&journal, copy, waiting)?.into();
    let progress = run.report.progress("full texts", Some(waiting.len() as u64));
    let mut running = JoinSet::new();
    let (mut fetched, mut failures) = (0, 0);
    loop {
        while running.len() < AT_ONCE {
            let Some((key, listed)) = waiting.pop_front() else { break };
            let web = Arc::clone(web);
            running.spawn(async move { (key, listed, web.text(key, listed).await) });
        }
        let Some(Ok((key, listed, answer))) = running.join_next().await else { return Ok(fetched) };
        progress.advance(1);
        match answer {
            Ok(text) => {
                failures = 0;
                copy.state.texts_waiting.remove(&key);
                copy.fulltext.remove(&key);
                if let Some((version, text)) = text {
                    // An answer that names no version is at least of the one that was listed.
                    copy.fulltext.insert(key, journal.keep_text(key, version.max(listed), &text)?);
                    fetched += 1;
                } else {
                    run.report.problem(Problem::new(&MISSING, key.to_string(), ""));
                }
            }
            Err(error) => {
                run.report.problem(Problem::new(&NOT_FETCHED, key.to_string(), error.to_string()));
                failures += 1;
                // Asking on after a refusal locks the key out; after a row of faults it is in vain.
                if error.status() == Some(403) || failures == FAILURES {
                    waiting.clear();
                }
            }
        }
    }
}

/// Takes the texts that an earlier run has fetched, and gives the rest.
fn take_held(
    journal: &Journal,
    copy: &mut Copy,
    waiting: Vec<(ItemKey, LibraryVersion)>,
) -> Result<Vec<(ItemKey, LibraryVersion)>, SyncError> {
    let mut held = journal.texts()?;
    let mut rest = Vec::new();
    for (key, version) in waiting {
        match held.remove(&key).filter(|text| text.version >= version) {
            Some(text) => {
                copy.fulltext.insert(key, text);
                copy.state.texts_waiting.remove(&key);
            }
            None => rest.push((key, version)),
        }
    }
    Ok(rest)
}

fn from_file(
    run: Run<'_>,
    file: &FileSource,
    copy: &mut Copy,
    waiting: &[(ItemKey, LibraryVersion)],
) -> Result<u64, SyncError> {
    let journal = run.cache.journal(&copy.state.library);
    let mut fetched = 0;
    for (key, version) in waiting {
        copy.state.texts_waiting.remove(key);
        let Some(text) = file.text(*key)? else { continue };
        if copy.fulltext.get(key).is_some_and(|held| held.holds(&text)) {
            continue;
        }
        copy.fulltext.insert(*key, journal.keep_text(*key, *version, &text)?);
        fetched += 1;
    }
    Ok(fetched)
}
