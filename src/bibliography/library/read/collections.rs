//! The published collections, and which items are in them.

use std::collections::{BTreeMap, BTreeSet};

use crate::bibliography::library::read::Sources;
use crate::bibliography::library::{Collection, CollectionIndex, Item, ItemIndex, Library};
use crate::bibliography::publish::Verdicts;
use crate::zotero::cache::LibrarySnapshot;
use crate::zotero::record::{CollectionKey, CollectionRecord, Tree};

/// Adds the collections of all libraries, and to each item the collections it is in.
pub(super) fn read(library: &mut Library, sources: &Sources<'_>, verdicts: &[Verdicts]) {
    let memberships = super::positions(&library.items);
    for (holding, (snapshot, verdict)) in sources.snapshot.libraries.iter().zip(verdicts).enumerate() {
        let places = add(&mut library.collections, holding, snapshot, verdict, sources);
        for record in snapshot.records.iter().filter(|record| !record.collections.is_empty()) {
            let Some(index) = memberships.get(&(holding, record.key)) else { continue };
            let wanted: BTreeSet<_> = record.collections.iter().filter_map(|key| places.get(key).copied()).collect();
            library.items[index.0 as usize].collections = wanted.into_iter().collect();
        }
    }
    enter(&library.items, &mut library.collections);
}

fn enter(items: &[Item], collections: &mut [Collection]) {
    for (item, index) in items.iter().zip((0..).map(ItemIndex)) {
        for collection in &item.collections {
            collections[collection.0 as usize].items.push(index);
        }
    }
}

/// Adds the collections of one library, siblings in the order of their names.
fn add(
    all: &mut Vec<Collection>,
    holding: usize,
    snapshot: &LibrarySnapshot,
    verdicts: &Verdicts,
    sources: &Sources<'_>,
) -> BTreeMap<CollectionKey, CollectionIndex> {
    let mut published = Vec::new();
    for record in snapshot.collections.iter().filter(|record| verdicts.publishes_collection(record.key)) {
        let overlay = (sources.collection_overlay)(record.key);
        if overlay.as_ref().and_then(|overlay| overlay.published) != Some(false) {
            let name =
                overlay.as_ref().and_then(|overlay| overlay.title.clone()).unwrap_or_else(|| record.name.clone());
            published.push((record, name, overlay));
        }
    }
    published.sort_by_cached_key(|(record, name, _)| (sources.collation.sort_key(name), record.key));
    let first = all.len();
    let place = |offset: usize| CollectionIndex(u32::try_from(first + offset).unwrap_or(u32::MAX));
    let places: BTreeMap<_, _> =
        published.iter().enumerate().map(|(offset, (record, ..))| (record.key, place(offset))).collect();
    let tree = Tree::new(published.iter().map(|(record, ..)| (record.key, parent(record, &places))));
    let parents: Vec<_> =
        published.iter().map(|(record, ..)| tree.parent(record.key).map(|key| places[&key])).collect();
    for ((record, name, overlay), parent) in published.into_iter().zip(parents) {
        let (key, items, parts) = (record.key, Vec::new(), Vec::new());
        all.push(Collection { key, holding, name, parent, parts, items, overlay });
    }
    for offset in first..all.len() {
        if let Some(parent) = all[offset].parent {
            all[parent.0 as usize].parts.push(place(offset - first));
        }
    }
    places
}

/// A part of a collection that is not published stands at the top.
fn parent(record: &CollectionRecord, places: &BTreeMap<CollectionKey, CollectionIndex>) -> Option<CollectionKey> {
    record.parent.filter(|key| places.contains_key(key))
}
