//! Which export files exist for records, lists and the library, and where they are split.
//!
//! The text of the files is the room `export`'s; it is made when a file is written. Notes and files that stand alone are no
//! references, so they have none.

mod estimate;
mod files;
mod links;
mod splits;
mod whole;

#[cfg(test)]
mod tests;

use crate::bibliography::attachment::Files;
use crate::bibliography::export::{self, Format};
use crate::bibliography::library::{Item, ItemIndex, Library};
use crate::website::address::Addresses;
use crate::website::outline::{ListIndex, ListKind, Outline};
use crate::website::output::SitePath;

pub use self::files::files;
pub use self::splits::Splits;

use self::files::Writer;
use self::whole::Whole;

/// What the files are made from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub library: &'a Library,
    pub outline: &'a Outline,
    pub addresses: &'a Addresses<'a>,
    pub files: &'a Files,
    /// How bibliographies are worded; that of the whole library is titled after the site.
    pub wording: export::Wording<'a>,
    pub settings: &'a export::Settings,
    /// Which files are split: [`Splits::of`] finds that out once for all pages.
    pub splits: &'a Splits,
}

/// A file of references.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Download {
    pub format: Format,
    pub place: SitePath,
    /// Which part of the references it has; None: all of them.
    pub part: Option<Part>,
}

/// One of several files that together have all references of a list or library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Counted from 1.
    pub number: usize,
    pub of: usize,
}

impl Download {
    fn whole(format: Format, place: SitePath) -> Self {
        Self { format, place, part: None }
    }

    /// What it is called in menus: "BibTeX", or one part of several "BibTeX 1/3".
    #[must_use]
    pub fn label(&self) -> String {
        let label = self.format.label();
        self.part.map_or_else(|| label.to_owned(), |part| format!("{label} {}/{}", part.number, part.of))
    }
}

/// The files of an item, in the order of the settings.
#[must_use]
pub fn of_item(item: ItemIndex, context: &Context<'_>) -> Vec<Download> {
    if !context.library.item(item).is_regular() {
        return Vec::new();
    }
    let place = |format| place_of_item(item, format, context);
    distinct(&context.settings.item).map(|format| Download::whole(format, place(format))).collect()
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

/// The files of a list, if it has a page of its own and references on it; of one that is split, all its parts.
#[must_use]
pub fn of_list(list: ListIndex, context: &Context<'_>) -> Vec<Download> {
    let known = context.outline.list(list);
    let filled = known.members.iter().any(|index| context.library.item(*index).is_regular());
    if known.pages() == 0 || !filled {
        return Vec::new();
    }
    // A file of one page's records is no file of the list.
    let whole = |format: &Format| *format != Format::Rdf || known.pages() == 1;
    let formats = formats_of(known.kind(), context).filter(whole);
    formats.flat_map(|format| Whole::List(list).downloads(format, context)).collect()
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
    (listed && filled).then(|| Download::whole(Format::Rdf, place()))
}

fn page_of_list(list: ListIndex, number: u32, context: &Context<'_>) -> SitePath {
    let name = if number > 1 { format!("page/{number}/list.rdf") } else { "list.rdf".to_owned() };
    context.addresses.list_file(list, &name)
}

/// The files of the whole library; of one that is split, all its parts.
#[must_use]
pub fn of_library(context: &Context<'_>) -> Vec<Download> {
    if !context.library.items.iter().any(Item::is_regular) {
        return Vec::new();
    }
    distinct(&context.settings.library).flat_map(|format| Whole::Library.downloads(format, context)).collect()
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

/// Each format once, whatever the owner wrote.
fn distinct(formats: &[Format]) -> impl Iterator<Item = Format> {
    formats.iter().enumerate().filter(|(at, format)| !formats[..*at].contains(format)).map(|(_, format)| *format)
}
