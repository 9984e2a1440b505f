//! What the versions of the desktop program do not tell: which records are looked at though theirs are the copy's.

use std::collections::BTreeSet;

use crate::sync::Run;
use crate::sync::copy::Copy;
use crate::sync::files::wanted::named_hash;
use crate::zotero::record::{CollectionKey, ItemKey, LinkMode, Record};

/// The attachments whose files are wanted and not in the store.
pub(super) fn without_files(run: Run<'_>, copy: &Copy) -> BTreeSet<ItemKey> {
    let stored = |record: &&Record| !record.withheld && record.link_mode.is_some_and(LinkMode::stored);
    let wanted = copy.records.iter().filter(stored).filter(|record| run.rules.file_wanted(record));
    let here = |record: &&Record| named_hash(record).is_some_and(|md5| copy.files.contains_key(&md5));
    wanted.filter(|record| !here(record)).map(|record| record.key).collect()
}

/// The records in collections that are not listed, in the trash for instance: when such a collection is deleted for
/// good, its records lose it and keep their versions.
pub(super) fn in_unlisted_collections(copy: &Copy) -> BTreeSet<ItemKey> {
    let dead = |key: &CollectionKey| !copy.collections.contains_key(key);
    let records = copy.records.iter().filter(|record| record.collections.iter().any(dead));
    records.map(|record| record.key).collect()
}

/// Whether the copy holds a record as it came. The envelope around the data is written in the language of the program, so
/// it does not count.
pub(super) fn is_same(held: &Record, came: &Record) -> bool {
    held.raw() == came.raw() || (!held.is_stub() && held.data() == came.data())
}
