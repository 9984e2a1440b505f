//! Names of things in Zotero: libraries, their versions, and keys.

use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An object's key: eight characters, unique among the objects of its kind in one library.
///
/// Stored as bytes so that keys are small, `Copy`, and safe as parts of a path.
#[derive(Serialize)]
#[serde(transparent, bound = "")]
pub struct Key<Kind> {
    #[serde(serialize_with = "as_text")]
    bytes: [u8; 8],
    #[serde(skip)]
    kind: PhantomData<fn() -> Kind>,
}

/// Marks the keys of items, notes, attachments and annotations.
pub enum OfItem {}
/// Marks the keys of collections.
pub enum OfCollection {}

/// The key of an item, note, attachment or annotation.
pub type ItemKey = Key<OfItem>;
/// The key of a collection.
pub type CollectionKey = Key<OfCollection>;

/// Text that is no key: keys have eight capital letters or digits.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no Zotero key (eight capital letters or digits)")]
pub struct NotAKey(pub String);

impl<Kind> Key<Kind> {
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("a key is made of ASCII letters and digits only")
    }
}

impl<Kind> FromStr for Key<Kind> {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let valid = |bytes: &[u8; 8]| bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        let bytes = <[u8; 8]>::try_from(text.as_bytes()).ok().filter(valid);
        bytes.map(|bytes| Self { bytes, kind: PhantomData }).ok_or_else(|| NotAKey(text.chars().take(40).collect()))
    }
}

impl<'de, Kind> Deserialize<'de> for Key<Kind> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

fn as_text<S: Serializer>(bytes: &[u8; 8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(std::str::from_utf8(bytes).unwrap_or_default())
}

impl<Kind> Clone for Key<Kind> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<Kind> Copy for Key<Kind> {}
impl<Kind> PartialEq for Key<Kind> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}
impl<Kind> Eq for Key<Kind> {}
impl<Kind> PartialOrd for Key<Kind> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<Kind> Ord for Key<Kind> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.bytes.cmp(&other.bytes)
    }
}
impl<Kind> std::hash::Hash for Key<Kind> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}
impl<Kind> fmt::Display for Key<Kind> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
impl<Kind> fmt::Debug for Key<Kind> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The number Zotero raises at every change of a library; also the one at which an object was last written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LibraryVersion(pub u64);

impl fmt::Display for LibraryVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The kinds of libraries zbib reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LibraryKind {
    Group,
    User,
    /// The items of a user that are listed under "My Publications".
    Publications,
    /// A folder or file of the owner's.
    File,
}

/// Which library: `groups-123`, `users-7`, `publications-7`, `file-papers`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LibraryId {
    pub kind: LibraryKind,
    /// Zotero's number, or for a file a name made of letters, digits and hyphens.
    pub id: String,
}

impl LibraryId {
    /// The prefix of the URIs Zotero gives the items of this library; None for a file.
    ///
    /// See <https://www.zotero.org/support/dev/web_api/v3/basics>: `http`, without `www`.
    #[must_use]
    pub fn uri(&self) -> Option<String> {
        match self.kind {
            LibraryKind::Group => Some(format!("http://zotero.org/groups/{}", self.id)),
            LibraryKind::User | LibraryKind::Publications => Some(format!("http://zotero.org/users/{}", self.id)),
            LibraryKind::File => None,
        }
    }
}

impl fmt::Display for LibraryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            LibraryKind::Group => "groups",
            LibraryKind::User => "users",
            LibraryKind::Publications => "publications",
            LibraryKind::File => "file",
        };
        write!(f, "{kind}-{}", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_eight_capitals_or_digits_are_a_key() {
        assert_eq!("9ABCDEFG".parse::<ItemKey>().unwrap().as_str(), "9ABCDEFG");
        for text in ["", "9abcdefg", "../../et", "ABCDEFGHI", "ÄBCDEFG"] {
            assert!(text.parse::<ItemKey>().is_err(), "{text}");
        }
    }

    #[test]
    fn keys_are_plain_strings_in_json() {
        let key: CollectionKey = serde_json::from_str("\"C4LLECTA\"").unwrap();
        assert_eq!(serde_json::to_string(&key).unwrap(), "\"C4LLECTA\"");
    }
}
