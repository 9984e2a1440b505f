//! Which files are wanted.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::sync::copy::Copy;
use crate::sync::{Run, withhold};
use crate::zotero::cache::{FileStore, Md5};
use crate::zotero::record::{ItemKey, LibraryVersion, LinkMode, Record};

/// An attachment whose file is wanted.
#[derive(Clone, Debug)]
pub(in crate::sync) struct Wanted {
    pub(in crate::sync) key: ItemKey,
    /// The record's.
    pub(super) version: LibraryVersion,
    /// The attachment's `filename`.
    pub(super) name: String,
    /// None when the record names no hash.
    pub(in crate::sync) md5: Option<Md5>,
}

/// All attachments whose files the rules publish, stored or not. Links to files and pages have none.
pub(in crate::sync) fn all(run: Run<'_>, copy: &mut Copy) -> Vec<Wanted> {
    let unpublished = withhold::unpublished(run, copy);
    let stored = |record: &&Record| record.link_mode.is_some_and(LinkMode::stored);
    let records = copy.records.iter().filter(stored).filter(|record| !unpublished.contains(&record.key));
    let wanted = records.filter(|record| run.rules.file_wanted(record)).map(|record| {
        let data = record.data();
        let text = |name: &str| data.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Wanted { key: record.key, version: record.version, name: text("filename"), md5: text("md5").parse().ok() }
    });
    wanted.collect()
}

/// The hash that an attachment's record names.
pub(in crate::sync) fn named_hash(record: &Record) -> Option<Md5> {
    record.data().get("md5").and_then(Value::as_str)?.parse().ok()
}

/// Whether bytes are in the store under their hash, or as the main file of an old ZIP that had it.
pub(in crate::sync) fn is_stored(store: &FileStore, main_files: &BTreeMap<Md5, Md5>, md5: Md5) -> bool {
    store.get(md5).is_some() || main_files.get(&md5).is_some_and(|main| store.get(*main).is_some())
}
