//! Making a new snapshot the current one, all or nothing.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::zotero::cache::disk::{remove, rename, sync_dir, write_synced};
use crate::zotero::cache::fingerprint::Fingerprint;
use crate::zotero::cache::layout::{LibraryLayout, Part, next};
use crate::zotero::cache::read::{SettingsFile, TextEntry, TextIndex, read};
use crate::zotero::cache::{CacheError, FullText, Journal, State, TagColor};
use crate::zotero::record::{CollectionRecord, ItemKey, Record};

/// What a library's snapshot is to be.
#[derive(Debug)]
pub struct Contents<'a> {
    pub state: &'a State,
    /// Sorted by key.
    pub records: &'a [Record],
    /// Sorted by key.
    pub collections: &'a [CollectionRecord],
    pub tag_colors: &'a [TagColor],
    /// All texts: those of the last snapshot that stay, and those from the journal.
    pub fulltext: &'a BTreeMap<ItemKey, FullText>,
}

/// Writes a file, the same bytes each time it is asked.
type WriteFile<'a> = dyn Fn(&mut dyn Write) -> io::Result<()> + 'a;

pub(super) fn commit(place: &LibraryLayout, journal: &Journal, contents: &Contents<'_>) -> Result<(), CacheError> {
    settle(place)?;
    stage_texts(place, journal, contents.fulltext)?;
    let mut state = contents.state.clone();
    state.parts = Part::ALL
        .into_iter()
        .map(|part| Ok((part.path().to_owned(), stage(&place.part(part), &|file| write_part(part, contents, file))?)))
        .collect::<Result<_, CacheError>>()?;
    let text = format!("{}\n", serde_json::to_string_pretty(&state).expect("a state is JSON"));
    if read(&place.state())?.as_deref() != Some(text.as_bytes()) {
        write_synced(&next(&place.state()), &|file| file.write_all(text.as_bytes()))?;
        sync_dir(place.dir())?;
        rename(&next(&place.state()), &place.state())?;
        sync_dir(place.dir())?;
    }
    settle(place)
}

/// Writes a part beside its place, unless what stands there is the same already.
fn stage(path: &Path, write: &WriteFile<'_>) -> Result<Fingerprint, CacheError> {
    let fingerprint = Fingerprint::of_written(write).map_err(CacheError::writing(path))?;
    if Fingerprint::of_file(path)? != Some(fingerprint) {
        write_synced(&next(path), write)?;
    }
    Ok(fingerprint)
}

fn write_part(part: Part, contents: &Contents<'_>, file: &mut dyn Write) -> io::Result<()> {
    match part {
        Part::Items => contents.records.iter().try_for_each(|record| writeln!(file, "{}", record.raw())),
        Part::Collections => contents.collections.iter().try_for_each(|record| writeln!(file, "{}", record.raw())),
        Part::Settings => {
            let settings = SettingsFile { tag_colors: contents.tag_colors.to_vec() };
            writeln!(file, "{}", serde_json::to_string_pretty(&settings)?)
        }
        Part::FullText => {
            let entry = |text: &FullText| TextEntry { version: text.version, fingerprint: text.fingerprint };
            let index: TextIndex = contents.fulltext.iter().map(|(key, text)| (*key, entry(text))).collect();
            writeln!(file, "{}", serde_json::to_string_pretty(&index)?)
        }
    }
}

/// Puts the texts that come from the journal beside their places.
fn stage_texts(
    place: &LibraryLayout,
    journal: &Journal,
    texts: &BTreeMap<ItemKey, FullText>,
) -> Result<(), CacheError> {
    for (key, text) in texts.iter().filter(|(_, text)| journal.holds(&text.path)) {
        let path = place.text(*key);
        let bytes = fs::read(&text.path).map_err(CacheError::reading(&text.path))?;
        if Fingerprint::of_file(&path)? != Some(text.fingerprint) {
            write_synced(&next(&path), &|file| file.write_all(&bytes))?;
        }
    }
    Ok(())
}

/// Gives the files that wait beside their places their names, if the current state names them, and drops all others.
pub(super) fn settle(place: &LibraryLayout) -> Result<(), CacheError> {
    remove(&next(&place.state()))?;
    let state: Option<State> = read(&place.state())?.and_then(|text| serde_json::from_slice(&text).ok());
    for part in Part::ALL {
        let named = state.as_ref().and_then(|state| state.parts.get(part.path())).copied();
        settle_file(&place.part(part), named)?;
    }
    let index = read(&place.part(Part::FullText))?;
    let index: Option<TextIndex> = index.and_then(|text| serde_json::from_slice(&text).ok());
    settle_texts(place, &index.unwrap_or_default())
}

fn settle_texts(place: &LibraryLayout, index: &TextIndex) -> Result<(), CacheError> {
    for entry in fs::read_dir(place.texts()).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some((stem, waiting)) = name.to_str().and_then(text_name) else { continue };
        let named = stem.parse().ok().and_then(|key: ItemKey| index.get(&key));
        match named {
            Some(named) if waiting => settle_file(&place.texts().join(format!("{stem}.txt")), Some(named.fingerprint))?,
            Some(_) => {}
            None => remove(&entry.path())?,
        }
    }
    Ok(())
}

