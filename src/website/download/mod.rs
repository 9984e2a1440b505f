//! Which export files exist for records, lists and the library, and where they are split.
//!
//! The text of the files is the room `export`'s; it is made when a file is written. Notes and files that stand alone are no
//! references, so they have none.

mod links;
mod split;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::bibliography::attachment::Files;
use crate::bibliography::export::{self, Format};
use crate::bibliography::library::{Item, ItemIndex, Library};
use crate::website::address::Addresses;
use crate::website::outline::{ListIndex, ListKind, Outline};
use crate::website::output::{OutputFile, SitePath};

/// What the files are made from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub library: &'a Library,
    pub outline: &'a Outline,
    pub addresses: &'a Addresses<'a>,
    pub files: &'a Files,
    /// How bibliographies are worded; they are titled after the site.
    pub wording: export::Wording<'a>,
    pub settings: &'a export::Settings,
}

/// A file of references.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    pub format: Format,
    pub place: SitePath,
}

/// The files of an item, in the order of the settings.
#[must_use]
pub fn of_item(item: ItemIndex, context: &Context<'_>) -> Vec<Download> {
    if !context.library.item(item).is_regular() {
        return Vec::new();
    }
    let place = |format| place_of_item(item, format, context);
    distinct(&context.settings.item).map(|format| Download { format, place: place(format) }).collect()
}

/// Where the file of an item in a format stands, or would stand.
#[must_use]
pub fn place_of_item(item: ItemIndex, format: Format, context: &Context<'_>) -> SitePath {
    context.addresses.item_export(item, format.extension())
}

/// The formats that lists of a kind have files of, each once.
fn formats_of<'a>(kind: ListKind, context: &Context<'a>) -> impl Iterator<Item = Format> + use<'a> {
    let lists = &context.settings.list;
    distinct(match kind {
        ListKind::Collections => &lists.collections,
        ListKind::Tags => &lists.tags,
        ListKind::Creators => &lists.creators,
        ListKind::Years => &lists.years,
        ListKind::Types => &lists.types,
    })
}

/// The files of a list, if it has a page of its own and references on it.
#[must_use]
pub fn of_list(list: ListIndex, context: &Context<'_>) -> Vec<Download> {
    let known = context.outline.list(list);
    let filled = known.members.iter().any(|index| context.library.item(*index).is_regular());
    if known.pages() == 0 || !filled {
        return Vec::new();
    }
    let place = |format| place_of_list(list, format, context);
    // A file of one page's records is no file of the list.
    let whole = |format: &Format| *format != Format::Rdf || known.pages() == 1;
    formats_of(known.kind(), context).filter(whole).map(|format| Download { format, place: place(format) }).collect()
}

/// Where the file of a list in a format stands, or would stand; of Zotero RDF the first of its pages.
#[must_use]
pub fn place_of_list(list: ListIndex, format: Format, context: &Context<'_>) -> SitePath {
    match format {
        Format::Rdf => page_of_list(list, 1, context),
        _ => context.addresses.list_export(list, format.extension()),
    }
}

/// The file of the records on one page of a list, counted from 1: what Zotero is offered there. Lists that have files have
/// one, if Zotero RDF is among their formats; a file of the whole list would be fetched by every visitor with Zotero.
#[must_use]
pub fn of_page(list: ListIndex, number: u32, context: &Context<'_>) -> Option<Download> {
    let listed = formats_of(context.outline.list(list).kind(), context).any(|format| format == Format::Rdf);
    let members = context.outline.page(list, number);
    let filled = members.iter().any(|index| context.library.item(*index).is_regular());
    let place = || page_of_list(list, number, context);
    (listed && filled).then(|| Download { format: Format::Rdf, place: place() })
}

fn page_of_list(list: ListIndex, number: u32, context: &Context<'_>) -> SitePath {
    let name = if number > 1 { format!("page/{number}/list.rdf") } else { "list.rdf".to_owned() };
    context.addresses.list_file(list, &name)
}

/// The files of the whole library, the first part of each.
#[must_use]
pub fn of_library(context: &Context<'_>) -> Vec<Download> {
    if !context.library.items.iter().any(Item::is_regular) {
        return Vec::new();
    }
    let place = |format| place_of_library(format, context);
    distinct(&context.settings.library).map(|format| Download { format, place: place(format) }).collect()
}

/// Where the file of the whole library in a format stands, or would stand; of one that is split, its first part.
#[must_use]
pub fn place_of_library(format: Format, context: &Context<'_>) -> SitePath {
    context.addresses.library_export(format.extension())
}

/// The text of some records in a format, as the file at a place has it.
#[must_use]
pub fn text(format: Format, items: &[ItemIndex], at: &SitePath, context: &Context<'_>) -> String {
    Writer { context: *context, links: links::Places::new(context) }.text(format, items, at)
}

/// All export files, each made when it is written.
#[must_use]
pub fn files<'a>(context: &Context<'a>) -> Vec<OutputFile<'a>> {
    let writer = Arc::new(Writer { context: *context, links: links::Places::new(context) });
    let mut files = Vec::new();
    for (index, item) in context.library.indexed() {
        let owner = || format!("the exports of item {}", item.key);
        files.extend(of_item(index, context).into_iter().map(|file| writer.file(file, owner(), vec![index])));
    }
    for list in ListKind::ALL.into_iter().flat_map(|kind| context.outline.index(kind)) {
        let whole = of_list(*list, context).into_iter().filter(|download| download.format != Format::Rdf);
        let whole = whole.map(|download| (download, context.outline.list(*list).members.clone()));
        let pages = (1..=context.outline.list(*list).pages()).filter_map(|number| {
            Some((of_page(*list, number, context)?, context.outline.page(*list, number).to_vec()))
        });
        for (download, members) in whole.chain(pages) {
            let owner = format!("the exports of {}", download.place.folder().trim_end_matches('/'));
            files.push(writer.file(download, owner, members));
        }
    }
    files.extend(split::files(&writer));
    files
}

/// Each format once, whatever the owner wrote.
fn distinct(formats: &[Format]) -> impl Iterator<Item = Format> {
    formats.iter().enumerate().filter(|(at, format)| !formats[..*at].contains(format)).map(|(_, format)| *format)
}

/// What makes the text of a file; shared by all files.
struct Writer<'a> {
    context: Context<'a>,
    links: links::Places,
}

impl<'a> Writer<'a> {
    fn file(self: &Arc<Self>, download: Download, owner: String, items: Vec<ItemIndex>) -> OutputFile<'a> {
        let (writer, at) = (Arc::clone(self), download.place.clone());
        let text = move || Ok(writer.text(download.format, &items, &at).into_bytes());
        OutputFile::later(download.place, owner, text)
    }

    /// The text of a file at a place.
    fn text(&self, format: Format, items: &[ItemIndex], at: &SitePath) -> String {
        let file = |item: &Item, attachment: &_| self.links.file(item, attachment);
        let item = |item: &Item| self.links.item(item, at, &self.context);
        let links = export::Links { file: Some(&file), item: Some(&item), library: Some(self.context.library) };
        let context = export::Context { links, wording: Some(self.context.wording) };
        let items = items.iter().map(|index| self.context.library.item(*index));
        export::write(format, items, &context, self.context.settings)
    }
}
