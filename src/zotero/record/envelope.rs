//! One object of a library's items: what every reader of it needs, around the text as it came.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::zotero::record::{CollectionKey, ItemKey, LibraryVersion};

/// An item, note, attachment or annotation as the API has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub key: ItemKey,
    pub version: LibraryVersion,
    /// `journalArticle`, `note`, `attachment`, …; may be one that the schema does not know.
    pub item_type: String,
    pub parent: Option<ItemKey>,
    pub collections: Vec<CollectionKey>,
    pub tags: Vec<Tag>,
    /// In Zotero's trash by its own flag; its children have none.
    pub trashed: bool,
    /// How an attachment is kept; None for all other types.
    pub link_mode: Option<LinkMode>,
    /// Only a stub is kept: the rules do not publish this record.
    pub withheld: bool,
    /// The object as it came: one line of JSON.
    raw: Box<str>,
}

/// A tag on a record.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Tag {
    #[serde(rename = "tag")]
    pub name: String,
    /// 1 for tags that came with an import, 0 or nothing for the owner's own.
    #[serde(default, rename = "type", deserialize_with = "loose_number")]
    pub kind: u64,
}

impl Tag {
    /// Whether the tag came with an import.
    #[must_use]
    pub fn automatic(&self) -> bool {
        self.kind == 1
    }
}

/// How an attachment is kept. See <https://www.zotero.org/support/dev/web_api/v3/file_upload>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkMode {
    ImportedFile,
    /// Saved from the web; HTML is a snapshot.
    ImportedUrl,
    /// A path on the owner's own disk; never published.
    LinkedFile,
    LinkedUrl,
    /// An image inside a note.
    EmbeddedImage,
    /// One that is newer than this program.
    Unknown,
}

impl LinkMode {
    /// Whether Zotero may hold bytes for it.
    #[must_use]
    pub fn stored(self) -> bool {
        matches!(self, Self::ImportedFile | Self::ImportedUrl | Self::EmbeddedImage)
    }
}

/// Why a piece of JSON is no record.
#[derive(Debug, thiserror::Error)]
pub enum NotARecord {
    #[error("it is not JSON")]
    Json(#[source] serde_json::Error),
    #[error("{0}")]
    Shape(String),
}

impl Record {
    /// Reads one object as the API sends it, or a stub as the cache keeps it.
    ///
    /// # Errors
    /// When it is not JSON, or has no `data` with a key and an item type.
    pub fn parse(raw: &str) -> Result<Self, NotARecord> {
        let raw = replace_lone_surrogates(raw);
        let envelope: Envelope<'_> = serde_json::from_str(&raw).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => NotARecord::Shape(shape(&error)),
            _ => NotARecord::Json(error),
        })?;
        let data = envelope.data;
        let key: ItemKey = data
            .key
            .or(envelope.key)
            .unwrap_or_default()
            .parse()
            .map_err(|error| NotARecord::Shape(format!("{error}")))?;
        let item_type = data.item_type.filter(|name| !name.is_empty());
        Ok(Self {
            key,
            version: LibraryVersion(envelope.version.or(data.version).unwrap_or_default()),
            item_type: item_type.ok_or_else(|| NotARecord::Shape(format!("{key} has no `itemType`")))?,
            parent: key_of(&data.parent_item),
            collections: list(data.collections).iter().filter_map(key_of).collect(),
            tags: list(data.tags).into_iter().filter_map(|tag| serde_json::from_value(tag).ok()).collect(),
            trashed: truthy(&data.deleted),
            link_mode: data.link_mode.as_str().map(link_mode),
            withheld: truthy(&data.withheld),
            raw: raw.into_owned().into_boxed_str(),
        })
    }

    /// The object as it came, on one line.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The object's `data`: its fields as the API names them.
    #[must_use]
    pub fn data(&self) -> Map<String, Value> {
        #[derive(Deserialize)]
        struct Data {
            data: Map<String, Value>,
        }
        serde_json::from_str(&self.raw).map(|object: Data| object.data).unwrap_or_default()
    }

    /// The stub the cache keeps of a record that the rules withhold: nothing of its content.
    #[must_use]
    pub fn stub(&self) -> Self {
        let mut data = Map::new();
        data.insert("key".into(), self.key.as_str().into());
        data.insert("version".into(), self.version.0.into());
        data.insert("itemType".into(), self.item_type.clone().into());
        if let Some(parent) = self.parent {
            data.insert("parentItem".into(), parent.as_str().into());
        }
        data.insert("collections".into(), self.collections.iter().map(|key| key.as_str()).collect());
        data.insert("withheld".into(), true.into());
        let mut object = Map::new();
        object.insert("key".into(), self.key.as_str().into());
        object.insert("version".into(), self.version.0.into());
        object.insert("data".into(), data.into());
        let raw = Value::from(object).to_string().into_boxed_str();
        Self { tags: Vec::new(), trashed: false, link_mode: None, withheld: true, raw, ..self.clone() }
    }

    /// Whether its text is a stub's, which says nothing of tags and content; it may be shown to the rules unmarked.
    #[must_use]
    pub fn is_stub(&self) -> bool {
        self.raw.contains(r#""withheld":true"#)
    }

    /// The same record with its `data` replaced.
    #[must_use]
    pub fn with_data(&self, data: Map<String, Value>) -> Self {
        let mut object: Map<String, Value> = serde_json::from_str(&self.raw).unwrap_or_default();
        object.insert("data".into(), data.into());
        let raw = Value::from(object).to_string();
        Self::parse(&raw).unwrap_or_else(|_| self.clone())
    }
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, default)]
    key: Option<Cow<'a, str>>,
    #[serde(default, deserialize_with = "loose_version")]
    version: Option<u64>,
    #[serde(borrow)]
    data: DataEnvelope<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DataEnvelope<'a> {
    #[serde(borrow, default)]
    key: Option<Cow<'a, str>>,
    #[serde(default, deserialize_with = "loose_version")]
    version: Option<u64>,
    #[serde(default)]
    item_type: Option<String>,
    #[serde(default)]
    parent_item: Value,
    #[serde(default)]
    collections: Value,
    #[serde(default)]
    tags: Value,
    #[serde(default)]
    deleted: Value,
    #[serde(default)]
    link_mode: Value,
    #[serde(default)]
    withheld: Value,
}

