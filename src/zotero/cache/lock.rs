//! One writer at a time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Seek, Write};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::zotero::cache::CacheError;

/// Holds `.zbib/lock` until dropped.
///
/// The operating system ends the lock with its process, however that ends, so a lock left by a crash is free; the text
/// in the file only names the holder.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

#[derive(Serialize, Deserialize)]
struct Holder {
    pid: u32,
    /// Seconds since 1970.
    start: u64,
}

impl Lock {
    pub(super) fn take(path: &Path) -> Result<Self, CacheError> {
        let open = OpenOptions::new().create(true).truncate(false).write(true).open(path);
        let mut file = open.map_err(CacheError::writing(path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(CacheError::Locked { lock: path.to_owned(), holder: holder(path) });
            }
            Err(TryLockError::Error(error)) => return Err(CacheError::writing(path)(error)),
        }
        let own = Holder { pid: std::process::id(), start: now().as_secs() };
        let text = serde_json::to_string(&own).expect("a struct of numbers is JSON");
        let write = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{text}"));
        write.map_err(CacheError::writing(path))?;
        Ok(Self { _file: file })
    }
}

/// Who holds the lock, in words.
fn holder(path: &Path) -> String {
    let known = fs::read_to_string(path).ok().and_then(|text| serde_json::from_str::<Holder>(&text).ok());
    known.map_or_else(
        || "another process".to_owned(),
        |holder| {
            let age = now().saturating_sub(Duration::from_secs(holder.start)).as_secs();
            let since = match age {
                0..120 => format!("{age} seconds"),
                120..7200 => format!("{} minutes", age / 60),
                _ => format!("{} hours", age / 3600),
            };
            format!("process {} (for {since})", holder.pid)
        },
    )
}

#[expect(clippy::disallowed_methods, reason = "the age of a lock is told to people and never stored in the site")]
fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_run_is_told_who_holds_the_cache_and_a_stale_lock_is_taken_over() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        fs::write(&path, r#"{"pid":1,"start":0}"#).unwrap();
        let lock = Lock::take(&path).unwrap();
        let error = Lock::take(&path).unwrap_err().to_string();
        assert!(error.contains(&format!("process {}", std::process::id())), "{error}");
        drop(lock);
        Lock::take(&path).unwrap();
    }
}
