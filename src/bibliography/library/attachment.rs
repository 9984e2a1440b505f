//! Attachments and the annotations made in them.

use crate::bibliography::library::{Tag, Timestamp};
use crate::zotero::cache::Md5;
use crate::zotero::record::{ItemKey, LinkMode};

/// A published attachment: a file or a web link. Whether its bytes are there and right is the room `attachment`'s matter.
#[derive(Clone, Debug)]
pub struct Attachment {
    pub key: ItemKey,
    /// Zotero's title: "Full Text PDF"; may be empty.
    pub title: String,
    pub link_mode: LinkMode,
    /// The media type Zotero names; may be empty or wrong.
    pub content_type: String,
    /// The file's name on the disk of whoever stored it: untrusted, may be empty.
    pub filename: String,
    /// The MD5 of the file as the record names it.
    pub md5: Option<Md5>,
    /// Where it was saved from, or where a web link leads: untrusted.
    pub url: Option<String>,
    pub added: Option<Timestamp>,
    pub modified: Option<Timestamp>,
    pub tags: Vec<Tag>,
    /// A note kept on the attachment itself: untrusted HTML; may be empty.
    pub note: String,
    /// Published annotations in the order of the document.
    pub annotations: Vec<Annotation>,
}

/// A mark in a document. See <https://www.zotero.org/support/dev/web_api/v3/annotations>.
#[derive(Clone, Debug)]
pub struct Annotation {
    pub key: ItemKey,
    /// `highlight`, `underline`, `note`, `image`, `ink`, `text`, or one that is newer.
    pub kind: String,
    /// The marked words, as plain text; may be empty.
    pub text: String,
    /// What the reader wrote: simple untrusted HTML; may be empty.
    pub comment: String,
    /// `#ffd400`; may be any text.
    pub color: String,
    /// The page as printed: `iv`; may be empty.
    pub page_label: String,
    /// The page in the file, from 1; None if the position does not say.
    pub page: Option<u32>,
    pub sort_index: String,
    pub tags: Vec<Tag>,
    pub modified: Option<Timestamp>,
}
