//! Where everything stands under `.zbib/`.

use std::fs;
use std::path::{Path, PathBuf};

use crate::zotero::cache::CacheError;
use crate::zotero::cache::disk::{create_dir, replace};
use crate::zotero::record::{ItemKey, LibraryId};

/// The paths of the cache.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    dir: PathBuf,
}

impl Layout {
    pub(super) fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    /// Makes the folder, hidden from git by a file of its own.
    pub(super) fn create(&self) -> Result<(), CacheError> {
        create_dir(&self.dir)?;
        let ignore = self.dir.join(".gitignore");
        if !ignore.exists() {
            replace(&ignore, b"*\n")?;
        }
        Ok(())
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.dir.join("lock")
    }

    pub(super) fn library(&self, id: &LibraryId) -> LibraryLayout {
        LibraryLayout { dir: self.dir.join(id.to_string()) }
    }

    pub(super) fn journal(&self, id: &LibraryId) -> PathBuf {
        self.journals().join(id.to_string())
    }

    pub(super) fn journals(&self) -> PathBuf {
        self.dir.join("journal")
    }

    /// The memo of expensive results, which other rooms keep.
    pub(super) fn derived(&self) -> PathBuf {
        self.dir.join("derived")
    }

    /// All libraries there are, also those that are in the settings no more.
    pub(super) fn libraries(&self) -> Result<Vec<LibraryLayout>, CacheError> {
        let entries = fs::read_dir(&self.dir).map_err(CacheError::reading(&self.dir))?;
        let dirs = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_dir());
        Ok(dirs
            .filter(|dir| *dir != self.journals() && *dir != self.derived())
            .map(|dir| LibraryLayout { dir })
            .collect())
    }
}

/// The paths of one library in the cache.
#[derive(Clone, Debug)]
pub(super) struct LibraryLayout {
    dir: PathBuf,
}

impl LibraryLayout {
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(super) fn state(&self) -> PathBuf {
        self.dir.join("state.json")
    }

    /// What became of the last run: no part of the snapshot.
    pub(super) fn last_run(&self) -> PathBuf {
        self.dir.join("last-run.json")
    }

    /// One of the files that `state.json` vouches for.
    pub(super) fn part(&self, part: Part) -> PathBuf {
        self.dir.join(part.path())
    }

    pub(super) fn texts(&self) -> PathBuf {
        self.dir.join("fulltext")
    }

    pub(super) fn text(&self, key: ItemKey) -> PathBuf {
        self.texts().join(format!("{key}.txt"))
    }

    pub(super) fn files(&self) -> PathBuf {
        self.dir.join("files")
    }
}

/// The files that make up a library's snapshot beside `state.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Items,
    Collections,
    Settings,
    FullText,
}

impl Part {
    pub(super) const ALL: [Self; 4] = [Self::Items, Self::Collections, Self::Settings, Self::FullText];

    /// Its path in the library's folder, and its name in `state.json`.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Items => "items.jsonl",
            Self::Collections => "collections.jsonl",
            Self::Settings => "settings.json",
            Self::FullText => "fulltext/index.json",
        }
    }
}

/// Where the new content of `path` waits for the commit.
pub(super) fn next(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".next");
    name.into()
}
