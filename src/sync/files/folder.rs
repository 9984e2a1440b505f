//! Files of a folder of the owner's.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};

use crate::sync::copy::Copy;
use crate::sync::files::problems::{FAILED, MISMATCH, MISSING, tell};
use crate::sync::files::wanted::Wanted;
use crate::sync::{Run, SyncError};
use crate::zotero::cache::{AdmitError, FileStore};
use crate::zotero::source::file::FileSource;

/// Takes the files in. Where the record names no hash, it gets that of the file.
pub(super) fn fetch(
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
        let mut bytes = Watched { file: File::open(&path), failed: false };
        match store.admit(&mut bytes, file.md5) {
            Ok(admitted) => {
                copy.name_hash(file.key, admitted.md5);
                stored.insert(admitted.md5);
                fetched += 1;
            }
            Err(error @ AdmitError::Mismatch { .. }) => tell(run.report, &MISMATCH, &file, &error.to_string()),
            Err(AdmitError::Io(error)) if !bytes.failed => return Err(SyncError::Store(error)),
            Err(AdmitError::Io(error)) => tell(run.report, &FAILED, &file, &error.to_string()),
        }
    }
    // The same bytes may have come as another attachment's file.
    for file in missing.iter().filter(|file| file.md5.is_some_and(|md5| !stored.contains(&md5))) {
        tell(run.report, &MISSING, file, "");
    }
    Ok(fetched)
}

/// A file of the owner's. One that cannot be read is its own trouble, a store that cannot be written is everybody's.
struct Watched {
    file: io::Result<File>,
    failed: bool,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.file {
            Ok(file) => file.read(buffer),
            Err(error) => Err(io::Error::new(error.kind(), error.to_string())),
        };
        self.failed |= read.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted);
        read
    }
}
