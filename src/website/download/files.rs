//! The files themselves, each made when it is written.

use std::sync::Arc;

use super::{Context, Download, Whole, links, of_item, of_page};
use crate::bibliography::export::{self, Format};
use crate::bibliography::library::{Item, ItemIndex};
use crate::website::outline::ListKind;
use crate::website::output::{OutputFile, SitePath};

/// All export files, and for what is split an index of its parts.
#[must_use]
pub fn files<'a>(context: &Context<'a>) -> Vec<OutputFile<'a>> {
    let writer = Arc::new(Writer { context: *context, links: links::Places::new(context) });
    let mut files = Vec::new();
    for (index, item) in context.library.indexed() {
        let owner = || format!("the exports of item {}", item.key);
        files.extend(of_item(index, context).into_iter().map(|file| writer.file(file, owner(), vec![index])));
    }
    for list in ListKind::ALL.into_iter().flat_map(|kind| context.outline.index(kind)) {
        for number in 1..=context.outline.list(*list).pages() {
            let page = of_page(*list, number, context);
            let members = || context.outline.page(*list, number).to_vec();
            files.extend(page.map(|page| writer.file(page, Whole::List(*list).owner(context), members())));
        }
        files.extend(of_whole(Whole::List(*list), &writer));
    }
    files.extend(of_whole(Whole::Library, &writer));
    files
}

/// The files of a list or of the library, but for those of its pages.
fn of_whole<'a>(whole: Whole, writer: &Arc<Writer<'a>>) -> Vec<OutputFile<'a>> {
    let context = &writer.context;
    let formats: Vec<_> = whole.formats(context).collect();
    let mut files = Vec::new();
    let records = if formats.is_empty() { Vec::new() } else { whole.records(context) };
    if records.is_empty() {
        return files;
    }
    let owner = whole.owner(context);
    for format in formats {
        let downloads = whole.downloads(format, context);
        let parts = context.splits.parts(whole, format, &records);
        files.extend(
            downloads.into_iter().zip(parts).map(|(file, part)| writer.file(file, owner.clone(), part.to_vec())),
        );
    }
    files.extend(
        context.splits.index(whole, context).map(|bytes| OutputFile::bytes(whole.index(context), owner, bytes)),
    );
    files
}

/// What makes the text of a file; shared by all files.
pub(super) struct Writer<'a> {
    pub(super) context: Context<'a>,
    pub(super) links: links::Places,
}

impl<'a> Writer<'a> {
    fn file(self: &Arc<Self>, download: Download, owner: String, items: Vec<ItemIndex>) -> OutputFile<'a> {
        let (writer, at) = (Arc::clone(self), download.place.clone());
        let text = move || Ok(writer.text(download.format, &items, &at).into_bytes());
        OutputFile::later(download.place, owner, text)
    }

    /// The text of a file at a place.
    pub(super) fn text(&self, format: Format, items: &[ItemIndex], at: &SitePath) -> String {
        let file = |item: &Item, attachment: &_| self.links.file(item, attachment);
        let item = |item: &Item| self.links.item(item, at, &self.context);
        let links = export::Links { file: Some(&file), item: Some(&item), library: Some(self.context.library) };
        let title = if format.is_bibliography() { self.links.title(at, &self.context) } else { String::new() };
        let wording = Some(export::Wording { title: &title, ..self.context.wording });
        let context = export::Context { links, wording };
        let items = items.iter().map(|index| self.context.library.item(*index));
        export::write(format, items, &context, self.context.settings)
    }
}
