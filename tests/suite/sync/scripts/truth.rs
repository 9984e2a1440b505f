//! What a copy promises, and whether it holds.
//!
//! A copy at version V is at least as new as the library was at V: each object is as the library had it at V or at some
//! later moment, and what is absent was absent then. It may be newer in parts, since the next sync asks for all that
//! changed after V. Once nobody edits and nothing fails it is the library, object for object.

use std::io::Read as _;

use super::super::*;

/// A copy and what it is held against.
pub struct Witness<'a> {
    pub fake: &'a FakeZotero,
    pub copy: LibrarySnapshot,
    pub rules: &'a TestRules,
    /// The sync told of something that was wrong.
    pub told: bool,
    /// A server that said there is no such text, in words that it means, is not asked for it again.
    pub denied: bool,
}

/// The copy is nowhere older than the version it names.
pub fn assert_not_older(seen: &Witness<'_>) {
    let copy = &seen.copy;
    let version = copy.state.version.0;
    let moments = seen.fake.since(version);
    assert!(!moments.is_empty(), "the copy is at {version}, which the library never was after");
    let collections: BTreeSet<String> = copy.collections.iter().map(|known| known.key.to_string()).collect();
    let held: BTreeMap<_, _> = copy.records.iter().map(|record| (record.key.to_string(), record)).collect();
    let keys = moments.iter().flat_map(|library| library.items.keys()).chain(held.keys());
    for key in keys.collect::<BTreeSet<_>>() {
        let record = held.get(key).copied();
        let at = |library: &Arc<Library>| {
            let there = library.items.get(key).filter(|item| Record::parse(&item.raw).is_ok());
            is_shown(record, there.map(|item| &item.value), &collections, seen.rules.strict)
        };
        assert!(moments.iter().any(at), "record {key} at version {version}: {:?}", record.map(Record::raw));
        if let Some(record) = record.filter(|record| seen.rules.strict && !record.withheld) {
            let secret = record.trashed || record.tags.iter().any(|tag| tag.name.starts_with('_'));
            assert!(!secret, "{key} is not withheld: {}", record.raw());
        }
    }
    assert_collections_not_older(seen, &moments);
    assert_texts_not_older(copy, &moments);
    assert_files_are_themselves(copy);
}

fn assert_collections_not_older(seen: &Witness<'_>, moments: &[Arc<Library>]) {
    let copy = &seen.copy;
    let held: BTreeMap<_, _> = copy.collections.iter().map(|known| (known.key.to_string(), known)).collect();
    let keys = moments.iter().flat_map(|library| library.collections.keys()).chain(held.keys());
    for key in keys.collect::<BTreeSet<_>>() {
        let own = held.get(key).copied();
        let at = |library: &Arc<Library>| match (own, library.collections.get(key)) {
            (None, None) => true,
            (Some(own), Some(there)) if own.withheld => {
                let stub = CollectionRecord::parse(&there.raw).unwrap().stub();
                seen.rules.strict && parse(own.raw()) == parse(stub.raw())
            }
            (Some(own), Some(there)) => parse(own.raw()) == there.value,
            _ => false,
        };
        let raw = own.map(CollectionRecord::raw);
        assert!(moments.iter().any(at), "collection {key} at version {}: {raw:?}", copy.state.version);
    }
}

fn assert_texts_not_older(copy: &LibrarySnapshot, moments: &[Arc<Library>]) {
    for (key, text) in &copy.fulltext {
        let text = text.read().unwrap();
        let at = |library: &Arc<Library>| library.texts.get(&key.to_string()).is_some_and(|(there, _)| *there == text);
        assert!(copy.state.texts_waiting.contains_key(key) || moments.iter().any(at), "the text of {key}: {text}");
    }
}

/// Whatever stands in the store stands there under its own hash.
fn assert_files_are_themselves(copy: &LibrarySnapshot) {
    for file in copy.files.values() {
        let name = file.path.file_name().unwrap().to_str().unwrap();
        assert_eq!(Md5::of(&fs::read(&file.path).unwrap()).to_string(), name);
    }
}

/// Whether a record of the copy is that of the library. Memberships count in collections only that the copy has.
fn is_shown(held: Option<&Record>, there: Option<&Value>, collections: &BTreeSet<String>, strict: bool) -> bool {
    let (Some(held), Some(there)) = (held, there) else { return held.is_none() == there.is_none() };
    let there = if held.withheld {
        parse(Record::parse(&there.to_string()).unwrap().stub().raw())
    } else {
        without_tags(there.clone(), strict)
    };
    let known = |mut object: Value| {
        if let Some(list) = object["data"].get_mut("collections").and_then(Value::as_array_mut) {
            list.retain(|key| collections.contains(key.as_str().unwrap_or_default()));
        }
        object
    };
    (strict || !held.withheld) && known(parse(held.raw())) == known(there)
}

