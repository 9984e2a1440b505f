//! Leaving out of the cache what the rules do not publish.
//!
//! What was left out cannot be judged again. So a stub is shown to the rules by what is left of it, its type, its parent
//! and its collections: if those alone would not withhold it, it is fetched and judged whole. Of the stubs that are
//! withheld for what is in them the state keeps the keys, so that no quiet night fetches them again.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::sync::copy::Copy;
use crate::sync::{Library, Run, Store, SyncError, Withheld};
use crate::zotero::cache::FetchedWith;
use crate::zotero::record::{CollectionRecord, ItemKey, Record, Tree};
use crate::zotero::source::Source;

/// The member of a record that counts the tags left out of it.
const WITHHELD_TAGS: &str = "withheld-tags";
/// How often stubs are fetched for a new judgement: a parent may free its children, and those theirs.
const ROUNDS: usize = 4;

/// Fetches the stubs that may be published now, and makes stubs of what may not.
pub(super) async fn apply(run: Run<'_>, library: &Library, copy: &mut Copy) -> Result<(), SyncError> {
    if copy.rules_changed {
        copy.state.withheld_for_content.clear();
    }
    let mut absent = BTreeSet::new();
    for _ in 0..ROUNDS {
        let lacking: BTreeSet<ItemKey> = &lacking(run, copy) - &absent;
        if lacking.is_empty() {
            break;
        }
        let fetched = fetch(library, copy, &lacking).await?;
        absent.extend(lacking.into_iter().filter(|key| !fetched.contains_key(key)));
        copy.replace(fetched);
    }
    if run.settings.store == Store::Publishable {
        let withheld = judge(run, copy);
        leave_out(run, copy, &withheld);
        copy.state.withheld_for_content = for_content(run, copy, &withheld);
    }
    copy.state.fetched_with = fetched_with(run);
    Ok(())
}

/// What a copy made in this run depends on beside the library.
pub(super) fn fetched_with(run: Run<'_>) -> FetchedWith {
    FetchedWith { rules: run.rules.fingerprint(), everything: run.settings.store == Store::All }
}

async fn fetch(
    library: &Library,
    copy: &mut Copy,
    keys: &BTreeSet<ItemKey>,
) -> Result<BTreeMap<ItemKey, Record>, SyncError> {
    let mut fetched = BTreeMap::new();
    let mut take = |records: Vec<Record>| {
        fetched.extend(records.into_iter().map(|record| (record.key, record)));
        Ok::<(), SyncError>(())
    };
    match &library.source {
        Source::Web(web) => {
            let unanswered = web.items_by_key(keys, copy.state.version, |page| take(page.records)).await?;
            let version = |key| copy.get(key).map(|record| record.version).unwrap_or_default();
            let pending: Vec<_> = unanswered.into_iter().map(|key| (key, version(key))).collect();
            copy.state.pending.extend(pending);
        }
        Source::Desktop(desktop) => desktop.items_by_key(keys, |batch| take(batch.records)).await?,
        Source::File(_) => {}
    }
    Ok(fetched)
}

/// The records of which the copy has less than it may.
fn lacking(run: Run<'_>, copy: &mut Copy) -> BTreeSet<ItemKey> {
    let withheld = match run.settings.store {
        Store::Publishable => judge(run, copy).records,
        Store::All => BTreeSet::new(),
    };
    let shorn = |record: &Record| copy.rules_changed && withheld_tags(record) > 0;
    let lacks = |record: &&Record| !withheld.contains(&record.key) && (record.withheld || shorn(record));
    copy.records.iter().filter(lacks).map(|record| record.key).collect()
}

/// What the rules withhold, with children and sub-collections; stubs that are withheld for their content stay so.
fn judge(run: Run<'_>, copy: &mut Copy) -> Withheld {
    let memory = copy.state.withheld_for_content.clone();
    let mut withheld =
        shown_bare(copy, |key| !memory.contains(&key), |records, collections| run.rules.withheld(records, collections));
    withheld.records.extend(
        copy.records
            .iter()
            .filter(|record| record.withheld)
            .map(|record| record.key)
            .filter(|key| memory.contains(key)),
    );
    withheld.collections.extend(copy.collections.values().filter(|known| known.withheld).map(|known| known.key));
    close(copy, &mut withheld);
    withheld
}

