//! `api/`: the site as data, for scripts. The fields are a contract: `docs/api.md` describes each, and `format` is raised
//! when one changes its meaning or goes.

use serde::Serialize;

use super::Context;
use crate::bibliography::library::{CollectionIndex, Holding, Item, ItemIndex, Timestamp};
use crate::website::metadata::text;
use crate::website::output::OutputFile;
use crate::zotero::record::{CollectionKey, ItemKey};

/// The number of the format described in `docs/api.md`.
const FORMAT: u32 = 1;

/// `api/last-sync.json`, `api/items.json`, `api/collections.json`.
pub(super) fn files<'a>(context: &Context<'a>) -> Vec<OutputFile<'a>> {
    let context = *context;
    let place = |name: &str| context.addresses.at_root(&format!("api/{name}.json"));
    vec![
        OutputFile::bytes(place("last-sync"), "the api", last_sync(&context)),
        OutputFile::later(place("items"), "the api", move || Ok(items(&context))),
        OutputFile::later(place("collections"), "the api", move || Ok(collections(&context))),
    ]
}

#[derive(Serialize)]
struct LastSync {
    format: u32,
    changed: Option<String>,
    libraries: Vec<Sums>,
}

/// What there is of one library.
#[derive(Serialize)]
struct Sums {
    id: String,
    name: String,
    version: u64,
    items: usize,
    collections: usize,
    changed: Option<String>,
    records_added: usize,
    records_changed: usize,
    records_removed: usize,
}

fn last_sync(context: &Context<'_>) -> Vec<u8> {
    let library = context.library;
    let of = |(position, holding): (usize, &'_ Holding)| {
        let items: Vec<&Item> = library.items.iter().filter(|item| item.holding == position).collect();
        Sums {
            id: holding.id.to_string(),
            name: holding.name.clone(),
            version: holding.version.0,
            items: items.len(),
            collections: library.collections.iter().filter(|collection| collection.holding == position).count(),
            changed: items.iter().filter_map(|item| item.changed()).max().map(Timestamp::to_string),
            records_added: holding.last_change.added,
            records_changed: holding.last_change.changed,
            records_removed: holding.last_change.removed,
        }
    };
    let sums = LastSync {
        format: FORMAT,
        changed: library.last_change().map(Timestamp::to_string),
        libraries: library.holdings.iter().enumerate().map(of).collect(),
    };
    serialised(&sums)
}

#[derive(Serialize)]
struct ItemEntry<'a> {
    key: ItemKey,
    library: String,
    #[serde(rename = "type")]
    item_type: &'a str,
    title: Option<String>,
    creators: Option<String>,
    year: Option<i32>,
    url: &'a str,
    citation_key: &'a str,
    doi: Option<String>,
    collections: Vec<CollectionKey>,
    added: Option<&'a str>,
    changed: Option<&'a str>,
}

fn items(context: &Context<'_>) -> Vec<u8> {
    let entries = context.library.indexed().map(|(index, item)| {
        let place = context.addresses.item(index);
        serialised(&ItemEntry {
            key: item.key,
            library: context.library.holding(item).id.to_string(),
            item_type: &item.item_type,
            title: item.title().map(text::plain),
            creators: short_creators(item),
            year: item.date.year_number(),
            url: place.address(),
            citation_key: &item.citation_key,
            doi: item.doi(),
            collections: item.collections.iter().map(|index| context.library.collection(*index).key).collect(),
            added: item.added.as_ref().map(Timestamp::as_str),
            changed: item.changed().map(Timestamp::as_str),
        })
    });
    listing("items", entries)
}

#[derive(Serialize)]
struct CollectionEntry<'a> {
    key: CollectionKey,
    library: String,
    name: &'a str,
    parent: Option<CollectionKey>,
    url: &'a str,
    items: usize,
    items_with_parts: usize,
    changed: Option<&'a str>,
}

fn collections(context: &Context<'_>) -> Vec<u8> {
    let library = context.library;
    let entries = (0..).map(CollectionIndex).zip(&library.collections).map(|(index, collection)| {
        let list = context.outline.collection(index);
        let members = &context.outline.list(list).members;
        let newest = members.iter().filter_map(|index: &ItemIndex| library.item(*index).changed()).max();
        serialised(&CollectionEntry {
            key: collection.key,
            library: library.holdings[collection.holding].id.to_string(),
            name: &collection.name,
            parent: collection.parent.map(|parent| library.collection(parent).key),
            url: context.addresses.list(list, 1).address(),
            items: collection.items.len(),
            items_with_parts: members.len(),
            changed: newest.map(Timestamp::as_str),
        })
    });
    listing("collections", entries)
}

/// "Menabrea", "Menabrea & Lovelace", "Menabrea et al."
fn short_creators(item: &Item) -> Option<String> {
    let names: Vec<_> = item.leading_creators().iter().map(|creator| text::plain(creator.name.short())).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [one, two] => Some(format!("{one} & {two}")),
        [one, ..] => Some(format!("{one} et al.")),
    }
}

/// A file of entries, one in a line: compact, and what differs between two nights shows line by line.
fn listing(name: &str, entries: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    let mut bytes = format!("{{\"format\":{FORMAT},\"{name}\":[").into_bytes();
    for (position, entry) in entries.enumerate() {
        bytes.extend(if position == 0 { &b"\n"[..] } else { b",\n" });
        bytes.extend(entry);
    }
    bytes.extend(b"\n]}\n");
    bytes
}

fn serialised(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("text and numbers are always JSON")
}
