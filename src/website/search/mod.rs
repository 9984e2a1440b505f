//! What is searchable, and the index that readers' browsers search.
//!
//! [`files`] makes the search's data for a site; [`find`] searches them without a browser. Nothing here writes HTML, reads a
//! file, or puts a record into the data that the library does not publish.

pub mod analysis;
mod find;
mod manifest;
mod quick;
mod spelling;
#[cfg(test)]
mod tests;

use crate::bibliography::library::Library;
use crate::website::address::Addresses;
use crate::website::outline::Outline;
use crate::website::output::OutputFile;

pub use self::find::{FindError, Hit, find, parts};
pub use self::manifest::{FIRST, MANIFEST};

use self::manifest::Manifest;

/// What the index is made from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub library: &'a Library,
    pub outline: &'a Outline,
    pub addresses: &'a Addresses<'a>,
}

/// All files of the search's data: `search/data/quick.idx`, its further parts, and the manifest that lists them.
#[must_use]
pub fn files(context: &Context<'_>) -> Vec<OutputFile<'static>> {
    let parts = quick::parts(context);
    let manifest = Manifest::new(&parts);
    let list = serde_json::to_vec(&manifest).expect("names and numbers are always JSON");
    let file = |name: &str, bytes| OutputFile::bytes(context.addresses.search_data(name), "the quick finder", bytes);
    let mut files = vec![file(MANIFEST, list)];
    files.extend(manifest.quick.iter().zip(parts).map(|(entry, part)| file(&entry.file, part.bytes)));
    files
}
