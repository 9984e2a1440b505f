//! Taking files from the disk of this computer, where the desktop program keeps them.

use std::fs::File;
use std::io::{self, Read, Write};

use serde_json::Value;

use crate::report::problem::{Kind, Level, Problem};
use crate::sync::copy::Copy;
use crate::sync::{Run, SyncError};
use crate::zotero::cache::{AdmitError, FileStore, Md5};
use crate::zotero::record::{LinkMode, Record};
use crate::zotero::source::desktop::{Desktop, LocalFile};

/// How many bytes are read at once.
const PIECE: usize = 64 * 1024;

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

/// The attachments whose files are published and not in the store, each with the hash its record names. A linked file is
/// never among them though the program would give it: it stands where the owner keeps it, not where Zotero keeps what
/// belongs to the library, and the Web API does not have it, so a site built elsewhere would lose it again.
pub(super) fn lacking<'a>(run: Run<'a>, copy: &'a Copy) -> impl Iterator<Item = (&'a Record, Option<Md5>)> {
    let stored = |record: &&Record| !record.withheld && record.link_mode.is_some_and(LinkMode::stored);
    let wanted = copy.records.iter().filter(stored).filter(move |record| run.rules.file_wanted(record));
    let hash = |record: &Record| record.data().get("md5").and_then(Value::as_str).and_then(|md5| md5.parse().ok());
    let named = wanted.map(move |record| (record, hash(record)));
    named.filter(|(_, md5)| md5.is_none_or(|md5| !copy.files.contains_key(&md5)))
}

/// Brings the store up to date. Gives the number of files taken.
pub(in crate::sync) async fn fetch(
    run: Run<'_>,
    desktop: &Desktop,
    store: &FileStore,
    copy: &Copy,
) -> Result<u64, SyncError> {
    let wanted: Vec<_> = lacking(run, copy).collect();
    let progress = run.report.progress("files", Some(wanted.len() as u64));
    let mut taken = 0;
    for (record, md5) in wanted {
        progress.advance(1);
        let problem = |kind, detail: &str| run.report.problem(Problem::new(kind, place(record), detail));
        // Without a hash the program found no file when it made the record.
        let Some(md5) = md5 else {
            problem(&NOT_HERE, "");
            continue;
        };
        if store.get(md5).is_some() {
            continue;
        }
        match desktop.file(record.key).await? {
            LocalFile::Missing => problem(&NOT_HERE, ""),
            LocalFile::Refused(reason) => problem(&REFUSED, &reason),
            LocalFile::There(file) => match take(store, file, md5).map_err(SyncError::Store)? {
                Taken::Whole => taken += 1,
                Taken::Changed(what) => problem(&CHANGED, &what),
                Taken::Unreadable(error) => problem(&REFUSED, &error.to_string()),
            },
        }
    }
    Ok(taken)
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

fn place(record: &Record) -> String {
    let data = record.data();
    format!("{} {:?}", record.key, data.get("filename").and_then(Value::as_str).unwrap_or_default())
}
