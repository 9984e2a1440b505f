//! Links between a page, its files and its metadata, for robots. See <https://signposting.org/FAIR/>.

use super::{Context, Page, Subject, licence, tag};
use crate::bibliography::export::Format;
use crate::bibliography::markup::SafeHtml;
use crate::website::address;
use crate::website::download::Download;

/// The links of an item's page. `cite-as` is for an identifier that leads to this very page, which the DOI of somebody
/// else's publication never does.
pub(super) fn of_item(subject: &Subject<'_>) -> Vec<SafeHtml> {
    let context = subject.context;
    let mut tags: Vec<_> = subject.permalink().map(|here| tag::link("cite-as", &here, &[])).into_iter().collect();
    tags.extend(
        announced(subject.page).map(|download| export("alternate describedby", download, subject.page, context)),
    );
    for file in subject.files() {
        let place = context.addresses.item_file(subject.index, &file.name);
        let href = context.addresses.link(subject.page.place, &place);
        tags.push(tag::link("item", &href, &[("type", &file.media_type)]));
    }
    tags.extend(subject.item.doi().map(|doi| tag::link("related", &address::doi(&doi), &[])));
    let licence = subject.item.field("rights").and_then(licence::address);
    tags.extend(licence.map(|address| tag::link("license", &address, &[])));
    tags.push(tag::link("type", &format!("https://schema.org/{}", subject.facts().schema), &[]));
    tags.push(tag::link("type", "https://schema.org/AboutPage", &[]));
    tags
}

/// The links of any other page: its content as files.
pub(super) fn of_page(page: &Page<'_>, context: &Context<'_>) -> Vec<SafeHtml> {
    announced(page).map(|download| export("alternate", download, page, context)).collect()
}

fn announced<'a>(page: &Page<'a>) -> impl Iterator<Item = &'a Download> {
    page.downloads.iter().filter(|download| download.format.is_announced())
}

/// Where Zotero finds the page's records: one file of Zotero RDF that answers as an unAPI server would. The page has one
/// `abbr` of the class `unapi-id` to ask for. See <https://en.wikipedia.org/wiki/UnAPI>.
pub(super) fn unapi(page: &Page<'_>, context: &Context<'_>) -> Option<SafeHtml> {
    let file = page.downloads.iter().find(|download| download.format == Format::Rdf)?;
    let href = context.addresses.link(page.place, &file.place);
    Some(tag::link("unapi-server", &href, &[("type", "application/xml"), ("title", "unAPI")]))
}

fn export(rel: &str, download: &Download, page: &Page<'_>, context: &Context<'_>) -> SafeHtml {
    let label = download.label();
    let format = [("type", download.format.media_type()), ("title", label.as_str())];
    tag::link(rel, &context.addresses.link(page.place, &download.place), &format)
}
