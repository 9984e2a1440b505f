//! The search page as it is before, or without, its script.

use crate::website::download;
use crate::website::output::SitePath;
use crate::website::page::view::frame::Frame;
use crate::website::page::view::search::SearchView;
use crate::website::page::{Site, entry, frame, home};

/// References that stand there from the beginning.
const NEWEST: usize = 20;

pub(super) fn page(site: &Site<'_>, at: &SitePath) -> (Frame, SearchView) {
    let mut frame = frame::frame(site, at, site.say("search-page"));
    frame.robots = Some("noindex, follow".to_owned());
    let view = SearchView {
        browse: home::browse(site, at),
        downloads: entry::downloads(&download::of_library(&site.downloads), &|path| site.addresses.link(at, path)),
        total: site.library.items.len() as u64,
        newest: site.outline.newest.iter().take(NEWEST).map(|index| entry::entry(site, *index, at)).collect(),
    };
    (frame, view)
}
