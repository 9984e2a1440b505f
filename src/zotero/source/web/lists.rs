//! Everything of a library but its items: collections, deletions, settings, full texts, versions.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::zotero::record::{CollectionKey, CollectionRecord, ItemKey, Key, LibraryVersion, Skipped};
use crate::zotero::source::web::Web;
use crate::zotero::source::web::by_key::CATCH_UP;
use crate::zotero::source::web::http::{Answer, Ask, shown};
use crate::zotero::source::web::pages::{self, Objects, not_asked_for};
use crate::zotero::source::web::question::Question;
use crate::zotero::source::{Fault, SourceError};

/// A list and the library's version it belongs to.
#[derive(Clone, Debug, Default)]
pub struct Listed<T> {
    pub list: T,
    pub version: LibraryVersion,
}

/// What was deleted for good.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deleted {
    pub items: BTreeSet<ItemKey>,
    /// Of a deleted tree only the top collection is named.
    pub collections: BTreeSet<CollectionKey>,
    pub settings: BTreeSet<String>,
}

const PAGE: u64 = 100;

impl Web {
    /// The keys and versions of all items that changed after `since`, as one list of one moment.
    ///
    /// # Errors
    /// When they cannot be had.
    pub async fn item_versions(
        &self,
        since: LibraryVersion,
    ) -> Result<Listed<BTreeMap<ItemKey, LibraryVersion>>, SourceError> {
        self.versions(&self.asking(Question::ItemVersions(since))).await
    }

    /// The keys and versions of all collections, trashed ones included.
    ///
    /// # Errors
    /// When they cannot be had.
    pub async fn collection_versions(&self) -> Result<Listed<BTreeMap<CollectionKey, LibraryVersion>>, SourceError> {
        self.versions(&self.asking(Question::CollectionVersions)).await
    }

