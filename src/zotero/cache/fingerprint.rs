//! Size and hash of a file, and writing files whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::zotero::cache::CacheError;
use crate::zotero::cache::layout::create_dir;

/// What a file must look like to be the one that was written: guards against damage, not against malice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fingerprint {
    /// Its size in bytes.
    pub(super) size: u64,
    /// Its XXH3 hash, 64 bits.
    #[serde(with = "hex")]
    pub(super) xxh3: u64,
}

impl Fingerprint {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { size: bytes.len() as u64, xxh3: xxhash_rust::xxh3::xxh3_64(bytes) }
    }

    /// Of what `write` writes, without writing it anywhere.
    pub(super) fn of_written(write: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<Self> {
        let mut sink = Hashing { hasher: Xxh3::new(), size: 0 };
        write(&mut sink)?;
        Ok(sink.fingerprint())
    }

    /// Of the file at `path`; None when there is none.
    pub(super) fn of_file(path: &Path) -> Result<Option<Self>, CacheError> {
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(CacheError::reading(path)(error)),
        };
        let mut sink = Hashing { hasher: Xxh3::new(), size: 0 };
        io::copy(&mut file, &mut sink).map_err(CacheError::reading(path))?;
        Ok(Some(sink.fingerprint()))
    }
}

struct Hashing {
    hasher: Xxh3,
    size: u64,
}

impl Hashing {
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint { size: self.size, xxh3: self.hasher.digest() }
    }
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.hasher.update(bytes);
        self.size += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes a file and waits until the disk has it.
pub(super) fn write_synced(path: &Path, write: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> Result<(), CacheError> {
    if let Some(parent) = path.parent() {
        create_dir(parent)?;
    }
    let write_all = || {
        let mut file = io::BufWriter::new(File::create(path)?);
        write(&mut file)?;
        file.into_inner()?.sync_all()
    };
    write_all().map_err(CacheError::writing(path))
}

/// Puts `bytes` at `path` whole: a reader sees the old file or the new one.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), CacheError> {
    let temporary = path.with_extension("tmp");
    write_synced(&temporary, &|file| file.write_all(bytes))?;
    rename(&temporary, path)
}

pub(super) fn rename(from: &Path, to: &Path) -> Result<(), CacheError> {
    fs::rename(from, to).map_err(CacheError::writing(to))
}

/// Waits until the disk has the names in a folder. Only Unix can be asked for it.
pub(super) fn sync_dir(dir: &Path) -> Result<(), CacheError> {
    if cfg!(unix) { File::open(dir).and_then(|dir| dir.sync_all()).map_err(CacheError::writing(dir)) } else { Ok(()) }
}

pub(super) fn remove(path: &Path) -> Result<(), CacheError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(CacheError::writing(path)(error)),
        _ => Ok(()),
    }
}

/// A hash as sixteen hex digits: JSON's numbers are not wide enough for it everywhere.
mod hex {
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(hash: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{hash:016x}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        u64::from_str_radix(&String::deserialize(deserializer)?, 16).map_err(de::Error::custom)
    }
}
