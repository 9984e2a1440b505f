//! Items, collections, creators, dates, notes and relations, with rules and overlays applied.
//!
//! [`read::read`] makes the published whole of a snapshot. Nothing here fails: reading returns a value
//! and problems, and no snapshot makes it panic. Nothing here knows a page or an address.

pub mod attachment;
pub mod citation_key;
pub mod collection;
pub mod creator;
pub mod date;
pub mod extra;
pub mod item;
pub mod language_tag;
pub mod note;
pub mod read;
pub mod timestamp;
pub mod white_space;

use crate::zotero::record::{LibraryId, LibraryVersion};

pub use self::attachment::{Annotation, Attachment};
pub use self::collection::{Collection, CollectionIndex};
pub use self::creator::{Creator, Name};
pub use self::date::Date;
pub use self::extra::Extra;
pub use self::item::{Fields, Item, ItemIndex, Relation, RelationKind, Tag};
pub use self::note::Note;
pub use self::timestamp::Timestamp;

/// What the site publishes of all its libraries.
#[derive(Debug, Default)]
pub struct Library {
    /// The libraries in the order of the settings.
    pub holdings: Vec<Holding>,
    /// The published items in the site's order: newest date first, then creator, title, key. Positions are [`ItemIndex`].
    pub items: Vec<Item>,
    /// The published collections; positions are [`CollectionIndex`]. Siblings stand in the order of their names.
    pub collections: Vec<Collection>,
}

/// One of the libraries that the site is made of.
#[derive(Clone, Debug)]
pub struct Holding {
    /// Its identity in Zotero; for records that never were there, the owner's name for their file.
    pub id: LibraryId,
    pub name: String,
    /// Zotero's version of the library with the last change of what is held of it.
    pub version: LibraryVersion,
    /// What the last sync that changed something changed.
    pub last_change: LastChange,
    /// What Zotero's URIs of its items begin with: `http://zotero.org/groups/123`. None if it never was in Zotero.
    pub uri: Option<String>,
    /// Where its items and collections stand in the site: empty for the root, else `name/`.
    pub prefix: String,
}

/// How many published records a change of a library touched, notes and files among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LastChange {
    pub added: usize,
    pub changed: usize,
    pub removed: usize,
}

impl Library {
    /// The item at a position.
    #[must_use]
    pub fn item(&self, index: ItemIndex) -> &Item {
        &self.items[index.0 as usize]
    }

    /// The collection at a position.
    #[must_use]
    pub fn collection(&self, index: CollectionIndex) -> &Collection {
        &self.collections[index.0 as usize]
    }

    /// The library that an item belongs to.
    #[must_use]
    pub fn holding(&self, item: &Item) -> &Holding {
        &self.holdings[item.holding]
    }

    /// All items with their positions, in the site's order.
    pub fn indexed(&self) -> impl Iterator<Item = (ItemIndex, &Item)> {
        (0..).map(ItemIndex).zip(&self.items)
    }

    /// When a published record was last changed.
    #[must_use]
    pub fn last_change(&self) -> Option<&Timestamp> {
        self.items.iter().filter_map(Item::changed).max()
    }
}
