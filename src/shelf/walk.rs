//! The files below a folder, in an order that does not depend on the system.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;
use walkdir::{DirEntry, WalkDir};

use crate::report::Problem;
use crate::report::problem::{Kind, Level};
use crate::shelf::{ShelfError, Text};

static SYMLINK: Kind = Kind {
    id: "symlink-skipped",
    level: Level::Warning,
    one: "a symlink is skipped",
    many: "{n} symlinks are skipped",
    hint: Some("put a copy of what it names in its place; what lies elsewhere could be published by mistake"),
};

/// A file below a folder.
#[derive(Debug)]
pub(super) struct Found {
    /// Its path in the folder, with slashes and accents composed.
    pub path: String,
    /// Its path from the project's root.
    pub place: String,
    pub from: PathBuf,
}

/// The files in `folder` and the folders in it, sorted by path, but for hidden ones and what `except` names. Both are
/// paths from `root`.
pub(super) fn files(
    root: &Path,
    folder: &Path,
    except: &[PathBuf],
    problems: &mut Vec<Problem>,
) -> Result<Vec<Found>, ShelfError> {
    let top = root.join(folder);
    match fs::metadata(&top) {
        Ok(metadata) if metadata.is_dir() => {}
        Ok(_) => return Err(ShelfError::NotAFolder { place: place(&top, root) }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(ShelfError::Read { place: place(&top, root), source }),
    }
    let except: Vec<_> = except.iter().map(|path| root.join(path)).collect();
    let wanted =
        |entry: &DirEntry| entry.depth() == 0 || !(is_hidden(entry) || except.iter().any(|path| entry.path() == path));
    let mut files = Vec::new();
    for entry in WalkDir::new(&top).follow_links(false).sort_by_file_name().into_iter().filter_entry(wanted) {
        let entry = entry.map_err(|error| unreadable(error, &top, root))?;
        let place = place(entry.path(), root);
        if entry.path_is_symlink() && entry.depth() > 0 {
            problems.push(Problem::new(&SYMLINK, place, ""));
        } else if entry.file_type().is_file() {
            files.push(found(&entry, &top, place)?);
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

impl Found {
    /// The content of a file of at most `limit` bytes.
    pub fn bytes(&self, limit: u64) -> Result<Vec<u8>, ShelfError> {
        let mut bytes = Vec::new();
        let read = File::open(&self.from).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
        read.map_err(|source| ShelfError::Read { place: self.place.clone(), source })?;
        if bytes.len() as u64 > limit {
            return Err(ShelfError::TooLarge { place: self.place.clone(), limit });
        }
        Ok(bytes)
    }

    /// The content of a text file of at most `limit` bytes.
    pub fn text(self, limit: u64) -> Result<Text, ShelfError> {
        match String::from_utf8(self.bytes(limit)?) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
                Ok(Text { path: self.path, place: self.place, text })
            }
            Err(error) => {
                let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
                Err(ShelfError::NotText { place: self.place, line })
            }
        }
    }
}

/// `.well-known` is hidden from people, not from the web.
fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    name.starts_with(b".") && name != b".well-known"
}

fn found(entry: &DirEntry, top: &Path, place: String) -> Result<Found, ShelfError> {
    let relative = entry.path().strip_prefix(top).expect("an entry of a walk lies below its start");
    let mut segments = Vec::new();
    for segment in relative {
        match segment.to_str() {
            Some(name) if !name.contains(|c: char| c.is_control() || matches!(c, '\\' | ':')) => segments.push(name),
            Some(_) => return Err(ShelfError::Name { place, reason: "a character in it is refused by other systems" }),
            None => return Err(ShelfError::Name { place, reason: "it is not UTF-8" }),
        }
    }
    let path = segments.join("/").nfc().collect();
    Ok(Found { path, place, from: entry.path().to_owned() })
}

/// A path from the project's root, for messages.
fn place(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).display().to_string().replace('\\', "/")
}

fn unreadable(error: walkdir::Error, top: &Path, root: &Path) -> ShelfError {
    let place = place(error.path().unwrap_or(top), root);
    let source = error.into_io_error().unwrap_or_else(|| io::Error::other("it holds itself"));
    ShelfError::Read { place, source }
}
