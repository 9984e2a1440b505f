//! A library in the owner's own files: a folder like the cache, or one file of records.
//!
//! | what | how it is read |
//! |---|---|
//! | a folder | `items.jsonl`, and if there: `collections.jsonl`, `settings.json`, `fulltext/KEY.txt`, `files/KEY/NAME` |
//! | `.json`, `.jsonl` | Zotero API objects, or CSL-JSON items, one array or one a line |
//! | `.bib` | BibTeX and BibLaTeX |
//! | `.ris` | RIS |
//!
//! Nothing here is ever written, and no path that a record names is followed out of the folder.

mod bibtex;
mod csl_json;
mod draft;
mod encoding;
mod folder;
mod json;
mod keys;
mod ris;

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
        if data.is_dir() {
            return folder::read(&self.path).map(FileLibrary::in_order);
        }
        self.kind()?;
        self.parse(fs::read(&self.path).map_err(self.unreadable())?)
    }

    /// The library that a file of this name with these bytes is; nothing is opened.
    ///
    /// # Errors
    /// As [`FileSource::read`].
    pub fn parse(&self, bytes: Vec<u8>) -> Result<FileLibrary, SourceError> {
        let kind = self.kind()?;
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let (text, problem) = match kind.as_str() {
            "bib" | "ris" => encoding::decode(bytes, &name),
            _ => (String::from_utf8(bytes).map_err(|_| self.format("it is not UTF-8 text", None))?, None),
        };
        let text = text.trim_start_matches('\u{feff}');
        let library = match kind.as_str() {
            "bib" => bibtex::read(text),
            "ris" => ris::read(text, &name),
            "jsonl" => Ok(json::lines(text, &name)),
            _ => json::array(text, &name),
        };
        let mut library = library.map_err(|error| self.format(&error.reason, error.place))?;
        library.problems.extend(problem);
        Ok(library.in_order())
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

    /// What the file's name ends with.
    fn kind(&self) -> Result<String, SourceError> {
        let kind = self.path.extension().and_then(|kind| kind.to_str()).unwrap_or_default().to_ascii_lowercase();
        let known = matches!(kind.as_str(), "json" | "jsonl" | "bib" | "ris");
        if known { Ok(kind) } else { Err(SourceError::Kind { path: self.path.clone() }) }
    }

    fn unreadable(&self) -> impl Fn(io::Error) -> SourceError {
        |source| SourceError::Read { path: self.path.clone(), source }
    }

    fn format(&self, reason: &str, place: Option<(usize, usize)>) -> SourceError {
        SourceError::Format { path: self.path.clone(), reason: reason.to_owned(), place }
    }
}

impl FileLibrary {
    /// Sorted, each key once, with what the records say of the library as a whole.
    fn in_order(mut self) -> Self {
        self.records.sort_by_key(|record| record.key);
        self.collections.sort_by_key(|collection| collection.key);
        json::drop_doubles(&mut self);
        let origin = self.records.iter().find_map(origin);
        (self.name, self.uri) = origin.map_or((None, None), |(name, uri)| (name, Some(uri)));
        let versions = self.records.iter().map(|record| record.version);
        self.version = versions.chain(self.collections.iter().map(|c| c.version)).max().unwrap_or_default();
        self
    }
}

/// A file's text that breaks its format, and where, if in one place: line and column, counted from 1.
#[derive(Debug)]
struct Malformed {
    reason: String,
    place: Option<(usize, usize)>,
}
