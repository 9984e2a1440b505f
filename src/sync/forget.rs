//! Forgetting files: bytes that the rules withheld, or whose record is gone, do not stay in a cache that may be read.
//!
//! An earlier content of a file that is still published stays: it costs room, and tells nobody anything new.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::sync::copy::Copy;
use crate::sync::{Run, Store};
use crate::zotero::cache::Md5;
use crate::zotero::record::{ItemKey, LinkMode, Record};

/// The files that records name.
pub(super) type Named = BTreeSet<(ItemKey, Md5)>;

/// The files that a copy's records name.
pub(super) fn named(copy: &Copy) -> Named {
    named_if(copy, &|_| true)
}

fn named_if(copy: &Copy, wanted: &dyn Fn(&Record) -> bool) -> Named {
    let stored = |record: &&Record| !record.withheld && record.link_mode.is_some_and(LinkMode::stored);
    let records = copy.records.iter().filter(stored).filter(|record| wanted(record));
    records.filter_map(|record| Some((record.key, md5(record)?))).collect()
}

/// Of the files that were `held` before the sync, removes those whose attachments are no longer there or published.
pub(super) fn files(run: Run<'_>, copy: &Copy, held: &Named) {
    if run.settings.store == Store::All {
        return;
    }
    let now = named_if(copy, &|record| run.rules.file_wanted(record));
    let attachments: BTreeSet<_> = now.iter().map(|(key, _)| *key).collect();
    let hashes: BTreeSet<_> = now.iter().map(|(_, md5)| *md5).collect();
    let store = run.cache.files(&copy.state.library);
    for (_, md5) in held.iter().filter(|(key, md5)| !attachments.contains(key) && !hashes.contains(md5)) {
        // One that cannot be removed is in nobody's way, and `zbib clean files` says why.
        let _ = store.remove(*md5);
    }
}

fn md5(record: &Record) -> Option<Md5> {
    record.data().get("md5").and_then(Value::as_str)?.parse().ok()
}
