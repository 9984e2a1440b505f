//! What stands in the output folder before a build writes into it.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::website::output::SitePath;
use crate::website::writer::collision::folded;
use crate::website::writer::manifest::{Entry, Manifest};
use crate::website::writer::reserved;
use crate::website::writer::way::folders;
use crate::website::writer::{WriterError, journal};

/// The output folder as the last build and its owner left it.
#[derive(Debug)]
pub(super) struct Standing {
    dir: PathBuf,
    manifest: Manifest,
    /// What the disk says of the manifest; None if there is none, or if a crash was mended since, after which no time
    /// stamp proves anything.
    written: Option<Metadata>,
    /// What is there in the manifest's place.
    text: Option<String>,
    /// Files of the last build that the plan does not want.
    stale: Vec<SitePath>,
    stale_folded: HashSet<String>,
}

/// A file where one of the site wants to be.
pub(super) struct There {
    pub path: PathBuf,
    pub metadata: Metadata,
    /// What the last build wrote there; None if it did not.
    pub known: Option<Entry>,
}

impl Standing {
    /// A folder that does not exist.
    pub fn nothing(dir: &Path) -> Self {
        let (manifest, stale) = (Manifest::default(), Vec::new());
        Self { dir: dir.to_owned(), manifest, written: None, text: None, stale, stale_folded: HashSet::new() }
    }

    /// Reads the manifest and looks at every folder that the plan or the manifest leads through.
    pub fn survey(dir: &Path, wanted: &BTreeSet<SitePath>, mended: bool) -> Result<Self, WriterError> {
        let path = dir.join(reserved::MANIFEST);
        let pending = journal::pending(dir)?;
        let mut manifest = match Manifest::read(&path)? {
            Some(manifest) => manifest,
            None if pending.is_some() => Manifest::default(),
            None => ours(dir)?,
        };
        manifest.files.extend(pending.unwrap_or_default().files);
        let stale: Vec<_> = manifest.files.keys().filter(|path| !wanted.contains(path)).cloned().collect();
        let stale_folded = stale.iter().map(|path| folded(path.as_str())).collect();
        let written = if mended { None } else { fs::symlink_metadata(&path).ok() };
        let text = fs::read_to_string(&path).ok();
        let standing = Self { dir: dir.to_owned(), manifest, written, text, stale, stale_folded };
        let folders: BTreeSet<_> = wanted.iter().chain(&standing.stale).flat_map(folders).collect();
        folders.into_iter().try_for_each(|folder| standing.check_folder(folder, wanted))?;
        Ok(standing)
    }

    pub fn stale(&self) -> &[SitePath] {
        &self.stale
    }

    /// Whether this manifest stands there already.
    pub fn has(&self, manifest: &Manifest) -> bool {
        self.text.as_deref() == Some(&manifest.text())
    }

    /// When the last build was finished, as the file system noted it.
    pub fn written(&self) -> Option<&Metadata> {
        self.written.as_ref()
    }

    /// What stands where `owner` wants to write `path`; None if nothing does, or something of ours that goes away.
    pub fn there(&self, path: &SitePath, owner: &str) -> Result<Option<There>, WriterError> {
        let at = self.dir.join(path.as_str());
        let metadata = match fs::symlink_metadata(&at) {
            Ok(metadata) => metadata,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(WriterError::reading(&at)(error)),
        };
        let known = self.manifest.files.get(path).copied();
        let foreign = |there| Err(WriterError::Foreign { path: path.clone(), owner: owner.to_owned(), there });
        if metadata.is_dir() {
            return match self.foreign_within(&at) {
                Some(there) => foreign(there),
                None => Ok(None),
            };
        }
        // On a file system that ignores case, a stale file answers to the new one's name.
        if self.stale_folded.contains(&folded(path.as_str())) || (known.is_some() && !metadata.is_file()) {
            return Ok(None);
        }
        if metadata.is_file() { Ok(Some(There { path: at, metadata, known })) } else { foreign(at) }
    }

    /// Something in a folder that this build does not remove, or the folder itself if it holds nothing of ours.
    fn foreign_within(&self, folder: &Path) -> Option<PathBuf> {
        let going: HashSet<PathBuf> = self
            .stale
            .iter()
            .flat_map(|path| Path::new(path.as_str()).ancestors())
            .map(|path| self.dir.join(path))
            .collect();
        let entries = WalkDir::new(folder).follow_links(false).sort_by_file_name().into_iter();
        entries.flatten().map(walkdir::DirEntry::into_path).find(|path| !going.contains(path))
    }

    /// A folder on the way must be a real one, or be free to become one.
    fn check_folder(&self, folder: &str, wanted: &BTreeSet<SitePath>) -> Result<(), WriterError> {
        let path = self.dir.join(folder);
        match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_dir() => Ok(()),
            Ok(metadata) if metadata.is_symlink() => Err(WriterError::Symlink { path }),
            Ok(_) if self.stale_folded.contains(&folded(folder)) => Ok(()),
            Ok(_) => match wanted.iter().find(|path| path.as_str().starts_with(&format!("{folder}/"))) {
                Some(wish) => {
                    let owner = "the site".to_owned();
                    Err(WriterError::Foreign { path: wish.clone(), owner, there: path })
                }
                None => Ok(()),
            },
            Err(error) if is_absent(&error) => Ok(()),
            Err(error) => Err(WriterError::reading(&path)(error)),
        }
    }
}

/// An output folder without a manifest is ours only if there is nothing in it.
pub(super) fn ours(dir: &Path) -> Result<Manifest, WriterError> {
    let entries = fs::read_dir(dir).map_err(WriterError::reading(dir))?;
    let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name != reserved::STAGING);
    names.sort();
    match names.into_iter().next() {
        Some(example) => Err(WriterError::NotOurs { dir: dir.to_owned(), example }),
        None => Ok(Manifest::default()),
    }
}

/// Nothing there, or a file where the path has a folder.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
