//! Whether what stands there is already what a build wants there.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

use crate::website::writer::manifest::Entry;

/// Whether a file holds just these bytes. Read each time: a file may have been edited by hand, and reading a page costs
/// less than making it.
pub(super) fn holds(path: &Path, metadata: &Metadata, bytes: &[u8]) -> io::Result<bool> {
    Ok(metadata.len() == bytes.len() as u64 && fs::read(path)? == bytes)
}

/// Whether a file is still the copy that an earlier build made of `source`, as far as time stamps prove it.
///
/// A copy gets the time of its source. So if both have one time and one length, and the file system changed neither
/// since the manifest was written, no byte needs to be read. Where a system does not keep such a time (or after `cp -r`
/// of the site), nothing is proven and the bytes decide.
pub(super) fn is_proven_copy(copy: &Metadata, source: &Metadata, manifest: Option<&Metadata>) -> bool {
    let same_time = copy.modified().is_ok_and(|time| source.modified().is_ok_and(|other| time == other));
    let before = |file| manifest.is_some_and(|manifest| changed_before(file, manifest));
    same_time && copy.len() == source.len() && before(copy) && before(source)
}

/// Whether a file was last changed, in content or name, strictly before another. Unlike the time of modification, nobody
/// can set this one back.
#[cfg(unix)]
pub(super) fn changed_before(file: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (file.ctime(), file.ctime_nsec()) < (other.ctime(), other.ctime_nsec())
}

#[cfg(not(unix))]
pub(super) fn changed_before(_: &Metadata, _: &Metadata) -> bool {
    false
}

/// The content of a file.
pub(super) fn entry(file: &mut File) -> io::Result<Entry> {
    Entry::of_stream(file, &mut io::sink())
}
