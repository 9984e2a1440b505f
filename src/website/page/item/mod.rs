//! The page of one record.

mod fields;
mod files;
mod source;

use crate::bibliography::citation::Style;
use crate::bibliography::export::{self, Format};
use crate::bibliography::library::{Item, ItemIndex, RelationKind, Timestamp};
use crate::bibliography::markup;
use crate::website::address;
use crate::website::metadata::Step;
use crate::website::outline::ListIndex;
use crate::website::output::SitePath;
use crate::website::page::view::frame::Frame;
use crate::website::page::view::item::{ItemView, Note, Read, Reference, Relation, Role, Tag};
use crate::website::page::view::{Link, Term};
use crate::website::page::{Site, entry, frame, trail};
use crate::website::{download, metadata};
use crate::zotero::schema::Schema;

pub(super) fn page(site: &Site<'_>, index: ItemIndex, at: &SitePath) -> (Frame, ItemView) {
    let item = site.library.item(index);
    let (title, steps) = (item.title().map_or_else(|| site.say("untitled"), markup::plain), steps(site, index));
    let downloads = download::of_item(index, &site.downloads);
    let page = metadata::Page { place: at, title: &title, trail: &steps, downloads: &downloads };
    let mut frame = frame::frame(site, at, title.clone());
    frame.head = metadata::item(index, &page, &site.metadata);
    frame.description = item.field("abstractNote").map(summary);
    let lists = site.outline.memberships(index);
    let files = files::files(site, index, at);
    let view = ItemView {
        key: item.key.to_string(),
        unapi: metadata::asks(&downloads).then(|| item.key.to_string()),
        trail: trail::view(site, at, &steps, &title),
        kind: term(site, at, lists.item_type, || site.labels.item_type(&item.item_type).to_owned()),
        year: item.date.year_number().map(|year| term(site, at, lists.year, || site.year(year))),
        title: item.title().map_or_else(|| markup::SafeHtml::escape(&site.say("untitled")), markup::title),
        language: entry::language(site, item),
        creators: roles(site, index, at),
        source: source::line(site, item),
        read: read(site, index, at),
        exports: entry::downloads(&downloads, &|path| site.addresses.link(at, path)),
        references: references(site, item),
        bibtex: bibtex(site, item),
        abstract_paragraphs: item.field("abstractNote").map(paragraphs).unwrap_or_default(),
        overlay: overlay(site, item, at),
        fields: fields::fields(site, index, at),
        annotations: files::annotations(site, index, at),
        files,
        notes: notes(site, index, at),
        relations: relations(site, index, at),
        collections: lists.collections.iter().map(|list| trail::link_to_list(site, at, *list)).collect(),
        tags: tags(site, index, at),
        links: links(site, index),
        permalink: permalink(site, at),
        citation_key: item.is_regular().then(|| item.citation_key.clone()),
        coins: entry::coins_beside_unapi(site, item),
        added: item.added.as_ref().map(iso),
        changed: item.modified.as_ref().map(iso),
    };
    (frame, view)
}

fn iso(stamp: &Timestamp) -> String {
    stamp.date().to_owned()
}

/// A value that leads to its list.
fn term(site: &Site<'_>, at: &SitePath, list: Option<ListIndex>, label: impl Fn() -> String) -> Term {
    Term { label: label(), href: list.map(|list| site.addresses.link_to_list(at, list)) }
}

/// Down the collection that comes first in the tree.
fn steps(site: &Site<'_>, index: ItemIndex) -> Vec<Step> {
    let collection = site.library.item(index).collections.first();
    trail::from_home(site, collection.map(|collection| trail::down_to(site, *collection)).unwrap_or_default())
}

/// Creators by what they did: those who made the work first and without a word.
fn roles(site: &Site<'_>, index: ItemIndex, at: &SitePath) -> Vec<Role> {
    let item = site.library.item(index);
    let primary = Schema::get().item_type(&item.item_type).and_then(|known| known.primary_creator());
    let lists = &site.outline.memberships(index).creators;
    let mut roles: Vec<(&str, Role)> = Vec::new();
    for (creator, list) in item.creators.iter().zip(lists) {
        let person = Term { label: creator.name.direct(), href: Some(site.addresses.link_to_list(at, *list)) };
        match roles.iter_mut().find(|(role, _)| *role == creator.role) {
            Some((_, role)) => role.creators.push(person),
            None => {
                let phrase = (Some(creator.role.as_str()) != primary).then(|| phrase(site, &creator.role));
                roles.push((&creator.role, Role { phrase, creators: vec![person] }));
            }
        }
    }
    roles.sort_by_key(|(_, role)| role.phrase.is_some());
    roles.into_iter().map(|(_, role)| role).collect()
}

/// "edited by"; for a role the interface has no phrase for, Zotero's label.
fn phrase(site: &Site<'_>, role: &str) -> String {
    let known = site.language.find(&format!("role-{role}"), &[]);
    known.unwrap_or_else(|| format!("{}:", site.labels.creator_type(role)))
}

