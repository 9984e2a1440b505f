//! Verdicts: what becomes of each record and collection of a library, and why.

use std::collections::{BTreeMap, BTreeSet};

use crate::bibliography::publish::Rules;
use crate::report::{Kind, Level, Problem};
use crate::zotero::record::{CollectionKey, CollectionRecord, ItemKey, LibraryKind, Record, Tree};
use crate::zotero::schema::is_regular;

/// Why a record or collection is not published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It, or something it hangs from, is in Zotero's trash.
    Trashed,
    /// It has a tag that excludes it.
    Tag(String),
    /// It has none of the tags that include it.
    NotIncluded,
    /// It is only in collections that are not published.
    Collection,
    /// Its type is not published.
    Type,
    /// Notes, or annotations, are not published.
    Kind,
    /// What it hangs from is not published, or is missing.
    Parent,
    /// The cache holds only a stub of it.
    Withheld,
}

/// The verdicts on one library: None means published.
#[derive(Debug, Default)]
pub struct Verdicts {
    records: BTreeMap<ItemKey, Option<Reason>>,
    collections: BTreeMap<CollectionKey, Option<Reason>>,
    /// What is wrong with the tree of records or collections.
    pub problems: Vec<Problem>,
}

static COLLECTION_CYCLE: Kind = Kind {
    id: "collection-cycle",
    level: Level::Warning,
    one: "a collection is a part of itself; it is shown at the top level",
    many: "{n} collections are parts of themselves; they are shown at the top level",
    hint: Some("move them in Zotero"),
};
static COLLECTION_ORPHAN: Kind = Kind {
    id: "collection-without-parent",
    level: Level::Warning,
    one: "a collection's parent is missing; it is shown at the top level",
    many: "the parents of {n} collections are missing; they are shown at the top level",
    hint: Some("the next `zbib sync --full` may bring them"),
};
static RECORD_ORPHAN: Kind = Kind {
    id: "child-without-parent",
    level: Level::Warning,
    one: "a note or file hangs from a record that is missing; it is not published",
    many: "{n} notes or files hang from records that are missing; they are not published",
    hint: Some("the next `zbib sync --full` may bring them"),
};
static RECORD_CYCLE: Kind = Kind {
    id: "child-of-itself",
    level: Level::Warning,
    one: "a record hangs from itself",
    many: "{n} records hang from themselves",
    hint: None,
};

impl Verdicts {
    /// Whether a record is published.
    #[must_use]
    pub fn publishes(&self, key: ItemKey) -> bool {
        self.records.get(&key).is_some_and(Option::is_none)
    }

    /// Whether a collection is published.
    #[must_use]
    pub fn publishes_collection(&self, key: CollectionKey) -> bool {
        self.collections.get(&key).is_some_and(Option::is_none)
    }

    /// Why a record is not published; None if it is, or is not known.
    #[must_use]
    pub fn reason(&self, key: ItemKey) -> Option<&Reason> {
        self.records.get(&key).and_then(Option::as_ref)
    }

    /// Why a collection is not published; None if it is, or is not known.
    #[must_use]
    pub fn collection_reason(&self, key: CollectionKey) -> Option<&Reason> {
        self.collections.get(&key).and_then(Option::as_ref)
    }
}

