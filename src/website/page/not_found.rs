//! The page for addresses that lead nowhere.

use crate::website::output::SitePath;
use crate::website::page::view::Link;
use crate::website::page::view::frame::Frame;
use crate::website::page::view::prose::NotFoundView;
use crate::website::page::{Site, frame, trail};

pub(super) fn page(site: &Site<'_>, at: &SitePath) -> (Frame, NotFoundView) {
    let mut frame = frame::frame(site, at, site.say("not-found"));
    frame.robots = Some("noindex".to_owned());
    let link = |label: String, to: SitePath| {
        let href = site.addresses.from_server_root(&to).unwrap_or_else(|| site.addresses.link(at, &to));
        Link { label, href }
    };
    let home = link(site.say("home"), site.addresses.home());
    let kinds = trail::kinds(site).map(|kind| link(site.kind_name(kind), site.addresses.index(kind)));
    (frame, NotFoundView { links: std::iter::once(home).chain(kinds).collect() })
}
