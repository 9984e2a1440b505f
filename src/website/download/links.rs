//! Where the things are that an export may name.

use std::collections::BTreeMap;

use super::Context;
use crate::bibliography::library::{Attachment, Item, ItemIndex};
use crate::website::output::SitePath;
use crate::zotero::record::ItemKey;

/// The full addresses of published files by library and attachment, and the items by library and key. No file has a full
/// address without a base.
pub(super) struct Places {
    files: BTreeMap<(usize, ItemKey), String>,
    items: BTreeMap<(usize, ItemKey), ItemIndex>,
}

impl Places {
    pub(super) fn new(context: &Context<'_>) -> Self {
        let place = |file: &crate::bibliography::attachment::Published| {
            let address = context.addresses.absolute(&context.addresses.item_file(file.item, &file.name))?;
            Some(((context.library.item(file.item).holding, file.attachment), address))
        };
        let items = context.library.indexed().map(|(index, item)| ((item.holding, item.key), index));
        Self { files: context.files.all().filter_map(place).collect(), items: items.collect() }
    }

    pub(super) fn file(&self, item: &Item, attachment: &Attachment) -> Option<String> {
        self.files.get(&(item.holding, attachment.key)).cloned()
    }

    /// The address of an item's page in the file at a place; relative, where the site has no address.
    pub(super) fn item(&self, item: &Item, at: &SitePath, context: &Context<'_>) -> Option<String> {
        let page = context.addresses.item(*self.items.get(&(item.holding, item.key))?);
        Some(context.addresses.absolute(&page).unwrap_or_else(|| context.addresses.link(at, &page)))
    }
}