/// The stem of a text's file, and whether it is one that waits.
fn text_name(name: &str) -> Option<(&str, bool)> {
    name.strip_suffix(".txt").map(|stem| (stem, false)).or_else(|| Some((name.strip_suffix(".txt.next")?, true)))
}

fn settle_file(path: &Path, named: Option<Fingerprint>) -> Result<(), CacheError> {
    let waiting = next(path);
    match Fingerprint::of_file(&waiting)? {
        None => Ok(()),
        Some(found) if Some(found) == named => rename(&waiting, path),
        Some(_) => remove(&waiting),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zotero::cache::layout::Layout;
    use crate::zotero::cache::{Cache, load};
    use crate::zotero::record::{LibraryId, LibraryKind, LibraryVersion};

    fn id() -> LibraryId {
        LibraryId { kind: LibraryKind::Group, id: "123".into() }
    }

    fn record(title: &str) -> Record {
        let raw = format!(
            r#"{{"key":"AAAA2222","version":1,"data":{{"key":"AAAA2222","itemType":"book","title":"{title}"}}}}"#
        );
        Record::parse(&raw).unwrap()
    }

    fn put(cache: &Cache, version: u64, title: &str) {
        let state = State { version: LibraryVersion(version), ..State::new(id()) };
        let journal = cache.journal(&id());
        let text = journal.keep_text("AAAA2222".parse().unwrap(), LibraryVersion(version), title).unwrap();
        let fulltext = BTreeMap::from([("AAAA2222".parse().unwrap(), text)]);
        let records = [record(title)];
        let contents =
            Contents { state: &state, records: &records, collections: &[], tag_colors: &[], fulltext: &fulltext };
        cache.commit(&contents).unwrap();
        journal.clear().unwrap();
    }

    fn seen(dir: &Path) -> (u64, String, String, bool) {
        let library = load(dir, &[id()]).unwrap().libraries.remove(0);
        let title = library.records[0].data()["title"].as_str().unwrap().to_owned();
        (library.state.version.0, title, library.fulltext.values().next().unwrap().read().unwrap(), library.damaged)
    }

    /// Every prefix of the commit's steps, redone by hand from two whole snapshots.
    #[test]
    fn a_crash_between_any_two_writes_leaves_one_whole_snapshot() {
        let new_dir = tempfile::tempdir().unwrap();
        put(&Cache::open(new_dir.path()).unwrap(), 2, "new");
        let steps = ["items.jsonl", "fulltext/AAAA2222.txt", "fulltext/index.json", "state.json"];
        for crash in 0..=2 * steps.len() {
            let dir = tempfile::tempdir().unwrap();
            put(&Cache::open(dir.path()).unwrap(), 1, "old");
            let place = |root: &Path, step: &str| root.join("groups-123").join(step);
            for step in steps.iter().take(crash) {
                fs::copy(place(new_dir.path(), step), next(&place(dir.path(), step))).unwrap();
            }
            for step in steps.iter().rev().take(crash.saturating_sub(steps.len())) {
                fs::rename(next(&place(dir.path(), step)), place(dir.path(), step)).unwrap();
            }
            let expected = if crash > steps.len() {
                (2, "new".into(), "new".into(), false)
            } else {
                (1, "old".into(), "old".into(), false)
            };
            assert_eq!(seen(dir.path()), expected, "as a reader sees it after step {crash}");
            Cache::open(dir.path()).unwrap().library(&id()).unwrap();
            assert_eq!(seen(dir.path()), expected, "once tidied after step {crash}");
            let leftovers = walkdir::WalkDir::new(dir.path()).into_iter().flatten();
            assert_eq!(leftovers.filter(|entry| entry.path().extension().is_some_and(|e| e == "next")).count(), 0);
        }
    }

    #[test]
    fn an_unchanged_library_rewrites_no_file() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::open(dir.path()).unwrap();
        put(&cache, 1, "same");
        let times = || {
            let place = Layout::new(dir.path()).library(&id());
            [place.state(), place.part(Part::Items), place.text("AAAA2222".parse().unwrap())]
                .map(|path| fs::metadata(path).unwrap().modified().unwrap())
        };
        let before = times();
        put(&cache, 1, "same");
        assert_eq!(times(), before);
    }

    #[test]
    fn a_damaged_line_is_dropped_and_counted_and_the_rest_is_used() {
        let dir = tempfile::tempdir().unwrap();
        put(&Cache::open(dir.path()).unwrap(), 1, "good");
        let path = dir.path().join("groups-123/items.jsonl");
        let mut text = fs::read_to_string(&path).unwrap();
        text.push_str("{\"key\": \"BBBB\n");
        fs::write(&path, text).unwrap();
        let snapshot = load(dir.path(), &[id()]).unwrap();
        assert!(snapshot.libraries[0].damaged);
        assert_eq!(snapshot.libraries[0].records.len(), 1);
        assert!(snapshot.problems.iter().any(|problem| problem.detail.contains("1 lines cannot be read")));
        fs::write(dir.path().join("groups-123/state.json"), "{").unwrap();
        assert!(matches!(load(dir.path(), &[id()]), Err(CacheError::NotSynced { .. })));
    }
}
