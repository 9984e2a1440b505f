//! The addresses an export may name; none of them is made here.

use crate::bibliography::library::{Attachment, Item, Library};

/// The absolute address of a file of an item; None if it is not published, or the site has no address.
pub type FileAddress<'a> = &'a (dyn Fn(&Item, &Attachment) -> Option<String> + Sync);

/// The address of an item's page: absolute, or from the place of the export; None if there is no page.
pub type ItemAddress<'a> = &'a (dyn Fn(&Item) -> Option<String> + Sync);

/// Where published things are.
#[derive(Clone, Copy, Default)]
pub struct Links<'a> {
    pub file: Option<FileAddress<'a>>,
    pub item: Option<ItemAddress<'a>>,
    /// Where related items and collections are looked up; without it none are named.
    pub library: Option<&'a Library>,
}

impl Links<'_> {
    /// The item's published files with their addresses.
    pub(super) fn files<'i>(&self, item: &'i Item) -> Vec<(&'i Attachment, String)> {
        let Some(address) = self.file else { return Vec::new() };
        item.attachments.iter().filter_map(|file| Some((file, address(item, file)?))).collect()
    }
}
