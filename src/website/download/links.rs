//! Where the files are that an export may name.

use std::collections::BTreeMap;

use super::Context;
use crate::bibliography::library::{Attachment, Item};
use crate::zotero::record::ItemKey;

/// The full addresses of published files, by library and attachment; none of them without a base.
pub(super) struct Places(BTreeMap<(usize, ItemKey), String>);

impl Places {
    pub(super) fn new(context: &Context<'_>) -> Self {
        let place = |file: &crate::bibliography::attachment::Published| {
            let address = context.addresses.absolute(&context.addresses.item_file(file.item, &file.name))?;
            Some(((context.library.item(file.item).holding, file.attachment), address))
        };
        Self(context.files.all().filter_map(place).collect())
    }

    pub(super) fn address(&self, item: &Item, attachment: &Attachment) -> Option<String> {
        self.0.get(&(item.holding, attachment.key)).cloned()
    }
}
