//! The list of the search's data files: the one name, beside `quick.idx`, that a page knows.
//!
//! Every other data file has a hash in its name, so a reader who comes during a deploy never mixes two builds.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::quick::Part;

/// The manifest's name among the data files.
pub const MANIFEST: &str = "manifest.json";

/// The name of the quick finder's first part.
pub const FIRST: &str = "quick.idx";

/// The format of the manifest and of everything it lists. A reader that knows another one leaves the files alone.
const FORMAT: u32 = 1;

/// `search/data/manifest.json`.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// Records in the whole site.
    pub items: usize,
    /// The quick finder's index, newest additions first.
    pub quick: Vec<Entry>,
}

/// A data file.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name beside the manifest.
    pub file: String,
    /// Records in it.
    pub items: usize,
}

impl Manifest {
    #[must_use]
    pub fn new(parts: &[Part]) -> Self {
        let entry = |(number, part): (usize, &Part)| Entry { file: file(number, &part.bytes), items: part.items };
        let quick: Vec<Entry> = parts.iter().enumerate().map(entry).collect();
        Self { format: FORMAT, items: quick.iter().map(|part| part.items).sum(), quick }
    }

    /// Whether this program can read the files it lists.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.format == FORMAT
    }
}

fn file(number: usize, bytes: &[u8]) -> String {
    match number {
        0 => FIRST.to_owned(),
        number => format!("quick-{number}.{:010x}.idx", xxh3_64(bytes) >> 24),
    }
}
