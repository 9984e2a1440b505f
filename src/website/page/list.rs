//! One page of a list of references.

use crate::bibliography::export::Format;
use crate::bibliography::library::{CollectionIndex, ItemIndex};
use crate::bibliography::markup::SafeHtml;
use crate::website::outline::{ListIndex, ListKind, Subject};
use crate::website::output::SitePath;
use crate::website::page::collections::{self, DEEPEST};
use crate::website::page::view::entry::{Entry, Group, PageLink, Pager};
use crate::website::page::view::frame::Frame;
use crate::website::page::view::list::{self as view, ListView, TreeRow};
use crate::website::page::view::{Choice, Counted};
use crate::website::page::{Site, entry, frame, trail};
use crate::website::{download, feed, metadata};

/// How many neighbours a list of years shows on either side.
const NEIGHBOURS: usize = 6;

pub(super) fn page(site: &Site<'_>, list: ListIndex, number: u32, at: &SitePath) -> (Frame, ListView) {
    let (heading, members) = (site.list_name(list), site.outline.page(list, number));
    let first = first_number(site, list, number);
    let steps = trail::to_list(site, list);
    let files = download::of_list(list, &site.downloads);
    let mut frame = frame::frame(site, at, heading.clone());
    let announced = announced(site, list, number, &files);
    let page = metadata::Page { place: at, title: &heading, trail: &steps, downloads: &announced };
    frame.head = metadata::list(list, number, &page, &site.metadata);
    robots(site, list, number, &mut frame);
    let feed = feed::of_list(list, &site.feeds).map(|place| site.addresses.link(at, &place));
    if let Some(href) = &feed {
        frame::announce(&mut frame, heading.clone(), href.clone());
    }
    let pager = pager(site, list, number, at);
    if let Some(pager) = &pager {
        frame.previous.clone_from(&pager.previous);
        frame.next.clone_from(&pager.next);
    }
    // The address of one part would pass for that of all.
    let bib = files.iter().find(|file| file.format == Format::Bibtex && file.part.is_none());
    let view = ListView {
        kind: kind(site, list),
        unapi: metadata::asks(&announced).then(|| at.folder().trim_end_matches('/').to_owned()),
        trail: trail::view(site, at, &steps, &heading),
        lede: lede(site, list, number, at),
        tree: tree(site, list, at),
        siblings: siblings(site, list, at),
        all: Some(site.addresses.link(at, &site.addresses.index(site.outline.list(list).kind()))),
        parts: parts(site, list, at),
        total: entry::count(site, list),
        first,
        last: first + (members.len() as u64).saturating_sub(1),
        bib_address: bib.and_then(|file| site.addresses.absolute(&file.place)),
        downloads: entry::downloads(&files, &|path| site.addresses.link(at, path)),
        feed,
        groups: by_year(site, members, at),
        pager,
        heading,
        ..ListView::default()
    };
    (frame, view)
}

/// The files that a page tells machines of: that of its own records, and those of the whole list.
fn announced(site: &Site<'_>, list: ListIndex, number: u32, files: &[download::Download]) -> Vec<download::Download> {
    let whole = files.iter().filter(|file| file.format != Format::Rdf).cloned();
    download::of_page(list, number, &site.downloads).into_iter().chain(whole).collect()
}

fn kind(site: &Site<'_>, list: ListIndex) -> view::ListKind {
    match site.outline.list(list).kind() {
        ListKind::Collections => view::ListKind::Collection,
        ListKind::Tags => view::ListKind::Tag,
        ListKind::Creators => view::ListKind::Creator,
        ListKind::Years => view::ListKind::Year,
        ListKind::Types => view::ListKind::Type,
    }
}

fn first_number(site: &Site<'_>, list: ListIndex, number: u32) -> u64 {
    let before: usize = (1..number).map(|page| site.outline.page(list, page).len()).sum();
    before as u64 + 1
}

/// Search engines read the first page of a list that is worth it, and the further pages of all but tags.
fn robots(site: &Site<'_>, list: ListIndex, number: u32, frame: &mut Frame) {
    let list = site.outline.list(list);
    let further_tags = number > 1 && list.kind() == ListKind::Tags;
    frame.robots = (further_tags || !list.indexed).then(|| "noindex, follow".to_owned());
}

