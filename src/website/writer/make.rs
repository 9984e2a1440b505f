//! Making the files of a plan, on all processors, and staging those that differ from what stands there.
//!
//! A file is made, compared, staged and forgotten before its thread makes the next.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::report::progress::Progress;
use crate::website::output::{Content, OutputFile, SitePath};
use crate::website::writer::compare;
use crate::website::writer::disk::Stage;
use crate::website::writer::error::Cause;
use crate::website::writer::manifest::Entry;
use crate::website::writer::standing::{Standing, There};
use crate::website::writer::{Plan, WriterError};

/// A file of the site, made.
#[derive(Debug)]
pub(super) struct Made {
    pub path: SitePath,
    pub entry: Entry,
    /// Whether it differs from what stands there, and so was staged.
    pub changed: bool,
}

impl Made {
    /// Its line in the manifest.
    pub fn named(&self) -> (SitePath, Entry) {
        (self.path.clone(), self.entry)
    }
}

/// Makes all files, in the order of their paths. Without a stage nothing is written.
///
/// Of several failures, the one of the first path is told, whichever came first: files behind a failed one are skipped,
/// those before it are not.
pub(super) fn all(
    plan: Plan<'_>,
    standing: &Standing,
    stage: Option<&Stage<'_>>,
    progress: &Progress,
) -> Result<Vec<Made>, WriterError> {
    let failed = AtomicUsize::new(usize::MAX);
    let make = |(at, file): (usize, OutputFile<'_>)| {
        if at > failed.load(Ordering::Relaxed) {
            return None;
        }
        let made = Maker { standing, stage, path: file.path, owner: file.owner }.make(file.content);
        if made.is_err() {
            failed.fetch_min(at, Ordering::Relaxed);
        }
        progress.advance(1);
        Some(made)
    };
    let results: Vec<_> = plan.files.into_par_iter().enumerate().map(make).collect();
    results.into_iter().flatten().collect()
}

/// One file being made.
struct Maker<'a> {
    standing: &'a Standing,
    stage: Option<&'a Stage<'a>>,
    path: SitePath,
    owner: String,
}

impl Maker<'_> {
    fn make(self, content: Content<'_>) -> Result<Made, WriterError> {
        match content {
            Content::Bytes(bytes) => self.bytes(&bytes),
            Content::Later(make) => match make() {
                Ok(bytes) => self.bytes(&bytes),
                Err(failure) => Err(WriterError::Make { path: self.path, owner: self.owner, source: Cause(failure) }),
            },
            Content::Copy(from) => self.copy(&from),
        }
    }

    fn bytes(self, bytes: &[u8]) -> Result<Made, WriterError> {
        let entry = Entry::of(bytes);
        if let Some(There { path, metadata, known }) = self.standing.there(&self.path, &self.owner)? {
            if compare::holds(&path, &metadata, bytes).map_err(WriterError::reading(&path))? {
                return Ok(self.made(entry, false));
            }
            self.refuse_foreign(&path, known)?;
        }
        if let Some(stage) = self.stage {
            stage.write(&self.path, bytes)?;
        }
        Ok(self.made(entry, true))
    }

    fn copy(self, from: &Path) -> Result<Made, WriterError> {
        let opened = File::open(from).and_then(|file| Ok((file.metadata()?, file)));
        let (source, mut file) = opened.map_err(|source| self.copying(from, source))?;
        if !source.is_file() {
            return Err(self.copying(from, io::Error::other("it is no file")));
        }
        if let Some(There { path, metadata, known }) = self.standing.there(&self.path, &self.owner)? {
            match known {
                Some(entry) if compare::is_proven_copy(&metadata, &source, self.standing.written()) => {
                    return Ok(self.made(entry, false));
                }
                _ if metadata.len() == source.len() => {
                    let entry = compare::entry(&mut file).map_err(|error| self.copying(from, error))?;
                    if entry == entry_at(&path)? {
                        return Ok(self.made(entry, false));
                    }
                    file = File::open(from).map_err(|error| self.copying(from, error))?;
                }
                _ => {}
            }
            self.refuse_foreign(&path, known)?;
        }
        let entry = match self.stage {
            Some(stage) => stage.copy(&self.path, &mut file, source.modified().ok())?,
            None => compare::entry(&mut file).map_err(|error| self.copying(from, error))?,
        };
        Ok(self.made(entry, true))
    }

    fn made(self, entry: Entry, changed: bool) -> Made {
        Made { path: self.path, entry, changed }
    }

    /// A file that the last build did not write is not overwritten.
    fn refuse_foreign(&self, there: &Path, known: Option<Entry>) -> Result<(), WriterError> {
        let foreign =
            || WriterError::Foreign { path: self.path.clone(), owner: self.owner.clone(), there: there.to_owned() };
        known.map(|_| ()).ok_or_else(foreign)
    }

    fn copying(&self, from: &Path, source: io::Error) -> WriterError {
        WriterError::Copy { from: from.to_owned(), owner: self.owner.clone(), source }
    }
}

pub(super) fn entry_at(path: &Path) -> Result<Entry, WriterError> {
    let read = || compare::entry(&mut File::open(path)?);
    read().map_err(WriterError::reading(path))
}
