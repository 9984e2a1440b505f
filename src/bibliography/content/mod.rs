//! The owner's Markdown pages and overlays: front matter and events with placeholders.
//!
//! Nothing here resolves a link or writes HTML.

/// What `content/items/KEY.md` adds to an item, or overrides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlay {
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
    /// Markdown shown on the item's page; may be empty.
    pub body: String,
}

/// What `content/collections/KEY.md` adds to a collection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CollectionOverlay {
    pub published: Option<bool>,
    pub title: Option<String>,
    /// Markdown shown at the head of its page; may be empty.
    pub body: String,
}

/// A link of the owner's choice.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub title: String,
    pub url: String,
}
