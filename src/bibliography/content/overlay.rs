//! What the owner adds to records and collections.

use std::fmt;

use serde::Deserialize;

use crate::bibliography::content::front_matter::{self, FrontMatter};
use crate::bibliography::content::{ContentError, Fault, Headings, Piece, pieces};
use crate::zotero::record::{CollectionKey, ItemKey};

/// How a file names the record that it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemName {
    /// `KEY.md`
    Key(ItemKey),
    /// `@citekey.md`
    CitationKey(String),
}

impl fmt::Display for ItemName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => key.fmt(f),
            Self::CitationKey(key) => write!(f, "@{key}"),
        }
    }
}

impl ItemName {
    /// Reads `ABCD2345` or `@turing1950`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name.strip_prefix('@') {
            Some(key) => (!key.is_empty()).then(|| Self::CitationKey(key.to_owned())),
            None => name.parse().ok().map(Self::Key),
        }
    }
}

/// What `content/items/KEY.md` adds to an item, or overrides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
    /// The file that it stands in, for messages.
    pub file: String,
    /// An overlay may withhold a record, never publish what a rule excludes.
    pub published: Option<bool>,
    pub title: Option<String>,
    pub abstract_text: Option<String>,
    pub links: Vec<Link>,
    /// Path of an image among the owner's static files.
    pub image: Option<String>,
    /// False withholds the item's files.
    pub attachments: Option<bool>,
    /// The version of the record this overlay was written for.
    pub base_version: Option<u64>,
    /// Shown on the item's page; may be empty.
    pub body: Vec<Piece>,
}

/// What `content/collections/KEY.md` adds to a collection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CollectionOverlay {
    /// The file that it stands in, for messages.
    pub file: String,
    pub published: Option<bool>,
    pub title: Option<String>,
    /// Shown at the head of its page; may be empty.
    pub body: Vec<Piece>,
}

/// A link of the owner's choice.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub title: String,
    pub url: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct ItemMatter {
    published: Option<bool>,
    title: Option<String>,
    r#abstract: Option<String>,
    links: Vec<Link>,
    image: Option<String>,
    attachments: Option<bool>,
    base_version: Option<u64>,
}

impl FrontMatter for ItemMatter {
    const KNOWN: &'static [&'static str] =
        &["published", "title", "abstract", "links", "image", "attachments", "base-version"];
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct CollectionMatter {
    published: Option<bool>,
    title: Option<String>,
}

impl FrontMatter for CollectionMatter {
    const KNOWN: &'static [&'static str] = &["published", "title"];
}

/// Reads the overlay of a record. `name` is the file's, without folder and ending.
pub(super) fn item(file: &str, name: &str, text: &str) -> Result<(ItemName, Overlay), ContentError> {
    let named = ItemName::parse(name).ok_or_else(|| ContentError::of_file(file, Fault::ItemName(name.to_owned())))?;
    let (matter, body) = front_matter::read::<ItemMatter>(file, text)?;
    let overlay = Overlay {
        file: file.to_owned(),
        published: matter.published,
        title: matter.title,
        abstract_text: matter.r#abstract,
        links: matter.links,
        image: matter.image,
        attachments: matter.attachments,
        base_version: matter.base_version,
        body: pieces(file, body, Headings::Part),
    };
    Ok((named, overlay))
}

/// Reads the overlay of a collection.
pub(super) fn collection(
    file: &str,
    name: &str,
    text: &str,
) -> Result<(CollectionKey, CollectionOverlay), ContentError> {
    let unknown = || ContentError::of_file(file, Fault::CollectionName(name.to_owned()));
    let key = name.parse().map_err(|_| unknown())?;
    let (matter, body) = front_matter::read::<CollectionMatter>(file, text)?;
    let body = pieces(file, body, Headings::Part);
    Ok((key, CollectionOverlay { file: file.to_owned(), published: matter.published, title: matter.title, body }))
}
