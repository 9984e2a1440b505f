//! Atom, sitemap, robots and `api/`: what programs that come back read.
//!
//! No clock: every date is a record's own. Nothing here decides what is published, or what a page is called.

mod api;
mod atom;
mod robots;
mod settings;
mod sitemap;

#[cfg(test)]
mod tests;

use crate::bibliography::attachment::Files;
use crate::bibliography::library::Library;
use crate::report::{Kind, Level, Problem};
use crate::website::address::Addresses;
use crate::website::metadata::Site;
use crate::website::outline::{ListIndex, ListKind, Outline};
use crate::website::output::{OutputFile, SitePath};

pub use self::settings::Settings;

/// What feeds are made from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub library: &'a Library,
    pub outline: &'a Outline,
    pub addresses: &'a Addresses<'a>,
    pub files: &'a Files,
    pub site: Site<'a>,
    pub settings: &'a Settings,
}

static NO_BASE: Kind = Kind {
    id: "no-base-url",
    level: Level::Warning,
    one: "the site does not know its own address: feeds, the sitemap and canonical links are left out",
    many: "the site does not know its own address: feeds, the sitemap and canonical links are left out",
    hint: Some("set `[site] base-url` in zbib.toml, or build with `--base-url`"),
};

/// What is lacking.
#[must_use]
pub fn problem(context: &Context<'_>) -> Option<Problem> {
    context.addresses.base().is_none().then(|| Problem::new(&NO_BASE, "", ""))
}

/// Everything in this room; `pages` are the owner's own pages that search engines may read.
#[must_use]
pub fn files<'a>(context: &Context<'a>, pages: &[SitePath]) -> Vec<OutputFile<'a>> {
    let mut files = atom::files(context);
    files.extend(sitemap::files(context, pages));
    files.push(robots::file(context));
    files.push(OutputFile::bytes(context.addresses.at_root(".nojekyll"), "the site's root", Vec::new()));
    files.extend(api::files(context));
    files
}

/// Where the feed of the whole site is, if there is one.
#[must_use]
pub fn of_site(context: &Context<'_>) -> Option<SitePath> {
    context.addresses.base().map(|_| context.addresses.at_root("feed.xml"))
}

/// Where the feed of a list is, if it has one: collections that are not empty have.
#[must_use]
pub fn of_list(list: ListIndex, context: &Context<'_>) -> Option<SitePath> {
    let known = context.outline.list(list);
    let wanted = context.settings.collections && known.kind() == ListKind::Collections && !known.members.is_empty();
    context.addresses.base().filter(|_| wanted).map(|_| context.addresses.list_file(list, "feed.xml"))
}
