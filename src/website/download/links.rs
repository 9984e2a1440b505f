//! Where the things are that an export may name, and what it is called.

use std::collections::BTreeMap;

use super::Context;
use crate::bibliography::library::{Attachment, Item, ItemIndex};
use crate::website::outline::{ListIndex, ListKind, Subject};
use crate::website::output::SitePath;
use crate::zotero::record::ItemKey;

/// The full addresses of published files by library and attachment, and the items by library and key. No file has a full
/// address without a base.
pub(super) struct Places {
    files: BTreeMap<(usize, ItemKey), String>,
    items: BTreeMap<(usize, ItemKey), ItemIndex>,
    /// The lists by their folders.
    lists: BTreeMap<String, ListIndex>,
}

impl Places {
    pub(super) fn new(context: &Context<'_>) -> Self {
        let place = |file: &crate::bibliography::attachment::Published| {
            let address = context.addresses.absolute(&context.addresses.item_file(file.item, &file.name))?;
            Some(((context.library.item(file.item).holding, file.attachment), address))
        };
        let items = context.library.indexed().map(|(index, item)| ((item.holding, item.key), index));
        let lists = ListKind::ALL.into_iter().flat_map(|kind| context.outline.index(kind));
        let lists = lists.map(|list| (context.addresses.list_file(*list, "list").folder().to_owned(), *list));
        Self { files: context.files.all().filter_map(place).collect(), items: items.collect(), lists: lists.collect() }
    }

    pub(super) fn file(&self, item: &Item, attachment: &Attachment) -> Option<String> {
        self.files.get(&(item.holding, attachment.key)).cloned()
    }

    /// What a bibliography at a place is called: after its list, where that has a name of its own, and the site.
    pub(super) fn title(&self, at: &SitePath, context: &Context<'_>) -> String {
        let site = context.wording.title;
        let list = self.lists.get(at.folder()).map(|list| &context.outline.list(*list).subject);
        let name = match list {
            Some(Subject::Collection(index)) => context.library.collection(*index).name.trim().to_owned(),
            Some(Subject::Tag(name)) => name.clone(),
            Some(Subject::Creator(name)) => name.direct(),
            Some(Subject::Year(Some(year))) if *year > 0 => year.to_string(),
            Some(Subject::Year(_) | Subject::Type(_)) | None => String::new(),
        };
        if name.is_empty() { site.to_owned() } else { format!("{name}, {site}") }
    }

    /// The address of an item's page in the file at a place; relative, where the site has no address.
    pub(super) fn item(&self, item: &Item, at: &SitePath, context: &Context<'_>) -> Option<String> {
        let page = context.addresses.item(*self.items.get(&(item.holding, item.key))?);
        Some(context.addresses.absolute(&page).unwrap_or_else(|| context.addresses.link(at, &page)))
    }
}
