//! What every page has around its content.

use crate::website::metadata::Step;
use crate::website::output::SitePath;
use crate::website::page::view::frame::{Assets, Feed, Footer, Frame, Licence, SearchForm};
use crate::website::page::view::{Choice, Link};
use crate::website::page::{Site, trail};
use crate::website::{download, feed, metadata};

/// The media type of Atom feeds.
const ATOM: &str = "application/atom+xml";

/// The frame of the page at a place.
pub(super) fn frame(site: &Site<'_>, at: &SitePath, title: String) -> Frame {
    let absolute = at.as_str() == "404.html";
    let link = |to: &SitePath| href(site, at, to, absolute);
    Frame {
        language: site.language.tag().to_owned(),
        direction: site.language.direction().to_owned(),
        title,
        site_name: site.about.title.clone(),
        root: link(&site.addresses.home()),
        canonical: site.addresses.absolute(at).filter(|_| !absolute),
        assets: assets(site, &link),
        feeds: feeds(site, &link),
        navigation: navigation(site, at, &link),
        search: search_form(site, &link),
        footer: footer(site, &link),
        ..Frame::default()
    }
}

/// The frame of a page that is neither an item's nor a list's, with its metadata.
pub(super) fn of_page(site: &Site<'_>, at: &SitePath, title: &str, steps: &[Step]) -> Frame {
    let page = metadata::Page { place: at, title, trail: steps, downloads: &[] };
    Frame { head: metadata::page(&page, &site.metadata), ..frame(site, at, title.to_owned()) }
}

/// The page for addresses that lead nowhere is shown at any depth, so its links begin at the server's root.
fn href(site: &Site<'_>, at: &SitePath, to: &SitePath, absolute: bool) -> String {
    let from_root = absolute.then(|| site.addresses.from_server_root(to)).flatten();
    from_root.unwrap_or_else(|| site.addresses.link(at, to))
}

fn assets(site: &Site<'_>, link: &dyn Fn(&SitePath) -> String) -> Assets {
    let theme = |name: &str| site.theme.asset(name).map(|path| link(&site.addresses.at_root(path))).unwrap_or_default();
    let own = |name: &String| link(&site.addresses.asset(name));
    Assets {
        stylesheet: theme("theme.css"),
        owner_stylesheets: site.about.stylesheets.iter().map(own).collect(),
        script: theme("theme.js"),
        finder: Some(theme("finder.js")).filter(|script| !script.is_empty()),
        icon: site.about.icon.as_ref().map_or_else(|| theme("icon.svg"), own),
    }
}

fn feeds(site: &Site<'_>, link: &dyn Fn(&SitePath) -> String) -> Vec<Feed> {
    let feed =
        |place: SitePath| Feed { title: site.say("new-references"), href: link(&place), media_type: ATOM.to_owned() };
    feed::of_site(&site.feeds).map(feed).into_iter().collect()
}

/// A further feed that a page announces.
pub(super) fn announce(frame: &mut Frame, title: String, href: String) {
    frame.feeds.push(Feed { title, href, media_type: ATOM.to_owned() });
}

/// Search, the indexes that hold something, the owner's pages.
fn navigation(site: &Site<'_>, at: &SitePath, link: &dyn Fn(&SitePath) -> String) -> Vec<Choice> {
    let choice = |label: String, to: SitePath| {
        let current = at.as_str() == to.as_str();
        Choice { label, href: link(&to), current }
    };
    let search = choice(site.say("search-page"), site.addresses.search());
    let kinds = trail::kinds(site).map(|kind| choice(site.kind_name(kind), site.addresses.index(kind)));
    let pages = site
        .content
        .pages
        .iter()
        .filter(|page| page.menu)
        .map(|page| choice(page.title.clone(), site.addresses.prose(&page.slug)));
    std::iter::once(search).chain(kinds).chain(pages).collect()
}

fn search_form(site: &Site<'_>, link: &dyn Fn(&SitePath) -> String) -> SearchForm {
    SearchForm {
        action: link(&site.addresses.search()),
        quick: Some(link(&site.addresses.search_data("quick.idx"))),
        manifest: Some(link(&site.addresses.search_data("manifest.json"))),
    }
}

fn footer(site: &Site<'_>, link: &dyn Fn(&SitePath) -> String) -> Footer {
    let feed = |place: SitePath| Link { label: "Atom".to_owned(), href: link(&place) };
    let licence = site
        .about
        .licence
        .as_ref()
        .map(|licence| Licence { name: licence.name.clone(), href: licence.url.as_ref().map(ToString::to_string) });
    Footer {
        downloads: super::entry::downloads(&download::of_library(&site.downloads), link),
        feeds: feed::of_site(&site.feeds).map(feed).into_iter().collect(),
        licence,
        links: Vec::new(),
    }
}
