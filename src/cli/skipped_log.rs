//! `--log-skipped FILE`: what a sync set aside, one object of JSON in a line.
//!
//! The file is for the owner's eyes: it holds records as Zotero has them, also those that the rules withhold.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cli::Failure;
use crate::report::Hint;
use crate::sync::Synced;
use crate::zotero::cache::Cache;

/// The file, open from before the sync: that it cannot be written is better known early.
pub(super) struct SkippedLog {
    path: PathBuf,
    file: BufWriter<File>,
}

/// The log cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write what was set aside to `{}`", path.display())]
pub(super) struct LogError {
    path: PathBuf,
    source: io::Error,
}

impl Hint for LogError {
    fn hint(&self) -> Option<String> {
        Some("`--log-skipped` takes a file in a folder that is there and yours to write to".to_owned())
    }
}

#[derive(Serialize)]
struct Line<'a> {
    library: String,
    /// The key, or the place of what has none.
    key: &'a str,
    reason: &'a str,
    /// As it came; null for what an earlier sync set aside, which the cache does not keep.
    raw: Option<&'a str>,
}

impl SkippedLog {
    pub(super) fn create(path: &Path) -> Result<Self, LogError> {
        let file = File::create(path).map_err(|source| LogError { path: path.to_owned(), source })?;
        Ok(Self { path: path.to_owned(), file: BufWriter::new(file) })
    }

    /// Writes down what of a library was set aside, now or by an earlier sync.
    pub(super) fn add(&mut self, synced: &Synced, cache: &Cache) -> Result<(), Failure> {
        for skipped in &synced.skipped {
            self.line(synced, &skipped.place, &skipped.reason, Some(&skipped.raw))?;
        }
        let known = cache.library(&synced.id)?.library.map(|held| held.state.set_aside).unwrap_or_default();
        for (key, aside) in known {
            let key = key.to_string();
            if synced.skipped.iter().all(|skipped| skipped.place != key) {
                self.line(synced, &key, &aside.reason, None)?;
            }
        }
        self.file.flush().map_err(|source| LogError { path: self.path.clone(), source }.into())
    }

    fn line(&mut self, synced: &Synced, key: &str, reason: &str, raw: Option<&str>) -> Result<(), LogError> {
        let line = Line { library: synced.id.to_string(), key, reason, raw };
        let write = serde_json::to_string(&line).map_err(io::Error::from);
        let written = write.and_then(|line| writeln!(self.file, "{line}"));
        written.map_err(|source| LogError { path: self.path.clone(), source })
    }
}
