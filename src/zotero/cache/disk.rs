//! Writing files whole, and waiting until the disk has them.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::zotero::cache::CacheError;

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

pub(super) fn create_dir(dir: &Path) -> Result<(), CacheError> {
    fs::create_dir_all(dir).map_err(CacheError::writing(dir))
}
