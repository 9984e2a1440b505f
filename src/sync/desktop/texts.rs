//! Taking full texts from the desktop program.

use crate::report::Problem;
use crate::sync::copy::Copy;
use crate::sync::texts::NOT_FETCHED;
use crate::sync::{Run, SyncError};
use crate::zotero::record::{ItemKey, LibraryVersion};
use crate::zotero::source::desktop::Desktop;

/// After so many failures the rest is left for the next run: the program was closed.
const FAILURES: usize = 3;

/// Brings the texts that wait up to date. Gives the number of those that are new.
///
/// A text that was never synchronised has version 0 for ever, so it is looked at each time.
pub(in crate::sync) async fn fetch(
    run: Run<'_>,
    desktop: &Desktop,
    copy: &mut Copy,
    waiting: &[(ItemKey, LibraryVersion)],
) -> Result<u64, SyncError> {
    let journal = run.cache.journal(desktop.library());
    let progress = run.report.progress("full texts", Some(waiting.len() as u64));
    let (mut fetched, mut failures) = (0, 0);
    for (key, version) in waiting {
        progress.advance(1);
        let text = match desktop.text(*key).await {
            Ok(text) => text,
            Err(error) => {
                run.report.problem(Problem::new(&NOT_FETCHED, key.to_string(), error.to_string()));
                failures += 1;
                if failures == FAILURES {
                    break;
                }
                continue;
            }
        };
        copy.state.texts_waiting.remove(key);
        match text {
            None => drop(copy.fulltext.remove(key)),
            Some(text) => match copy.fulltext.get_mut(key).filter(|held| held.holds(&text)) {
                Some(held) => held.version = *version,
                None => {
                    copy.fulltext.insert(*key, journal.keep_text(*key, *version, &text)?);
                    fetched += 1;
                }
            },
        }
    }
    Ok(fetched)
}
