//! The fingerprint by which Zotero names the content of a file.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An MD5 digest as Zotero writes it: 32 lower-case hexadecimal digits. Safe as a file name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Md5(String);

/// Text that is no MD5 digest.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is no MD5 digest of 32 hexadecimal digits")]
pub struct NotAnMd5;

impl Md5 {
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<[u8; 16]> for Md5 {
    fn from(digest: [u8; 16]) -> Self {
        Self(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl FromStr for Md5 {
    type Err = NotAnMd5;

    fn from_str(text: &str) -> Result<Self, NotAnMd5> {
        let digits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        digits.then(|| Self(text.to_ascii_lowercase())).ok_or(NotAnMd5)
    }
}

impl TryFrom<String> for Md5 {
    type Error = NotAnMd5;

    fn try_from(text: String) -> Result<Self, NotAnMd5> {
        text.parse()
    }
}

impl From<Md5> for String {
    fn from(md5: Md5) -> Self {
        md5.0
    }
}

impl fmt::Display for Md5 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_thirty_two_hexadecimal_digits_are_a_digest() {
        assert_eq!(
            "D41D8CD98F00B204E9800998ECF8427E".parse::<Md5>().unwrap().as_str(),
            "d41d8cd98f00b204e9800998ecf8427e"
        );
        assert_eq!("../../etc/passwd".parse::<Md5>(), Err(NotAnMd5));
        assert_eq!(Md5::from([0; 16]).as_str(), "0".repeat(32));
    }
}
