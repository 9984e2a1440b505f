//! The home page: what this library is, how much there is, what is new.

use std::collections::BTreeMap;

use crate::bibliography::export::Format;
use crate::bibliography::library::Timestamp;
use crate::bibliography::markup::SafeHtml;
use crate::language::{Argument, Date, Length};
use crate::website::outline::{ListIndex, ListKind, Subject};
use crate::website::output::SitePath;
use crate::website::page::view::entry::Group;
use crate::website::page::view::frame::Frame;
use crate::website::page::view::histogram::{Histogram, Words};
use crate::website::page::view::home::{Counts, HomeView};
use crate::website::page::view::{Counted, Link};
use crate::website::page::{Site, entry, frame, trail};
use crate::website::{download, feed, metadata};

/// How many values of each kind the home page lists.
const SHOWN: usize = 9;

pub(super) fn page(site: &Site<'_>, at: &SitePath) -> (Frame, HomeView) {
    let mut frame = frame::frame(site, at, String::new());
    frame.description = site.metadata.site.description.map(str::to_owned);
    let title = site.about.title.as_str();
    let downloads = download::of_library(&site.downloads);
    frame.head =
        metadata::home(&metadata::Page { place: at, title, trail: &[], downloads: &downloads }, &site.metadata);
    let tags = site.outline.index(ListKind::Tags);
    let view = HomeView {
        heading: heading(site),
        lede: lede(site, at),
        counts: counts(site),
        updated: site.library.last_change().map(|stamp| stamp.date().to_owned()),
        newest: newest(site, at),
        newest_all: None,
        years: years(site),
        types: largest(site, at, site.outline.index(ListKind::Types), SHOWN),
        collections: top_collections(site, at),
        tags: largest(site, at, tags, SHOWN),
        tags_all: (tags.len() > SHOWN).then(|| index_link(site, at, ListKind::Tags)),
        reuse: reuse(site, at),
    };
    (frame, view)
}

/// The title that `content/index.md` gives itself, else the site's; nothing where its text begins with a heading.
fn heading(site: &Site<'_>) -> String {
    match &site.content.home {
        Some(page) if page.brings_heading => String::new(),
        Some(page) if !page.title.is_empty() => page.title.clone(),
        _ => site.about.title.clone(),
    }
}

/// What `content/index.md` says, else the description in the settings.
fn lede(site: &Site<'_>, at: &SitePath) -> Option<SafeHtml> {
    let html = match &site.content.home {
        Some(page) => site.prose.page(page, at),
        None => site.prose.markdown(&site.about.description, at),
    };
    Some(html).filter(|html| !html.is_empty())
}

fn counts(site: &Site<'_>) -> Counts {
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    Counts {
        references: number(site.library.items.len()),
        collections: number(site.library.collections.len()),
        files: number(site.files.all().count()),
        creators: number(site.outline.index(ListKind::Creators).len()),
    }
}

/// The newest references under the days they were added.
fn newest(site: &Site<'_>, at: &SitePath) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for index in site.outline.newest.iter().take(site.lists.home) {
        let added = site.library.item(*index).added.as_ref();
        let date = added.map(|stamp| stamp.date().to_owned());
        if groups.last().is_none_or(|group| group.date != date) {
            groups.push(Group {
                heading: added.map(|stamp| day(site, stamp)).unwrap_or_default(),
                date,
                entries: Vec::new(),
            });
        }
        if let Some(group) = groups.last_mut() {
            group.entries.push(entry::entry(site, *index, at));
        }
    }
    groups
}

/// The year is said only where it is another than that of the last change, which stands at the head of the page.
fn day(site: &Site<'_>, stamp: &Timestamp) -> String {
    let date = Date { year: stamp.year(), month: Some(stamp.month()), day: Some(stamp.day()) };
    let of_this_year = site.library.last_change().is_some_and(|change| change.year() == stamp.year());
    site.language.date(date, if of_this_year { Length::Day } else { Length::Medium })
}

/// The picture of the years.
pub(super) fn years(site: &Site<'_>) -> Option<Histogram> {
    let count = |list: &ListIndex| match site.outline.list(*list).subject {
        Subject::Year(Some(year)) => Some((year, entry::count(site, *list))),
        _ => None,
    };
    let years: BTreeMap<i32, u64> = site.outline.index(ListKind::Years).iter().filter_map(count).collect();
    Histogram::of(&years, &Words { year: &|year| site.year(year), decade: &|year| site.decade(year) })
}

/// The lists with the most members, the largest first.
fn largest(site: &Site<'_>, at: &SitePath, lists: &[ListIndex], shown: usize) -> Vec<Counted> {
    let mut lists = lists.to_vec();
    lists.sort_by_key(|list| std::cmp::Reverse(entry::count(site, *list)));
    lists.truncate(shown);
    lists.into_iter().map(|list| entry::counted(site, list, at)).collect()
}

/// The collections that are parts of no other.
fn top_collections(site: &Site<'_>, at: &SitePath) -> Vec<Counted> {
    let top = |list: &&ListIndex| match site.outline.list(**list).subject {
        Subject::Collection(index) => site.library.collection(index).parent.is_none(),
        _ => false,
    };
    let lists = site.outline.index(ListKind::Collections).iter().filter(top);
    lists.map(|list| entry::counted(site, *list, at)).collect()
}

/// An index with the number of its values.
pub(super) fn index_link(site: &Site<'_>, at: &SitePath, kind: ListKind) -> Counted {
    Counted {
        label: site.kind_name(kind),
        href: site.addresses.link(at, &site.addresses.index(kind)),
        count: u64::try_from(site.outline.index(kind).len()).unwrap_or(u64::MAX),
    }
}

/// What other programs take from here: the feed, and the file for LaTeX.
fn reuse(site: &Site<'_>, at: &SitePath) -> Vec<Link> {
    let mut links = Vec::new();
    if let Some(place) = feed::of_site(&site.feeds) {
        links.push(Link { label: site.say("feed-atom"), href: site.addresses.link(at, &place) });
    }
    let bib = download::of_library(&site.downloads).into_iter().filter(|file| file.format == Format::Bibtex);
    links.extend(bib.map(|file| Link {
        label: site.language.say("for-latex", &[("file", Argument::Text(file.place.name()))]),
        href: site.addresses.link(at, &file.place),
    }));
    links
}

/// The ways to browse, each with the number of its values.
pub(super) fn browse(site: &Site<'_>, at: &SitePath) -> Vec<Counted> {
    trail::kinds(site).map(|kind| index_link(site, at, kind)).collect()
}
