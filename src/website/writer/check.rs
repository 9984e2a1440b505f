//! Whether a folder can be the output folder, asked before the long work.

use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::website::writer::manifest::Manifest;
use crate::website::writer::reserved;
use crate::website::writer::standing::ours;
use crate::website::writer::way::refuse_symlinks;
use crate::website::writer::{WriterError, journal};

/// What stands beside `zbib.toml`, and must never be in or around the site.
const SOURCES: [&str; 5] = ["zbib.toml", ".zbib", "content", "themes", "static"];

/// Whether the site may be written into `dir`. Changes nothing.
///
/// # Errors
/// When it is the root of the file system, holds the project or lies in its sources, holds files but no manifest, leads
/// through a symlink inside, or cannot be written.
pub fn check_output(dir: &Path, project_root: &Path) -> Result<(), WriterError> {
    let resolve = |path: &Path| resolved(path).map_err(WriterError::reading(path));
    let (dir, root) = (resolve(dir)?, resolve(project_root)?);
    refuse_sources(&dir, &root)?;
    let existing = dir.ancestors().find(|path| path.exists()).unwrap_or(&dir);
    if !existing.is_dir() {
        return Err(WriterError::NotAFolder { dir: dir.clone(), file: existing.to_owned() });
    }
    if existing == dir {
        refuse_foreign(&dir)?;
    }
    match tempfile::tempfile_in(existing) {
        Ok(_) => Ok(()),
        Err(source) => Err(WriterError::Unwritable { dir, source }),
    }
}

fn refuse_sources(dir: &Path, root: &Path) -> Result<(), WriterError> {
    let owned = || dir.to_owned();
    if dir.parent().is_none() {
        return Err(WriterError::Root { dir: owned() });
    }
    if root.starts_with(dir) {
        return Err(WriterError::HoldsSources { dir: owned(), holds: root.to_owned() });
    }
    let sources = SOURCES.map(|name| root.join(name));
    if let Some(sources) = sources.into_iter().find(|source| dir.starts_with(source)) {
        return Err(WriterError::InSources { dir: owned(), sources });
    }
    // Another project's folder; `content` and `themes` alone could be pages of a site.
    match [".zbib", "zbib.toml"].map(|name| dir.join(name)).into_iter().find(|path| path.exists()) {
        Some(holds) => Err(WriterError::HoldsSources { dir: owned(), holds }),
        None => Ok(()),
    }
}

fn refuse_foreign(dir: &Path) -> Result<(), WriterError> {
    let pending = journal::pending(dir)?;
    match Manifest::read(&dir.join(reserved::MANIFEST))? {
        Some(manifest) => refuse_symlinks(dir, manifest.files.keys()),
        None if pending.is_some() => Ok(()),
        None => ours(dir).map(|_| ()),
    }
}

/// The real path of a folder that may not exist yet: absolute, without symlinks, `.` and `..`.
pub(super) fn resolved(path: &Path) -> io::Result<PathBuf> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let path = std::path::absolute(path)?;
    let mut missing: Vec<OsString> = Vec::new();
    let mut known = path.as_path();
    let mut real = loop {
        match known.canonicalize() {
            Ok(real) => break real,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            // A file on the way: the check that follows says so.
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {}
            Err(error) => return Err(error),
        }
        let Some((last, parent)) = known.components().next_back().zip(known.parent()) else { return Ok(path) };
        missing.push(last.as_os_str().to_owned());
        known = parent;
    };
    for part in missing.iter().rev() {
        match Path::new(part).components().next() {
            Some(Component::ParentDir) => _ = real.pop(),
            _ => real.push(part),
        }
    }
    Ok(real)
}
