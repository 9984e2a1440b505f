//! Every change the writer makes on the disk goes through here, so that a test can cut it at any step.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use crate::website::output::SitePath;
use crate::website::writer::WriterError;
use crate::website::writer::manifest::Entry;

/// The disk, or in a test one that fails from some step on.
#[derive(Debug, Default)]
pub(super) struct Disk {
    steps_left: Option<AtomicU64>,
}

impl Disk {
    /// A disk that does `steps` changes and then none any more, as after a power cut.
    #[cfg(test)]
    pub fn failing_after(steps: u64) -> Self {
        Self { steps_left: Some(AtomicU64::new(steps)) }
    }

    fn step(&self) -> io::Result<()> {
        let Some(left) = &self.steps_left else { return Ok(()) };
        match left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)) {
            Ok(_) => Ok(()),
            Err(_) => Err(io::Error::other("the power is cut")),
        }
    }

    /// Writes a new file and the folders on the way to it.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), WriterError> {
        let write = || self.create(path)?.write_all(self.torn(bytes)?);
        write().map_err(WriterError::writing(path))
    }

    /// Writes a new file, and waits until it is on the disk.
    pub fn write_synced(&self, path: &Path, bytes: &[u8]) -> Result<(), WriterError> {
        let write = || {
            let mut file = self.create(path)?;
            file.write_all(self.torn(bytes)?)?;
            file.sync_all()
        };
        write().map_err(WriterError::writing(path))
    }

    /// Writes a new file with all that comes out of `from`, and gives it a time.
    pub fn copy(&self, from: &mut dyn Read, modified: Option<SystemTime>, path: &Path) -> Result<Entry, WriterError> {
        let mut write = || {
            let mut file = self.create(path)?;
            let entry = Entry::of_stream(from, &mut file)?;
            modified.map_or(Ok(()), |time| file.set_modified(time))?;
            Ok(entry)
        };
        write().map_err(WriterError::writing(path))
    }

    /// Creating and filling are two steps: a cut between them leaves an empty file.
    fn torn<'a>(&self, bytes: &'a [u8]) -> io::Result<&'a [u8]> {
        self.step().map(|()| bytes)
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        self.step()?;
        let create = || OpenOptions::new().write(true).create_new(true).open(path);
        match (create(), path.parent()) {
            (Err(error), Some(parent)) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(parent)?;
                create()
            }
            (created, _) => created,
        }
    }

    pub fn create_dir_all(&self, path: &Path) -> Result<(), WriterError> {
        self.step().and_then(|()| fs::create_dir_all(path)).map_err(WriterError::writing(path))
    }

    /// Gives a file or folder its name, in the place of a file of that name.
    pub fn rename(&self, from: &Path, to: &Path) -> Result<(), WriterError> {
        self.step().and_then(|()| fs::rename(from, to)).map_err(WriterError::writing(to))
    }

    /// Removes a file, if it is there.
    pub fn remove(&self, path: &Path) -> Result<(), WriterError> {
        absent_is_fine(self.step().and_then(|()| fs::remove_file(path))).map_err(WriterError::writing(path))
    }

    /// Removes a folder that is empty.
    pub fn remove_dir(&self, path: &Path) -> Result<(), WriterError> {
        self.step().and_then(|()| fs::remove_dir(path)).map_err(WriterError::writing(path))
    }

    /// Removes a folder of the writer's own with all that is in it.
    pub fn remove_tree(&self, path: &Path) -> Result<(), WriterError> {
        absent_is_fine(self.step().and_then(|()| fs::remove_dir_all(path))).map_err(WriterError::writing(path))
    }
}

fn absent_is_fine(done: io::Result<()>) -> io::Result<()> {
    let absent = |error: &io::Error| matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
    done.or_else(|error| if absent(&error) { Ok(()) } else { Err(error) })
}

/// Where changed files wait.
pub(super) struct Stage<'a> {
    pub disk: &'a Disk,
    pub root: PathBuf,
}

impl Stage<'_> {
    pub fn write(&self, path: &SitePath, bytes: &[u8]) -> Result<(), WriterError> {
        self.disk.write(&self.root.join(path.as_str()), bytes)
    }

    pub fn copy(
        &self,
        path: &SitePath,
        from: &mut dyn Read,
        modified: Option<SystemTime>,
    ) -> Result<Entry, WriterError> {
        self.disk.copy(from, modified, &self.root.join(path.as_str()))
    }
}

/// Holds an output folder until dropped, where the system can lock a folder; elsewhere it holds nothing.
///
/// The lock is the folder's own, so no file of ours is needed for it, and it ends with the process.
pub(super) struct Hold {
    _folder: Option<File>,
}

impl Hold {
    pub fn take(dir: &Path) -> Result<Self, WriterError> {
        let Ok(folder) = File::open(dir) else { return Ok(Self { _folder: None }) };
        match folder.try_lock() {
            Ok(()) => Ok(Self { _folder: Some(folder) }),
            Err(TryLockError::WouldBlock) => Err(WriterError::Busy { dir: dir.to_owned() }),
            Err(TryLockError::Error(_)) => Ok(Self { _folder: None }),
        }
    }
}
