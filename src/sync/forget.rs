//! Forgetting files that nobody wants any more: what the rules withhold, whose record is gone, or what was replaced, does
//! not stay in a cache that may be read.
//!
//! The last good file of an attachment stays until the one that its record names is there.

use std::collections::{BTreeMap, BTreeSet};

use crate::sync::copy::Copy;
use crate::sync::files::wanted::{self, is_stored, named_hash};
use crate::sync::{Run, Store};
use crate::zotero::cache::Md5;
use crate::zotero::record::{ItemKey, LinkMode, Record};

/// The files that records name.
pub(super) type Named = BTreeMap<ItemKey, Md5>;

/// The files that a copy's records name.
pub(super) fn named(copy: &Copy) -> Named {
    let stored = |record: &&Record| record.link_mode.is_some_and(LinkMode::stored);
    copy.records.iter().filter(stored).filter_map(|record| Some((record.key, named_hash(record)?))).collect()
}

/// Notes which files stay for attachments whose own is not there: what they had `before` the sync, too. Gives the hashes
/// of all that is wanted.
pub(super) fn note(run: Run<'_>, copy: &mut Copy, before: &Named) -> BTreeSet<Md5> {
    let store = run.cache.files(&copy.state.library);
    let published = wanted::all(run, copy);
    let keys: BTreeSet<_> = published.iter().map(|file| file.key).collect();
    let mut wanted: BTreeSet<_> = published.iter().filter_map(|file| file.md5).collect();
    let state = &mut copy.state;
    state.files_held.retain(|key, _| keys.contains(key));
    for file in &published {
        if file.md5.is_some_and(|md5| is_stored(&store, &state.main_files, md5)) {
            state.files_held.remove(&file.key);
        } else if let Some(last) = before.get(&file.key).filter(|last| is_stored(&store, &state.main_files, **last)) {
            state.files_held.entry(file.key).or_default().insert(*last);
        }
    }
    wanted.extend(state.files_held.values().flatten());
    state.main_files.retain(|zip, _| wanted.contains(zip) || run.settings.store == Store::All);
    wanted.extend(state.main_files.values());
    wanted
}

/// Removes all files but those `wanted`. Only after the copy that wants no others is on the disk.
pub(super) fn others(run: Run<'_>, copy: &Copy, wanted: &BTreeSet<Md5>) {
    if run.settings.store == Store::All {
        return;
    }
    let store = run.cache.files(&copy.state.library);
    for md5 in store.hashes().filter(|md5| !wanted.contains(md5)) {
        // One that cannot be removed is in nobody's way, and `zbib clean files` says why.
        let _ = store.remove(md5);
    }
}
