//! What the rules publish and the copy has not: files and full texts that are still to come, or are not to be had.

use crate::sync::Run;
use crate::sync::copy::Copy;
use crate::sync::files::wanted::{self, is_stored};
use crate::zotero::record::{ItemKey, LibraryVersion};

/// How many files are published and not in the store. What names no hash has no file in Zotero.
pub(super) fn files(run: Run<'_>, copy: &mut Copy) -> usize {
    let store = run.cache.files(&copy.state.library);
    let wanted: Vec<_> = wanted::all(run, copy).into_iter().filter_map(|file| file.md5).collect();
    wanted.into_iter().filter(|md5| !is_stored(&store, &copy.state.main_files, *md5)).count()
}

/// The full texts that are published and wait to be fetched, each with its version.
pub(super) fn texts<'a>(run: Run<'a>, copy: &'a Copy) -> impl Iterator<Item = (ItemKey, LibraryVersion)> {
    let wanted =
        move |key: ItemKey| copy.get(key).is_some_and(|record| !record.withheld && run.rules.text_wanted(record));
    let waiting = copy.state.texts_waiting.iter().map(|(key, version)| (*key, *version));
    waiting.filter(move |(key, _)| wanted(*key))
}