/// What the owner wrote about a collection, on its first page.
fn lede(site: &Site<'_>, list: ListIndex, number: u32, at: &SitePath) -> Option<SafeHtml> {
    let Subject::Collection(index) = site.outline.list(list).subject else { return None };
    let overlay = site.library.collection(index).overlay.as_ref().filter(|_| number == 1)?;
    Some(site.prose.pieces(&overlay.body, at)).filter(|html| !html.is_empty())
}

/// References under the years of their dates; in a list of one year, under nothing.
fn by_year(site: &Site<'_>, members: &[ItemIndex], at: &SitePath) -> Vec<Group> {
    let mut groups: Vec<(Option<i32>, Group)> = Vec::new();
    for index in members {
        let year = site.library.item(*index).date.year_number();
        if groups.last().is_none_or(|(known, _)| *known != year) {
            let heading = site.subject_name(&Subject::Year(year));
            groups.push((year, Group { heading, date: None, entries: Vec::new() }));
        }
        if let Some((_, group)) = groups.last_mut() {
            let coins = entry::coins(site, site.library.item(*index));
            group.entries.push(Entry { coins, ..entry::entry(site, *index, at) });
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The collections right under this one.
fn parts(site: &Site<'_>, list: ListIndex, at: &SitePath) -> Vec<Counted> {
    let Subject::Collection(index) = site.outline.list(list).subject else { return Vec::new() };
    let parts = site.library.collection(index).parts.iter();
    parts.map(|part| entry::counted(site, site.outline.collection(*part), at)).collect()
}

/// The branch of the tree in which a collection stands: the way down to it, its siblings, its parts. It counts the
/// collection and its parts only: what a record elsewhere changes is no change of this page.
fn tree(site: &Site<'_>, list: ListIndex, at: &SitePath) -> Vec<TreeRow> {
    let Subject::Collection(here) = site.outline.list(list).subject else { return Vec::new() };
    let parent = |index: CollectionIndex| site.library.collection(index).parent;
    let lineage: Vec<_> = std::iter::successors(Some(here), |index| parent(*index)).take(DEEPEST - 1).collect();
    let above = lineage.last().and_then(|index| parent(*index));
    let top = above.map_or_else(|| collections::top(site), |above| site.library.collection(above).parts.clone());
    collections::rows(top, &|index, _| {
        let on_the_way = lineage.contains(&index);
        let counted = entry::counted(site, site.outline.collection(index), at);
        let below = index == here || parent(index) == Some(here);
        let row = TreeRow {
            label: counted.label,
            href: counted.href,
            count: below.then_some(counted.count),
            current: index == here,
            open: on_the_way,
            ..TreeRow::default()
        };
        (row, if on_the_way { site.library.collection(index).parts.clone() } else { Vec::new() })
    })
}

/// The years around a year, all types beside a type.
fn siblings(site: &Site<'_>, list: ListIndex, at: &SitePath) -> Vec<Choice> {
    let kind = site.outline.list(list).kind();
    if !matches!(kind, ListKind::Years | ListKind::Types) {
        return Vec::new();
    }
    let all = site.outline.index(kind);
    let here = all.iter().position(|known| *known == list).unwrap_or_default();
    let around = match kind {
        ListKind::Years => here.saturating_sub(NEIGHBOURS)..(here + NEIGHBOURS + 1).min(all.len()),
        _ => 0..all.len(),
    };
    let choice = |known: &ListIndex| {
        let link = trail::link_to_list(site, at, *known);
        Choice { label: link.label, href: link.href, current: *known == list }
    };
    all[around].iter().map(choice).collect()
}

/// The first pages, those around the current one, and the last.
fn pager(site: &Site<'_>, list: ListIndex, number: u32, at: &SitePath) -> Option<Pager> {
    let last = site.outline.list(list).pages();
    if last < 2 {
        return None;
    }
    let href = |page: u32| site.addresses.link(at, &site.addresses.list(list, page));
    let shown = |page: u32| page <= 2 || page == last || page.abs_diff(number) <= 1;
    let mut pages: Vec<PageLink> = Vec::new();
    for page in 1..=last {
        if shown(page) {
            pages.push(PageLink { number: page.into(), href: Some(href(page)), current: page == number });
        } else if pages.last().is_some_and(|known| known.href.is_some()) {
            pages.push(PageLink::default());
        }
    }
    let previous = (number > 1).then(|| href(number - 1));
    let next = (number < last).then(|| href(number + 1));
    Some(Pager { previous, next, pages })
}
