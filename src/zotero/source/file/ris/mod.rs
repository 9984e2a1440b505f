//! RIS records as Zotero's records: the mapping that zbib writes RIS by, read backwards, and what other programs write.
//!
//! A tag that a type has no field for is kept in Extra as `TAG: value`. Notes become notes, links to the web become links.

mod children;
mod dates;
mod lines;
mod pages;
mod record;
mod table;

use crate::report::problem::{Kind, Level};
use crate::zotero::source::file::keys::Keys;
use crate::zotero::source::file::{FileLibrary, Malformed};

static UNKNOWN_TYPE: Kind = Kind {
    id: "ris-type",
    level: Level::Warning,
    one: "a record of a .ris file is of a type RIS does not have; it is read as one of type GEN",
    many: "{n} records of .ris files are of types RIS does not have; they are read as ones of type GEN",
    hint: Some("write one of RIS's types there; tags without a field are in Extra"),
};

static LOCAL: Kind = Kind {
    id: "ris-local-file",
    level: Level::Note,
    one: "a .ris file names a file on a disk; it is no part of the library",
    many: "{n} times .ris files name files on a disk; they are no part of the library",
    hint: Some("to publish files, take the library from Zotero, or from a folder of records and files"),
};

/// All records of the file `name`.
pub(super) fn read(text: &str, name: &str) -> Result<FileLibrary, Malformed> {
    let mut library = FileLibrary::default();
    let entries = lines::entries(text, name, &mut library.problems);
    if entries.iter().all(|entry| entry.code.is_none()) && !text.trim().is_empty() {
        let reason = "it has no line `TY  - `, with which a record of RIS begins".to_owned();
        return Err(Malformed { reason, place: None });
    }
    let mut keys = Keys::default();
    for entry in &entries {
        let place = format!("{name}:{}", entry.line);
        let records = record::records(entry, &mut keys, library.records.len(), &place, &mut library.problems);
        library.records.extend(records);
    }
    Ok(library)
}

#[cfg(test)]
mod tests;