/// One library before its rules.
pub(super) struct Judge<'a> {
    rules: &'a Rules,
    kind: LibraryKind,
    records: BTreeMap<ItemKey, &'a Record>,
    tree: Tree<ItemKey>,
    collections: BTreeMap<CollectionKey, &'a CollectionRecord>,
    collection_tree: Tree<CollectionKey>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(
        rules: &'a Rules,
        kind: LibraryKind,
        records: &'a [Record],
        collections: &'a [CollectionRecord],
    ) -> Self {
        Self {
            rules,
            kind,
            tree: Tree::new(records.iter().map(|record| (record.key, record.parent))),
            records: records.iter().map(|record| (record.key, record)).collect(),
            collection_tree: Tree::new(collections.iter().map(|collection| (collection.key, collection.parent))),
            collections: collections.iter().map(|collection| (collection.key, collection)).collect(),
        }
    }

    pub(super) fn verdicts(&self) -> Verdicts {
        let collections: BTreeMap<_, _> =
            self.collections.keys().map(|key| (*key, self.collection_reason(*key))).collect();
        let published: BTreeSet<_> =
            collections.iter().filter(|(_, reason)| reason.is_none()).map(|(key, _)| *key).collect();
        let own: BTreeMap<_, _> =
            self.records.values().map(|record| (record.key, self.own_reason(record, &published))).collect();
        let records = self.records.keys().map(|key| (*key, self.record_reason(*key, &own))).collect();
        Verdicts { records, collections, problems: self.problems() }
    }

    /// A collection is withheld with everything it is a part of.
    fn collection_reason(&self, key: CollectionKey) -> Option<Reason> {
        let lineage = || self.collection_tree.lineage(key).filter_map(|key| self.collections.get(&key).copied());
        if lineage().any(|collection| collection.trashed) {
            return Some(Reason::Trashed);
        }
        if lineage().any(|collection| collection.withheld) {
            return Some(Reason::Withheld);
        }
        let chosen = !self.rules.chooses_collections() || lineage().any(|known| self.rules.includes_collection(known));
        let excluded = lineage().any(|collection| self.rules.excludes_collection(collection));
        (excluded || !chosen).then_some(Reason::Collection)
    }

    /// A record is withheld with everything it hangs from.
    fn record_reason(&self, key: ItemKey, own: &BTreeMap<ItemKey, Option<Reason>>) -> Option<Reason> {
        if let Some(reason) = own.get(&key).cloned().flatten() {
            return Some(reason);
        }
        let above = self.tree.lineage(key).skip(1).find_map(|ancestor| own.get(&ancestor).cloned().flatten());
        match above {
            Some(Reason::Trashed) => Some(Reason::Trashed),
            Some(_) => Some(Reason::Parent),
            None => self.missing_parent(key).then_some(Reason::Parent),
        }
    }

    fn missing_parent(&self, key: ItemKey) -> bool {
        self.tree.lineage(key).last().is_some_and(|root| self.tree.orphans.contains(&root))
    }

    fn own_reason(&self, record: &Record, published: &BTreeSet<CollectionKey>) -> Option<Reason> {
        if record.trashed {
            return Some(Reason::Trashed);
        }
        if record.withheld {
            return Some(Reason::Withheld);
        }
        let child = !is_regular(&record.item_type);
        let off = match record.item_type.as_str() {
            "note" => !self.rules.publishes_notes(self.kind),
            "annotation" => !self.rules.publishes_annotations(),
            _ => false,
        };
        if off {
            return Some(Reason::Kind);
        }
        let by_tags = if child { self.child_tags(record) } else { self.item_tags(record) };
        // A stub's tags are not known: it is judged by its place alone, and again when it has been fetched.
        by_tags.filter(|_| !record.is_stub()).or_else(|| self.place_reason(record, child, published))
    }

    fn item_tags(&self, record: &Record) -> Option<Reason> {
        let excluded = self.rules.item_is_excluded(&record.tags).map(Reason::Tag);
        excluded.or_else(|| (!self.rules.item_is_included(&record.tags)).then_some(Reason::NotIncluded))
    }

    fn child_tags(&self, record: &Record) -> Option<Reason> {
        let excluded = self.rules.child_is_excluded(&record.tags).map(Reason::Tag);
        excluded.or_else(|| (!self.rules.child_is_included(&record.tags)).then_some(Reason::NotIncluded))
    }

    /// Its type, and its collections. Children are where their parents are, but those that stand alone are somewhere too.
    fn place_reason(&self, record: &Record, child: bool, published: &BTreeSet<CollectionKey>) -> Option<Reason> {
        if !child && !self.rules.type_is_included(&record.item_type) {
            return Some(Reason::Type);
        }
        let somewhere = !child || record.parent.is_none();
        (somewhere && self.is_hidden_by_collections(record, published)).then_some(Reason::Collection)
    }

    /// In some collection, but in none that is published; trashed and unknown collections do not count against it.
    fn is_hidden_by_collections(&self, record: &Record, published: &BTreeSet<CollectionKey>) -> bool {
        if record.collections.iter().any(|key| published.contains(key)) {
            return false;
        }
        let excluded = |key: &CollectionKey| {
            self.collections.contains_key(key) && self.collection_reason(*key) != Some(Reason::Trashed)
        };
        self.rules.chooses_collections() || record.collections.iter().any(excluded)
    }

    fn problems(&self) -> Vec<Problem> {
        let collection = |kind: &'static Kind, key: &CollectionKey| {
            let name = self.collections.get(key).map_or("", |collection| collection.name.as_str());
            Problem::new(kind, format!("{key} \"{name}\""), "")
        };
        // Of what hangs from nothing the cache may hold a stub only, and its owner is told nevertheless.
        let live = |key: &&ItemKey| self.records.get(key).is_some_and(|record| !record.trashed);
        let record = |kind: &'static Kind, key: &ItemKey| Problem::new(kind, key.to_string(), "");
        let cycles = self.collection_tree.cut.iter().map(|key| collection(&COLLECTION_CYCLE, key));
        let orphans = self.collection_tree.orphans.iter().map(|key| collection(&COLLECTION_ORPHAN, key));
        let lost = self.tree.orphans.iter().filter(live).map(|key| record(&RECORD_ORPHAN, key));
        let looped = self.tree.cut.iter().filter(live).map(|key| record(&RECORD_CYCLE, key));
        cycles.chain(orphans).chain(lost).chain(looped).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bibliography::publish::Settings;

    fn record(key: &str, item_type: &str, more: &str) -> Record {
        let comma = if more.is_empty() { "" } else { "," };
        Record::parse(&format!(r#"{{"version":1,"data":{{"key":"{key}","itemType":"{item_type}"{comma}{more}}}}}"#))
            .unwrap()
    }

    fn collection(key: &str, name: &str, parent: &str, trashed: bool) -> CollectionRecord {
        let parent = if parent.is_empty() { "false".to_owned() } else { format!("\"{parent}\"") };
        let raw =
            format!(r#"{{"data":{{"key":"{key}","name":"{name}","parentCollection":{parent},"deleted":{trashed}}}}}"#);
        CollectionRecord::parse(&raw).unwrap()
    }

    fn reasons(settings: &Settings, records: &[Record], collections: &[CollectionRecord]) -> Vec<Option<Reason>> {
        let verdicts = Rules::compile(settings).unwrap().judge(LibraryKind::Group, records, collections);
        records.iter().map(|record| verdicts.reason(record.key).cloned()).collect()
    }

    #[test]
    fn children_of_trashed_records_are_not_published() {
        let records = [
            record("ITEMAAAA", "book", r#""deleted":1"#),
            record("NOTEAAAA", "note", r#""parentItem":"ITEMAAAA""#),
            record("FILEAAAA", "attachment", r#""parentItem":"ITEMAAAA""#),
            record("MARKAAAA", "annotation", r#""parentItem":"FILEAAAA""#),
        ];
        let settings = Settings { annotations: true, ..Settings::default() };
        assert_eq!(reasons(&settings, &records, &[]), vec![Some(Reason::Trashed); 4]);
    }

    #[test]
    fn underscore_hides_notes_and_tags_but_not_items() {
        let hidden = r#""tags":[{"tag":"_todo"}]"#;
        let records = [record("ITEMAAAA", "book", hidden), record("NOTEAAAA", "note", hidden)];
        assert_eq!(reasons(&Settings::default(), &records, &[]), [None, Some(Reason::Tag("_todo".into()))]);
        let rules = Rules::compile(&Settings::default()).unwrap();
        assert!(rules.hides_tag("_todo") && !rules.hides_tag("to_do"));
    }

    #[test]
    fn a_tag_that_includes_is_kept_in_the_cache_though_hidden() {
        let settings = Settings { item_include: vec!["_public".into()], ..Settings::default() };
        let rules = Rules::compile(&settings).unwrap();
        assert!(rules.hides_tag("_public") && !rules.drops_tag("_public") && rules.drops_tag("_other"));
    }

    #[test]
    fn items_only_in_excluded_collections_are_withheld() {
        let collections = [
            collection("C1111111", "_inbox", "", false),
            collection("C2222222", "part", "C1111111", false),
            collection("C3333333", "Public", "", false),
            collection("C4444444", "gone", "", true),
        ];
        let records = [
            record("ITEMAAAA", "book", r#""collections":["C2222222"]"#),
            record("ITEMBBBB", "book", r#""collections":["C2222222","C3333333"]"#),
            record("ITEMCCCC", "book", r#""collections":[]"#),
            record("ITEMDDDD", "book", r#""collections":["C4444444","CUNKNOWN"]"#),
        ];
        assert_eq!(reasons(&Settings::default(), &records, &collections), [Some(Reason::Collection), None, None, None]);
        let only = Settings { collections_include: vec!["C3333333".into()], ..Settings::default() };
        let hidden = || Some(Reason::Collection);
        assert_eq!(reasons(&only, &records, &collections), [hidden(), None, hidden(), hidden()]);
    }

    #[test]
    fn orphans_and_cycles_are_reported_and_end() {
        let records = [
            record("NOTEAAAA", "note", r#""parentItem":"NOTTHERE""#),
            record("NOTEBBBB", "note", r#""parentItem":"NOTEBBBB""#),
        ];
        let rules = Rules::compile(&Settings::default()).unwrap();
        let collections =
            [collection("C1111111", "a", "C2222222", false), collection("C2222222", "b", "C1111111", false)];
        let verdicts = rules.judge(LibraryKind::Group, &records, &collections);
        let ids: Vec<_> = verdicts.problems.iter().map(|problem| problem.kind.id).collect();
        assert_eq!(ids, ["collection-cycle", "child-without-parent", "child-of-itself"]);
        assert_eq!(verdicts.reason("NOTEAAAA".parse().unwrap()), Some(&Reason::Parent));
    }

    #[test]
    fn a_stub_shown_unmarked_is_judged_by_its_place_alone() {
        let settings =
            Settings { item_include: vec!["public".into()], types: vec!["book".into()], ..Settings::default() };
        let mut book = record("ITEMAAAA", "book", r#""tags":[{"tag":"public"}]"#).stub();
        let mut film = record("ITEMBBBB", "film", r#""tags":[{"tag":"public"}]"#).stub();
        book.withheld = false;
        film.withheld = false;
        assert_eq!(reasons(&settings, &[book, film], &[]), [None, Some(Reason::Type)]);
    }

    #[test]
    fn a_broken_pattern_names_its_setting() {
        let settings = Settings { item_exclude: vec!["(".into()], ..Settings::default() };
        let error = Rules::compile(&settings).unwrap_err();
        assert_eq!(error.to_string(), "`publish.item-exclude` has a pattern zbib cannot read");
    }
}
