//! Files of a folder of the owner's.

use std::collections::BTreeSet;
use std::fs::File;

use crate::sync::Run;
use crate::sync::copy::Copy;
use crate::sync::files::problems::{FAILED, MISMATCH, MISSING, tell};
use crate::sync::files::wanted::Wanted;
use crate::zotero::cache::{AdmitError, FileStore};
use crate::zotero::source::file::FileSource;

/// Takes the files in. Where the record names no hash, it gets that of the file.
pub(super) fn fetch(run: Run<'_>, source: &FileSource, store: &FileStore, copy: &mut Copy, wanted: Vec<Wanted>) -> u64 {
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
            Err(error @ AdmitError::Mismatch { .. }) => tell(run.report, &MISMATCH, &file, &error.to_string()),
            Err(AdmitError::Io(error)) => tell(run.report, &FAILED, &file, &error.to_string()),
        }
    }
    // The same bytes may have come as another attachment's file.
    for file in missing.iter().filter(|file| file.md5.is_some_and(|md5| !stored.contains(&md5))) {
        tell(run.report, &MISSING, file, "");
    }
    fetched
}
