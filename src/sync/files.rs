//! Fetching attachment files: only those the rules publish, each once, by hash.
//!
//! A file that cannot be had is a counted problem and never the end of a sync; a good copy of an earlier content stays in
//! the store until the new one is there.

use std::collections::{BTreeSet, VecDeque};
use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use crate::report::Report;
use crate::report::problem::{Kind, Level, Problem};
use crate::sync::copy::Copy;
use crate::sync::{Library, Run, SyncError, desktop};
use crate::zotero::cache::{AdmitError, Admitted, FileStore, Md5};
use crate::zotero::record::{ItemKey, LibraryKind, LibraryVersion, LinkMode, Record};
use crate::zotero::source::file::FileSource;
use crate::zotero::source::web::{Announced, FileAnswer, Web, archive};
use crate::zotero::source::{Source, SourceError};

/// As many as may be in flight.
const AT_ONCE: usize = 4;
/// How often a file is asked for that comes broken or wrong.
const ATTEMPTS: usize = 3;
/// The wait before it is asked for again.
const PAUSE: Duration = Duration::from_secs(3);
/// After so many failures in a row the rest is left for the next run.
const FAILURES: usize = 5;

static MISSING: Kind = Kind {
    id: "file-missing",
    level: Level::Note,
    one: "the file of an attachment is not there",
    many: "the files of {n} attachments are not there",
    hint: Some("Zotero may not have uploaded them, or keeps them on a WebDAV server"),
};
static FORBIDDEN: Kind = Kind {
    id: "files-forbidden",
    level: Level::Warning,
    one: "files of a library are left out, Zotero does not give them to this key",
    many: "files of {n} libraries are left out, Zotero does not give them to these keys",
    hint: Some("the key must be allowed to read files; check it at https://www.zotero.org/settings/keys"),
};
static MISMATCH: Kind = Kind {
    id: "file-hash",
    level: Level::Warning,
    one: "an attachment is left out, its content differs from Zotero's record",
    many: "{n} attachments are left out, their content differs from Zotero's record",
    hint: Some("the next `zbib sync` tries them again; run it after Zotero has finished uploading"),
};
static FAILED: Kind = Kind {
    id: "file-not-fetched",
    level: Level::Warning,
    one: "the file of an attachment could not be fetched",
    many: "the files of {n} attachments could not be fetched",
    hint: Some("the next `zbib sync` tries again"),
};

/// A file that is wanted and not in the store.
#[derive(Clone, Debug)]
struct Wanted {
    key: ItemKey,
    version: LibraryVersion,
    /// The attachment's `filename`.
    name: String,
    /// None when the record names no hash.
    md5: Option<Md5>,
}

/// What became of a wanted file.
enum Fetched {
    Stored,
    /// The main file of a ZIP whose own hash the record names, as very old clients wrote it.
    StoredMain {
        zip: Md5,
        main: Admitted,
    },
    Missing,
    Forbidden,
    Mismatch(String),
    Failed(String),
}

/// Brings the store up to date. Gives the number of files fetched.
pub(super) async fn fetch(run: Run<'_>, library: &Library, copy: &mut Copy) -> Result<u64, SyncError> {
    let wanted = wanted(run, copy);
    let attachments: BTreeSet<_> = copy.records.iter().map(|record| record.key).collect();
    copy.state.files_refused.retain(|key, _| attachments.contains(key));
    let store = run.cache.files(&copy.state.library);
    match &library.source {
        Source::File(file) => from_file(run, file, &store, copy, wanted),
        Source::Desktop(program) => desktop::files::fetch(run, program, &store, copy).await,
        Source::Web(web) => {
            let refused = |wanted: &Wanted| copy.state.files_refused.get(&wanted.key) == Some(&wanted.version);
            let wanted: VecDeque<_> = wanted.into_iter().filter(|file| file.md5.is_some() && !refused(file)).collect();
            // Zotero gives the files of groups to members only.
            let members_only = web.library().kind == LibraryKind::Group && !web.has_key();
            if members_only || wanted.is_empty() {
                return Ok(0);
            }
            from_web(run, web, &store, copy, wanted).await
        }
    }
}

