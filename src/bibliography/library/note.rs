//! Notes: the owner's own words on an item.

use crate::bibliography::library::{Tag, Timestamp};
use crate::zotero::record::ItemKey;

/// A published note.
#[derive(Clone, Debug)]
pub struct Note {
    pub key: ItemKey,
    /// The HTML as Zotero has it: unsafe until `markup` has been over it.
    pub html: String,
    pub tags: Vec<Tag>,
    pub added: Option<Timestamp>,
    pub modified: Option<Timestamp>,
    /// Images inside the note.
    pub images: Vec<super::Attachment>,
}
