//! The folders that a path leads through.

use std::collections::BTreeSet;
use std::path::Path;

use crate::website::output::SitePath;
use crate::website::writer::WriterError;

/// Refuses when a folder on the way to one of these files is a symlink.
pub(super) fn refuse_symlinks<'a>(dir: &Path, paths: impl Iterator<Item = &'a SitePath>) -> Result<(), WriterError> {
    let folders: BTreeSet<_> = paths.flat_map(folders).collect();
    match folders.into_iter().map(|folder| dir.join(folder)).find(|path| path.is_symlink()) {
        Some(path) => Err(WriterError::Symlink { path }),
        None => Ok(()),
    }
}

/// The folders that a path leads through, outermost first.
pub(super) fn folders(path: &SitePath) -> impl Iterator<Item = &str> {
    path.as_str().match_indices('/').map(|(at, _)| &path.as_str()[..at])
}
