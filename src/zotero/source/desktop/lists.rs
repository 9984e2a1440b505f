//! What stands beside the items at the desktop program: versions, collections, tag colours, full texts.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::zotero::record::{CollectionRecord, ItemKey, LibraryVersion, Skipped, Tree};
use crate::zotero::source::SourceError;
use crate::zotero::source::desktop::Desktop;
use crate::zotero::source::desktop::ask::Question;
use crate::zotero::source::web::lists::{tag_colors, versions};
use crate::zotero::source::web::pages::{Objects, collections};

/// Only if the library is newer than this.
pub type Condition = Option<LibraryVersion>;

/// The keys of all items with their versions, as one list of one moment.
#[derive(Clone, Debug, Default)]
pub struct Versions {
    pub items: BTreeMap<ItemKey, LibraryVersion>,
    /// The library's own.
    pub version: LibraryVersion,
}

impl Desktop {
    /// The versions of all items, trashed ones too; None when the library is not newer than the condition.
    ///
    /// # Errors
    /// When they cannot be had.
    pub async fn item_versions(&self, condition: Condition) -> Result<Option<Versions>, SourceError> {
        let query = [("format", "versions"), ("includeTrashed", "1")];
        let list = self
            .list::<Value>(Question { path: "items", query: &query, unless_newer_than: condition, splittable: false })
            .await?;
        Ok(list.map(|list| Versions { items: versions(&list.body), version: list.version }))
    }

    /// All collections but those in the trash and their parts, with the library's version.
    ///
    /// # Errors
    /// When they cannot be had.
    pub async fn collections(&self) -> Result<(Vec<CollectionRecord>, LibraryVersion, Vec<Skipped>), SourceError> {
        let list = self
            .list::<Objects>(Question { path: "collections", query: &[("format", "json")], ..Question::default() })
            .await?;
        let Some(list) = list else { return Ok(Default::default()) };
        let (collections, skipped) = collections(&list.body);
        Ok((without_orphans(collections), list.version, skipped))
    }

    /// The tags with colours, name and colour; None when the program does not tell.
    ///
    /// Zotero 7 to 10 answer `{}` for the user's own library, whatever its colours are, and do not know those of groups.
    ///
    /// # Errors
    /// When the program does not answer.
    pub async fn tag_colors(&self) -> Result<Option<Vec<(String, String)>>, SourceError> {
        let answer = self.ask(Question { path: "settings", ..Question::default() }).await?;
        if answer.status == 200 { Ok(tag_colors(&answer.json()?)) } else { Ok(None) }
    }

    /// All full texts, each with its version: 0 for those that were never synchronised.
    ///
    /// # Errors
    /// When they cannot be had.
    pub async fn text_versions(&self) -> Result<Option<BTreeMap<ItemKey, LibraryVersion>>, SourceError> {
        let answer = self.ask(Question { path: "fulltext", query: &[("since", "0")], ..Question::default() }).await?;
        if answer.status == 200 { Ok(Some(versions(&answer.json()?))) } else { Ok(None) }
    }

    /// The full text of an attachment; None when there is none.
    ///
    /// # Errors
    /// When it cannot be had.
    pub async fn text(&self, key: ItemKey) -> Result<Option<String>, SourceError> {
        let answer = self.ask(Question { path: &format!("items/{key}/fulltext"), ..Question::default() }).await?;
        if answer.status != 200 {
            return Ok(None);
        }
        let body: Value = answer.json()?;
        Ok(body["content"].as_str().map(str::to_owned))
    }
}

/// The collections whose parents are all there: a trashed collection is left out of the list, and what is in it goes from
/// navigation with it, as it would if the trashed one were listed as such.
fn without_orphans(collections: Vec<CollectionRecord>) -> Vec<CollectionRecord> {
    let tree = Tree::new(collections.iter().map(|collection| (collection.key, collection.parent)));
    let lost = |key| tree.lineage(key).any(|key| tree.orphans.contains(&key));
    collections.into_iter().filter(|collection| !lost(collection.key)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_trashed_collection_go_with_it_and_circles_stay() {
        let collection = |key: &str, parent: &str| {
            let raw = format!(r#"{{"key":"{key}","data":{{"key":"{key}","name":"x","parentCollection":{parent}}}}}"#);
            CollectionRecord::parse(&raw).unwrap()
        };
        let all = vec![
            collection("TOPAAAAA", "false"),
            collection("SUBAAAAA", r#""TOPAAAAA""#),
            collection("LOSTAAAA", r#""TRASHEDA""#),
            collection("LOSTBBBB", r#""LOSTAAAA""#),
            collection("CIRCLEAA", r#""CIRCLEBB""#),
            collection("CIRCLEBB", r#""CIRCLEAA""#),
        ];
        let left: Vec<_> = without_orphans(all).into_iter().map(|collection| collection.key.to_string()).collect();
        assert_eq!(left, ["TOPAAAAA", "SUBAAAAA", "CIRCLEAA", "CIRCLEBB"]);
    }
}
