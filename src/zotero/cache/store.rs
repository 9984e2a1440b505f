//! The store of attachment files by hash.

use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::zotero::cache::md5::Hasher;
use crate::zotero::cache::{Md5, StoredFile};

/// How the names of files start that are not whole yet.
const INCOMING: &str = ".incoming-";

/// The files of one library, each named by its MD5.
#[derive(Clone, Debug)]
pub struct FileStore {
    dir: PathBuf,
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
        Self { dir }
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

    /// Removes what a run that was killed left unfinished. Only who holds the lock may ask for it.
    pub(super) fn tidy(&self) {
        for entry in fs::read_dir(&self.dir).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(INCOMING) {
                // One that stays is only a waste of room.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// A place for bytes that come in pieces. Nothing is in the store before [`Incoming::finish`].
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn incoming(&self) -> io::Result<Incoming> {
        fs::create_dir_all(&self.dir)?;
        let file = builder().prefix(INCOMING).tempfile_in(&self.dir)?;
        Ok(Incoming {
            file: BufWriter::with_capacity(64 * 1024, file),
            hasher: Hasher::default(),
            size: 0,
            dir: self.dir.clone(),
        })
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

/// Files are for everybody to read who may read the site, unlike other temporary files.
fn builder() -> tempfile::Builder<'static, 'static> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

fn place(dir: &Path, md5: Md5) -> PathBuf {
    dir.join(md5.to_string())
}

/// A file on its way into the store, hashed as it is written.
pub struct Incoming {
    file: BufWriter<NamedTempFile>,
    hasher: Hasher,
    size: u64,
    dir: PathBuf,
}

impl Incoming {
    /// How many bytes came so far.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Puts the file into the store under its hash, if that is the `expected` one.
    ///
    /// # Errors
    /// When it has another hash, or cannot be written; the store is then as it was.
    pub fn finish(self, expected: Option<Md5>) -> Result<Admitted, AdmitError> {
        let found = self.hasher.finish();
        if let Some(expected) = expected.filter(|expected| *expected != found) {
            return Err(AdmitError::Mismatch { expected, found });
        }
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        file.persist(place(&self.dir, found)).map_err(|error| error.error)?;
        Ok(Admitted { md5: found, size: self.size })
    }
}

impl Write for Incoming {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all(bytes)?;
        self.hasher.update(bytes);
        self.size += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
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
