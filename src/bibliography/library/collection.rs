//! A published collection.

use crate::bibliography::content::CollectionOverlay;
use crate::bibliography::library::ItemIndex;
use crate::zotero::record::CollectionKey;

/// The position of a collection in [`Library::collections`](super::Library::collections).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CollectionIndex(pub u32);

/// A named place in a library's tree.
#[derive(Clone, Debug)]
pub struct Collection {
    pub key: CollectionKey,
    /// The position of its library among the holdings.
    pub holding: usize,
    /// Any text; not unique, and empty only if Zotero's is.
    pub name: String,
    pub parent: Option<CollectionIndex>,
    /// Its parts in the order of their names.
    pub parts: Vec<CollectionIndex>,
    /// The items that are directly in it, in the site's order.
    pub items: Vec<ItemIndex>,
    /// What the owner's `content/collections/KEY.md` adds.
    pub overlay: Option<CollectionOverlay>,
}
