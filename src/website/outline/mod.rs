//! Every list of the site: members, order, cut into pages, page or anchor, index or noindex.
//!
//! Nothing here knows an address or a word of the interface.

mod build;
mod settings;

use std::ops::Range;

use crate::bibliography::library::{CollectionIndex, ItemIndex, Name};

pub use self::build::build;
pub use self::settings::Settings;

/// The kinds of lists, each with an index page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListKind {
    Collections,
    Tags,
    Creators,
    Years,
    Types,
}

impl ListKind {
    pub const ALL: [Self; 5] = [Self::Collections, Self::Tags, Self::Creators, Self::Years, Self::Types];
}

/// The position of a list in [`Outline::lists`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListIndex(pub u32);

/// What the members of a list have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// Being in a collection or one of its parts.
    Collection(CollectionIndex),
    Tag(String),
    Creator(Name),
    /// None: the date has no year.
    Year(Option<i32>),
    /// Zotero's name of the item type.
    Type(String),
}

/// A list of items.
#[derive(Clone, Debug)]
pub struct List {
    pub subject: Subject,
    /// The items of a collection's parts included; in the site's order.
    pub members: Vec<ItemIndex>,
    pub place: Place,
    /// Whether search engines are asked to read its first page.
    pub indexed: bool,
}

/// Where a list stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On that many pages of its own, one at least.
    Pages(u32),
    /// On the index of its kind: it has one member, not worth a page.
    Anchor,
}

/// All lists of the site.
#[derive(Debug, Default)]
pub struct Outline {
    /// The most recently added items first.
    pub newest: Vec<ItemIndex>,
    /// All lists; positions are [`ListIndex`].
    pub lists: Vec<List>,
    /// The lists of each kind in the order of its index page: collections as a tree walked downwards, tags, creators and
    /// types by name, the newest year first and undated last.
    indexes: [Vec<ListIndex>; 5],
    /// For each item the lists that it is on.
    memberships: Vec<Memberships>,
    page_size: usize,
}

/// The lists that one item is on.
#[derive(Clone, Debug, Default)]
pub struct Memberships {
    pub year: Option<ListIndex>,
    pub item_type: Option<ListIndex>,
    /// In the order of the item's tags.
    pub tags: Vec<ListIndex>,
    /// In the order of the item's creators, one for each.
    pub creators: Vec<ListIndex>,
    /// Direct memberships, in the order of the item's collections.
    pub collections: Vec<ListIndex>,
}

impl Outline {
    #[must_use]
    pub fn list(&self, index: ListIndex) -> &List {
        &self.lists[index.0 as usize]
    }

    /// The lists of a kind in the order of its index page.
    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "it is an index page, not a position")]
    pub fn index(&self, kind: ListKind) -> &[ListIndex] {
        &self.indexes[kind as usize]
    }

    /// The lists that an item is on.
    #[must_use]
    pub fn memberships(&self, item: ItemIndex) -> &Memberships {
        &self.memberships[item.0 as usize]
    }

    /// The list of a collection.
    #[must_use]
    pub fn collection(&self, collection: CollectionIndex) -> ListIndex {
        // Collections come first among the lists, in their own order.
        ListIndex(collection.0)
    }

    /// The members that stand on a page of a list; pages count from 1.
    #[must_use]
    pub fn page(&self, list: ListIndex, page: u32) -> &[ItemIndex] {
        let members = &self.list(list).members;
        let start = (page.saturating_sub(1) as usize).saturating_mul(self.page_size).min(members.len());
        let range: Range<usize> = start..(start + self.page_size).min(members.len());
        &members[range]
    }
}

impl List {
    #[must_use]
    pub fn kind(&self) -> ListKind {
        match self.subject {
            Subject::Collection(_) => ListKind::Collections,
            Subject::Tag(_) => ListKind::Tags,
            Subject::Creator(_) => ListKind::Creators,
            Subject::Year(_) => ListKind::Years,
            Subject::Type(_) => ListKind::Types,
        }
    }

    /// The number of its pages; 0 if it stands on its index.
    #[must_use]
    pub fn pages(&self) -> u32 {
        match self.place {
            Place::Pages(pages) => pages,
            Place::Anchor => 0,
        }
    }
}
