//! Files of the Web API, as many at once as may be.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::report::Problem;
use crate::sync::copy::Copy;
use crate::sync::files::one::{Fetched, Way};
use crate::sync::files::problems::{FAILED, FORBIDDEN, MISMATCH, MISSING, PUT_OFF, REPLACED, tell};
use crate::sync::files::queue::Queue;
use crate::sync::files::wanted::Wanted;
use crate::sync::{Run, SyncError};
use crate::zotero::cache::{FileStore, Md5};
use crate::zotero::source::web::Web;

/// As many as may be in flight.
const AT_ONCE: usize = 4;
/// After so many failures in a row the rest is left for the next run, as Zotero's own client does.
const FAILURES: usize = 5;

/// How the fetching went.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) fetched: u64,
    /// No download is left to go on with.
    pub(super) settled: bool,
}

pub(super) async fn fetch(
    run: Run<'_>,
    web: &Arc<Web>,
    store: &FileStore,
    copy: &mut Copy,
    wanted: Vec<Wanted>,
) -> Result<Done, SyncError> {
    if wanted.is_empty() {
        return Ok(Done { fetched: 0, settled: true });
    }
    let progress = run.report.progress("files", Some(wanted.len() as u64));
    let mut queue = Queue::new(wanted);
    let mut running = JoinSet::new();
    let mut account = Account::default();
    let way = Way { web: Arc::clone(web), store: store.clone(), version: copy.state.version };
    loop {
        while running.len() < AT_ONCE {
            let Some(file) = queue.next() else { break };
            let (way, known) = (way.clone(), holds_another(copy, &file));
            running.spawn(async move { (way.fetch(&file, &known).await, file) });
        }
        let Some(Ok((done, file))) = running.join_next().await else { break };
        let done = done?;
        let stored = matches!(done, Fetched::Stored | Fetched::StoredMain { .. });
        progress.advance(1 + queue.done(&file, stored));
        account.note(run, copy, &file, done);
        if account.forbidden {
            // What is true of one file is true of all: asking on would lock the key out.
            let rest = queue.give_up().into_iter().map(|file| (file.key, file.version));
            copy.state.files_refused.extend(rest);
        } else if account.in_vain {
            queue.give_up().iter().for_each(|file| tell(run.report, &PUT_OFF, file, ""));
        }
    }
    if account.forbidden {
        run.report.problem(Problem::new(&FORBIDDEN, web.library().to_string(), ""));
    }
    Ok(Done { fetched: account.fetched, settled: !account.failed })
}

/// The files held for an attachment beside the one that its record names.
fn holds_another(copy: &Copy, file: &Wanted) -> Vec<Md5> {
    copy.state.files_held.get(&file.key).into_iter().flatten().copied().collect()
}

/// How the fetching goes.
#[derive(Default)]
struct Account {
    fetched: u64,
    /// How many failed in a row.
    failures: usize,
    failed: bool,
    forbidden: bool,
    in_vain: bool,
}

impl Account {
    fn note(&mut self, run: Run<'_>, copy: &mut Copy, file: &Wanted, done: Fetched) {
        self.failures = if matches!(done, Fetched::Failed { .. }) { self.failures + 1 } else { 0 };
        if !matches!(done, Fetched::Missing | Fetched::Forbidden) {
            copy.state.files_refused.remove(&file.key);
        }
        match done {
            Fetched::Stored => self.fetched += 1,
            Fetched::StoredMain { zip, main } => {
                copy.state.main_files.insert(zip, main);
                self.fetched += 1;
            }
            Fetched::Another { md5, replaced, detail } => {
                copy.state.files_held.entry(file.key).or_default().insert(md5);
                tell(run.report, if replaced { &REPLACED } else { &MISMATCH }, file, &detail);
            }
            Fetched::Missing => {
                copy.state.files_refused.insert(file.key, file.version);
                tell(run.report, &MISSING, file, "");
            }
            Fetched::Forbidden => {
                copy.state.files_refused.insert(file.key, file.version);
                self.forbidden = true;
            }
            Fetched::Mismatch(detail) => tell(run.report, &MISMATCH, file, &detail),
            Fetched::Failed { detail, for_good } => {
                self.failed = true;
                self.in_vain |= for_good || self.failures >= FAILURES;
                tell(run.report, &FAILED, file, &detail);
            }
        }
    }
}
