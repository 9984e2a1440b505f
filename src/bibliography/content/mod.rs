//! The owner's Markdown pages and overlays: front matter and pieces with placeholders.
//!
//! `content/about.md` is a page, `content/items/KEY.md` an overlay on a record, `content/collections/KEY.md` one on a
//! collection. Nothing here resolves a link or knows an address: what a text speaks of stands in its [`Piece`]s until
//! `prose` has found where the site has it. Files that tie names to people (`content/people/`) are left unread.

mod citation;
mod error;
mod front_matter;
mod markdown;
mod overlay;
mod page;
mod piece;

use std::collections::{BTreeMap, BTreeSet};

use crate::report::{Kind, Level, Problem};
use crate::zotero::record::CollectionKey;

pub use self::citation::{Citation, Cite};
pub use self::error::{ContentError, Fault};
pub use self::markdown::{Headings, pieces};
pub use self::overlay::{CollectionOverlay, ItemName, Link, Overlay};
pub use self::page::Page;
pub use self::piece::{Piece, Target};

/// All that the owner has written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// What `content/index.md` says on the home page.
    pub home: Option<Page>,
    /// By their order in menus, then by slug.
    pub pages: Vec<Page>,
    pub items: BTreeMap<ItemName, Overlay>,
    pub collections: BTreeMap<CollectionKey, CollectionOverlay>,
}

static WITHOUT_RECORD: Kind = Kind {
    id: "overlay-without-record",
    level: Level::Warning,
    one: "a file adds to a record or collection that the site does not have",
    many: "{n} files add to records or collections that the site does not have",
    hint: Some(
        "its name is a key of eight characters, or `@` and a citation key; what it withholds may still be public",
    ),
};

impl Content {
    /// Reads files by their paths, `content/about.md`, and their texts. What is no Markdown is passed over.
    ///
    /// # Errors
    /// When a front matter cannot be read, a file's name says nothing, or two files want to be one thing.
    pub fn read(files: &[(String, String)]) -> Result<Self, ContentError> {
        let mut content = Self::default();
        for (file, text) in files {
            let path = inside(file);
            let Some(name) = path.strip_suffix(".md") else { continue };
            match name.split_once('/') {
                Some(("library" | "people", _)) => {}
                Some(("items", name)) => {
                    let (name, overlay) = overlay::item(file, name, text)?;
                    let other = content.items.insert(name, overlay);
                    refuse_second(file, other.map(|overlay| overlay.file))?;
                }
                Some(("collections", name)) => {
                    let (key, overlay) = overlay::collection(file, name, text)?;
                    let other = content.collections.insert(key, overlay);
                    refuse_second(file, other.map(|overlay| overlay.file))?;
                }
                _ => content.add(page::read(file, name, text)?)?,
            }
        }
        content.pages.sort_by(|a, b| (a.order, &a.slug).cmp(&(b.order, &b.slug)));
        Ok(content)
    }

    /// The overlays that no record and no collection asked for; `used` are the files of those that were.
    #[must_use]
    pub fn without_record(&self, used: &BTreeSet<String>) -> Vec<Problem> {
        let items = self.items.values().map(|overlay| &overlay.file);
        let files = items.chain(self.collections.values().map(|overlay| &overlay.file));
        files.filter(|file| !used.contains(*file)).map(|file| Problem::new(&WITHOUT_RECORD, file, "")).collect()
    }

    fn add(&mut self, page: Page) -> Result<(), ContentError> {
        let same = self.home.iter().chain(&self.pages).find(|other| other.slug == page.slug);
        refuse_second(&page.file, same.map(|other| other.file.clone()))?;
        if page.slug.is_empty() {
            self.home = Some(page);
        } else {
            self.pages.push(page);
        }
        Ok(())
    }
}

/// A file's path inside the folder `content`.
fn inside(file: &str) -> &str {
    file.strip_prefix("content/").unwrap_or(file)
}

fn refuse_second(file: &str, other: Option<String>) -> Result<(), ContentError> {
    match other {
        Some(other) => Err(ContentError::of_file(file, Fault::Twice { other })),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
