//! The lists beside the items: collections, deletions, tag colours, full texts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::sync::SyncError;
use crate::sync::copy::Copy;
use crate::zotero::cache::TagColor;
use crate::zotero::record::{CollectionRecord, ItemKey, LibraryVersion, Skipped};
use crate::zotero::source::SourceError;
use crate::zotero::source::web::{Deleted, Listed, Web};

/// The lists beside the items, and the versions they were of.
pub(super) struct Lists {
    pub(super) collections: Vec<CollectionRecord>,
    pub(super) collections_complete: bool,
    /// None when the log does not reach back to the copy's version.
    pub(super) deleted: Option<Deleted>,
    /// None when they did not change.
    pub(super) tag_colors: Option<Vec<TagColor>>,
    /// None when they are not to be had.
    pub(super) texts: Option<BTreeMap<ItemKey, LibraryVersion>>,
    /// What came as a collection and is none.
    pub(super) skipped: Vec<Skipped>,
    pub(super) versions: BTreeSet<LibraryVersion>,
}

/// The collections, and whether they are all there are.
struct Collections {
    listed: Listed<Vec<CollectionRecord>>,
    complete: bool,
    skipped: Vec<Skipped>,
}

/// Asks for what changed after `since`, all lists at once.
pub(super) async fn ask(web: &Arc<Web>, copy: &Copy, since: LibraryVersion) -> Result<Lists, SyncError> {
    if !web.is_whole_library() {
        return Ok(Lists::none(since));
    }
    let texts_since = if since.0 == 0 || copy.rules_changed { LibraryVersion(0) } else { since };
    let (collections, deleted, colors, texts) = tokio::try_join!(
        collections(web, copy, since),
        deleted(web, since),
        web.tag_colors(texts_since),
        texts(web, texts_since),
    )?;
    let cleared = deleted.as_ref().is_some_and(|deleted| deleted.list.settings.contains("tagColors"));
    let mut versions = BTreeSet::from([collections.listed.version, colors.version]);
    // Nothing was asked of the log in a first sync, so it has no version then.
    versions.extend(deleted.as_ref().filter(|_| since.0 > 0).map(|deleted| deleted.version));
    versions.extend(texts.as_ref().map(|texts| texts.version));
    Ok(Lists {
        collections: collections.listed.list,
        collections_complete: collections.complete,
        deleted: deleted.map(|deleted| deleted.list),
        tag_colors: colors.list.map(named).or_else(|| (cleared || since.0 == 0).then(Vec::new)),
        texts: texts.map(|texts| texts.list),
        skipped: collections.skipped,
        versions,
    })
}

impl Lists {
    /// Of a library that has none.
    fn none(since: LibraryVersion) -> Self {
        Self {
            collections: Vec::new(),
            collections_complete: since.0 == 0,
            deleted: Some(Deleted::default()),
            tag_colors: None,
            texts: None,
            skipped: Vec::new(),
            versions: BTreeSet::new(),
        }
    }
}

fn named(colors: Vec<(String, String)>) -> Vec<TagColor> {
    colors.into_iter().map(|(name, color)| TagColor { name, color }).collect()
}

/// The changed collections; all of them when a change might show one that is kept as a stub.
async fn collections(web: &Arc<Web>, copy: &Copy, since: LibraryVersion) -> Result<Collections, SourceError> {
    let stubs = copy.collections.values().any(|collection| collection.withheld);
    let since = if stubs && copy.rules_changed { LibraryVersion(0) } else { since };
    let (mut listed, mut skipped) = web.collections(since).await?;
    let complete = since.0 == 0 || (stubs && !listed.list.is_empty());
    if complete && since.0 > 0 {
        (listed, skipped) = web.collections(LibraryVersion(0)).await?;
    }
    // A list that moved while it was read is not all there is.
    let complete = complete && listed.version > LibraryVersion(0);
    Ok(Collections { listed, complete, skipped })
}

async fn deleted(web: &Arc<Web>, since: LibraryVersion) -> Result<Option<Listed<Deleted>>, SourceError> {
    if since.0 == 0 { Ok(Some(Listed::default())) } else { web.deleted(since).await }
}

/// Who may read a library need not be allowed to read its texts.
async fn texts(
    web: &Arc<Web>,
    since: LibraryVersion,
) -> Result<Option<Listed<BTreeMap<ItemKey, LibraryVersion>>>, SourceError> {
    match web.text_versions(since).await {
        Err(error) if matches!(error.status(), Some(403 | 404)) => Ok(None),
        listed => Ok(Some(listed?)),
    }
}