/// What the rules do not publish, whether the copy keeps it or not.
pub(super) fn unpublished(run: Run<'_>, copy: &mut Copy) -> BTreeSet<ItemKey> {
    match run.settings.store {
        Store::Publishable => copy.records.iter().filter(|record| record.withheld).map(|record| record.key).collect(),
        Store::All => judge(run, copy).records,
    }
}

/// Asks `question` with those stubs unmarked that `bare` names.
fn shown_bare<T>(
    copy: &mut Copy,
    bare: impl Fn(ItemKey) -> bool,
    question: impl FnOnce(&[Record], &[CollectionRecord]) -> T,
) -> T {
    let collections: Vec<_> = copy.collections.values().cloned().collect();
    let stubs: BTreeSet<_> = copy.records.iter().filter(|record| record.withheld).map(|record| record.key).collect();
    for record in copy.records.iter_mut().filter(|record| record.withheld) {
        record.withheld = !bare(record.key);
    }
    let answer = question(&copy.records, &collections);
    for record in &mut copy.records {
        record.withheld = stubs.contains(&record.key);
    }
    answer
}

/// Adds the children of what is withheld.
fn close(copy: &Copy, withheld: &mut Withheld) {
    let records = Tree::new(copy.records.iter().map(|record| (record.key, record.parent)));
    let own = withheld.records.clone();
    let hidden = |key: &ItemKey| records.lineage(*key).any(|key| own.contains(&key));
    withheld.records.extend(copy.records.iter().map(|record| record.key).filter(hidden));
    let collections = Tree::new(copy.collections.values().map(|known| (known.key, known.parent)));
    let own = withheld.collections.clone();
    let keys = copy.collections.keys().copied();
    withheld.collections.extend(keys.filter(|key| collections.lineage(*key).any(|key| own.contains(&key))));
}

/// Puts stubs in the place of what is withheld, and takes excluded tags out of the rest.
fn leave_out(run: Run<'_>, copy: &mut Copy, withheld: &Withheld) {
    for record in &mut copy.records {
        if withheld.records.contains(&record.key) {
            if !record.withheld {
                *record = record.stub();
            }
        } else if record.tags.iter().any(|tag| run.rules.excluded_tag(&tag.name)) {
            *record = without_tags(record, |name| run.rules.excluded_tag(name));
        }
    }
    for collection in copy.collections.values_mut() {
        if withheld.collections.contains(&collection.key) && !collection.withheld {
            *collection = collection.stub();
        }
    }
    copy.tag_colors.retain(|tag| !run.rules.excluded_tag(&tag.name));
}

/// The stubs that only what was in them withholds: what is left of them would be published. Their children follow them
/// and are not named.
fn for_content(run: Run<'_>, copy: &mut Copy, withheld: &Withheld) -> BTreeSet<ItemKey> {
    let mut bare = shown_bare(copy, |_| true, |records, collections| run.rules.withheld(records, collections));
    close(copy, &mut bare);
    let under_withheld = |record: &Record| record.parent.is_some_and(|parent| withheld.records.contains(&parent));
    let own = copy.records.iter().filter(|record| record.withheld && !under_withheld(record));
    own.map(|record| record.key).filter(|key| !bare.records.contains(key)).collect()
}

fn without_tags(record: &Record, excluded: impl Fn(&str) -> bool) -> Record {
    let mut object: Map<String, Value> = serde_json::from_str(record.raw()).unwrap_or_default();
    let left_before = withheld_tags(record);
    let Some(tags) = object.get_mut("data").and_then(|data| data["tags"].as_array_mut()) else { return record.clone() };
    let all = tags.len();
    tags.retain(|tag| !tag["tag"].as_str().is_some_and(&excluded));
    let left_out = left_before + (all - tags.len()) as u64;
    object.insert(WITHHELD_TAGS.into(), json!(left_out));
    Record::parse(&Value::from(object).to_string()).unwrap_or_else(|_| record.stub())
}

/// How many tags were left out of a record.
fn withheld_tags(record: &Record) -> u64 {
    if !record.raw().contains(WITHHELD_TAGS) {
        return 0;
    }
    let object: Value = serde_json::from_str(record.raw()).unwrap_or_default();
    object[WITHHELD_TAGS].as_u64().unwrap_or(0)
}
