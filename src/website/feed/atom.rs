//! Atom feeds: the newest references of the site and of each collection. See RFC 4287.

use std::cmp::Reverse;

use atom_syndication::{Category, Entry, Feed, FixedDateTime, Link, Person, Text};

use super::{Context, of_list, of_site};
use crate::bibliography::library::{Item, ItemIndex, Timestamp};
use crate::website::address;
use crate::website::metadata::text;
use crate::website::outline::{ListIndex, ListKind, Subject};
use crate::website::output::{OutputFile, SitePath};

/// The feeds of the site, made when they are written.
pub(super) fn files<'a>(context: &Context<'a>) -> Vec<OutputFile<'a>> {
    let mut files = Vec::new();
    if let Some(place) = of_site(context) {
        let context = *context;
        files.push(OutputFile::later(place.clone(), "the feed of the site", move || {
            let newest: Vec<_> = context.outline.newest.iter().copied().take(context.settings.entries).collect();
            let alternate = context.addresses.home();
            let mut feed = feed(context.site.name, [place, alternate], &newest, &context);
            feed.subtitle = context.site.description.map(|text| Text::plain(text::plain(text)));
            Ok(written(&feed))
        }));
    }
    for list in context.outline.index(ListKind::Collections) {
        files.extend(of_list(*list, context).map(|place| of_collection(*list, place, context)));
    }
    files
}

fn of_collection<'a>(list: ListIndex, place: SitePath, context: &Context<'a>) -> OutputFile<'a> {
    let context = *context;
    let owner = format!("the feed of collection {}", place.folder().trim_end_matches('/'));
    OutputFile::later(place.clone(), owner, move || {
        let known = context.outline.list(list);
        let name = match &known.subject {
            Subject::Collection(index) => text::plain(&context.library.collection(*index).name),
            _ => String::new(),
        };
        let mut members = known.members.clone();
        members.sort_by_key(|index| (Reverse(context.library.item(*index).added.as_ref()), *index));
        members.truncate(context.settings.entries);
        let title = format!("{name}, {}", context.site.name);
        Ok(written(&feed(&title, [place, context.addresses.list(list, 1)], &members, &context)))
    })
}

/// A feed that stands at the first place, of the page that stands at the second.
fn feed(title: &str, [place, page]: [SitePath; 2], members: &[ItemIndex], context: &Context<'_>) -> Feed {
    let here = context.addresses.absolute(&page).unwrap_or_default();
    let itself = context.addresses.absolute(&place).unwrap_or_default();
    let entries: Vec<Entry> = members.iter().map(|index| entry(*index, context)).collect();
    Feed {
        title: Text::plain(text::plain(title)),
        id: here.clone(),
        updated: entries.iter().map(|entry| entry.updated).max().unwrap_or_else(|| moment(None)),
        // RFC 4287, 4.1.1: a feed has an author unless all of its entries have.
        authors: vec![person(context.site.name)],
        links: vec![link("self", itself, Some("application/atom+xml")), link("alternate", here, Some("text/html"))],
        lang: Some(context.site.language.to_owned()).filter(|language| !language.is_empty()),
        entries,
        ..Feed::default()
    }
}

fn written(feed: &Feed) -> Vec<u8> {
    let bytes = feed.write_to(Vec::new()).expect("memory takes everything that is written");
    [bytes.as_slice(), b"\n"].concat()
}

fn entry(index: ItemIndex, context: &Context<'_>) -> Entry {
    let item = context.library.item(index);
    let permalink = context.addresses.absolute(&context.addresses.item(index)).unwrap_or_default();
    Entry {
        title: Text::plain(item.title().map(text::plain).unwrap_or_else(|| item.key.to_string())),
        id: permalink.clone(),
        updated: moment(item.changed()),
        published: item.added.as_ref().map(|added| moment(Some(added))),
        authors: item.leading_creators().iter().map(|creator| person(&creator.name.direct())).collect(),
        categories: item.tags.iter().map(|tag| category(&tag.name)).collect(),
        links: links(index, item, permalink, context),
        summary: item.field("abstractNote").map(|text| Text::plain(text::lines(text))),
        ..Entry::default()
    }
}

/// Its page, the publisher's, its files.
fn links(index: ItemIndex, item: &Item, permalink: String, context: &Context<'_>) -> Vec<Link> {
    let mut links = vec![link("alternate", permalink, Some("text/html"))];
    links.extend(item.doi().map(|doi| link("related", address::doi(&doi), None)));
    for file in context.files.of(index).iter().filter(|file| file.media_type == "application/pdf") {
        let place = context.addresses.item_file(index, &file.name);
        let Some(href) = context.addresses.absolute(&place) else { continue };
        links.push(Link { length: Some(file.size.to_string()), ..link("enclosure", href, Some(&file.media_type)) });
    }
    links
}

fn link(rel: &str, href: String, media_type: Option<&str>) -> Link {
    Link { rel: rel.to_owned(), href, mime_type: media_type.map(str::to_owned), ..Link::default() }
}

fn person(name: &str) -> Person {
    Person { name: text::plain(name), ..Person::default() }
}

fn category(tag: &str) -> Category {
    Category { term: text::plain(tag), ..Category::default() }
}

/// A moment; the beginning of all clocks for a record that has none, since Atom wants one.
fn moment(time: Option<&Timestamp>) -> FixedDateTime {
    let parsed = time.and_then(|time| FixedDateTime::parse_from_rfc3339(time.as_str()).ok());
    parsed.unwrap_or_default()
}
