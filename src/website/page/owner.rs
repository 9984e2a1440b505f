//! The owner's own pages, written in Markdown.

use crate::bibliography::content;
use crate::website::output::{OutputFile, SitePath};
use crate::website::page::view::frame::Frame;
use crate::website::page::view::prose::ProseView;
use crate::website::page::{Site, frame, trail};

/// One page for each file of `content/` that is one.
pub(super) fn pages<'a>(site: &'a Site<'a>) -> impl Iterator<Item = OutputFile<'a>> {
    site.content.pages.iter().map(move |page| {
        let path = site.addresses.prose(&page.slug);
        super::page(site, path, page.file.clone(), move |site, at| make(site, page, at))
    })
}

fn make(site: &Site<'_>, page: &content::Page, at: &SitePath) -> (Frame, ProseView) {
    let steps = trail::from_home(site, Vec::new());
    let mut frame = frame::of_page(site, at, &page.title, &steps);
    frame.description.clone_from(&page.description);
    let view = ProseView {
        trail: trail::view(site, at, &steps, &page.title),
        heading: if page.brings_heading { String::new() } else { page.title.clone() },
        language: page.language.clone(),
        body: site.prose.page(page, at),
    };
    (frame, view)
}
