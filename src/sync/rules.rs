//! What a sync asks of the owner's rules.

use std::collections::BTreeSet;

use crate::zotero::record::{CollectionKey, CollectionRecord, ItemKey, Record};

/// The owner's rules, as far as a sync needs them. The room `publish` knows them.
pub trait Rules {
    /// What is not published. Children of a withheld record and parts of a withheld collection need not be named.
    ///
    /// Some records are shown without what is in them, as [`Record::stub`] leaves them but not marked as withheld: those
    /// are to be judged by their type, parent and collections alone. A record or a collection that is marked as withheld
    /// stays so: its name and tags are not known any more, and what stands in such a collection is judged accordingly.
    fn withheld(&self, records: &[Record], collections: &[CollectionRecord]) -> Withheld;

    /// Whether a tag is never shown.
    fn excluded_tag(&self, name: &str) -> bool;

    /// Whether the file of this attachment is published.
    fn file_wanted(&self, attachment: &Record) -> bool;

    /// Whether the full text of this attachment is used.
    fn text_wanted(&self, attachment: &Record) -> bool;

    /// Whether notes are published at all.
    fn notes_wanted(&self) -> bool;

    /// Whether files are published at all.
    fn files_wanted(&self) -> bool;

    /// A text that changes when the rules do.
    fn fingerprint(&self) -> String;
}

/// What the rules do not publish.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    pub records: BTreeSet<ItemKey>,
    pub collections: BTreeSet<CollectionKey>,
}
