//! Forgetting what the cache holds.

use std::fs;
use std::io;
use std::path::Path;

use crate::zotero::cache::CacheError;
use crate::zotero::cache::disk::remove;
use crate::zotero::cache::layout::{Layout, LibraryLayout, Part};

/// Everything but files and the history of what was published. The commit point goes first: no half is ever left.
pub(super) fn records(layout: &Layout) -> Result<(), CacheError> {
    for library in layout.libraries()? {
        remove(&library.state())?;
        for part in Part::ALL {
            remove(&library.part(part))?;
        }
        remove(&library.last_run())?;
        remove_dir(&library.texts())?;
    }
    remove_dir(&layout.journals())?;
    remove_dir(&layout.derived())
}

pub(super) fn files(layout: &Layout) -> Result<(), CacheError> {
    layout.libraries()?.iter().map(LibraryLayout::files).try_for_each(|dir| remove_dir(&dir))
}

fn remove_dir(dir: &Path) -> Result<(), CacheError> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(CacheError::writing(dir)(error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use crate::zotero::cache::Cache;

    #[test]
    fn records_go_and_files_and_history_stay() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::open(dir.path()).unwrap();
        let put = |path: &str| {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        };
        let there = |path: &str| dir.path().join(path).exists();
        let file = "groups-1/files/d41d8cd98f00b204e9800998ecf8427e";
        ["groups-1/state.json", "groups-1/items.jsonl", "journal/groups-1/page.jsonl", "history.jsonl", file]
            .into_iter()
            .for_each(put);
        cache.clear().unwrap();
        assert!(!there("groups-1/state.json") && !there("groups-1/items.jsonl") && !there("journal"));
        assert!(there("history.jsonl") && there(file));
        cache.clear_files().unwrap();
        assert!(!there(file));
    }
}
