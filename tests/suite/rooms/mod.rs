//! The table of rooms in `ARCHITECTURE.md` against the code: who exists, who may use whom, which crate is at home where.
//!
//! Changing what a room may import means changing its row in the same commit, with a reason.

mod names;
mod table;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use self::names::Names;
use self::table::Table;

/// Rooms whose results depend on what they are given and on nothing else.
const PURE: [&str; 5] = ["bibliography/", "website/", "language/", "zotero/schema/", "zotero/record/"];

/// The one among them that writes to the disk.
const DISK: &str = "website/writer";

/// What the world outside the program is reached by.
const OUTWARD: [&str; 7] =
    ["std::fs", "std::net", "std::env", "std::process", "std::time::SystemTime", "std::time::Instant", "tokio"];

/// A source file of the house, without its tests.
struct Source {
    /// Its path under `src/`, for messages.
    file: String,
    names: Names,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn table() -> Table {
    Table::read(&std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap())
}

/// All sources but `lib.rs`, which only names the wings; modules that exist for tests alone are left out.
fn sources() -> Vec<Source> {
    let src = root().join("src");
    let files = walkdir::WalkDir::new(&src).sort_by_file_name().into_iter().map(|entry| entry.unwrap().into_path());
    let files: Vec<PathBuf> = files.filter(|file| file.extension().is_some_and(|found| found == "rs")).collect();
    let read = |file: &PathBuf| {
        let file = file.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
        let names = Names::read(&std::fs::read_to_string(src.join(&file)).unwrap(), &names::module(&file));
        Source { file, names }
    };
    let mut sources: Vec<Source> = files.iter().map(read).filter(|source| source.file != "lib.rs").collect();
    let of_tests: BTreeSet<Vec<String>> = sources.iter().flat_map(|source| source.names.test_modules.clone()).collect();
    sources.retain(|source| {
        let module = names::module(&source.file);
        !(1..=module.len()).any(|length| of_tests.contains(&module[..length]))
    });
    sources
}

#[test]
fn every_room_has_its_row_and_every_row_its_room() {
    let table = table();
    let mut found = BTreeSet::new();
    let mut homeless = Vec::new();
    for source in sources() {
        match table.room_of(&names::module(&source.file)) {
            Some(room) => found.extend([room.name.clone()]),
            // A wing's own file names its rooms and nothing else.
            None if table.is_wing(&names::module(&source.file)) && source.names.paths.is_empty() => {}
            None => homeless.push(source.file),
        }
    }
    assert!(homeless.is_empty(), "no row of ARCHITECTURE.md has a room for {homeless:?}");
    let rows: BTreeSet<String> = table.rooms.iter().map(|room| room.name.clone()).collect();
    assert_eq!(found, rows, "left: rooms in src/, right: rows of ARCHITECTURE.md");
}

#[test]
fn a_room_imports_only_what_its_row_allows() {
    let table = table();
    let mut faults = BTreeSet::new();
    for source in sources() {
        let Some(room) = table.room_of(&names::module(&source.file)) else { continue };
        for path in &source.names.paths {
            match table.room_of(path) {
                Some(other) if other.name == room.name || room.imports.contains(&other.name) => {}
                Some(other) => {
                    faults.insert(format!("{}: `{}` may not use `{}`", source.file, room.name, other.name));
                }
                None => {
                    faults.insert(format!("{}: `crate::{}` is no room", source.file, path.join("::")));
                }
            }
        }
    }
    assert!(faults.is_empty(), "against the table in ARCHITECTURE.md:\n{}", Vec::from_iter(faults).join("\n"));
}

#[test]
fn rooms_use_only_rooms_above_their_own_row() {
    let table = table();
    for (position, room) in table.rooms.iter().enumerate() {
        for import in &room.imports {
            let above = table.rooms[..position].iter().any(|other| other.name == *import);
            assert!(above, "`{}` may import `{import}`, which has no row above it", room.name);
        }
    }
}

#[test]
fn a_crate_is_used_in_its_home_only() {
    let table = table();
    let mut faults = BTreeSet::new();
    for source in sources() {
        let Some(room) = table.room_of(&names::module(&source.file)) else { continue };
        for name in source.names.outside.iter().map(|path| &path[0]) {
            if let Some(home) = table.home_of(name).filter(|home| *home != room.name) {
                faults.insert(format!("{}: `{name}` is at home in `{home}`", source.file));
            }
        }
    }
    assert!(faults.is_empty(), "against the table in ARCHITECTURE.md:\n{}", Vec::from_iter(faults).join("\n"));
}

#[test]
fn pure_rooms_touch_no_file_no_network_no_clock_and_no_environment() {
    let mut faults = BTreeSet::new();
    for source in sources() {
        let module = names::module(&source.file).join("/");
        let pure = PURE.iter().any(|room| module.starts_with(room)) && !module.starts_with(DISK);
        let outward = |path: &&Vec<String>| OUTWARD.iter().any(|outward| path.join("::").starts_with(outward));
        for path in source.names.outside.iter().filter(|_| pure).filter(outward) {
            faults.insert(format!("{}: `{}`", source.file, path.join("::")));
        }
    }
    assert!(faults.is_empty(), "the same input would not give the same site:\n{}", Vec::from_iter(faults).join("\n"));
}

#[test]
fn every_dependency_has_one_home_or_is_shared() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    let dependencies: BTreeSet<String> = manifest["dependencies"].as_table().unwrap().keys().cloned().collect();
    let table = table();
    let homes: Vec<String> =
        table.rooms.iter().flat_map(|room| room.crates.iter()).chain(&table.shared).cloned().collect();
    assert_eq!(homes.iter().collect::<BTreeSet<_>>().len(), homes.len(), "a crate is listed twice: {homes:?}");
    assert_eq!(BTreeSet::from_iter(homes), dependencies, "left: ARCHITECTURE.md, right: Cargo.toml");
}

#[test]
fn the_description_stays_short_enough_to_be_read() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    assert!(text.lines().count() <= 200, "ARCHITECTURE.md has {} lines", text.lines().count());
}