/// The first published file, else the DOI, else the record's address.
fn read(site: &Site<'_>, index: ItemIndex, at: &SitePath) -> Option<Read> {
    let item = site.library.item(index);
    let attached = |file: &&crate::bibliography::attachment::Published| {
        item.attachments.iter().any(|attachment| attachment.key == file.attachment)
    };
    if let Some(file) = site.files.of(index).iter().find(attached) {
        let href = site.addresses.link(at, &site.addresses.item_file(index, &file.name));
        return Some(Read {
            href,
            format: Some(entry::format(&file.name)),
            host: String::new(),
            size: Some(file.size),
        });
    }
    let doi = item.doi().map(|doi| address::doi(&doi));
    let href = doi.or_else(|| item.field("url").and_then(markup::web_address))?;
    Some(Read { host: entry::host(&href)?, href, format: None, size: None })
}

/// The record as it stands in its `.bib`, without the abstract, which the page shows elsewhere.
fn bibtex(site: &Site<'_>, item: &Item) -> Option<String> {
    let settings = export::Settings { abstracts: false, ..site.downloads.settings.clone() };
    let text = export::write(Format::Bibtex, std::iter::once(item), &export::Context::default(), &settings);
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn references(site: &Site<'_>, item: &Item) -> Vec<Reference> {
    let one = |style: &Style| Reference {
        style: style.id.clone(),
        label: style.label.clone(),
        html: site.references.entry(item, style).html,
    };
    site.references.styles().iter().map(one).collect()
}

/// An abstract as it is shown in search results elsewhere: its beginning.
fn summary(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= 200 {
        return words;
    }
    let cut: String = words.chars().take(199).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}

fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn overlay(site: &Site<'_>, item: &Item, at: &SitePath) -> Option<markup::SafeHtml> {
    let overlay = item.overlay.as_ref()?;
    Some(site.prose.pieces(&overlay.body, at)).filter(|html| !html.is_empty())
}

fn notes(site: &Site<'_>, index: ItemIndex, at: &SitePath) -> Vec<Note> {
    let notes = site.library.item(index).notes.iter();
    notes
        .map(|note| Note {
            anchor: format!("note-{}", note.key),
            html: site.prose.note(index, note, at),
            changed: note.modified.as_ref().or(note.added.as_ref()).map(iso),
        })
        .filter(|note| !note.html.is_empty())
        .collect()
}

fn relations(site: &Site<'_>, index: ItemIndex, at: &SitePath) -> Vec<Relation> {
    let of_kind = |kind: RelationKind, heading: &str| {
        let targets = site.library.item(index).relations.iter().filter(|relation| relation.kind == kind);
        let entries: Vec<_> = targets.map(|relation| entry::entry(site, relation.target, at)).collect();
        (!entries.is_empty()).then(|| Relation { heading: site.say(heading), entries })
    };
    [of_kind(RelationKind::Related, "related"), of_kind(RelationKind::Same, "same-work")]
        .into_iter()
        .flatten()
        .collect()
}

fn tags(site: &Site<'_>, index: ItemIndex, at: &SitePath) -> Vec<Tag> {
    let lists = &site.outline.memberships(index).tags;
    let tags = site.library.item(index).tags.iter().zip(lists);
    tags.map(|(tag, list)| Tag {
        label: tag.name.clone(),
        href: Some(site.addresses.link_to_list(at, *list)),
        color: tag.color.as_deref().and_then(markup::color::tag).map(str::to_owned),
    })
    .collect()
}

/// Web links of the overlay and of the record; what stands in its fields is linked there.
fn links(site: &Site<'_>, index: ItemIndex) -> Vec<Link> {
    let item = site.library.item(index);
    let own = item.field("url").and_then(markup::web_address);
    let attached = item
        .attachments
        .iter()
        .filter(|attachment| !site.files.of(index).iter().any(|file| file.attachment == attachment.key));
    let linked = attached.filter_map(|attachment| {
        let href = markup::web_address(attachment.url.as_deref()?).filter(|href| Some(href) != own.as_ref())?;
        let title = attachment.title.trim();
        let label = if title.is_empty() { entry::host(&href)? } else { title.to_owned() };
        Some(Link { label, href })
    });
    let owners = item.overlay.iter().flat_map(|overlay| &overlay.links);
    let owners =
        owners.filter_map(|link| Some(Link { label: link.title.clone(), href: markup::web_address(&link.url)? }));
    let mut links: Vec<Link> = Vec::new();
    for link in owners.chain(linked) {
        if !links.iter().any(|known| known.href == link.href) {
            links.push(link);
        }
    }
    links
}

fn permalink(site: &Site<'_>, at: &SitePath) -> Option<Link> {
    let href = site.addresses.absolute(at)?;
    let label = href.trim_start_matches("https://").trim_start_matches("http://").to_owned();
    Some(Link { label, href })
}
