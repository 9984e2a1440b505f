//! Comparing the copy with everything that Zotero lists, now and then.
//!
//! A quiet answer cannot show that rights changed, that a log was wiped, that a server was put back, or that a library has
//! another name. Complete lists of keys and versions do, at four requests.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use crate::report::problem::{Kind, Level, Problem};
use crate::sync::copy::Copy;
use crate::sync::gathered::Gathered;
use crate::sync::{Run, SyncError, gather};
use crate::zotero::record::{CollectionKey, CollectionRecord, ItemKey, LibraryVersion};
use crate::zotero::source::SourceError;
use crate::zotero::source::web::Web;

/// Zotero's replicas may be behind one another by seconds; only what stays is believed.
const WAITS: [Duration; 2] = [Duration::from_secs(10), Duration::from_secs(20)];

static PUT_BACK: Kind = Kind {
    id: "library-put-back",
    level: Level::Warning,
    one: "a library stands at an earlier version than before; all of it was compared",
    many: "{n} libraries stand at earlier versions than before; all of them were compared",
    hint: Some("Zotero may have been restored from a backup; look whether the newest records are still there"),
};

/// Everything a library lists.
struct Listing {
    items: BTreeMap<ItemKey, LibraryVersion>,
    collections: BTreeMap<CollectionKey, LibraryVersion>,
    version: LibraryVersion,
}

/// What the copy lacks, has otherwise or has too much; None when it has just what Zotero lists.
pub(super) async fn compare(run: Run<'_>, web: &Arc<Web>, copy: &mut Copy) -> Result<Option<Gathered>, SyncError> {
    copy.state.zotero_name = web.group_name().await?.or(copy.state.zotero_name.take());
    let mut listing = ask(web).await?;
    for wait in WAITS {
        if listing.version < copy.state.version {
            run.clock.wait(wait).await;
            listing = ask(web).await?;
        }
    }
    if listing.version < copy.state.version {
        let versions = format!("version {} after {}", listing.version, copy.state.version);
        run.report.problem(Problem::new(&PUT_BACK, copy.state.library.to_string(), versions));
        return gather::everything(run, web, copy).await.map(Some);
    }
    copy.was_compared();
    difference(web, copy, listing).await
}

async fn ask(web: &Arc<Web>) -> Result<Listing, SourceError> {
    if !web.is_whole_library() {
        let items = web.item_versions(LibraryVersion(0)).await?;
        return Ok(Listing { items: items.list, collections: BTreeMap::new(), version: items.version });
    }
    let (items, collections) = tokio::try_join!(web.item_versions(LibraryVersion(0)), web.collection_versions())?;
    let version = items.version.min(collections.version);
    Ok(Listing { items: items.list, collections: collections.list, version })
}

/// Fetches what is listed otherwise than the copy has it. What changed since the copy's version comes along: the next
/// sync lists it again.
async fn difference(web: &Arc<Web>, copy: &Copy, listing: Listing) -> Result<Option<Gathered>, SyncError> {
    let gone: BTreeSet<_> = copy.keys().filter(|key| !listing.items.contains_key(key)).collect();
    let known = |key: &ItemKey| {
        let aside = copy.state.set_aside.get(key).map(|aside| aside.version);
        copy.get(*key).map(|record| record.version).or(aside)
    };
    let lacking: BTreeSet<_> =
        listing.items.iter().filter(|(key, version)| known(key) != Some(**version)).map(|(key, _)| *key).collect();
    let held = |collection: &CollectionRecord| (collection.key, collection.version);
    let same_collections = copy.collections.values().map(held).eq(listing.collections);
    if gone.is_empty() && lacking.is_empty() && same_collections {
        return Ok(None);
    }
    let mut found = Gathered { version: copy.state.version, gone, moved: true, ..Gathered::default() };
    let taken = |page: crate::zotero::source::web::Page| {
        found.skipped.extend(page.skipped);
        found.records.extend(page.records.into_iter().map(|record| (record.key, record)));
        Ok::<(), SyncError>(())
    };
    let unanswered = web.items_by_key(&lacking, listing.version, taken).await?;
    found.pending = unanswered.into_iter().map(|key| (key, listing.items[&key])).collect();
    if !same_collections {
        let (collections, skipped) = web.collections(LibraryVersion(0)).await?;
        found.skipped.extend(skipped);
        // One that moved while it was read is not all there is: the next audit compares again.
        found.collections_complete = collections.version > LibraryVersion(0);
        found.collections = collections.list;
    }
    Ok(Some(found))
}
