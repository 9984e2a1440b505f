//! `.zbib-manifest`: what the last build wrote, one line a file, sorted by path.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use crate::website::output::SitePath;
use crate::website::writer::WriterError;

const FIRST_LINE: &str = "zbib-manifest 1";

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    hash: u128,
    pub size: u64,
}

impl Entry {
    pub fn of(bytes: &[u8]) -> Self {
        Self { hash: xxh3_128(bytes), size: bytes.len() as u64 }
    }

    /// Of all that comes out of `from`, while it is handed on to `to`.
    pub fn of_stream(from: &mut dyn io::Read, to: &mut dyn io::Write) -> io::Result<Self> {
        let mut hasher = Xxh3::new();
        let mut size = 0;
        let mut buffer = vec![0; 128 * 1024];
        loop {
            match from.read(&mut buffer) {
                Ok(0) => return Ok(Self { hash: hasher.digest128(), size }),
                Ok(read) => {
                    hasher.update(&buffer[..read]);
                    to.write_all(&buffer[..read])?;
                    size += read as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// The files of a build.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub files: BTreeMap<SitePath, Entry>,
}

impl Manifest {
    pub fn of(files: impl IntoIterator<Item = (SitePath, Entry)>) -> Self {
        Self { files: files.into_iter().collect() }
    }

    pub fn text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        for (path, entry) in &self.files {
            let _ = writeln!(text, "{:032x} {} {path}", entry.hash, entry.size);
        }
        text
    }

    /// The manifest at `path`, and whether there is one. An empty file is one of no files.
    pub fn read(path: &Path) -> Result<Option<Self>, WriterError> {
        match fs::read_to_string(path) {
            Ok(text) => {
                Self::parse(&text).map(Some).map_err(|line| WriterError::Manifest { path: path.to_owned(), line })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                Err(WriterError::Manifest { path: path.to_owned(), line: 1 })
            }
            Err(error) => Err(WriterError::reading(path)(error)),
        }
    }

    /// Or the number of the first line that is none. Paths are checked: a manifest that somebody wrote by hand cannot
    /// lead outside the folder.
    pub fn parse(text: &str) -> Result<Self, usize> {
        let mut lines = text.lines().enumerate();
        if lines.next().is_some_and(|(_, line)| line != FIRST_LINE) {
            return Err(1);
        }
        let files = lines.map(|(at, line)| parse_line(line).ok_or(at + 1)).collect::<Result<_, _>>()?;
        Ok(Self { files })
    }
}

fn parse_line(line: &str) -> Option<(SitePath, Entry)> {
    let mut words = line.splitn(3, ' ');
    let hash = u128::from_str_radix(words.next()?, 16).ok()?;
    let size = words.next()?.parse().ok()?;
    Some((SitePath::new(words.next()?).ok()?, Entry { hash, size }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_and_nothing_else() {
        let path = |text: &str| SitePath::new(text).unwrap();
        let files = BTreeMap::from([(path("b c.html"), Entry::of(b"x")), (path("a"), Entry::of(b""))]);
        let manifest = Manifest { files };
        let text = manifest.text();
        assert!(text.starts_with("zbib-manifest 1\n99aa06d3014798d86001c324468d497f 0 a\n"), "{text}");
        assert_eq!(Manifest::parse(&text), Ok(manifest));
        assert_eq!(Manifest::parse(""), Ok(Manifest::default()));
        assert_eq!(Manifest::parse("zbib-manifest 2\n"), Err(1));
        assert_eq!(Manifest::parse("zbib-manifest 1\n0 1 ../x\n"), Err(2));
        assert_eq!(Manifest::parse("zbib-manifest 1\n0 1 x\n0 x\n"), Err(3));
    }

    #[test]
    fn a_stream_has_the_hash_of_its_bytes() {
        let bytes = vec![7; 300_000];
        let mut copy = Vec::new();
        assert_eq!(Entry::of_stream(&mut bytes.as_slice(), &mut copy).unwrap(), Entry::of(&bytes));
        assert_eq!(copy, bytes);
    }
}
