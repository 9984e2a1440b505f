//! References in lists, and lists of lists.

use url::Url;

use crate::bibliography::export::{self, Format};
use crate::bibliography::library::{Item, ItemIndex};
use crate::bibliography::markup;
use crate::website::address;
use crate::website::download::Download as File;
use crate::website::outline::ListIndex;
use crate::website::output::SitePath;
use crate::website::page::Site;
use crate::website::page::view::entry::{Entry, EntryFile};
use crate::website::page::view::{Counted, Download, Link};

/// One reference of a list on the page at a place.
pub(super) fn entry(site: &Site<'_>, index: ItemIndex, at: &SitePath) -> Entry {
    let item = site.library.item(index);
    let page = site.addresses.link(at, &site.addresses.item(index));
    let style = site.references.main_style();
    let reference = site.references.entry(item, style);
    let linked = reference.linked_title(&page);
    // What the reference itself leads to needs no link beside it.
    let is_new = |href: &String| !reference.html.as_str().contains(markup::SafeHtml::escape(href).as_str());
    let doi = item.doi().filter(|doi| !reference.text.contains(doi.as_str()));
    Entry {
        key: item.key.to_string(),
        href: linked.is_none().then_some(page),
        style: style.id.clone(),
        language: language(site, item),
        kind: Some(site.labels.item_type(&item.item_type).to_owned()),
        files: files(site, index, at),
        doi: doi.map(|doi| address::doi(&doi)),
        link: item.field("url").and_then(elsewhere).filter(|link| is_new(&link.href)),
        reference: linked.unwrap_or(reference.html),
        coins: None,
    }
}

/// The record of an item's own page for readers of COinS, if the owner wants it there: only beside unAPI, as Zotero takes
/// COinS before the page's Highwire tags, though these say more, and unAPI before both.
pub(super) fn coins_beside_unapi(site: &Site<'_>, item: &Item) -> Option<markup::SafeHtml> {
    site.downloads.settings.item.contains(&Format::Rdf).then(|| coins(site, item))?
}

/// A record for reference managers that read pages, if the owner wants it there.
pub(super) fn coins(site: &Site<'_>, item: &Item) -> Option<markup::SafeHtml> {
    let settings = site.downloads.settings;
    let span = || export::write(Format::Coins, std::iter::once(item), &export::Context::default(), settings);
    let span = settings.coins.then(span)?;
    Some(markup::SafeHtml::trusted(span.trim_end().to_owned())).filter(|span| !span.is_empty())
}

/// The record's language, where it is known and not the site's.
pub(super) fn language(site: &Site<'_>, item: &Item) -> Option<String> {
    let own = site.language.tag().split('-').next();
    item.language_tag().filter(|tag| tag.split('-').next() != own)
}

fn files(site: &Site<'_>, index: ItemIndex, at: &SitePath) -> Vec<EntryFile> {
    let attached = |file: &&crate::bibliography::attachment::Published| {
        site.library.item(index).attachments.iter().any(|known| known.key == file.attachment)
    };
    let shown = site.files.of(index).iter().filter(attached);
    shown
        .map(|file| EntryFile {
            format: format(&file.name),
            href: site.addresses.link(at, &site.addresses.item_file(index, &file.name)),
            size: Some(file.size),
        })
        .collect()
}

/// The format of a file in a word: `PDF`.
pub(super) fn format(name: &str) -> String {
    name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_uppercase())
}

/// An address outside of this site under the name of its host.
pub(super) fn elsewhere(url: &str) -> Option<Link> {
    let href = markup::web_address(url)?;
    Some(Link { label: host(&href)?, href })
}

/// The host of an address, without `www.`.
pub(super) fn host(href: &str) -> Option<String> {
    let url = Url::parse(href).ok()?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// A list with the number of its members.
pub(super) fn counted(site: &Site<'_>, list: ListIndex, at: &SitePath) -> Counted {
    Counted { label: site.list_name(list), href: site.addresses.link_to_list(at, list), count: count(site, list) }
}

/// The number of a list's members.
pub(super) fn count(site: &Site<'_>, list: ListIndex) -> u64 {
    u64::try_from(site.outline.list(list).members.len()).unwrap_or(u64::MAX)
}

/// Export files as links.
pub(super) fn downloads(files: &[File], link: &dyn Fn(&SitePath) -> String) -> Vec<Download> {
    let download = |file: &File| Download {
        label: file.label(),
        href: link(&file.place),
        extension: format!(".{}", file.format.extension()),
        size: None,
    };
    files.iter().map(download).collect()
}