fn wanted(run: Run<'_>, copy: &Copy) -> Vec<Wanted> {
    let stored = |record: &&Record| !record.withheld && record.link_mode.is_some_and(LinkMode::stored);
    let candidates = copy.records.iter().filter(stored).filter(|record| run.rules.file_wanted(record));
    let wanted = candidates.map(|record| {
        let data = record.data();
        let text = |name: &str| data.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        Wanted { key: record.key, version: record.version, name: text("filename"), md5: text("md5").parse().ok() }
    });
    wanted.filter(|file| file.md5.is_none_or(|md5| !copy.files.contains_key(&md5))).collect()
}

/// Files of a folder. Where the record names no hash, it gets that of the file.
fn from_file(
    run: Run<'_>,
    source: &FileSource,
    store: &FileStore,
    copy: &mut Copy,
    wanted: Vec<Wanted>,
) -> Result<u64, SyncError> {
    let mut fetched = 0;
    let mut missing = Vec::new();
    let mut stored = BTreeSet::new();
    for file in wanted {
        let Some(path) = source.file(file.key, &file.name) else {
            missing.push(file);
            continue;
        };
        match File::open(&path).map_err(AdmitError::from).and_then(|bytes| store.admit(bytes, file.md5)) {
            Ok(admitted) => {
                copy.name_hash(file.key, admitted.md5);
                stored.insert(admitted.md5);
                fetched += 1;
            }
            Err(error @ AdmitError::Mismatch { .. }) => problem(run.report, &MISMATCH, &file, &error.to_string()),
            Err(AdmitError::Io(error)) => problem(run.report, &FAILED, &file, &error.to_string()),
        }
    }
    // The same bytes may have come as another attachment's file.
    for file in missing.iter().filter(|file| file.md5.is_some_and(|md5| !stored.contains(&md5))) {
        problem(run.report, &MISSING, file, "");
    }
    Ok(fetched)
}

async fn from_web(
    run: Run<'_>,
    web: &Arc<Web>,
    store: &FileStore,
    copy: &mut Copy,
    mut waiting: VecDeque<Wanted>,
) -> Result<u64, SyncError> {
    let progress = run.report.progress("files", Some(waiting.len() as u64));
    let mut running = JoinSet::new();
    let mut account = Account::default();
    loop {
        while running.len() < AT_ONCE {
            let Some(file) = waiting.pop_front() else { break };
            let (web, store) = (Arc::clone(web), store.clone());
            running.spawn(async move { (fetch_one(&web, &store, &file).await, file) });
        }
        let Some(Ok((done, file))) = running.join_next().await else { break };
        progress.advance(1);
        account.note(run, copy, &file, done?);
        if account.forbidden {
            // What is true of one file is true of all: asking on would lock the key out.
            let rest = waiting.drain(..).map(|file| (file.key, file.version));
            copy.state.files_refused.extend(rest);
        } else if account.failures == FAILURES {
            waiting.clear();
        }
    }
    if account.forbidden {
        run.report.problem(Problem::new(&FORBIDDEN, web.library().to_string(), ""));
    }
    Ok(account.fetched)
}

/// How the fetching goes.
#[derive(Default)]
struct Account {
    fetched: u64,
    /// How many failed in a row.
    failures: usize,
    forbidden: bool,
}

impl Account {
    fn note(&mut self, run: Run<'_>, copy: &mut Copy, file: &Wanted, done: Fetched) {
        self.failures = if matches!(done, Fetched::Failed(_)) { self.failures + 1 } else { 0 };
        match done {
            Fetched::Stored => self.fetched += 1,
            Fetched::StoredMain { zip, main } => {
                copy.state.main_files.insert(zip, main.md5);
                self.fetched += 1;
            }
            Fetched::Missing => {
                copy.state.files_refused.insert(file.key, file.version);
                problem(run.report, &MISSING, file, "");
            }
            Fetched::Forbidden => {
                copy.state.files_refused.insert(file.key, file.version);
                self.forbidden = true;
            }
            Fetched::Mismatch(detail) => problem(run.report, &MISMATCH, file, &detail),
            Fetched::Failed(detail) => problem(run.report, &FAILED, file, &detail),
        }
    }
}

