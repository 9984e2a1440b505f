//! The hash Zotero names files by.

use std::fmt;
use std::str::FromStr;

use md5::Digest;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An MD5 hash, written as 32 lower-case hex digits. Zotero's name for a file's content; no proof against malice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Md5([u8; 16]);

/// Text that is no MD5 hash.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no MD5 hash (32 hex digits)")]
pub struct NotAnMd5(pub String);

/// Hashes bytes as they pass.
#[derive(Clone, Debug, Default)]
pub(super) struct Hasher(md5::Md5);

impl Hasher {
    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub(super) fn finish(self) -> Md5 {
        Md5(self.0.finalize().into())
    }
}

impl Md5 {
    /// The hash of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = Hasher::default();
        hasher.update(bytes);
        hasher.finish()
    }
}

impl FromStr for Md5 {
    type Err = NotAnMd5;

    fn from_str(text: &str) -> Result<Self, NotAnMd5> {
        let refuse = || NotAnMd5(text.chars().take(40).collect());
        if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(refuse());
        }
        u128::from_str_radix(text, 16).map(|number| Self(number.to_be_bytes())).map_err(|_| refuse())
    }
}

impl fmt::Display for Md5 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for Md5 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Md5 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Md5 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_32_hex_digits_and_written_in_lower_case() {
        assert_eq!(Md5::of(b"").to_string(), "d41d8cd98f00b204e9800998ecf8427e");
        assert_eq!("D41D8CD98F00B204E9800998ECF8427E".parse(), Ok(Md5::of(b"")));
        for text in ["", "+41d8cd98f00b204e9800998ecf8427e", "../../../../../../../../etc/passw"] {
            assert!(text.parse::<Md5>().is_err(), "{text}");
        }
    }
}
