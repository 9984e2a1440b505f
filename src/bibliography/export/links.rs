//! The addresses an export may name; none of them is made here.

use crate::bibliography::library::{Attachment, Item};

/// The absolute address of a file of an item; None if it is not published, or the site has no address.
pub type FileAddress<'a> = &'a (dyn Fn(&Item, &Attachment) -> Option<String> + Sync);

/// Where published files are.
#[derive(Clone, Copy, Default)]
pub struct Links<'a> {
    pub file: Option<FileAddress<'a>>,
}

impl Links<'_> {
    /// The item's published files with their addresses.
    pub(super) fn files<'i>(&self, item: &'i Item) -> Vec<(&'i Attachment, String)> {
        let Some(address) = self.file else { return Vec::new() };
        item.attachments.iter().filter_map(|file| Some((file, address(item, file)?))).collect()
    }
}
