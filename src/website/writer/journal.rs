//! `.zbib-staging`: changed files on their way into the site, and the journal that makes their arrival all or nothing.
//!
//! Without a journal the folder is waste of a run that was cut. With one, everything it names is decided: it is done,
//! now or by the next run, and doing a step twice does no harm.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::website::output::SitePath;
use crate::website::writer::WriterError;
use crate::website::writer::disk::Disk;
use crate::website::writer::manifest::Manifest;
use crate::website::writer::reserved;
use crate::website::writer::way::refuse_symlinks;

const FIRST_LINE: &str = "zbib-journal 1";
const LAST_LINE: &str = "end";

/// What is to be done to the output folder, removals first: a file may go where a folder comes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Journal {
    remove: Vec<SitePath>,
    write: Vec<SitePath>,
}

impl Journal {
    pub fn new(changed: impl Iterator<Item = SitePath>, stale: &[SitePath]) -> Self {
        Self { remove: stale.to_vec(), write: changed.collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.remove.is_empty() && self.write.is_empty()
    }

    fn text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        self.remove.iter().for_each(|path| _ = writeln!(text, "remove {path}"));
        self.write.iter().for_each(|path| _ = writeln!(text, "write {path}"));
        text + LAST_LINE + "\n"
    }

    /// None if the text is not whole.
    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix("\n")?.split('\n');
        if lines.next() != Some(FIRST_LINE) || lines.next_back() != Some(LAST_LINE) {
            return None;
        }
        let mut journal = Self::default();
        for line in lines {
            let (verb, path) = line.split_once(' ')?;
            let path = SitePath::new(path).ok()?;
            match verb {
                "remove" => journal.remove.push(path),
                "write" => journal.write.push(path),
                _ => return None,
            }
        }
        Some(journal)
    }
}

/// Where changed files wait, under the paths they will have.
pub(super) fn staged(dir: &Path) -> PathBuf {
    dir.join(reserved::STAGING).join("files")
}

fn place(dir: &Path) -> PathBuf {
    dir.join(reserved::STAGING).join("journal")
}

fn staged_manifest(dir: &Path) -> PathBuf {
    dir.join(reserved::STAGING).join("manifest")
}

/// Decides on what is staged, and does it.
pub(super) fn commit(disk: &Disk, dir: &Path, journal: &Journal, manifest: &Manifest) -> Result<(), WriterError> {
    let undecided = dir.join(reserved::STAGING).join("journal.next");
    let prepare = || {
        disk.write(&staged_manifest(dir), manifest.text().as_bytes())?;
        disk.write_synced(&undecided, journal.text().as_bytes())?;
        disk.rename(&undecided, &place(dir))
    };
    prepare().inspect_err(|_| discard(disk, dir))?;
    apply(disk, dir, journal)
}

/// Finishes what a run that was cut had decided, or clears away what it had not. True if anything was left of one.
pub(super) fn recover(disk: &Disk, dir: &Path) -> Result<bool, WriterError> {
    let folder = dir.join(reserved::STAGING);
    match fs::symlink_metadata(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(WriterError::reading(&folder)(error)),
        Ok(metadata) if metadata.is_symlink() => return Err(WriterError::Symlink { path: folder }),
        Ok(_) => {}
    }
    match read(dir)? {
        Some(journal) => apply(disk, dir, &journal)?,
        None => disk.remove_tree(&folder)?,
    }
    Ok(true)
}

/// The manifest of a build that is decided but not done.
pub(super) fn pending(dir: &Path) -> Result<Option<Manifest>, WriterError> {
    if read(dir)?.is_some() { Manifest::read(&staged_manifest(dir)) } else { Ok(None) }
}

/// Clears away what was staged. Not being able to is no failure of its own: the next run tries again.
pub(super) fn discard(disk: &Disk, dir: &Path) {
    let _ = disk.remove_tree(&dir.join(reserved::STAGING));
}

fn read(dir: &Path) -> Result<Option<Journal>, WriterError> {
    match fs::read_to_string(place(dir)) {
        Ok(text) => Ok(Journal::parse(&text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(WriterError::reading(&place(dir))(error)),
    }
}

fn apply(disk: &Disk, dir: &Path, journal: &Journal) -> Result<(), WriterError> {
    // The manifest goes last: if it is gone, so is everything before it.
    if staged_manifest(dir).exists() {
        refuse_symlinks(dir, journal.remove.iter().chain(&journal.write))?;
        // Once a file has arrived, all removals are done. Doing them again could hit what came in their place.
        if journal.write.iter().all(|path| staged(dir).join(path.as_str()).exists()) {
            remove(disk, dir, &journal.remove)?;
        }
        journal.write.iter().try_for_each(|path| arrive(disk, dir, path))?;
        disk.rename(&staged_manifest(dir), &dir.join(reserved::MANIFEST))?;
    }
    disk.remove(&place(dir))?;
    disk.remove_tree(&dir.join(reserved::STAGING))
}

/// Gives a staged file its name, unless it has it already.
fn arrive(disk: &Disk, dir: &Path, path: &SitePath) -> Result<(), WriterError> {
    let (from, to) = (staged(dir).join(path.as_str()), dir.join(path.as_str()));
    if !from.exists() {
        return Ok(());
    }
    if let Some(folder) = to.parent().filter(|folder| !folder.exists()) {
        disk.create_dir_all(folder)?;
    }
    disk.rename(&from, &to)
}

/// Removes files and the folders that this empties.
fn remove(disk: &Disk, dir: &Path, paths: &[SitePath]) -> Result<(), WriterError> {
    // A folder in a file's place is a new one: the run was cut after making it.
    let mut files = paths.iter().map(|path| dir.join(path.as_str())).filter(|path| !path.is_dir());
    files.try_for_each(|path| disk.remove(&path))?;
    let folders: BTreeSet<_> = paths.iter().flat_map(|path| Path::new(path.as_str()).ancestors().skip(1)).collect();
    let inner_first = folders.into_iter().rev().filter(|folder| !folder.as_os_str().is_empty());
    inner_first
        .map(|folder| dir.join(folder))
        .filter(|folder| is_empty(folder))
        .try_for_each(|path| disk.remove_dir(&path))
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_that_is_not_whole_decides_nothing() {
        let path = |text: &str| SitePath::new(text).unwrap();
        let journal = Journal { remove: vec![path("a b"), path("end")], write: vec![path("c/d")] };
        let text = journal.text();
        assert_eq!(Journal::parse(&text), Some(journal));
        (0..text.len()).for_each(|cut| assert_eq!(Journal::parse(&text[..cut]), None, "{:?}", &text[..cut]));
        assert_eq!(Journal::parse("zbib-journal 1\nwrite ../x\nend\n"), None);
    }
}
