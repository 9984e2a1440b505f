//! One file: asked for until it comes whole and right, and compared with what its record names.

use std::sync::Arc;
use std::time::Duration;

use crate::sync::SyncError;
use crate::sync::files::download::{Came, Download, Refusal, attempt, in_words};
use crate::sync::files::wanted::{Wanted, named_hash};
use crate::zotero::cache::{AdmitError, FileStore, Md5};
use crate::zotero::record::LibraryVersion;
use crate::zotero::source::SourceError;
use crate::zotero::source::web::archive::{self, ArchiveError};
use crate::zotero::source::web::{Announced, FileAnswer, Web};

/// How often a file is asked for that comes wrong, or of which nothing new comes.
const IN_VAIN: u32 = 3;
/// How often one is asked for that comes in pieces.
const ATTEMPTS: u32 = 20;
/// The wait before it is asked for again; twice as long each time nothing came.
const PAUSE: Duration = Duration::from_secs(3);

/// What became of a wanted file.
#[derive(Debug)]
pub(super) enum Fetched {
    Stored,
    /// The main file of a ZIP whose own hash the record names, as very old clients wrote it. The main file's is not
    /// asked: the ZIP is what Zotero's record vouches for.
    StoredMain {
        zip: Md5,
        main: Md5,
    },
    /// Zotero has other bytes than the record names: they are kept and not published. They may be `replaced` so lately
    /// that the copy has not the new record yet.
    Another {
        md5: Md5,
        replaced: bool,
        detail: String,
    },
    Missing,
    Forbidden,
    Mismatch(String),
    Failed {
        detail: String,
        /// Asking for other files would fail, too.
        for_good: bool,
    },
}

/// Where files come from and go to.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) web: Arc<Web>,
    pub(super) store: FileStore,
    /// The copy's.
    pub(super) version: LibraryVersion,
}

impl Way {
    /// Asks for one file until it comes whole and right. `known` are the hashes that an earlier run found in its place.
    pub(super) async fn fetch(&self, file: &Wanted, known: &[Md5]) -> Result<Fetched, SyncError> {
        let mut last = Fetched::Missing;
        let (mut held, mut vain) = (None, 0);
        for attempts in 0..ATTEMPTS {
            if attempts > 0 {
                self.web.http().clock().wait(PAUSE * 2_u32.pow(vain)).await;
            }
            // The last address is valid for a minute only, so each attempt asks for a new one.
            let announced = match self.web.file(file.key).await {
                Ok(FileAnswer::Stored(announced)) => announced,
                Ok(FileAnswer::Missing) => return Ok(Fetched::Missing),
                Ok(FileAnswer::Forbidden) => return Ok(Fetched::Forbidden),
                Err(error) => return Ok(failed(&error)),
            };
            let before = held.as_ref().map_or(0, Download::size);
            match attempt(&self.web, &self.store, &announced, &mut held).await {
                Ok(came) => return self.settle(file, &announced, came, known).await,
                Err(Refusal::Disk(error)) => return Err(SyncError::Store(error)),
                Err(Refusal::Way(detail)) => return Ok(Fetched::Failed { detail, for_good: false }),
                Err(Refusal::Content(detail)) => last = Fetched::Mismatch(detail),
                Err(Refusal::Transport(detail)) => last = Fetched::Failed { detail, for_good: false },
            }
            let brought = held.as_ref().map_or(0, Download::size) > before;
            vain = if brought { 0 } else { vain + 1 };
            if vain == IN_VAIN {
                break;
            }
        }
        Ok(last)
    }

    /// Compares what came with what the record names.
    async fn settle(
        &self,
        file: &Wanted,
        announced: &Announced,
        came: Came,
        known: &[Md5],
    ) -> Result<Fetched, SyncError> {
        let md5 = came.md5();
        if announced.compressed {
            return match self.unpack(file, &came)? {
                Unpacked::Right(main) => {
                    came.discard().map_err(SyncError::Store)?;
                    Ok(if file.md5 == Some(md5) { Fetched::StoredMain { zip: md5, main } } else { Fetched::Stored })
                }
                // Kept under the hash that the record names, it would be published as what it is not.
                Unpacked::Wrong(detail) if file.md5 == Some(md5) => {
                    came.discard().map_err(SyncError::Store)?;
                    Ok(Fetched::Mismatch(detail))
                }
                Unpacked::Wrong(detail) => {
                    came.admit().map_err(SyncError::Store)?;
                    Ok(Fetched::Another { md5, replaced: false, detail })
                }
            };
        }
        came.admit().map_err(SyncError::Store)?;
        match file.md5 {
            Some(named) if named != md5 => {
                let replaced = !known.contains(&md5) && self.was_replaced(file, md5).await;
                let detail = format!("expected md5 {named}, Zotero has {md5}");
                Ok(Fetched::Another { md5, replaced, detail })
            }
            _ => Ok(Fetched::Stored),
        }
    }

    fn unpack(&self, file: &Wanted, zip: &Came) -> Result<Unpacked, SyncError> {
        let mut incoming = self.store.incoming().map_err(SyncError::Store)?;
        match archive::main_file(zip.open().map_err(SyncError::Store)?, &file.name, &mut incoming) {
            Ok(()) => {}
            Err(ArchiveError::Keep(error)) => return Err(SyncError::Store(error)),
            Err(error) => return Ok(Unpacked::Wrong(error.to_string())),
        }
        match incoming.finish(file.md5.filter(|named| *named != zip.md5())) {
            Ok(main) => Ok(Unpacked::Right(main.md5)),
            Err(AdmitError::Io(error)) => Err(SyncError::Store(error)),
            Err(mismatch) => Ok(Unpacked::Wrong(mismatch.to_string())),
        }
    }

    /// Asks once whether the record names these bytes by now, later than the copy knows. The copy takes such a record
    /// with the next sync, which lists it: only then the rules judge it, and the copy is whole at its version.
    async fn was_replaced(&self, file: &Wanted, md5: Md5) -> bool {
        let Ok(Some(record)) = self.web.record(file.key).await else { return false };
        named_hash(&record) == Some(md5) && record.version > self.version
    }
}

/// What was in a ZIP.
enum Unpacked {
    /// The main file is in the store.
    Right(Md5),
    Wrong(String),
}

fn failed(error: &SourceError) -> Fetched {
    let for_good = matches!(error, SourceError::Refused { .. });
    Fetched::Failed { detail: in_words(error), for_good }
}
