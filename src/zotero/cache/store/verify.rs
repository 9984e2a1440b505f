//! Reading stored files again: disks fail, and a cache may come from strangers.

use std::fs::File;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use crate::zotero::cache::md5::Hasher;
use crate::zotero::cache::store::incoming::read_all;
use crate::zotero::cache::{FileStore, Md5};

/// What came of reading all files again.
#[derive(Debug, Default)]
pub struct Verified {
    pub files: usize,
    /// The bytes of all of them.
    pub bytes: u64,
    /// In the order of their hashes.
    pub damaged: Vec<Damaged>,
}

/// A stored file whose content is not what its name says.
#[derive(Debug)]
pub struct Damaged {
    pub md5: Md5,
    /// The hash of what is there, or why it cannot be read.
    pub found: io::Result<Md5>,
}

impl FileStore {
    /// Hashes every file again, as a stream and on all processors; `each` is told of every one.
    pub fn verify(&self, each: impl Fn() + Sync) -> Verified {
        let mut files: Vec<_> = self.all().collect();
        files.sort_by_key(|(md5, _)| *md5);
        let bytes = files.iter().map(|(_, file)| file.size).sum();
        let damaged = files.par_iter().filter_map(|(md5, file)| {
            let found = hash(&file.path);
            each();
            let right = found.as_ref().is_ok_and(|found| found == md5);
            (!right).then_some(Damaged { md5: *md5, found })
        });
        Verified { bytes, damaged: damaged.collect(), files: files.len() }
    }
}

fn hash(path: &Path) -> io::Result<Md5> {
    let mut hasher = Hasher::default();
    read_all(&mut File::open(path)?, |bytes| hasher.update(bytes))?;
    Ok(hasher.finish())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn every_file_is_read_and_the_damaged_ones_are_named() {
        let dir = tempfile::tempdir().unwrap();
        let store = FileStore::new(dir.path().join("files"));
        assert_eq!(store.verify(|| ()).files, 0);
        for content in ["", "one", "two", "three"] {
            store.admit(content.as_bytes(), None).unwrap();
        }
        let flipped = store.get(Md5::of(b"two")).unwrap();
        std::fs::write(flipped.path, "twp").unwrap();
        let told = AtomicUsize::new(0);
        let verified = store.verify(|| _ = told.fetch_add(1, Ordering::Relaxed));
        assert_eq!((verified.files, verified.bytes, told.into_inner()), (4, 11, 4));
        let damaged: Vec<_> = verified.damaged.into_iter().map(|file| (file.md5, file.found.unwrap())).collect();
        assert_eq!(damaged, [(Md5::of(b"two"), Md5::of(b"twp"))]);
    }
}
