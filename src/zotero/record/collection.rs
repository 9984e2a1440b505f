//! A collection as the API has it.

use serde::Deserialize;
use serde_json::Value;

use crate::zotero::record::envelope::{key_of, loose_version, replace_lone_surrogates, shape, truthy};
use crate::zotero::record::{CollectionKey, LibraryVersion, NotARecord};

/// A collection: a named place in a library's tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectionRecord {
    pub key: CollectionKey,
    pub version: LibraryVersion,
    /// Any text up to 255 characters; not unique.
    pub name: String,
    pub parent: Option<CollectionKey>,
    /// In the trash by its own flag; its parts have none.
    pub trashed: bool,
    /// Only key, version and parent are kept: the rules do not publish this collection.
    pub withheld: bool,
    raw: Box<str>,
}

impl CollectionRecord {
    /// Reads one object as the API sends it.
    ///
    /// # Errors
    /// When it is not JSON, or has no `data` with a key.
    pub fn parse(raw: &str) -> Result<Self, NotARecord> {
        let raw = replace_lone_surrogates(raw);
        let envelope: Envelope = serde_json::from_str(&raw).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => NotARecord::Shape(shape(&error)),
            _ => NotARecord::Json(error),
        })?;
        let data = envelope.data;
        let key = data.key.parse().map_err(|error| NotARecord::Shape(format!("{error}")))?;
        Ok(Self {
            key,
            version: LibraryVersion(envelope.version.or(data.version).unwrap_or_default()),
            name: data.name,
            parent: key_of(&data.parent_collection),
            trashed: truthy(&data.deleted),
            withheld: truthy(&data.withheld),
            raw: raw.into_owned().into_boxed_str(),
        })
    }

    /// The object as it came, on one line.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// What the cache keeps of a collection that the rules exclude: its place, not its name. That it is in the trash is kept,
    /// too: records are not withheld for standing in a trashed collection, but for standing in an excluded one.
    #[must_use]
    pub fn stub(&self) -> Self {
        let parent = self.parent.map_or(Value::from(false), |key| key.as_str().into());
        let mut data = serde_json::json!({
            "key": self.key, "version": self.version, "parentCollection": parent, "withheld": true,
        });
        if self.trashed {
            data["deleted"] = true.into();
        }
        let raw = serde_json::json!({"key": self.key, "version": self.version, "data": data});
        Self { name: String::new(), withheld: true, raw: raw.to_string().into(), ..self.clone() }
    }
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(default, deserialize_with = "loose_version")]
    version: Option<u64>,
    data: Data,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    key: String,
    #[serde(default, deserialize_with = "loose_version")]
    version: Option<u64>,
    #[serde(default)]
    name: String,
    #[serde(default)]
    parent_collection: Value,
    #[serde(default)]
    deleted: Value,
    #[serde(default)]
    withheld: Value,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parent_is_a_key_or_false() {
        let read = |parent: &str| {
            let raw =
                format!(r#"{{"version":4,"data":{{"key":"C4LLECTA","name":"CON","parentCollection":{parent}}}}}"#);
            CollectionRecord::parse(&raw).unwrap().parent.map(|key| key.to_string())
        };
        assert_eq!(read("false"), None);
        assert_eq!(read("\"PARENT22\""), Some("PARENT22".into()));
    }

    #[test]
    fn a_stub_keeps_the_place_and_loses_the_name() {
        for trashed in [false, true] {
            let raw = format!(
                r#"{{"version":4,"data":{{"key":"C4LLECTA","version":4,"name":"Secret","parentCollection":"PARENT22","deleted":{trashed}}}}}"#
            );
            let stub = CollectionRecord::parse(&raw).unwrap().stub();
            assert!(!stub.raw().contains("Secret") && stub.trashed == trashed);
            assert_eq!(CollectionRecord::parse(stub.raw()).unwrap(), stub);
        }
    }
}
