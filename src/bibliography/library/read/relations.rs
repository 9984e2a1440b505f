//! Links between records: related ones, the same work in another library, records that were merged.
//!
//! Targets are URIs: `http://zotero.org/groups/123/items/KEY`. Only links between published items are kept. See
//! <https://www.zotero.org/support/dev/web_api/v3/types_and_fields> for the predicates.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::bibliography::library::read::Positions;
use crate::bibliography::library::{ItemIndex, Library, Relation, RelationKind};
use crate::zotero::cache::Snapshot;
use crate::zotero::record::{ItemKey, LibraryVersion, Record};

/// Adds its links to every item.
pub(super) fn read(library: &mut Library, snapshot: &Snapshot) {
    let positions = super::positions(&library.items);
    let links = Links { library, positions: &positions };
    let mut found: BTreeMap<ItemIndex, BTreeSet<Relation>> = BTreeMap::new();
    let mut replaced: BTreeMap<ItemIndex, BTreeSet<ItemKey>> = BTreeMap::new();
    for (holding, records) in snapshot.libraries.iter().map(|known| &known.records).enumerate() {
        for record in records.iter().filter(|record| record.raw().contains("zotero.org/")) {
            let Some(&item) = positions.get(&(holding, record.key)) else { continue };
            let relations = relations(record);
            for (kind, target) in links.of(&relations, holding) {
                found.entry(item).or_default().insert(Relation { kind, target });
            }
            replaced.entry(item).or_default().extend(links.replaced_by(&relations, holding));
        }
    }
    let both = two_sided(&found, |item| library.item(item).version);
    for (item, relations) in both {
        library.items[item.0 as usize].relations = relations.into_iter().collect();
    }
    for (item, keys) in replaced {
        library.items[item.0 as usize].replaces = keys.into_iter().collect();
    }
}

/// A link that only one side names counts if that side was written last: Zotero adds links on both sides, but takes them
/// away on one.
fn two_sided(
    found: &BTreeMap<ItemIndex, BTreeSet<Relation>>,
    version: impl Fn(ItemIndex) -> LibraryVersion,
) -> BTreeMap<ItemIndex, BTreeSet<Relation>> {
    let names = |from: ItemIndex, kind, target| {
        found.get(&from).is_some_and(|relations| relations.contains(&Relation { kind, target }))
    };
    let mut both: BTreeMap<ItemIndex, BTreeSet<Relation>> = BTreeMap::new();
    for (&item, relations) in found {
        for &Relation { kind, target } in relations {
            let holds = kind == RelationKind::Same || names(target, kind, item) || version(item) >= version(target);
            if holds && target != item {
                both.entry(item).or_default().insert(Relation { kind, target });
                both.entry(target).or_default().insert(Relation { kind, target: item });
            }
        }
    }
    both
}

struct Links<'a> {
    library: &'a Library,
    positions: &'a Positions,
}

impl Links<'_> {
    fn of(&self, relations: &Map<String, Value>, holding: usize) -> Vec<(RelationKind, ItemIndex)> {
        let resolved = |predicate: &str, kind: RelationKind| {
            let targets = uris(relations.get(predicate));
            targets.into_iter().filter_map(move |uri| self.resolve(&uri, holding)).map(move |target| (kind, target))
        };
        let related: Vec<_> = resolved("dc:relation", RelationKind::Related).collect();
        related.into_iter().chain(resolved("owl:sameAs", RelationKind::Same)).collect()
    }

    /// Keys of records of the same library that were merged into this one and are gone.
    fn replaced_by(&self, relations: &Map<String, Value>, holding: usize) -> Vec<ItemKey> {
        let keys = uris(relations.get("dc:replaces"));
        let gone = |key: &ItemKey| !self.positions.contains_key(&(holding, *key));
        keys.iter().filter_map(|uri| uri.rsplit('/').next()?.parse().ok()).filter(gone).collect()
    }

    fn resolve(&self, uri: &str, holding: usize) -> Option<ItemIndex> {
        let (library, key) = uri.split_once("/items/")?;
        let key: ItemKey = key.parse().ok()?;
        let home = library.replacen("https://", "http://", 1).replacen("://www.", "://", 1);
        let named = self.library.holdings.iter().position(|known| known.uri.as_deref() == Some(home.as_str()));
        // Records that were never synced name their own library by a number of the desktop's.
        let local = home.contains("/users/local/").then_some(holding);
        self.positions.get(&(named.or(local)?, key)).copied()
    }
}

fn relations(record: &Record) -> Map<String, Value> {
    match record.data().remove("relations") {
        Some(Value::Object(relations)) => relations,
        _ => Map::new(),
    }
}

/// One URI, or a list of them.
fn uris(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(uri)) => vec![uri.clone()],
        Some(Value::Array(uris)) => uris.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}
