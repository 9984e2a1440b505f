//! The items of a library at the desktop program, in parts or by key.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::zotero::record::{ItemKey, LibraryVersion, LinkMode, Record, Skipped};
use crate::zotero::source::SourceError;
use crate::zotero::source::desktop::ask::Question;
use crate::zotero::source::desktop::{Desktop, DesktopError};
use crate::zotero::source::web::pages::{Objects, records};

/// How many records are asked for at once. The program would give all, but they would be held twice: as its text, and as
/// records.
pub const PAGE: u64 = 500;
/// How many keys one request may name, by the documentation of the Web API.
const KEYS: usize = 50;

/// Records as one answer brought them.
#[derive(Debug)]
pub struct Batch {
    /// The library's version with this answer.
    pub version: LibraryVersion,
    /// How many records the library holds; of those asked for by key, how many there are.
    pub total: u64,
    pub records: Vec<Record>,
    /// What in it was no record.
    pub skipped: Vec<Skipped>,
}

impl Desktop {
    /// All items, trashed ones too, each part given to `taken` as it comes.
    ///
    /// The program hashes the file of each attachment it shows, so a part may take long: one that does not come in time is
    /// asked for in halves. What is added meanwhile comes last. What is deleted meanwhile can move a record from one part to one that was asked
    /// for before, so a list of versions has to be asked for afterwards.
    ///
    /// # Errors
    /// When a part cannot be had, or `taken` fails.
    pub async fn items<E: From<SourceError>>(&self, mut taken: impl FnMut(Batch) -> Result<(), E>) -> Result<(), E> {
        let (mut start, mut total, mut size) = (0, 1, PAGE);
        while start < total {
            let (from, limit) = (start.to_string(), size.to_string());
            let query = [
                ("format", "json"),
                ("includeTrashed", "1"),
                ("sort", "dateAdded"),
                ("direction", "asc"),
                ("start", &*from),
                ("limit", &*limit),
            ];
            match self.batch(&query, size > 1).await {
                Ok(batch) => {
                    start += size;
                    total = batch.total;
                    taken(batch)?;
                }
                Err(error) if error.is_heavy() && size > 1 => size /= 2,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// The items with these keys. What is gone is not among them.
    ///
    /// # Errors
    /// When they cannot be had, or `taken` fails.
    pub async fn items_by_key<E: From<SourceError>>(
        &self,
        keys: &BTreeSet<ItemKey>,
        mut taken: impl FnMut(Batch) -> Result<(), E>,
    ) -> Result<(), E> {
        let keys: Vec<_> = keys.iter().map(ItemKey::as_str).collect();
        for chunk in keys.chunks(KEYS) {
            let list = chunk.join(",");
            let query = [("format", "json"), ("includeTrashed", "1"), ("itemKey", &*list)];
            let mut batch = self.batch(&query, false).await?;
            batch.records.retain(|record| chunk.contains(&record.key.as_str()));
            batch.skipped.retain(|skipped| chunk.contains(&skipped.place.as_str()));
            taken(batch)?;
        }
        Ok(())
    }

    async fn batch(&self, query: &[(&str, &str)], splittable: bool) -> Result<Batch, SourceError> {
        let question = Question { path: "items", query, unless_newer_than: None, splittable };
        let list = self.list::<Objects>(question).await?.ok_or(DesktopError::OtherServer)?;
        let (records, skipped) = records(&list.body);
        let records = records.into_iter().map(without_places).collect();
        Ok(Batch { version: list.version, total: list.total, records, skipped })
    }
}

/// A record without the place of its file: where that stands on this disk is nobody's business, and changes nothing. The
/// program also resolves the paths of linked files, which Zotero's server has as they were entered.
fn without_places(record: Record) -> Record {
    let linked = record.link_mode == Some(LinkMode::LinkedFile);
    if !linked && !record.raw().contains("\"file:") {
        return record;
    }
    let mut object: Value = serde_json::from_str(record.raw()).unwrap_or_default();
    if let Some(links) = object.get_mut("links").and_then(Value::as_object_mut) {
        links.retain(|_, link| !link["href"].as_str().is_some_and(|href| href.starts_with("file:")));
    }
    if linked && let Some(data) = object.get_mut("data").and_then(Value::as_object_mut) {
        data.shift_remove("path");
    }
    Record::parse(&object.to_string()).unwrap_or(record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_does_not_tell_where_its_file_stands() {
        let raw = concat!(
            r#"{"key":"AAAA2222","version":1,"links":{"self":{"href":"http://localhost:23119/api/users/0/items/AAAA2222"},"#,
            r#""enclosure":{"href":"file:///home/ida/Zotero/storage/AAAA2222/a.pdf"}},"#,
            r#""data":{"key":"AAAA2222","itemType":"attachment","title":"file: this one"}}"#
        );
        let record = without_places(Record::parse(raw).unwrap());
        assert!(!record.raw().contains("/home/ida") && record.raw().contains("file: this one"), "{}", record.raw());
        assert!(record.raw().contains("localhost:23119"));
        let raw = concat!(
            r#"{"key":"AAAA2222","data":{"key":"AAAA2222","itemType":"attachment","linkMode":"linked_file","#,
            r#""path":"/home/ida/a.pdf","title":"Linked"}}"#
        );
        let record = without_places(Record::parse(raw).unwrap());
        assert!(!record.raw().contains("/home/ida") && record.raw().contains("Linked"), "{}", record.raw());
    }
}
