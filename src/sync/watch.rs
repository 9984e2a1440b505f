//! Noting what became of a library's run, whether it came to its end or not.

use std::time::Duration;

use crate::report::Hint;
use crate::report::failure;
use crate::report::problem::{Kind, Level, Problem};
use crate::sync::{Library, Run, SyncError, Synced, requests};
use crate::zotero::cache::{LastRun, RunFailure};

static NOT_NOTED: Kind = Kind {
    id: "run-not-noted",
    level: Level::Note,
    one: "how a sync ended could not be noted for `zbib status`",
    many: "how {n} syncs ended could not be noted for `zbib status`",
    hint: None,
};

/// A run for one library, from its beginning.
pub(super) struct Watch<'a> {
    run: Run<'a>,
    library: &'a Library,
    began: Duration,
    requests: u64,
}

impl<'a> Watch<'a> {
    pub(super) fn begin(run: Run<'a>, library: &'a Library) -> Self {
        Self { run, library, began: run.clock.now(), requests: requests(library) }
    }

    /// Notes a run that came to its end. One for a library that was not due asked for nothing: the one before stays.
    pub(super) fn done(&self, synced: &mut Synced) {
        if synced.not_due.is_some() {
            return;
        }
        synced.took = self.took();
        synced.requests = requests(self.library) - self.requests;
        self.keep(&LastRun {
            added: synced.counts.added,
            changed: synced.counts.changed,
            removed: synced.counts.removed,
            skipped: synced.skipped.len(),
            failed: synced.pending + synced.lacking,
            files: synced.files,
            texts: synced.texts,
            ..self.last_run()
        });
    }

    /// Notes a run that did not.
    pub(super) fn failed(&self, error: &SyncError) {
        let failure = RunFailure { error: failure::in_a_line(error), hint: error.hint() };
        self.keep(&LastRun { failure: Some(failure), ..self.last_run() });
    }

    fn last_run(&self) -> LastRun {
        LastRun {
            began: self.began.as_secs(),
            milliseconds: self.took().as_millis().try_into().unwrap_or(u64::MAX),
            requests: requests(self.library) - self.requests,
            ..LastRun::default()
        }
    }

    fn took(&self) -> Duration {
        self.run.clock.now().saturating_sub(self.began)
    }

    fn keep(&self, last_run: &LastRun) {
        let id = self.library.settings.library();
        if let Err(error) = self.run.cache.keep_last_run(&id, last_run) {
            self.run.report.problem(Problem::new(&NOT_NOTED, id.to_string(), failure::in_a_line(&error)));
        }
    }
}