    /// The name of a group as it is now; None for all other libraries, and when it is not to be had.
    ///
    /// # Errors
    /// When Zotero does not answer.
    pub async fn group_name(&self) -> Result<Option<String>, SourceError> {
        if !self.is_group() {
            return Ok(None);
        }
        match self.http.json::<Value>(&self.asking(Question::Group)).await {
            Ok(answer) => Ok(answer.and_then(|answer| answer.body["data"]["name"].as_str().map(str::to_owned))),
            Err(error) if matches!(error.status(), Some(403 | 404)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The full texts that changed after `since`, each with its version.
    ///
    /// # Errors
    /// When they cannot be had.
    pub async fn text_versions(
        &self,
        since: LibraryVersion,
    ) -> Result<Listed<BTreeMap<ItemKey, LibraryVersion>>, SourceError> {
        self.versions(&self.asking(Question::TextVersions(since))).await
    }

    /// The collections that changed after `since`, trashed ones included.
    ///
    /// # Errors
    /// When they cannot be had, or change while they are listed.
    pub async fn collections(
        &self,
        since: LibraryVersion,
    ) -> Result<(Listed<Vec<CollectionRecord>>, Vec<Skipped>), SourceError> {
        let (mut listed, mut skipped, mut keys) = (Listed::<Vec<_>>::default(), Vec::new(), BTreeSet::new());
        // The list moved under the pages: a version that nothing else has makes the caller ask again.
        let moved = |listed| Listed { version: LibraryVersion(0), ..listed };
        for start in (0..).step_by(PAGE as usize) {
            let ask = self.asking(Question::Collections(since, start));
            let (answer, version) = self.list::<Objects>(&ask).await?;
            if start > 0 && version != listed.version {
                return Ok((moved(listed), skipped));
            }
            listed.version = version;
            let (collections, aside) = pages::collections(&answer.body);
            keys.extend(collections.iter().map(|collection| collection.key));
            listed.list.extend(collections);
            skipped.extend(aside);
            let total = answer.total.unwrap_or(0);
            if start + PAGE >= total {
                let complete = (keys.len() + skipped.len()) as u64 == total;
                return Ok((if complete { listed } else { moved(listed) }, skipped));
            }
        }
        unreachable!("a list ends")
    }

    /// What was deleted after `since`; None when the log does not reach back that far.
    ///
    /// # Errors
    /// When it cannot be had.
    pub async fn deleted(&self, since: LibraryVersion) -> Result<Option<Listed<Deleted>>, SourceError> {
        let answer = match self.list::<Value>(&self.asking(Question::Deleted(since))).await {
            Err(error) if error.status() == Some(409) => return Ok(None),
            answer => answer?,
        };
        let names = |kind: &str| answer.0.body[kind].as_array().into_iter().flatten().filter_map(Value::as_str);
        let list = Deleted {
            items: names("items").filter_map(|key| key.parse().ok()).collect(),
            collections: names("collections").filter_map(|key| key.parse().ok()).collect(),
            settings: names("settings").map(str::to_owned).collect(),
        };
        Ok(Some(Listed { list, version: answer.1 }))
    }

    /// The tags with colours, name and colour, if they changed after `since`.
    ///
    /// # Errors
    /// When they cannot be had.
    pub async fn tag_colors(
        &self,
        since: LibraryVersion,
    ) -> Result<Listed<Option<Vec<(String, String)>>>, SourceError> {
        let (answer, version) = self.list::<Value>(&self.asking(Question::Settings(since))).await?;
        Ok(Listed { list: tag_colors(&answer.body), version })
    }

    /// The full text of an attachment with its own version; None when there is none. It was `listed` at that version, so an
    /// answer that knows it not or an older one may come from a replica that is behind: it is asked for once more.
    ///
    /// # Errors
    /// When it cannot be had.
    pub async fn text(
        &self,
        key: ItemKey,
        listed: LibraryVersion,
    ) -> Result<Option<(LibraryVersion, String)>, SourceError> {
        let first = self.text_now(key).await?;
        if first.as_ref().is_some_and(|(version, _)| *version >= listed) {
            return Ok(first);
        }
        self.http.clock().wait(CATCH_UP).await;
        self.text_now(key).await
    }

    async fn text_now(&self, key: ItemKey) -> Result<Option<(LibraryVersion, String)>, SourceError> {
        let ask = self.ask(&format!("items/{key}/fulltext"), &[]);
        match self.http.json::<Value>(&ask).await {
            Err(error) if error.status() == Some(404) => Ok(None),
            Err(error) => Err(error),
            Ok(answer) => Ok(answer.and_then(|answer| {
                let content = answer.body["content"].as_str()?.to_owned();
                Some((answer.version.unwrap_or_default(), content))
            })),
        }
    }

    async fn versions<Kind>(&self, ask: &Ask<'_>) -> Result<Listed<BTreeMap<Key<Kind>, LibraryVersion>>, SourceError> {
        let (answer, version) = self.list::<Value>(ask).await?;
        Ok(Listed { list: versions(&answer.body), version })
    }

    /// A list that must say which version of the library it is of.
    async fn list<T: DeserializeOwned>(&self, ask: &Ask<'_>) -> Result<(Answer<T>, LibraryVersion), SourceError> {
        let answer = self.http.json::<T>(ask).await?.ok_or_else(|| not_asked_for(&ask.url))?;
        let what = || "a list without the library's version".to_owned();
        let version = answer
            .version
            .ok_or_else(|| SourceError::Unusable { source: Fault::Content { url: shown(&ask.url), what: what() } })?;
        Ok((answer, version))
    }
}

/// A map of keys to versions; empty ones come as `[]` too, and versions as text.
pub(in crate::zotero::source) fn versions<Kind>(body: &Value) -> BTreeMap<Key<Kind>, LibraryVersion> {
    let number = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());
    let entries = body.as_object().into_iter().flatten();
    entries.filter_map(|(key, version)| Some((key.parse().ok()?, LibraryVersion(number(version)?)))).collect()
}

/// The setting `tagColors`, if it is among the settings.
pub(in crate::zotero::source) fn tag_colors(settings: &Value) -> Option<Vec<(String, String)>> {
    let entry = |entry: &Value| Some((entry["name"].as_str()?.to_owned(), entry["color"].as_str()?.to_owned()));
    Some(settings.get("tagColors")?.get("value")?.as_array()?.iter().filter_map(entry).collect())
}
