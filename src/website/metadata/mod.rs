//! A page's head: Highwire, JSON-LD, Open Graph, Signposting, unAPI.
//!
//! It sees what the page sees, and nothing that a rule withholds: everything is made from the published item. Each tag is
//! complete and escaped. What needs the site's own address is left out where the owner named none. Nothing here decides
//! what a page is called or where it stands.

pub mod text;

mod dates;
mod highwire;
mod json_ld;
mod language;
mod licence;
mod open_graph;
mod signposting;
mod tag;
mod types;
mod zotero;

#[cfg(test)]
mod tests;

use crate::bibliography::attachment::{Files, Published};
use crate::bibliography::export::Format;
use crate::bibliography::library::{Item, ItemIndex, Library};
use crate::bibliography::markup::SafeHtml;
use crate::website::address::Addresses;
use crate::website::download::Download;
use crate::website::outline::{ListIndex, Outline};
use crate::website::output::SitePath;

/// What heads are made from, the same for all pages.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub library: &'a Library,
    pub outline: &'a Outline,
    pub addresses: &'a Addresses<'a>,
    pub files: &'a Files,
    pub site: Site<'a>,
}

/// What the owner says of the site.
#[derive(Clone, Copy, Debug, Default)]
pub struct Site<'a> {
    pub name: &'a str,
    /// One paragraph of plain text.
    pub description: Option<&'a str>,
    /// Language of the interface, BCP 47.
    pub language: &'a str,
}

/// A page on the way to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its title in plain text.
    pub name: String,
    pub place: SitePath,
}

/// What a page says of itself.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    pub place: &'a SitePath,
    /// Its title in plain text.
    pub title: &'a str,
    /// The pages above it, from the home page down; empty where no trail is shown.
    pub trail: &'a [Step],
    /// Its content as files.
    pub downloads: &'a [Download],
}

/// The tags of an item's page, in the order in which machines look for them.
#[must_use]
pub fn item(index: ItemIndex, page: &Page<'_>, context: &Context<'_>) -> Vec<SafeHtml> {
    let subject = Subject { index, item: context.library.item(index), page, context };
    let mut tags = highwire::tags(&subject).unwrap_or_else(|| zotero::tags(&subject));
    tags.extend(signposting::unapi(page, context));
    tags.extend(signposting::of_item(&subject));
    tags.extend(open_graph::of_item(&subject));
    tags.push(json_ld::of_item(&subject));
    tags
}

/// The tags of a page of a list; `number` counts its pages from 1.
#[must_use]
pub fn list(list: ListIndex, number: u32, page: &Page<'_>, context: &Context<'_>) -> Vec<SafeHtml> {
    let mut tags: Vec<_> = signposting::unapi(page, context).into_iter().collect();
    tags.extend(signposting::of_page(page, context));
    tags.extend(open_graph::of_page(page, context));
    tags.extend(json_ld::of_list(context.outline.page(list, number), page, context));
    tags
}

/// The tags of the home page.
#[must_use]
pub fn home(page: &Page<'_>, context: &Context<'_>) -> Vec<SafeHtml> {
    let mut tags = signposting::of_page(page, context);
    tags.extend(open_graph::of_page(page, context));
    tags.extend(json_ld::of_home(page, context));
    tags
}

/// The tags of any other page: an index, a page of the owner's.
#[must_use]
pub fn page(page: &Page<'_>, context: &Context<'_>) -> Vec<SafeHtml> {
    let mut tags = signposting::of_page(page, context);
    tags.extend(open_graph::of_page(page, context));
    tags.extend(json_ld::of_page(page, context));
    tags
}

/// Whether a page with these files has a server of unAPI, and so needs something to ask it for.
#[must_use]
pub fn asks(downloads: &[Download]) -> bool {
    downloads.iter().any(|download| download.format == Format::Rdf)
}

/// The item that a head is about.
struct Subject<'a> {
    index: ItemIndex,
    item: &'a Item,
    page: &'a Page<'a>,
    context: &'a Context<'a>,
}

impl<'a> Subject<'a> {
    fn facts(&self) -> &'static types::Facts {
        types::of(&self.item.item_type)
    }

    /// The title as plain text.
    fn title(&self) -> Option<String> {
        self.item.title().map(text::plain).filter(|title| !title.is_empty())
    }

    /// A field by its base name, as plain text.
    fn field(&self, base: &str) -> Option<String> {
        self.item.base(base).map(text::plain).filter(|value| !value.is_empty())
    }

    /// The number in `PubMed`.
    fn pmid(&self) -> Option<String> {
        let number = self.item.field("PMID").or_else(|| self.item.extra.get("PMID"))?.trim();
        (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then(|| number.to_owned())
    }

    /// The identifier at arXiv: `2301.01234`.
    fn arxiv_id(&self) -> Option<String> {
        let named = self.item.field("archiveID").or_else(|| self.item.extra.get("arXiv"))?.trim();
        let bare = named.get(..6).filter(|start| start.eq_ignore_ascii_case("arxiv:")).map(|_| &named[6..]);
        let id = bare.or_else(|| self.item.extra.get("arXiv"))?.trim();
        let id = id.split_whitespace().next()?;
        Some(id.to_owned())
    }

    /// The full address of the item's page.
    fn permalink(&self) -> Option<String> {
        self.context.addresses.absolute(self.page.place)
    }

    /// Its published files, without the images of its notes.
    fn files(&self) -> impl Iterator<Item = &'a Published> {
        let own = |file: &&Published| self.item.attachments.iter().any(|known| known.key == file.attachment);
        self.context.files.of(self.index).iter().filter(own)
    }

    /// The full address of one of its files.
    fn file_address(&self, file: &Published) -> Option<String> {
        self.context.addresses.absolute(&self.context.addresses.item_file(self.index, &file.name))
    }
}
