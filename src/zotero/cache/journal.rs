//! What an unfinished sync has fetched, for the next run to use.
//!
//! Pages and texts are whole files, so a run that is cut loses at most what was in flight. Nothing here is part of a
//! snapshot, and nothing withheld has been taken out yet.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::zotero::cache::disk::create_dir;
use crate::zotero::cache::disk::rename;
use crate::zotero::cache::fingerprint::Fingerprint;
use crate::zotero::cache::{CacheError, FullText};
use crate::zotero::record::{ItemKey, LibraryVersion, Record, Skipped};

/// The journal of one library.
#[derive(Clone, Debug)]
pub struct Journal {
    dir: PathBuf,
}

/// Records as they came in one answer. Each is valid at its own version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StagedPage {
    /// The version after which changes were asked for; 0 for everything.
    pub since: LibraryVersion,
    /// The library's version with this answer.
    pub version: LibraryVersion,
    /// The place of the page in the list: where it starts and how many it asked for; None for records asked by key.
    pub range: Option<(u64, u64)>,
    /// How long the list was.
    pub total: u64,
    /// What in the answer was no record.
    #[serde(default)]
    pub skipped: Vec<Skipped>,
    #[serde(skip)]
    pub records: Vec<Record>,
}

/// The first line of a page's file.
#[derive(Serialize, Deserialize)]
struct Header {
    #[serde(flatten)]
    page: StagedPage,
    records: usize,
}

impl Journal {
    pub(super) fn new(dir: PathBuf) -> Self {
        Self { dir }
    }

    /// Keeps a page.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_page(&self, page: &StagedPage) -> Result<(), CacheError> {
        let first = page.records.first().map_or("none", |record| record.key.as_str());
        let name = match page.range {
            Some((start, limit)) => format!("page-{start:08}-{limit}.jsonl"),
            None => format!("keys-{first}-{}.jsonl", page.version),
        };
        self.write(&name, &|file| {
            let (since, version, range, total) = (page.since, page.version, page.range, page.total);
            let skipped = page.skipped.clone();
            let page_only = StagedPage { since, version, range, total, skipped, records: Vec::new() };
            let header = Header { page: page_only, records: page.records.len() };
            writeln!(file, "{}", serde_json::to_string(&header)?)?;
            page.records.iter().try_for_each(|record| writeln!(file, "{}", record.raw()))
        })
    }

    /// The pages of an earlier run that asked for the same changes. Others, and damaged ones, are not given.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn pages(&self, since: LibraryVersion) -> Result<Vec<StagedPage>, CacheError> {
        let pages = self.names(".jsonl")?.into_iter().filter_map(|name| read_page(&self.dir.join(name)));
        Ok(pages.filter(|page| page.since == since).collect())
    }

    /// Keeps the full text of an attachment.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_text(&self, key: ItemKey, version: LibraryVersion, text: &str) -> Result<FullText, CacheError> {
        let name = format!("{key}-{version}.txt");
        self.write(&name, &|file| file.write_all(text.as_bytes()))?;
        Ok(FullText { version, path: self.dir.join(name), fingerprint: Fingerprint::of(text.as_bytes()) })
    }

    /// The texts of an earlier run, each in its newest version.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn texts(&self) -> Result<BTreeMap<ItemKey, FullText>, CacheError> {
        let mut texts: BTreeMap<ItemKey, FullText> = BTreeMap::new();
        for name in self.names(".txt")? {
            let path = self.dir.join(&name);
            let Some((key, version)) = name.strip_suffix(".txt").and_then(|stem| stem.split_once('-')) else {
                continue;
            };
            let (Ok(key), Ok(version)) = (key.parse(), version.parse().map(LibraryVersion)) else { continue };
            let Some(fingerprint) = Fingerprint::of_file(&path)? else { continue };
            if texts.get(&key).is_none_or(|known| known.version < version) {
                texts.insert(key, FullText { version, path, fingerprint });
            }
        }
        Ok(texts)
    }

    /// Forgets everything: the sync is done.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub fn clear(&self) -> Result<(), CacheError> {
        match fs::remove_dir_all(&self.dir) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(CacheError::writing(&self.dir)(error)),
            _ => Ok(()),
        }
    }

    /// Whether a file is one of this journal's.
    pub(super) fn holds(&self, path: &Path) -> bool {
        path.starts_with(&self.dir)
    }

    fn names(&self, suffix: &str) -> Result<Vec<String>, CacheError> {
        let entries = match fs::read_dir(&self.dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(CacheError::reading(&self.dir)(error)),
        };
        let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<_> = names.filter(|name| name.ends_with(suffix)).collect();
        names.sort();
        Ok(names)
    }

    /// A page that a power cut tears is dropped when read, so the disk is not waited for.
    fn write(&self, name: &str, write: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> Result<(), CacheError> {
        create_dir(&self.dir)?;
        let temporary = self.dir.join(format!("{name}.tmp"));
        let write_all = || {
            let mut file = io::BufWriter::new(fs::File::create(&temporary)?);
            write(&mut file)?;
            file.flush()
        };
        write_all().map_err(CacheError::writing(&temporary))?;
        rename(&temporary, &self.dir.join(name))
    }
}

fn read_page(path: &Path) -> Option<StagedPage> {
    let text = fs::read_to_string(path).ok()?;
    let (header, lines) = text.split_once('\n')?;
    let header: Header = serde_json::from_str(header).ok()?;
    let records: Vec<Record> = lines.lines().filter_map(|line| Record::parse(line).ok()).collect();
    (records.len() == header.records).then_some(StagedPage { records, ..header.page })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_texts_of_a_run_that_was_cut_are_found_again_and_torn_ones_are_not() {
        let dir = tempfile::tempdir().unwrap();
        let journal = Journal::new(dir.path().join("groups-1"));
        let record = Record::parse(r#"{"key":"AAAA2222","version":3,"data":{"itemType":"book"}}"#).unwrap();
        let page = StagedPage {
            since: LibraryVersion(0),
            version: LibraryVersion(9),
            range: Some((0, 100)),
            total: 250,
            skipped: Vec::new(),
            records: vec![record],
        };
        journal.keep_page(&page).unwrap();
        journal.keep_page(&StagedPage { range: Some((100, 100)), ..page.clone() }).unwrap();
        fs::write(dir.path().join("groups-1/page-00000100-100.jsonl"), "{\"since\":0").unwrap();
        assert_eq!(journal.pages(LibraryVersion(0)).unwrap(), [page]);
        assert!(journal.pages(LibraryVersion(5)).unwrap().is_empty());

        let text = journal.keep_text("AAAA2222".parse().unwrap(), LibraryVersion(7), "words").unwrap();
        assert_eq!(journal.texts().unwrap(), BTreeMap::from([("AAAA2222".parse().unwrap(), text)]));
        journal.clear().unwrap();
        assert!(journal.texts().unwrap().is_empty());
    }
}