/// What the parser says of an object's shape, in words that do not know this program.
pub(super) fn shape(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
        Some(field) => format!("it has no `{field}`"),
        None => format!("it is not made like Zotero's records, from column {} on", error.column()),
    }
}

/// The entries of a list; of anything else none.
fn list(value: Value) -> Vec<Value> {
    if let Value::Array(entries) = value { entries } else { Vec::new() }
}

pub(super) fn key_of<Kind>(value: &Value) -> Option<super::Key<Kind>> {
    value.as_str().and_then(|text| text.parse().ok())
}

/// Zotero writes `1` on items and `true` on collections, and leaves the property out otherwise.
pub(super) fn truthy(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_f64().is_some_and(|number| number != 0.0),
        Value::String(text) => !matches!(text.as_str(), "" | "0" | "false"),
        _ => false,
    }
}

/// Versions are numbers, in old data also numbers in quotes.
pub(super) fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

pub(super) fn loose_version<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(number(&Value::deserialize(deserializer)?))
}

fn loose_number<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    Ok(loose_version(deserializer)?.unwrap_or_default())
}

fn link_mode(name: &str) -> LinkMode {
    match name {
        "imported_file" => LinkMode::ImportedFile,
        "imported_url" => LinkMode::ImportedUrl,
        "linked_file" => LinkMode::LinkedFile,
        "linked_url" => LinkMode::LinkedUrl,
        "embedded_image" => LinkMode::EmbeddedImage,
        _ => LinkMode::Unknown,
    }
}

/// JSON may escape half of a surrogate pair, which is no character; it becomes U+FFFD instead of losing the record.
pub(super) fn replace_lone_surrogates(raw: &str) -> Cow<'_, str> {
    if !raw.contains("\\ud") && !raw.contains("\\uD") {
        return Cow::Borrowed(raw);
    }
    let unit = |at: usize| raw.get(at + 2..at + 6).and_then(|hex| u16::from_str_radix(hex, 16).ok());
    let mut text = String::with_capacity(raw.len());
    let mut at = 0;
    while let Some(found) = raw[at..].find('\\') {
        let start = at + found;
        text.push_str(&raw[at..start]);
        let high = raw[start..].starts_with("\\u").then(|| unit(start)).flatten();
        let low = raw.get(start + 6..).filter(|rest| rest.starts_with("\\u")).and_then(|_| unit(start + 6));
        let (piece, length) = match (high, low) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (&raw[start..start + 12], 12),
            (Some(0xD800..=0xDFFF), _) => ("\\ufffd", 6),
            (Some(_), _) => (&raw[start..start + 6], 6),
            (None, _) => {
                let next = raw[start + 1..].chars().next().map_or(0, char::len_utf8);
                (&raw[start..start + 1 + next], 1 + next)
            }
        };
        text.push_str(piece);
        at = start + length;
    }
    text.push_str(&raw[at..]);
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_keeps_its_text_and_tolerates_zoteros_variants() {
        let raw = r#"{"key":"KQ7F2XWA","version":"57","data":{"key":"KQ7F2XWA","itemType":"book","deleted":1,"tags":[{"tag":"0"},{"tag":"x","type":1},7],"collections":["C4LLECTA","../x"],"future":{"a":1}}}"#;
        let record = Record::parse(raw).unwrap();
        assert_eq!(record.version, LibraryVersion(57));
        assert!(record.trashed);
        assert_eq!(record.tags.len(), 2);
        assert!(record.tags[1].automatic());
        assert_eq!(record.collections.len(), 1);
        assert_eq!(record.raw(), raw);
    }

    #[test]
    fn what_is_no_record_is_refused_with_a_reason() {
        for (raw, reason) in [
            ("<html>", "not JSON"),
            (r#"{"key":"KQ7F2XWA"}"#, "data"),
            (r#"{"key":"../../etc","data":{"itemType":"book"}}"#, "no Zotero key"),
            (r#"{"key":"KQ7F2XWA","data":{}}"#, "itemType"),
        ] {
            let error = Record::parse(raw).unwrap_err().to_string();
            assert!(error.contains(reason), "{raw}: {error}");
        }
    }

    #[test]
    fn a_stub_shows_nothing_of_the_content() {
        let raw = r#"{"key":"KQ7F2XWA","version":5,"data":{"key":"KQ7F2XWA","version":5,"itemType":"note","note":"secret","tags":[{"tag":"hidden"}],"collections":[]}}"#;
        let stub = Record::parse(raw).unwrap().stub();
        assert!(!stub.raw().contains("secret") && !stub.raw().contains("hidden"));
        assert_eq!(Record::parse(stub.raw()).unwrap(), stub);
    }

    #[test]
    fn half_a_surrogate_pair_does_not_cost_the_record() {
        let raw = r#"{"key":"KQ7F2XWA","data":{"itemType":"book","title":"a\\ud83d \ud83d\ude00 \ud83d z\udc00"}}"#;
        let record = Record::parse(raw).unwrap();
        assert_eq!(record.data()["title"], "a\\ud83d 😀 \u{fffd} z\u{fffd}");
    }
}
