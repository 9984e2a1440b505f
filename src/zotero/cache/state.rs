//! What is known of a library's copy: `state.json`, the commit point.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::zotero::cache::Md5;
use crate::zotero::cache::fingerprint::Fingerprint;
use crate::zotero::record::{ItemKey, LibraryId, LibraryVersion, Right};

/// The number of this layout. A cache with another one is fetched again.
pub(super) const FORMAT: u32 = 1;

/// Where a library's copy stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct State {
    pub(super) format: u32,
    pub library: LibraryId,
    /// The owner's name for it, else Zotero's.
    pub name: String,
    /// Zotero's own name for it, if one is known.
    #[serde(default)]
    pub zotero_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// Whose versions these are, for a copy of what the desktop program has: the id it gives its data, empty for one that
    /// gives none. Zotero's server counts apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// The version at which the copy is whole.
    pub version: LibraryVersion,
    /// When records or collections last changed. None before the first sync ends.
    pub changed: Option<Change>,
    /// When the library was last asked, in seconds since 1970.
    pub checked: u64,
    /// When the copy was last compared whole, in seconds since 1970.
    pub audited: u64,
    pub fetched_with: FetchedWith,
    /// Stubs that are withheld for what they hold, not for where they stand.
    #[serde(default)]
    pub withheld_for_content: BTreeSet<ItemKey>,
    /// What Zotero has under these keys is no record zbib can read.
    #[serde(default)]
    pub set_aside: BTreeMap<ItemKey, SetAside>,
    /// Records that Zotero listed with these versions and could not give: asked for again by every sync.
    #[serde(default)]
    pub pending: BTreeMap<ItemKey, LibraryVersion>,
    /// What the key may do, as Zotero last said it. None without a key.
    #[serde(default)]
    pub key: Option<KeyRights>,
    /// Attachments whose file Zotero refused or lacks, each with the record's version at that time.
    #[serde(default)]
    pub files_refused: BTreeMap<ItemKey, LibraryVersion>,
    /// Files that stay for attachments whose records name others: the last good ones, and what Zotero has in their place.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files_held: BTreeMap<ItemKey, BTreeSet<Md5>>,
    /// Full texts that Zotero has and the copy has not, each with its version: nobody wants them yet, or they failed.
    #[serde(default)]
    pub texts_waiting: BTreeMap<ItemKey, LibraryVersion>,
    /// Files stored under another hash than the record's: the main files of old ZIPs.
    #[serde(default)]
    pub main_files: BTreeMap<Md5, Md5>,
    /// What the files of this snapshot must look like.
    #[serde(default)]
    pub(super) parts: BTreeMap<String, Fingerprint>,
}

/// An object that is no record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    pub version: LibraryVersion,
    /// Why, in words.
    pub reason: String,
}

/// What a key may do with a library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRights {
    /// Tells this key from another one, and tells nothing else of it.
    pub fingerprint: String,
    pub rights: BTreeSet<Right>,
}

/// A change of what a library holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The library's version with this change.
    pub version: LibraryVersion,
    /// When a sync saw it, in seconds since 1970. A fresh cache does not know older times, so pages that must not move
    /// without a change take their date from the records.
    pub seen: u64,
    /// Published records that were new with it, notes and files among them; in a first sync all.
    #[serde(default)]
    pub added: usize,
    /// Published records that were other than before.
    #[serde(default)]
    pub changed: usize,
    /// Records that were published before and were gone or withheld.
    #[serde(default)]
    pub removed: usize,
}

/// What a copy depends on beside the library itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FetchedWith {
    /// A number for the rules that decided what is kept.
    pub rules: String,
    /// Nothing was withheld.
    pub everything: bool,
}

impl State {
    /// The state of a library that was never synced.
    #[must_use]
    pub fn new(library: LibraryId) -> Self {
        Self {
            format: FORMAT,
            name: library.to_string(),
            zotero_name: None,
            uri: library.uri(),
            library,
            server: None,
            version: LibraryVersion(0),
            changed: None,
            checked: 0,
            audited: 0,
            fetched_with: FetchedWith::default(),
            withheld_for_content: BTreeSet::new(),
            set_aside: BTreeMap::new(),
            pending: BTreeMap::new(),
            key: None,
            files_refused: BTreeMap::new(),
            files_held: BTreeMap::new(),
            texts_waiting: BTreeMap::new(),
            main_files: BTreeMap::new(),
            parts: BTreeMap::new(),
        }
    }
}
