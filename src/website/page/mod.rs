//! The view structs (the theme's contract) and the HTML of every page.
//!
//! [`pages`] makes one file for each page; each is rendered when the writer asks for it. Templates see only the views;
//! text is escaped unless it is `SafeHtml`. Nothing here decides what is published or where it stands.

mod collections;
mod entry;
mod frame;
mod home;
mod index;
mod item;
mod list;
mod not_found;
mod owner;
mod search;
mod site;
pub mod templates;
mod trail;
pub mod view;
pub mod words;

use crate::website::outline::{ListIndex, ListKind, Place};
use crate::website::output::{OutputFile, SitePath};
use crate::website::page::view::View;
use crate::website::page::view::frame::Frame;

pub use self::site::{About, Licence, Site};

/// Every page of the site.
#[must_use]
pub fn pages<'a>(site: &'a Site<'a>) -> Vec<OutputFile<'a>> {
    let places = site.addresses;
    let mut pages = vec![
        page(site, places.home(), "the home page", home::page),
        page(site, places.search(), "the search page", search::page),
        page(site, places.index(ListKind::Collections), "the page of all collections", collections::page),
    ];
    if places.base().is_some() {
        pages.push(page(site, places.at_root("404.html"), "the page for addresses not found", not_found::page));
    }
    for kind in [ListKind::Tags, ListKind::Creators, ListKind::Years, ListKind::Types] {
        let owner = format!("the index of {kind:?}").to_lowercase();
        pages.push(page(site, places.index(kind), owner, move |site, at| index::page(site, kind, at)));
    }
    for (index, item) in site.library.indexed() {
        let owner = format!("the page of item {}", item.key);
        pages.push(page(site, places.item(index), owner, move |site, at| item::page(site, index, at)));
    }
    for list in (0..).map(ListIndex).take(site.outline.lists.len()) {
        pages.extend(of_list(site, list));
    }
    pages.extend(owner::pages(site));
    pages
}

/// The pages of one list.
fn of_list<'a>(site: &'a Site<'a>, list: ListIndex) -> impl Iterator<Item = OutputFile<'a>> {
    let pages = match site.outline.list(list).place {
        Place::Pages(pages) => 1..pages + 1,
        Place::Anchor => 0..0,
    };
    pages.map(move |number| {
        let path = site.addresses.list(list, number);
        let owner = format!("page {number} of the list `{}`", site.list_name(list));
        page(site, path, owner, move |site, at| list::page(site, list, number, at))
    })
}

/// A page that is made when it is wanted: `make` gives frame and view for the place it stands at.
fn page<'a, V: View>(
    site: &'a Site<'a>,
    path: SitePath,
    owner: impl Into<String>,
    make: impl Fn(&Site<'_>, &SitePath) -> (Frame, V) + Send + Sync + 'a,
) -> OutputFile<'a> {
    let at = path.clone();
    OutputFile::later(path, owner, move || {
        let (frame, view) = make(site, &at);
        site.templates.render(&frame, &view).map_err(|error| Box::new(error) as _)
    })
}
