//! What is new in a library, before it is merged into the copy.

use std::collections::{BTreeMap, BTreeSet};

use crate::zotero::cache::TagColor;
use crate::zotero::record::{CollectionKey, CollectionRecord, ItemKey, LibraryVersion, Record, Skipped};

/// What is new in a library.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) version: LibraryVersion,
    pub(super) name: Option<String>,
    pub(super) uri: Option<String>,
    /// The records are all there are, so whatever else the copy has is gone.
    pub(super) complete: bool,
    /// The records are those that changed and `gone` is all that is gone: the whole library was compared with the copy.
    pub(super) compared: bool,
    /// Whose versions these are, if they are not those of Zotero's server; see [`crate::zotero::cache::State::server`].
    pub(super) server: Option<String>,
    /// What is gone was named as deleted, so no guard has to ask whether it is.
    pub(super) logged: bool,
    pub(super) records: BTreeMap<ItemKey, Record>,
    /// What came and is no record.
    pub(super) skipped: Vec<Skipped>,
    /// Records that Zotero lists and did not give: what the copy has of them stays.
    pub(super) pending: BTreeMap<ItemKey, LibraryVersion>,
    /// Some records came before the last lists were made: they may stand in collections that were deleted meanwhile.
    pub(super) moved: bool,
    pub(super) gone: BTreeSet<ItemKey>,
    /// The collections are all there are.
    pub(super) collections_complete: bool,
    pub(super) collections: Vec<CollectionRecord>,
    pub(super) gone_collections: BTreeSet<CollectionKey>,
    /// None when they did not change.
    pub(super) tag_colors: Option<Vec<TagColor>>,
    /// Full texts that are new, with their versions; all of them when everything was compared. None when they are not to be had.
    pub(super) texts: Option<BTreeMap<ItemKey, LibraryVersion>>,
}
