//! Whether a site still stands as the last build wrote it, without making it again.

use std::fs::{self, Metadata};
use std::path::Path;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use crate::website::writer::manifest::{Entry, Manifest};
use crate::website::writer::{Written, check, compare, make, reserved};

/// A site of which every file is what the last build wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intact {
    /// A number for all that stands there.
    pub seal: u128,
    pub files: usize,
    pub bytes: u64,
}

impl Intact {
    /// As the account of a build that had nothing to write.
    #[must_use]
    pub fn written(self) -> Written {
        Written { files: self.files, bytes: self.bytes, unchanged: self.files, ..Written::default() }
    }
}

/// The site in `dir`, if it is whole and nobody has touched it since.
///
/// A file is known by its length and the time it was last changed, which nobody can set back; where that proves nothing,
/// as after a copy of the site, it is read.
#[must_use]
pub fn intact(dir: &Path) -> Option<Intact> {
    let dir = check::resolved(dir).ok()?;
    let path = dir.join(reserved::MANIFEST);
    let written = fs::symlink_metadata(&path).ok()?;
    let text = fs::read_to_string(&path).ok()?;
    let files = Manifest::parse(&text).ok()?.files;
    let whole = !dir.join(reserved::STAGING).exists();
    let stands = whole && files.par_iter().all(|(path, entry)| stands(&dir.join(path.as_str()), *entry, &written));
    let bytes = files.values().map(|entry| entry.size).sum();
    stands.then(|| Intact { seal: xxh3_128(text.as_bytes()), files: files.len(), bytes })
}

/// A number for the site that was last written to `dir`.
#[must_use]
pub fn seal(dir: &Path) -> Option<u128> {
    fs::read(dir.join(reserved::MANIFEST)).ok().map(|text| xxh3_128(&text))
}

fn stands(path: &Path, entry: Entry, manifest: &Metadata) -> bool {
    let Ok(metadata) = fs::symlink_metadata(path) else { return false };
    metadata.is_file()
        && metadata.len() == entry.size
        && (compare::changed_before(&metadata, manifest) || make::entry_at(path).is_ok_and(|found| found == entry))
}
