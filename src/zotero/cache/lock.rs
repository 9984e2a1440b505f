//! One writer at a time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Seek, Write};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::report::problem::{Kind, Level, Problem};
use crate::report::span;
use crate::zotero::cache::CacheError;

static CUT_OFF: Kind = Kind {
    id: "run-cut-off",
    level: Level::Note,
    one: "the last run was ended before it was done; what it fetched is kept and used",
    many: "{n} runs were ended before they were done; what they fetched is kept and used",
    hint: None,
};
static FOREIGN: Kind = Kind {
    id: "run-elsewhere",
    level: Level::Note,
    one: "a run on another computer has not said that it is done; this one goes on",
    many: "{n} runs on other computers have not said that they are done; this one goes on",
    hint: Some(
        "nothing is wrong if it was ended, or if the cache was copied from there; on a disk that computers share, let only one of them run at a time",
    ),
};

/// Holds `.zbib/lock` until dropped.
///
/// The operating system ends the lock with its process, however that ends, so a lock left by a crash is free. The text
/// in the file only names the holder; who ends well empties it, so text in a free lock tells of a run that was cut off.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    left: Option<Holder>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Holder {
    pid: u32,
    /// The computer's name. A disk may be shared, and process 42 is another one on each.
    #[serde(default)]
    host: String,
    /// Seconds since 1970.
    start: u64,
}

impl Lock {
    pub(super) fn take(path: &Path) -> Result<Self, CacheError> {
        let open = OpenOptions::new().create(true).truncate(false).write(true).open(path);
        let mut file = open.map_err(CacheError::writing(path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(locked(path)),
            Err(TryLockError::Error(source)) => return Err(CacheError::NoLock { lock: path.to_owned(), source }),
        }
        let left = Holder::named_in(path);
        let text = serde_json::to_string(&Holder::own()).expect("numbers and a name are JSON");
        let write = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{text}"));
        write.map_err(CacheError::writing(path))?;
        Ok(Self { file, left })
    }

    /// The run before this one, if it did not end well.
    pub(super) fn problem(&self) -> Option<Problem> {
        let left = self.left.as_ref()?;
        let kind = if left.is_here() { &CUT_OFF } else { &FOREIGN };
        Some(Problem::new(kind, left.in_words(), format!("begun {} ago", left.age())))
    }
}

impl Drop for Lock {
    /// Says that the run came to its end. If that cannot be written, the next run takes this one for cut off.
    ///
    /// The lock is given back by name: to close the file is not enough while a process that was just started by this one
    /// still shares it.
    fn drop(&mut self) {
        let _ = self.file.set_len(0);
        let _ = self.file.unlock();
    }
}

fn locked(path: &Path) -> CacheError {
    let holder = Holder::named_in(path);
    CacheError::Locked {
        lock: path.to_owned(),
        elsewhere: holder.as_ref().is_some_and(|holder| !holder.is_here()),
        holder: holder.map_or_else(
            || "another process".to_owned(),
            |holder| format!("{} (for {})", holder.in_words(), holder.age()),
        ),
    }
}

impl Holder {
    fn own() -> Self {
        Self { pid: std::process::id(), host: this_host(), start: now().as_secs() }
    }

    /// Who the file names; nobody if it is empty, or a system keeps it from being read while it is locked.
    fn named_in(path: &Path) -> Option<Self> {
        fs::read_to_string(path).ok().and_then(|text| serde_json::from_str(&text).ok())
    }

    /// Locks of earlier versions name no computer: they were this one's, as far as anybody knows.
    fn is_here(&self) -> bool {
        self.host.is_empty() || self.host == this_host()
    }

    fn in_words(&self) -> String {
        let host = if self.host.is_empty() { String::new() } else { format!(" on `{}`", self.host) };
        format!("process {}{host}", self.pid)
    }

    fn age(&self) -> String {
        span(now().saturating_sub(Duration::from_secs(self.start)).as_secs())
    }
}

fn this_host() -> String {
    gethostname::gethostname().to_string_lossy().into_owned()
}

#[expect(clippy::disallowed_methods, reason = "the age of a lock is told to people and never stored in the site")]
fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Hint, failure};

    #[test]
    fn a_second_run_is_told_who_holds_the_cache_and_a_stale_lock_is_taken_over() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        fs::write(&path, r#"{"pid":1,"start":0}"#).unwrap();
        let lock = Lock::take(&path).unwrap();
        assert_eq!(lock.problem().unwrap().kind.id, "run-cut-off");
        let error = Lock::take(&path).unwrap_err().to_string();
        let holder = format!("process {} on `{}` (for 0 seconds)", std::process::id(), this_host());
        assert!(error.contains(&holder), "{error}");
        drop(lock);
        assert_eq!(Lock::take(&path).unwrap().problem(), None, "a run that ends well leaves nothing to tell");
    }

    #[test]
    fn a_lock_of_another_computer_is_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let foreign = r#"{"pid":42,"host":"elsewhere.example","start":0}"#;
        fs::write(&path, foreign).unwrap();
        let lock = Lock::take(&path).unwrap();
        let problem = lock.problem().unwrap();
        assert_eq!((problem.kind.id, problem.place.as_str()), ("run-elsewhere", "process 42 on `elsewhere.example`"));
        fs::write(&path, foreign).unwrap();
        let text = failure::text(&Lock::take(&path).unwrap_err());
        assert!(text.contains("process 42 on `elsewhere.example` (for ") && text.contains("computers share"), "{text}");
        assert!(Lock::take(&path).unwrap_err().hint().is_some());
    }
}
