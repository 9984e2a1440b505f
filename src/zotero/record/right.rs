//! What an API key may do with a library: <https://www.zotero.org/support/dev/web_api/v3/basics#authentication>.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One thing a key may do with a library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// Read its items and collections.
    Library,
    /// Read its attachment files.
    Files,
    /// Read its notes.
    Notes,
    /// Change it. zbib never does.
    Write,
}

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Library => "read the library",
            Self::Files => "read its files",
            Self::Notes => "read its notes",
            Self::Write => "change it",
        })
    }
}
