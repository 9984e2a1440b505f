//! What the rules publish and the copy has not: files and full texts that are still to come, or are not to be had.

use serde_json::Value;

use crate::sync::Run;
use crate::sync::copy::Copy;
use crate::zotero::cache::Md5;
use crate::zotero::record::{ItemKey, LibraryVersion, LinkMode, Record};

/// The attachments whose file is published and not in the store. What names no hash has no file in Zotero.
pub(super) fn files<'a>(run: Run<'a>, copy: &'a Copy) -> impl Iterator<Item = &'a Record> {
    let store = run.cache.files(&copy.state.library);
    let stored = |record: &&Record| !record.withheld && record.link_mode.is_some_and(LinkMode::stored);
    let wanted = move |record: &&Record| run.rules.file_wanted(record);
    let here = move |md5: Md5| {
        let main = copy.state.main_files.get(&md5);
        store.get(md5).is_some() || main.is_some_and(|main| store.get(*main).is_some())
    };
    let lacking = move |record: &&Record| md5(record).is_some_and(|md5| !here(md5));
    copy.records.iter().filter(stored).filter(wanted).filter(lacking)
}

/// The full texts that are published and wait to be fetched, each with its version.
pub(super) fn texts<'a>(run: Run<'a>, copy: &'a Copy) -> impl Iterator<Item = (ItemKey, LibraryVersion)> {
    let wanted =
        move |key: ItemKey| copy.get(key).is_some_and(|record| !record.withheld && run.rules.text_wanted(record));
    let waiting = copy.state.texts_waiting.iter().map(|(key, version)| (*key, *version));
    waiting.filter(move |(key, _)| wanted(*key))
}

fn md5(record: &Record) -> Option<Md5> {
    record.data().get("md5").and_then(Value::as_str)?.parse().ok()
}
