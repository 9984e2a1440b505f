//! What came as an object of a library and is none.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::zotero::record::{ItemKey, LibraryVersion, NotARecord};

/// An object that cannot be read: it is left out, kept for whoever wants to see it, and asked for again when it changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Its key, if it has one; else the place where it stood, or how it begins.
    pub place: String,
    /// Why it is none, in words.
    pub reason: String,
    /// The object as it came, on one line.
    pub raw: String,
}

impl Skipped {
    /// How many characters of an object without a key are shown in its place.
    const SHOWN: usize = 60;

    /// An object that came from the API, on one line.
    #[must_use]
    pub fn new(raw: String, reason: &NotARecord) -> Self {
        let place = key_of(&raw).unwrap_or_else(|| raw.chars().take(Self::SHOWN).collect());
        Self { place, reason: reason.to_string(), raw }
    }

    /// A line of a file that stands at `place`.
    #[must_use]
    pub fn at(place: impl Into<String>, raw: impl Into<String>, reason: &dyn std::fmt::Display) -> Self {
        Self { place: place.into(), reason: reason.to_string(), raw: raw.into() }
    }

    /// Its key and version, if it has a valid key: a list of versions may name it.
    #[must_use]
    pub fn listed(&self) -> Option<(ItemKey, LibraryVersion)> {
        let object: Value = serde_json::from_str(&self.raw).ok()?;
        let version = object["version"].as_u64().or_else(|| object["version"].as_str()?.parse().ok());
        Some((self.place.parse().ok()?, LibraryVersion(version.unwrap_or_default())))
    }
}

fn key_of(raw: &str) -> Option<String> {
    let object: Value = serde_json::from_str(raw).ok()?;
    let key = object["key"].as_str().or_else(|| object["data"]["key"].as_str())?;
    key.parse::<ItemKey>().is_ok().then(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zotero::record::Record;

    fn skipped(raw: &str) -> Skipped {
        Skipped::new(raw.to_owned(), &Record::parse(raw).unwrap_err())
    }

    #[test]
    fn an_object_is_named_by_its_key_or_by_how_it_begins() {
        let with_key = skipped(r#"{"key":"AAAA2222","version":"7","data":{}}"#);
        assert_eq!(with_key.listed(), Some(("AAAA2222".parse().unwrap(), LibraryVersion(7))));
        assert_eq!(with_key.reason, "AAAA2222 has no `itemType`");
        let without = skipped(r#"{"key":"../../etc","version":7,"data":{"itemType":"book"}}"#);
        assert_eq!(without.listed(), None);
        assert!(without.place.starts_with(r#"{"key":"../../etc"#));
    }
}