fn problem(report: &Report, kind: &'static Kind, file: &Wanted, detail: &str) {
    report.problem(Problem::new(kind, format!("{} {:?}", file.key, file.name), detail));
}

/// Asks for one file until it comes whole and right.
async fn fetch_one(web: &Web, store: &FileStore, file: &Wanted) -> Result<Fetched, SyncError> {
    let mut last = Fetched::Missing;
    for attempt in 0..ATTEMPTS {
        if attempt > 0 {
            web.http().clock().wait(PAUSE).await;
        }
        let announced = match web.file(file.key).await {
            Ok(FileAnswer::Stored(announced)) => announced,
            Ok(FileAnswer::Missing) => return Ok(Fetched::Missing),
            Ok(FileAnswer::Forbidden) => return Ok(Fetched::Forbidden),
            Err(error) => return Ok(Fetched::Failed(error.to_string())),
        };
        last = match download(web, store, &announced).await {
            Ok(admitted) => return settle(store, file, &announced, admitted),
            Err(Refusal::Content(detail)) => Fetched::Mismatch(detail),
            Err(Refusal::Transport(detail)) => Fetched::Failed(detail),
            Err(Refusal::Disk(error)) => return Err(SyncError::Store(error)),
        };
    }
    Ok(last)
}

/// Why bytes did not enter the store.
enum Refusal {
    Content(String),
    Transport(String),
    Disk(io::Error),
}

/// Takes in what Zotero announced, if that is what comes.
async fn download(web: &Web, store: &FileStore, announced: &Announced) -> Result<Admitted, Refusal> {
    let expected: Option<Md5> = announced.md5.as_deref().and_then(|md5| md5.parse().ok());
    let Some(expected) = expected else { return Err(Refusal::Content("Zotero announces no hash for it".into())) };
    let mut incoming = store.incoming().map_err(Refusal::Disk)?;
    match web.fetch(announced, |piece| incoming.write_all(piece)).await {
        Ok(()) => {}
        Err(SourceError::Keep(error)) => return Err(Refusal::Disk(error)),
        Err(error) => return Err(Refusal::Transport(error.to_string())),
    }
    if announced.size.is_some_and(|size| size != incoming.size()) {
        return Err(Refusal::Content(format!(
            "expected {} bytes, got {}",
            announced.size.unwrap_or(0),
            incoming.size()
        )));
    }
    incoming.finish(Some(expected)).map_err(|error| match error {
        AdmitError::Io(error) => Refusal::Disk(error),
        mismatch @ AdmitError::Mismatch { .. } => Refusal::Content(mismatch.to_string()),
    })
}

/// Compares what came with what the record names.
fn settle(store: &FileStore, file: &Wanted, announced: &Announced, came: Admitted) -> Result<Fetched, SyncError> {
    if !announced.compressed {
        return Ok(match file.md5 {
            Some(md5) if md5 != came.md5 => Fetched::Mismatch(format!("expected md5 {md5}, Zotero has {}", came.md5)),
            _ => Fetched::Stored,
        });
    }
    let Some(zip) = store.get(came.md5) else { return Ok(Fetched::Failed("it is gone from the cache".into())) };
    let zip_is_named = file.md5 == Some(came.md5);
    let mut incoming = store.incoming().map_err(SyncError::Store)?;
    let zip = File::open(zip.path).map_err(SyncError::Store)?;
    if let Err(error) = archive::main_file(zip, &file.name, &mut incoming) {
        return Ok(Fetched::Mismatch(error.to_string()));
    }
    match incoming.finish(file.md5.filter(|_| !zip_is_named)) {
        Ok(main) => {
            store.remove(came.md5).map_err(SyncError::Store)?;
            Ok(if zip_is_named { Fetched::StoredMain { zip: came.md5, main } } else { Fetched::Stored })
        }
        Err(mismatch @ AdmitError::Mismatch { .. }) => Ok(Fetched::Mismatch(mismatch.to_string())),
        Err(AdmitError::Io(error)) => Err(SyncError::Store(error)),
    }
}
