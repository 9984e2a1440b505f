//! The store of attachment files by hash.

mod incoming;
mod verify;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use self::incoming::{Incoming, Whole};
pub use self::verify::{Damaged, Verified};

use self::incoming::{Busy, is_part};
use crate::zotero::cache::{Md5, StoredFile};

/// The files of one library, each named by its MD5.
#[derive(Clone, Debug)]
pub struct FileStore {
    dir: PathBuf,
    busy: Busy,
}

/// A file that is now in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admitted {
    pub md5: Md5,
    /// In bytes.
    pub size: u64,
}

/// Why a file is not admitted.
#[derive(Debug, thiserror::Error)]
pub enum AdmitError {
    #[error("expected md5 {expected}, found {found}")]
    Mismatch { expected: Md5, found: Md5 },
    #[error("cannot write it to the cache")]
    Io(#[from] io::Error),
}

impl FileStore {
    pub(super) fn new(dir: PathBuf) -> Self {
        Self { dir, busy: Busy::default() }
    }

    /// Where the file with that hash stands, if it does.
    #[must_use]
    pub fn get(&self, md5: Md5) -> Option<StoredFile> {
        let path = self.path(md5);
        let data = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
        Some(StoredFile { path, size: data.len() })
    }

    /// All stored files, in the order of their hashes.
    pub(super) fn all(&self) -> impl Iterator<Item = (Md5, StoredFile)> + use<> {
        let entries = fs::read_dir(&self.dir).into_iter().flatten().flatten();
        entries.filter_map(|entry| {
            let md5 = entry.file_name().to_str()?.parse().ok()?;
            let data = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            Some((md5, StoredFile { path: entry.path(), size: data.len() }))
        })
    }

    /// The hashes of all stored files, in no order.
    pub fn hashes(&self) -> impl Iterator<Item = Md5> + use<> {
        self.all().map(|(md5, _)| md5)
    }

    /// Removes what a run that was killed left unfinished and nobody can go on with. Only who holds the lock may ask.
    pub(super) fn tidy(&self) {
        self.remove_unfinished(|is_part| !is_part);
    }

    /// Removes the parts of files, too: nothing is left to fetch. Only who holds the lock may ask.
    pub fn drop_parts(&self) {
        self.remove_unfinished(|_| true);
    }

    fn remove_unfinished(&self, which: impl Fn(bool) -> bool) {
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            if is_part(&entry.file_name().to_string_lossy()).is_some_and(&which) {
                // One that stays is only a waste of room.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// A place for bytes that come in pieces, for this run only. Nothing is in the store before [`Incoming::finish`].
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn incoming(&self) -> io::Result<Incoming> {
        Incoming::new(&self.dir)
    }

    /// The place for the bytes of the file that is announced with `md5`, with what an earlier run left there. What comes
    /// stays for the next run, until the file is whole.
    ///
    /// # Errors
    /// When the folder cannot be written, or what is there cannot be read.
    pub fn part(&self, md5: Md5) -> io::Result<Incoming> {
        Incoming::part(&self.dir, md5, &self.busy)
    }

    /// Takes in what `reader` gives, if it is what was `expected`.
    ///
    /// # Errors
    /// When it has another hash, or cannot be read or written.
    pub fn admit(&self, mut reader: impl Read, expected: Option<Md5>) -> Result<Admitted, AdmitError> {
        let mut incoming = self.incoming()?;
        io::copy(&mut reader, &mut incoming)?;
        incoming.finish(expected)
    }

    /// Forgets a file.
    ///
    /// # Errors
    /// When it is there and cannot be removed.
    pub fn remove(&self, md5: Md5) -> io::Result<()> {
        match fs::remove_file(self.path(md5)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn path(&self, md5: Md5) -> PathBuf {
        place(&self.dir, md5)
    }
}

fn place(dir: &Path, md5: Md5) -> PathBuf {
    dir.join(md5.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_enter_only_under_their_own_hash() {
        let dir = tempfile::tempdir().unwrap();
        let store = FileStore::new(dir.path().join("files"));
        let wrong = store.admit(&b"other"[..], Some(Md5::of(b"paper"))).unwrap_err();
        assert!(matches!(wrong, AdmitError::Mismatch { .. }), "{wrong}");
        assert_eq!(store.all().count(), 0);
        let admitted = store.admit(&b"paper"[..], Some(Md5::of(b"paper"))).unwrap();
        assert_eq!((admitted.md5, admitted.size), (Md5::of(b"paper"), 5));
        assert_eq!(fs::read(store.get(admitted.md5).unwrap().path).unwrap(), b"paper");
        assert_eq!(fs::read_dir(dir.path().join("files")).unwrap().count(), 1);
    }
}
