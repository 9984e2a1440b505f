//! Reading a snapshot, trusting nothing.

use std::collections::BTreeMap;
use std::fs;
use std::io;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::report::problem::{Kind, Level, Problem};
use crate::zotero::cache::fingerprint::Fingerprint;
use crate::zotero::cache::layout::{Layout, LibraryLayout, Part, next};
use crate::zotero::cache::state::FORMAT;
use crate::zotero::cache::{
    CacheError, FileStore, FullText, Held, LibrarySnapshot, Md5, Snapshot, State, StoredFile, TagColor,
};
use crate::zotero::record::{CollectionRecord, ItemKey, LibraryId, LibraryVersion, Record};

static DAMAGED: Kind = Kind {
    id: "cache-damaged",
    level: Level::Warning,
    one: "a part of the cache is damaged; what can be read is used",
    many: "{n} parts of the cache are damaged; what can be read is used",
    hint: Some("the next `zbib sync` fetches that library again"),
};

/// `settings.json`.
#[derive(Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct SettingsFile {
    #[serde(default)]
    pub(super) tag_colors: Vec<TagColor>,
}

/// `fulltext/index.json`: the texts with their own versions.
pub(super) type TextIndex = BTreeMap<ItemKey, TextEntry>;

/// One text in `fulltext/index.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TextEntry {
    pub(super) version: LibraryVersion,
    #[serde(flatten)]
    pub(super) fingerprint: Fingerprint,
}

pub(super) fn snapshot(layout: &Layout, ids: &[LibraryId]) -> Result<Snapshot, CacheError> {
    let mut snapshot = Snapshot::default();
    for id in ids {
        let held = library(layout, id)?;
        snapshot.problems.extend(held.problems);
        snapshot.libraries.push(held.library.ok_or_else(|| CacheError::NotSynced { library: id.clone() })?);
    }
    Ok(snapshot)
}

/// A sync may commit while this reads, so a part that does not fit is looked at again with the newer state.
pub(super) fn library(layout: &Layout, id: &LibraryId) -> Result<Held, CacheError> {
    let place = layout.library(id);
    let mut state_text = read(&place.state())?;
    loop {
        let held = library_at(&place, id, state_text.as_deref())?;
        let again = read(&place.state())?;
        if !held.library.as_ref().is_some_and(|library| library.damaged) || again == state_text {
            return Ok(held);
        }
        state_text = again;
    }
}

fn library_at(place: &LibraryLayout, id: &LibraryId, state: Option<&[u8]>) -> Result<Held, CacheError> {
    let Some(text) = state else { return Ok(Held { library: None, problems: Vec::new() }) };
    let known = |state: &State| state.format == FORMAT && state.library == *id;
    let Some(state) = serde_json::from_slice(text).ok().filter(known) else {
        let problem = Problem::new(&DAMAGED, id.to_string(), "state.json is not one of this version of zbib");
        return Ok(Held { library: None, problems: vec![problem] });
    };
    let mut reading = Reading { place, state: &state, damage: Vec::new() };
    let records = reading.lines(Part::Items, |line| Record::parse(line).ok(), |record| record.key)?;
    let collections =
        reading.lines(Part::Collections, |line| CollectionRecord::parse(line).ok(), |collection| collection.key)?;
    let settings: SettingsFile = reading.json(Part::Settings)?;
    let texts = reading.json(Part::FullText)?;
    let fulltext = reading.texts(&texts);
    let problem = |detail: String| Problem::new(&DAMAGED, id.to_string(), detail);
    let problems: Vec<_> = reading.damage.drain(..).map(problem).collect();
    let library = LibrarySnapshot {
        id: id.clone(),
        name: state.name.clone(),
        uri: state.uri.clone(),
        records,
        collections,
        tag_colors: settings.tag_colors,
        fulltext,
        files: files(place, &state),
        damaged: !problems.is_empty(),
        state,
    };
    Ok(Held { library: Some(library), problems })
}

/// The parts of one library as they are read, with the damage found on the way.
struct Reading<'a> {
    place: &'a LibraryLayout,
    state: &'a State,
    damage: Vec<String>,
}

impl Reading<'_> {
    /// The content of a part: the file under its name or the one that waits beside it, whichever the state names.
    fn part(&mut self, part: Part) -> Result<Vec<u8>, CacheError> {
        let path = self.place.part(part);
        let expected = self.state.parts.get(part.path());
        let current = read(&path)?;
        let fits = |bytes: &[u8]| expected == Some(&Fingerprint::of(bytes));
        if current.as_deref().is_some_and(fits) {
            return Ok(current.unwrap_or_default());
        }
        if let Some(waiting) = read(&next(&path))?.filter(|bytes| fits(bytes)) {
            return Ok(waiting);
        }
        self.damage.push(format!("{} is not what the last sync wrote", part.path()));
        Ok(current.unwrap_or_default())
    }

    fn json<T: Default + for<'de> Deserialize<'de>>(&mut self, part: Part) -> Result<T, CacheError> {
        let bytes = self.part(part)?;
        Ok(serde_json::from_slice(&bytes).unwrap_or_else(|_| {
            self.damage.push(format!("{} cannot be read", part.path()));
            T::default()
        }))
    }

    fn lines<T: Send, Key: Ord>(
        &mut self,
        part: Part,
        parse: impl Fn(&str) -> Option<T> + Sync,
        key: impl Fn(&T) -> Key,
    ) -> Result<Vec<T>, CacheError> {
        let bytes = self.part(part)?;
        let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
        let parse_line = |line: &&[u8]| std::str::from_utf8(line).ok().and_then(&parse);
        let parsed: Vec<Option<T>> = lines.par_iter().map(parse_line).collect();
        let mut read: Vec<T> = parsed.into_iter().flatten().collect();
        if read.len() < lines.len() {
            self.damage.push(format!("{}: {} lines cannot be read", part.path(), lines.len() - read.len()));
        }
        read.sort_by_key(&key);
        read.dedup_by_key(|value| key(value));
        Ok(read)
    }

    /// The texts whose files are there with the right size; content is checked when a text is read.
    fn texts(&mut self, index: &TextIndex) -> BTreeMap<ItemKey, FullText> {
        let mut texts = BTreeMap::new();
        let mut lost = 0;
        for (key, entry) in index {
            let path = self.place.text(*key);
            let size = |path| fs::metadata(path).map(|data| data.len()).ok();
            let there = [size(path.clone()), size(next(&path))].contains(&Some(entry.fingerprint.size));
            if there {
                texts.insert(*key, FullText { version: entry.version, path, fingerprint: entry.fingerprint });
            } else {
                lost += 1;
            }
        }
        if lost > 0 {
            self.damage.push(format!("fulltext: {lost} texts are missing"));
        }
        texts
    }
}

/// The stored files, also under the hashes of the old ZIPs they were the main files of.
fn files(place: &LibraryLayout, state: &State) -> BTreeMap<Md5, StoredFile> {
    let mut files: BTreeMap<Md5, StoredFile> = FileStore::new(place.files()).all().collect();
    for (zip, main) in &state.main_files {
        if let Some(file) = files.get(main).cloned() {
            files.insert(*zip, file);
        }
    }
    files
}

/// The content of a file; None when there is none.
pub(super) fn read(path: &std::path::Path) -> Result<Option<Vec<u8>>, CacheError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(CacheError::reading(path)(error)),
    }
}
