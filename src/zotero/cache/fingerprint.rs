//! Size and hash of a file.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::zotero::cache::CacheError;

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
