//! `SitePath` and `OutputFile`: what the site consists of, before it is written.
//!
//! Nothing here touches the disk.

use std::fmt;
use std::path::PathBuf;

use crate::report::Hint;

/// A place in the site, relative to its root: `items/9ABCDEFG/index.html`.
///
/// Checked when it is made: no empty, `.` or `..` segment, no backslash, colon, or control character, no segment over 255
/// bytes. So joining it to the output folder never leads outside, on any system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(String);

/// Text that is no place in a site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` cannot be a path of the site: {reason}")]
pub struct UnsafePath {
    pub path: String,
    pub reason: &'static str,
}

impl SitePath {
    /// # Errors
    /// When the text could lead outside the site, or cannot be a file's name on some system.
    pub fn new(path: impl Into<String>) -> Result<Self, UnsafePath> {
        let path = path.into();
        let reason = path.split('/').find_map(fault);
        match reason {
            Some(reason) => Err(UnsafePath { path: path.chars().take(200).collect(), reason }),
            None => Ok(Self(path)),
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder it stands in, with a final slash; empty at the root.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.rfind('/').map_or("", |at| &self.0[..=at])
    }

    /// The last segment.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0[self.folder().len()..]
    }

    /// The address under which servers give it out: without `index.html`.
    #[must_use]
    pub fn address(&self) -> &str {
        if self.name() == "index.html" { self.folder() } else { &self.0 }
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn fault(segment: &str) -> Option<&'static str> {
    match segment {
        "" => Some("it has an empty part"),
        "." | ".." => Some("it leads elsewhere"),
        _ if segment.len() > 255 => Some("a part of it is longer than 255 bytes"),
        _ if segment.chars().any(|c| c.is_control() || matches!(c, '\\' | ':')) => {
            Some("it has a character that file systems refuse")
        }
        _ => None,
    }
}

/// A file of the site: where, for whom, and what is in it.
pub struct OutputFile<'a> {
    pub path: SitePath,
    /// Who wants it, in the owner's words: "the page of item 9ABCDEFG". Named when two want one path.
    pub owner: String,
    pub content: Content<'a>,
}

/// What is in a file.
pub enum Content<'a> {
    Bytes(Vec<u8>),
    /// A copy of a file outside the site.
    Copy(PathBuf),
    /// Made when the writer asks for it, on any thread.
    Later(Box<dyn FnOnce() -> Result<Vec<u8>, Failure> + Send + Sync + 'a>),
}

/// Why a file could not be made.
pub type Failure = Box<dyn Hint + Send + Sync>;

impl<'a> OutputFile<'a> {
    #[must_use]
    pub fn bytes(path: SitePath, owner: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path, owner: owner.into(), content: Content::Bytes(bytes.into()) }
    }

    #[must_use]
    pub fn copy(path: SitePath, owner: impl Into<String>, from: PathBuf) -> Self {
        Self { path, owner: owner.into(), content: Content::Copy(from) }
    }

    #[must_use]
    pub fn later(
        path: SitePath,
        owner: impl Into<String>,
        make: impl FnOnce() -> Result<Vec<u8>, Failure> + Send + Sync + 'a,
    ) -> Self {
        Self { path, owner: owner.into(), content: Content::Later(Box::new(make)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_outside_the_site() {
        for path in ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/./b", "a\\b", "C:/x", "a\0b", "a/"] {
            assert!(SitePath::new(path).is_err(), "{path}");
        }
        assert!(SitePath::new("x".repeat(256)).is_err());
    }

    #[test]
    fn the_address_of_an_index_is_its_folder() {
        let path = SitePath::new("items/9ABCDEFG/index.html").unwrap();
        assert_eq!((path.folder(), path.name(), path.address()), ("items/9ABCDEFG/", "index.html", "items/9ABCDEFG/"));
        assert_eq!(SitePath::new("index.html").unwrap().address(), "");
        assert_eq!(SitePath::new("feed.xml").unwrap().address(), "feed.xml");
    }
}
