//! A guard against believing that a library is gone.
//!
//! Zotero names what people delete. When more than half of a copy is missing from a list and no log says why, a library
//! was emptied with its log, a server was put back, or a key lost its rights: the owner decides which.

use crate::sync::copy::Copy;
use crate::sync::gathered::Gathered;
use crate::sync::{Run, SyncError};
use crate::zotero::record::{ItemKey, Record};

/// Refuses a gathering that would take away more than half of the copy without a word of why.
pub(super) fn check(run: Run<'_>, copy: &Copy, gathered: &Gathered) -> Result<(), SyncError> {
    if gathered.logged || run.manner.allow_mass_removal {
        return Ok(());
    }
    let came = |key: &ItemKey| gathered.records.contains_key(key) || gathered.pending.contains_key(key);
    let goes = |record: &&Record| {
        let key = &record.key;
        !came(key) && (gathered.complete || gathered.gone.contains(key))
    };
    let (removed, of) = (copy.records.iter().filter(goes).count(), copy.records.len());
    if removed * 2 <= of {
        return Ok(());
    }
    let library = copy.state.library.clone();
    Err(SyncError::MassRemoval { library, removed, of })
}
