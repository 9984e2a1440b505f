//! Notes of the library in a page.

use crate::bibliography::library::{ItemIndex, Note};
use crate::bibliography::markup::{self, Destination, ItemLink, Resolver, SafeHtml};
use crate::website::output::SitePath;
use crate::website::prose::Prose;
use crate::website::prose::records::{Lookup, Record};
use crate::zotero::record::ItemKey;

/// A note with links to what the site has, and its own images.
pub(super) fn html(prose: &Prose<'_>, item: ItemIndex, note: &Note, at: &SitePath) -> SafeHtml {
    let image = |key: ItemKey| {
        let file = prose.files.find(item, key)?;
        let is_own = note.images.iter().any(|image| image.key == key);
        is_own.then(|| prose.addresses.link(at, &prose.addresses.item_file(item, &file.name)))
    };
    let destination = |link: &ItemLink| match prose.records.find(link) {
        Lookup::Found(record) => Destination::Here(address(prose, record, link.page, at)),
        Lookup::Withheld => Destination::Withheld,
        Lookup::Elsewhere => Destination::Elsewhere,
    };
    markup::note(&note.html, &Resolver { item: &destination, image: &image })
}

/// The link to a record: a note's to its place on the item's page, a file's to the file if it is published.
pub(super) fn address(prose: &Prose<'_>, record: Record, page: Option<u32>, at: &SitePath) -> String {
    let page_of = |item: ItemIndex| prose.addresses.link(at, &prose.addresses.item(item));
    match record {
        Record::Item(item) => page_of(item),
        Record::Note(item, key) => format!("{}#note-{key}", page_of(item)),
        Record::Attachment(item, key) => match prose.files.find(item, key) {
            Some(file) => {
                let link = prose.addresses.link(at, &prose.addresses.item_file(item, &file.name));
                page.map_or(link.clone(), |page| format!("{link}#page={page}"))
            }
            None => page_of(item),
        },
    }
}
