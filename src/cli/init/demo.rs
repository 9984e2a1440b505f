//! The demonstration library, which comes with the program.

use std::path::PathBuf;

use include_dir::{Dir, DirEntry, include_dir};

static CONTENT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content");

/// Every file of the demonstration with its place in the new folder.
pub(super) fn files() -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open: Vec<&DirEntry<'_>> = CONTENT.entries().iter().collect();
    while let Some(entry) = open.pop() {
        match entry {
            DirEntry::Dir(folder) => open.extend(folder.entries()),
            DirEntry::File(file) => files.push((PathBuf::from("content").join(file.path()), file.contents().to_vec())),
        }
    }
    files.sort();
    files
}
