//! Files on the disk of this computer, where the desktop program keeps them.
//!
//! A linked file is never among them though the program would give it: it stands where the owner keeps it, not where Zotero
//! keeps what belongs to the library, and Zotero's server does not have it, so a site built elsewhere would lose it again.

use std::fs::File;
use std::io::{self, Read, Write};

use crate::report::problem::{Kind, Level};
use crate::sync::files::problems::{FAILED, PUT_OFF, tell};
use crate::sync::files::wanted::Wanted;
use crate::sync::{Run, SyncError};
use crate::zotero::cache::{AdmitError, FileStore, Md5};
use crate::zotero::source::desktop::{Desktop, LocalFile};

/// How many bytes are read at once.
const PIECE: usize = 64 * 1024;
/// After so many failures in a row the rest is left for the next run: the program was closed.
const FAILURES: usize = 3;

static NOT_HERE: Kind = Kind {
    id: "file-not-on-this-computer",
    level: Level::Note,
    one: "the file of an attachment is not on this computer",
    many: "the files of {n} attachments are not on this computer",
    hint: Some("open them in Zotero, which downloads them; then run `zbib sync` again"),
};
static REFUSED: Kind = Kind {
    id: "file-not-taken",
    level: Level::Warning,
    one: "the file of an attachment could not be taken from this computer",
    many: "the files of {n} attachments could not be taken from this computer",
    hint: Some(
        "show them in Zotero (right click, Show File) and check that they can be read; the next `zbib sync` tries again",
    ),
};
static CHANGED: Kind = Kind {
    id: "file-changed-meanwhile",
    level: Level::Warning,
    one: "an attachment is left out, its file changed during the sync",
    many: "{n} attachments are left out, their files changed during the sync",
    hint: Some("the next `zbib sync` tries again"),
};

/// Takes the files in, each checked against the hash its record names. Gives their number.
pub(super) async fn fetch(
    run: Run<'_>,
    desktop: &Desktop,
    store: &FileStore,
    wanted: Vec<Wanted>,
) -> Result<u64, SyncError> {
    let progress = run.report.progress("files", Some(wanted.len() as u64));
    let (mut fetched, mut failures) = (0, 0);
    for file in wanted {
        progress.advance(1);
        if failures == FAILURES {
            tell(run.report, &PUT_OFF, &file, "");
            continue;
        }
        // Without a hash the program found no file when it made the record; the same bytes may have come as another's.
        let Some(md5) = file.md5 else {
            tell(run.report, &NOT_HERE, &file, "");
            continue;
        };
        if store.get(md5).is_some() {
            continue;
        }
        match desktop.file(file.key).await {
            Err(error) => {
                failures += 1;
                tell(run.report, &FAILED, &file, &error.to_string());
                continue;
            }
            Ok(LocalFile::Missing) => tell(run.report, &NOT_HERE, &file, ""),
            Ok(LocalFile::Refused(reason)) => tell(run.report, &REFUSED, &file, &reason),
            Ok(LocalFile::There(bytes)) => match take(store, bytes, md5).map_err(SyncError::Store)? {
                Taken::Whole => fetched += 1,
                Taken::Changed(what) => tell(run.report, &CHANGED, &file, &what),
                Taken::Unreadable(error) => tell(run.report, &REFUSED, &file, &error.to_string()),
            },
        }
        failures = 0;
    }
    Ok(fetched)
}

/// What became of a file that is there.
enum Taken {
    Whole,
    Changed(String),
    Unreadable(io::Error),
}

/// Streams a file into the store, hashed on the way: what is not what the record names does not enter. Fails only when
/// the store cannot be written.
fn take(store: &FileStore, mut file: File, md5: Md5) -> io::Result<Taken> {
    let mut incoming = store.incoming()?;
    let mut piece = vec![0; PIECE];
    loop {
        match file.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => incoming.write_all(&piece[..length])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Ok(Taken::Unreadable(error)),
        }
    }
    match incoming.finish(Some(md5)) {
        Ok(_) => Ok(Taken::Whole),
        Err(changed @ AdmitError::Mismatch { .. }) => Ok(Taken::Changed(changed.to_string())),
        Err(AdmitError::Io(error)) => Err(error),
    }
}
