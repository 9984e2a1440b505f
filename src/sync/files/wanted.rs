//! Which files are wanted.

use serde_json::Value;

use crate::sync::copy::Copy;
use crate::sync::{Run, withhold};
use crate::zotero::cache::Md5;
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
