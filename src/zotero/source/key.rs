//! The secret of this room.

use std::fmt;

use url::{Origin, Url};
use xxhash_rust::xxh3::xxh3_64;

/// An API key. It cannot be printed or serialised, and goes to the host it was given for and no other.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(String);

impl ApiKey {
    /// The key as the owner has it in the environment.
    #[must_use]
    pub fn new(value: &str) -> Self {
        Self(value.trim().to_owned())
    }

    /// Whether there is anything in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A key and the only origin it may be sent to.
#[derive(Clone, Debug)]
pub(super) struct Bound {
    key: ApiKey,
    origin: Origin,
}

impl Bound {
    pub(super) fn new(key: ApiKey, api: &Url) -> Self {
        Self { key, origin: api.origin() }
    }

    /// Tells the key from another one at the same API: 32 bits of a hash, which lead back to no key.
    pub(super) fn fingerprint(&self) -> String {
        let text = format!("{} {}", self.key.0, self.origin.ascii_serialization());
        format!("{:08x}", xxh3_64(text.as_bytes()) >> 32)
    }

    /// The key, if `url` is of its origin.
    pub(super) fn for_url(&self, url: &Url) -> Option<&str> {
        (url.origin() == self.origin).then_some(self.key.0.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_shows_stars_and_goes_to_its_own_host_only() {
        let key = ApiKey::new(" q7Zt0n3XkVbR2m9WcYdL5sHa\n");
        assert_eq!(format!("{key:?}"), "***");
        let bound = Bound::new(key, &"https://api.zotero.org".parse().unwrap());
        assert!(!format!("{bound:?}").contains("q7Zt"));
        assert!(bound.for_url(&"https://api.zotero.org/groups/1/items".parse().unwrap()).is_some());
        for url in ["http://api.zotero.org/", "https://api.zotero.org:444/", "https://api.zotero.org.evil.example/"] {
            assert!(bound.for_url(&url.parse().unwrap()).is_none(), "{url}");
        }
    }
}
