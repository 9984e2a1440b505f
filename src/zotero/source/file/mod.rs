//! A library in the owner's own files: a folder like the cache, or one file of records.
//!
//! | what | how it is read |
//! |---|---|
//! | a folder | `items.jsonl`, and if there: `collections.jsonl`, `settings.json`, `fulltext/KEY.txt`, `files/KEY/NAME` |
//! | `.json`, `.jsonl` | Zotero API objects, or CSL-JSON items, one array or one a line |
//! | `.bib` | BibTeX and BibLaTeX |
//!
//! Nothing here is ever written, and no path that a record names is followed out of the folder.

mod bibtex;
mod csl_json;
mod draft;
mod folder;
mod json;
mod keys;
mod references;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::report::Problem;
use crate::zotero::record::{CollectionRecord, ItemKey, LibraryVersion, Record, Skipped};
use crate::zotero::source::{SourceError, origin};

/// A library in files.
#[derive(Clone, Debug)]
pub struct FileSource {
    path: PathBuf,
}

/// Everything such a library holds, read at once.
#[derive(Debug, Default)]
pub struct FileLibrary {
    /// The name its records give the library they were taken from.
    pub name: Option<String>,
    /// The prefix of that library's URIs.
    pub uri: Option<String>,
    /// The highest version among its records and collections.
    pub version: LibraryVersion,
    /// Sorted by key, each key once.
    pub records: Vec<Record>,
    /// Sorted by key, each key once.
    pub collections: Vec<CollectionRecord>,
    /// Tags with colours, name and colour.
    pub tag_colors: Vec<(String, String)>,
    /// The attachments that have a full text.
    pub texts: BTreeSet<ItemKey>,
    /// What in it was no record.
    pub skipped: Vec<Skipped>,
    pub problems: Vec<Problem>,
}

impl FileSource {
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the library.
    ///
    /// # Errors
    /// When it cannot be read, or is nothing zbib reads. A record that is none is a problem, not an error.
    pub fn read(&self) -> Result<FileLibrary, SourceError> {
        let data = fs::metadata(&self.path).map_err(self.unreadable())?;
        let mut library = if data.is_dir() { folder::read(&self.path)? } else { self.read_file()? };
        library.records.sort_by_key(|record| record.key);
        library.collections.sort_by_key(|collection| collection.key);
        json::drop_doubles(&mut library);
        let origin = library.records.iter().find_map(origin);
        (library.name, library.uri) = origin.map_or((None, None), |(name, uri)| (name, Some(uri)));
        let versions = library.records.iter().map(|record| record.version);
        library.version = versions.chain(library.collections.iter().map(|c| c.version)).max().unwrap_or_default();
        Ok(library)
    }

    /// The stored file of an attachment, if the folder has one.
    #[must_use]
    pub fn file(&self, key: ItemKey, name: &str) -> Option<PathBuf> {
        folder::file(&self.path, key, name)
    }

    /// The full text of an attachment, if the folder has one.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn text(&self, key: ItemKey) -> Result<Option<String>, SourceError> {
        folder::text(&self.path.join("fulltext").join(format!("{key}.txt")))
    }

    fn read_file(&self) -> Result<FileLibrary, SourceError> {
        let kind = self.path.extension().and_then(|kind| kind.to_str()).unwrap_or_default().to_ascii_lowercase();
        if !matches!(kind.as_str(), "json" | "jsonl" | "bib") {
            return Err(SourceError::Kind { path: self.path.clone() });
        }
        let text = String::from_utf8(fs::read(&self.path).map_err(self.unreadable())?)
            .map_err(|_| self.format("it is not UTF-8 text", None))?;
        let text = text.trim_start_matches('\u{feff}');
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        match kind.as_str() {
            "bib" => bibtex::read(text).map_err(|error| self.format(&error.reason, Some(error.place))),
            "jsonl" => Ok(json::lines(text, &name)),
            _ => json::array(text, &name).map_err(|error| self.format(&error.reason, Some(error.place))),
        }
    }

    fn unreadable(&self) -> impl Fn(io::Error) -> SourceError {
        |source| SourceError::Read { path: self.path.clone(), source }
    }

    fn format(&self, reason: &str, place: Option<(usize, usize)>) -> SourceError {
        SourceError::Format { path: self.path.clone(), reason: reason.to_owned(), place }
    }
}

/// A file's text that breaks its format, and where: line and column, counted from 1.
#[derive(Debug)]
struct Malformed {
    reason: String,
    place: (usize, usize),
}
