//! Finding published records by the names that texts have for them.

use std::collections::BTreeMap;

use crate::bibliography::content::ItemName;
use crate::bibliography::library::{Item, ItemIndex, Library};
use crate::bibliography::markup::{ItemLink, Owner};
use crate::zotero::record::ItemKey;

/// Where a key of Zotero's leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Record {
    Item(ItemIndex),
    Note(ItemIndex, ItemKey),
    Attachment(ItemIndex, ItemKey),
}

/// What a link to a record comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lookup {
    Found(Record),
    /// In a library of this site, and not published.
    Withheld,
    /// In another library.
    Elsewhere,
}

/// All published records by key, and items by citation key.
pub(super) struct Records<'a> {
    library: &'a Library,
    /// Keys are unique in one library only.
    by_key: BTreeMap<ItemKey, Vec<Record>>,
    by_citation_key: BTreeMap<&'a str, ItemIndex>,
}

impl<'a> Records<'a> {
    pub fn of(library: &'a Library) -> Self {
        let mut by_key: BTreeMap<ItemKey, Vec<Record>> = BTreeMap::new();
        for (index, item) in library.indexed() {
            let notes = item.notes.iter().map(|note| (note.key, Record::Note(index, note.key)));
            let files = item.attachments.iter().map(|file| (file.key, Record::Attachment(index, file.key)));
            for (key, record) in [(item.key, Record::Item(index))].into_iter().chain(notes).chain(files) {
                by_key.entry(key).or_default().push(record);
            }
        }
        // Items that were merged into others are found behind those that are there themselves.
        for (index, item) in library.indexed() {
            for key in &item.replaces {
                by_key.entry(*key).or_default().push(Record::Item(index));
            }
        }
        let by_citation_key = library.indexed().map(|(index, item)| (item.citation_key.as_str(), index)).collect();
        Self { library, by_key, by_citation_key }
    }

    /// The item of that name. A citation key may be the item's key as well.
    pub fn item(&self, name: &ItemName) -> Option<ItemIndex> {
        let of_key = |key: &ItemKey| match self.by_key.get(key)?.first()? {
            Record::Item(index) => Some(*index),
            Record::Note(..) | Record::Attachment(..) => None,
        };
        match name {
            ItemName::Key(key) => of_key(key),
            ItemName::CitationKey(key) => {
                self.by_citation_key.get(key.as_str()).copied().or_else(|| of_key(&key.parse().ok()?))
            }
        }
    }

    /// What a link to Zotero leads to. Links within the writer's own library do not say whose it is.
    pub fn find(&self, link: &ItemLink) -> Lookup {
        let ours = |holding: usize| {
            let uri = self.library.holdings.get(holding).and_then(|holding| holding.uri.as_deref()).unwrap_or_default();
            let (kind, id) = uri.rsplit_once('/').unwrap_or_default();
            match &link.owner {
                Owner::Group(group) => kind.ends_with("/groups") && id == group,
                // The name of a user is not among what the API tells of a library.
                Owner::User(user) => kind.ends_with("/users") && (id == user || is_name(user)),
                Owner::Own => !kind.ends_with("/groups"),
            }
        };
        let mut found = self.by_key.get(&link.key).into_iter().flatten();
        if let Some(record) = found.find(|record| ours(self.owner(**record).holding)) {
            return Lookup::Found(*record);
        }
        let is_ours = (0..self.library.holdings.len()).any(ours);
        if is_ours { Lookup::Withheld } else { Lookup::Elsewhere }
    }

    /// The item that a record is or belongs to.
    fn owner(&self, record: Record) -> &Item {
        match record {
            Record::Item(index) | Record::Note(index, _) | Record::Attachment(index, _) => self.library.item(index),
        }
    }
}

/// Users are named by number in URIs, and by name on the web.
fn is_name(user: &str) -> bool {
    !user.bytes().all(|byte| byte.is_ascii_digit())
}
