//! `docs/edge-cases.md` against the tests that there are.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// The rows there are, each once.
const ROWS: std::ops::RangeInclusive<u32> = 1..=130;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What stands in the last column of a row.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    tests: Vec<String>,
    reason: String,
}

impl Shown {
    /// Names of tests are in backticks and have a room; whatever else is written is the reason.
    fn read(cell: &str) -> Self {
        let (mut tests, mut reason) = (Vec::new(), String::new());
        for (at, part) in cell.split('`').enumerate() {
            match (at % 2 == 1, part.contains("::")) {
                (true, true) => tests.push(part.to_owned()),
                (true, false) => reason.extend(["`", part, "`"]),
                (false, _) if part.trim() == "," => {}
                (false, _) => reason.push_str(part),
            }
        }
        Self { tests, reason: reason.trim().to_owned() }
    }

    fn is_open(&self) -> bool {
        self.tests.is_empty() && self.reason == "open"
    }
}

/// Every row with its last cell, in the order of the page.
fn rows(page: &str) -> Vec<(u32, Shown)> {
    let cells = |line: &str| {
        let mut cells = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").map(str::to_owned);
        let number = cells.next()?.parse().ok()?;
        let situation = cells.next()?;
        assert!(situation.split(' ').count() > 3, "row {number} tells no situation");
        let shown = cells.next().unwrap_or_else(|| panic!("row {number} has no last column"));
        assert!(cells.next().is_none(), "row {number} has more than three columns");
        Some((number, Shown::read(&shown)))
    };
    page.lines().filter_map(cells).collect()
}

/// All tests by the names `cargo test` gives them.
fn tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for folder in ["src", "tests/suite"] {
        let folder = root().join(folder);
        let files = WalkDir::new(&folder).into_iter().map(Result::unwrap);
        for file in files.filter(|entry| entry.path().extension().is_some_and(|kind| kind == "rs")) {
            let path = file.path().strip_prefix(&folder).unwrap().with_extension("");
            let mut room: Vec<_> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            if room.last().is_some_and(|name| name == "mod") {
                room.pop();
            }
            found.extend(tests_of(&room, &fs::read_to_string(file.path()).unwrap()));
        }
    }
    found
}

/// The functions below `#[test]`, in the room `tests` if they stand in one.
fn tests_of(room: &[String], source: &str) -> Vec<String> {
    let (mut room, mut found, mut marked) = (room.join("::"), Vec::new(), false);
    for line in source.lines().map(str::trim_start) {
        if line.starts_with("mod tests {") {
            room.push_str("::tests");
        }
        marked |= line.starts_with("#[test]");
        if let Some(rest) = line.strip_prefix("fn ").filter(|_| marked) {
            let name = rest.split(['(', '<']).next().unwrap();
            found.push(format!("{room}::{name}"));
            marked = false;
        }
    }
    found
}

fn page() -> String {
    fs::read_to_string(root().join("docs/edge-cases.md")).unwrap()
}

#[test]
fn every_row_stands_there_once_in_its_order() {
    let numbers: Vec<_> = rows(&page()).into_iter().map(|(number, _)| number).collect();
    assert_eq!(numbers, ROWS.collect::<Vec<_>>());
}

#[test]
fn every_test_that_a_row_names_exists() {
    let tests = tests();
    let lost: Vec<_> = rows(&page())
        .into_iter()
        .flat_map(|(number, shown)| shown.tests.into_iter().map(move |name| (number, name)))
        .filter(|(_, name)| !tests.contains(name))
        .collect();
    assert!(lost.is_empty(), "no such tests: {lost:#?}");
}

#[test]
fn a_row_without_a_test_has_its_reason_as_a_sentence() {
    for (number, shown) in rows(&page()).into_iter().filter(|(_, shown)| !shown.is_open()) {
        let reason = &shown.reason;
        let sentence = reason.ends_with('.') && reason.split(' ').count() > 4 && !reason.contains("open");
        assert!(sentence || (reason.is_empty() && !shown.tests.is_empty()), "row {number}: {reason:?}");
    }
}

#[test]
fn no_row_lacks_its_tests_or_its_reason() {
    let open: Vec<_> =
        rows(&page()).into_iter().filter(|(_, shown)| shown.is_open()).map(|(number, _)| number).collect();
    assert!(open.is_empty(), "{open:?}");
}

/// The reader of this page and of the sources sees what is there.
#[test]
fn a_lost_row_and_a_lost_test_are_seen() {
    let page = "| 7 | somebody does something odd | `a::b`, `c::d` |\n| 8 | somebody does something else | A reason of `x` in words. |\n";
    let by_number: BTreeMap<_, _> = rows(page).into_iter().collect();
    assert_eq!(by_number[&7], Shown { tests: vec!["a::b".into(), "c::d".into()], reason: String::new() });
    assert_eq!(by_number[&8], Shown { tests: Vec::new(), reason: "A reason of `x` in words.".into() });
    let source = "fn other() {}\n#[test]\n#[expect(x)]\nfn one() {}\nmod tests {\n    proptest! {\n        #[test]\n        fn two(\n";
    assert_eq!(tests_of(&["room".into()], source), ["room::one", "room::tests::two"]);
}
