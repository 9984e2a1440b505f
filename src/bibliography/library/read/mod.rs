//! Reading a snapshot: from raw records to the published whole.

mod children;
mod collections;
mod data;
mod item;
mod order;
mod relations;

use std::collections::BTreeMap;

use crate::bibliography::content::{CollectionOverlay, Overlay};
use crate::bibliography::library::citation_key::{self, Request};
use crate::bibliography::library::{Holding, Item, LastChange, Library};
use crate::bibliography::publish::Rules;
use crate::language::Collation;
use crate::report::{Kind, Level, Problem};
use crate::zotero::cache::{Change, LibrarySnapshot, Snapshot};
use crate::zotero::record::{CollectionKey, ItemKey, LibraryId, LibraryKind};

/// What a library is read from.
pub struct Sources<'a> {
    pub snapshot: &'a Snapshot,
    /// Where each library stands in the site, in the order of the snapshot: empty or `name/`.
    pub prefixes: &'a [String],
    pub rules: &'a Rules,
    /// The owner's overlay of an item, by its key or its citation key.
    pub overlay: &'a dyn Fn(ItemKey, &str) -> Option<Overlay>,
    /// The owner's overlay of a collection.
    pub collection_overlay: &'a dyn Fn(CollectionKey) -> Option<CollectionOverlay>,
    pub collation: &'a Collation,
}

/// An overlay was written for an older version of its record.
static OVERLAY_CONFLICT: Kind = Kind {
    id: "overlay-conflict",
    level: Level::Warning,
    one: "an overlay was written for an older version of its record",
    many: "{n} overlays were written for older versions of their records",
    hint: Some("compare it with the record, then set its `base-version` to the record's version"),
};

/// What the rules, the overlays and the records themselves make of a snapshot.
#[must_use]
pub fn read(sources: &Sources<'_>) -> (Library, Vec<Problem>) {
    let mut problems = Vec::new();
    let pivot = pivot_year(sources.snapshot);
    let mut library = Library::default();
    let mut verdicts = Vec::new();
    for (position, snapshot) in sources.snapshot.libraries.iter().enumerate() {
        let mut verdict = sources.rules.judge(snapshot.id.kind, &snapshot.records, &snapshot.collections);
        problems.append(&mut verdict.problems);
        library.holdings.push(holding(snapshot, sources.prefixes.get(position)));
        library.items.extend(item::read_all(snapshot, position, &verdict, sources.rules, pivot));
        verdicts.push(verdict);
    }
    problems.extend(assign_keys(&mut library.items));
    problems.extend(apply_overlays(&mut library.items, sources));
    order::sort(&mut library.items, sources.collation);
    collections::read(&mut library, sources, &verdicts);
    relations::read(&mut library, sources.snapshot);
    (library, problems)
}

fn holding(snapshot: &LibrarySnapshot, prefix: Option<&String>) -> Holding {
    let sums = |change: Change| LastChange { added: change.added, changed: change.changed, removed: change.removed };
    Holding {
        id: identity(snapshot),
        name: snapshot.name.clone(),
        version: snapshot.state.changed.map_or(snapshot.state.version, |change| change.version),
        last_change: snapshot.state.changed.map(sums).unwrap_or_default(),
        uri: snapshot.uri.clone(),
        prefix: prefix.cloned().unwrap_or_default(),
    }
}

/// A folder that says which library of Zotero it is a copy of goes by that library's name, so that the site is the same
/// wherever its records come from.
fn identity(snapshot: &LibrarySnapshot) -> LibraryId {
    let named = || {
        let (kind, id) = snapshot.uri.as_deref()?.strip_prefix("http://zotero.org/")?.split_once('/')?;
        let kind = if kind == "groups" { LibraryKind::Group } else { LibraryKind::User };
        Some(LibraryId { kind, id: id.to_owned() })
    };
    let own = || snapshot.id.clone();
    if snapshot.id.kind == LibraryKind::File { named().unwrap_or_else(own) } else { own() }
}

/// The year that decides the century of two-digit years: that of the newest change in the snapshot, never the clock's.
fn pivot_year(snapshot: &Snapshot) -> i32 {
    let records = snapshot.libraries.iter().flat_map(|library| &library.records);
    let changed = |raw: &str| {
        let at = raw.find("\"dateModified\"")?;
        let value = raw[at + 14..].trim_start_matches([' ', ':', '"']);
        value.get(..4)?.parse::<i32>().ok()
    };
    records.filter_map(|record| changed(record.raw())).max().unwrap_or(2000)
}

/// One key per item in the whole site, given out in the order of the libraries, then of addition, then of Zotero's keys.
fn assign_keys(items: &mut [Item]) -> Vec<Problem> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|a, b| {
        let rank = |at: &usize| (items[*at].holding, items[*at].added.clone(), items[*at].key);
        rank(a).cmp(&rank(b))
    });
    let requests: Vec<_> = order.iter().map(|at| request(&items[*at])).collect();
    let (keys, problems) = citation_key::assign(&requests);
    let given: Vec<_> = requests.iter().map(|request| request.given.is_some()).collect();
    drop(requests);
    for ((at, key), given) in order.into_iter().zip(keys).zip(given) {
        items[at].citation_key = key;
        items[at].citation_key_given = given;
    }
    problems
}

fn request(item: &Item) -> Request<'_> {
    Request {
        given: citation_key::given(item.field("extra"), item.field("citationKey")),
        creators: &item.creators,
        title: item.title(),
        year: item.date.year.as_deref(),
        added_year: item.added.as_ref().map(super::Timestamp::year),
        place: item.place(),
    }
}

/// An overlay overrides and adds; it may withhold a record, never publish one.
fn apply_overlays(items: &mut Vec<Item>, sources: &Sources<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for item in items.iter_mut() {
        let Some(overlay) = (sources.overlay)(item.key, &item.citation_key) else { continue };
        if overlay.base_version.is_some_and(|base| base < item.version.0) {
            let base = overlay.base_version.unwrap_or_default();
            let detail = format!("{} was written for version {base}, now {}", overlay.file, item.version);
            problems.push(Problem::new(&OVERLAY_CONFLICT, item.place(), detail));
        }
        item.apply(overlay);
    }
    items.retain(|item| item.overlay.as_ref().and_then(|overlay| overlay.published) != Some(false));
    problems
}

/// Positions of items by library and key.
type Positions = BTreeMap<(usize, ItemKey), super::ItemIndex>;

fn positions(items: &[Item]) -> Positions {
    items.iter().zip(0..).map(|(item, position)| ((item.holding, item.key), super::ItemIndex(position))).collect()
}