/// A record without its excluded tags, and with their number.
fn without_tags(mut object: Value, strict: bool) -> Value {
    let Some(tags) = object["data"].get_mut("tags").and_then(Value::as_array_mut).filter(|_| strict) else {
        return object;
    };
    let all = tags.len();
    tags.retain(|tag| !tag["tag"].as_str().is_some_and(|name| name.starts_with('_')));
    let left_out = all - tags.len();
    if left_out > 0 {
        object["withheld-tags"] = json!(left_out);
    }
    object
}

/// The copy is the library, of what the rules withhold its stubs.
pub fn assert_same(seen: &Witness<'_>) {
    let library = seen.fake.now();
    let copy = &seen.copy;
    assert_eq!(copy.state.version, LibraryVersion(library.version));
    let records: Vec<_> = library.items.values().filter_map(|item| Record::parse(&item.raw).ok()).collect();
    let collections: Vec<_> =
        library.collections.values().filter_map(|known| CollectionRecord::parse(&known.raw).ok()).collect();
    let withheld = everything_below(seen.rules, &records, &collections);
    let record = |record: &Record| {
        let shown = || without_tags(parse(record.raw()), seen.rules.strict);
        let stub = || parse(record.stub().raw());
        (record.key, if withheld.records.contains(&record.key) { stub() } else { shown() })
    };
    let expected: BTreeMap<_, _> = records.iter().map(record).collect();
    let held: BTreeMap<_, _> = copy.records.iter().map(|record| (record.key, parse(record.raw()))).collect();
    assert_eq!(held, expected);
    let collection = |known: &CollectionRecord| {
        let hidden = withheld.collections.contains(&known.key);
        (known.key, parse(if hidden { known.stub() } else { known.clone() }.raw()))
    };
    let held: BTreeMap<_, _> = copy.collections.iter().map(|known| (known.key, parse(known.raw()))).collect();
    assert_eq!(held, collections.iter().map(collection).collect());
    let published: BTreeSet<_> = records.iter().map(|record| record.key).collect();
    let published: BTreeSet<_> = published.difference(&withheld.records).copied().collect();
    assert_rest_is_same(seen, &library, &published);
}

fn assert_rest_is_same(seen: &Witness<'_>, library: &Library, published: &BTreeSet<ItemKey>) {
    let copy = &seen.copy;
    let colors = library.settings.get("tagColors").map_or(json!([]), |(value, _)| value["value"].clone());
    let shown = |tag: &&Value| !(seen.rules.strict && tag["name"].as_str().unwrap().starts_with('_'));
    let names: Vec<_> = colors.as_array().unwrap().iter().filter(shown).map(|tag| tag["name"].clone()).collect();
    assert_eq!(copy.tag_colors.iter().map(|tag| json!(tag.name)).collect::<Vec<_>>(), names);
    let texts = library.texts.iter().filter(|(key, _)| published.contains(&item_key(key)));
    let texts: BTreeMap<_, _> = texts.map(|(key, (text, _))| (item_key(key), text.clone())).collect();
    let held: BTreeMap<_, _> = copy.fulltext.iter().map(|(key, text)| (*key, text.read().unwrap())).collect();
    assert!(
        held == texts || (seen.denied && held.iter().all(|(key, text)| texts.get(key) == Some(text))),
        "{held:?} {texts:?}"
    );
    for record in copy.records.iter().filter(|record| published.contains(&record.key)) {
        let Some(md5) = record.data().get("md5").and_then(Value::as_str).map(|md5| md5.parse::<Md5>().unwrap()) else {
            continue;
        };
        let refused = copy.state.files_refused.contains_key(&record.key);
        let cannot_be_had = seen.told && !has_the_file(library, record, md5);
        let there = copy.files.contains_key(&md5);
        assert!(there || refused || cannot_be_had, "the file of {} is not there", record.raw());
    }
}

/// Whether the server would give the file that a record names.
fn has_the_file(library: &Library, record: &Record, md5: Md5) -> bool {
    let Some(file) = library.files.get(&record.key.to_string()) else { return false };
    let mut bytes = file.bytes.clone();
    if file.compressed {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&file.bytes)).unwrap();
        bytes = Vec::new();
        zip.by_index(0).unwrap().read_to_end(&mut bytes).unwrap();
    }
    Md5::of(&bytes) == md5
}

/// What the rules withhold, with all that is below it.
fn everything_below(rules: &TestRules, records: &[Record], collections: &[CollectionRecord]) -> Withheld {
    let mut withheld = rules.withheld(records, collections);
    let tree = Tree::new(records.iter().map(|record| (record.key, record.parent)));
    let own = withheld.records.clone();
    let below = |key: &ItemKey| tree.lineage(*key).any(|key| own.contains(&key));
    withheld.records = records.iter().map(|record| record.key).filter(below).collect();
    let tree = Tree::new(collections.iter().map(|known| (known.key, known.parent)));
    let own = withheld.collections.clone();
    withheld.collections = collections
        .iter()
        .map(|known| known.key)
        .filter(|key| tree.lineage(*key).any(|key| own.contains(&key)))
        .collect();
    withheld
}

fn parse(raw: &str) -> Value {
    serde_json::from_str(raw).unwrap()
}
