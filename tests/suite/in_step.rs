//! What is written about the program against the program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::test_site::TestSite;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The rows of a table whose head begins with `head`: their cells.
fn table(text: &str, head: &str) -> Vec<Vec<String>> {
    let rows = text.lines().skip_while(|line| !line.starts_with(head)).skip(2).take_while(|line| line.starts_with('|'));
    let cells = |row: &str| row.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
    rows.map(cells).collect()
}

/// The commands that `--help` names.
fn commands() -> BTreeSet<String> {
    let help = TestSite::empty().run(&["--help"]).stdout;
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names =
        lines.filter(|line| !line.starts_with("   ")).map(|line| line.split_whitespace().next().unwrap().to_owned());
    names.filter(|name| name != "help").collect()
}

#[test]
fn the_readme_names_the_commands_that_there_are() {
    let rows = table(&read("README.md"), "| command |");
    let named: BTreeSet<_> =
        rows.iter().map(|row| row[0].split_whitespace().nth(1).unwrap().trim_matches('`').to_owned()).collect();
    assert_eq!(named, commands(), "left: README.md, right: `zbib --help`");
}

#[test]
fn flags_that_the_readme_names_exist() {
    for row in table(&read("README.md"), "| command |") {
        let command = row[0].split_whitespace().nth(1).unwrap().trim_matches('`');
        let help = TestSite::empty().run(&[command, "--help"]).stdout;
        let flags = row[1].split('`').skip(1).step_by(2).filter(|part| part.starts_with("--"));
        flags.for_each(|flag| assert!(help.contains(flag), "`zbib {command}` has no {flag}"));
    }
}

#[test]
fn exit_codes_are_those_of_the_readme() {
    let rows = table(&read("README.md"), "| exit code |");
    let codes: Vec<_> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(codes, ["0", "1", "2", "3"]);
    let site = TestSite::of(&[], &[]).write("content/about.md", "[@nobody2020]");
    assert_eq!(site.run(&["build"]).code, 0);
    assert_eq!(site.run(&["build", "--strict"]).code, 3);
    assert_eq!(site.run(&["build", "--config", "none.toml"]).code, 2);
    assert_eq!(TestSite::of(&[], &[]).run(&["build", "--offline"]).code, 1);
}

/// Every setting with the value it has when nothing is set; none for one that has no default.
fn settings() -> BTreeMap<String, String> {
    let site = TestSite::empty().write("zbib.toml", "[[libraries]]\nid = 1\n");
    let run = site.run(&["config"]);
    let lines = run.stdout.lines().filter(|line| !line.starts_with("# the API key"));
    let setting = |line: &str| {
        let line = line.strip_prefix("# ").unwrap_or(line);
        let line = line.rsplit_once("  # ").map_or(line, |(setting, _)| setting).trim_end();
        let (name, value) = line.split_once(" = ").unwrap_or((line, ""));
        (
            name.replace("libraries[0]", "libraries"),
            if name == "libraries[0].id" { String::new() } else { value.to_owned() },
        )
    };
    lines.map(setting).collect()
}

#[test]
fn every_setting_is_documented_with_its_default() {
    let text = read("docs/settings.md");
    let mut documented = BTreeMap::new();
    for section in text.split("\n## ").skip(1) {
        let name = section.split(['`', '[', ']']).find(|part| !part.is_empty()).unwrap();
        for row in table(section, "| setting |") {
            assert!(row.len() == 3 && !row[2].is_empty(), "{row:?}");
            documented.insert(format!("{name}.{}", row[0].trim_matches('`')), row[1].trim_matches('`').to_owned());
        }
    }
    assert_eq!(documented, settings(), "left: docs/settings.md, right: `zbib config`");
}

#[test]
fn changes_that_are_not_released_have_their_place() {
    assert!(read("CHANGELOG.md").contains("\n## Unreleased\n"));
}

/// A source file without its tests.
fn without_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]\nmod tests {").next().unwrap()
}

#[test]
fn nothing_is_left_unfinished_and_files_are_short() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(src).into_iter().map(Result::unwrap);
    for file in files.filter(|entry| entry.path().extension().is_some_and(|kind| kind == "rs")) {
        let text = fs::read_to_string(file.path()).unwrap();
        for word in ["todo!(", "dbg!(", "unimplemented!(", "FIXME", "TODO"] {
            assert!(!text.contains(word), "{}: {word}", file.path().display());
        }
        let lines = without_tests(&text).lines().count();
        assert!(lines <= 400, "{}: {lines} lines", file.path().display());
    }
}

/// The modules of the suite that use the reference data.
fn compared() -> BTreeSet<String> {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let files =
        walkdir::WalkDir::new(&suite).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let module = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(&suite).unwrap().with_extension("");
        let text = fs::read_to_string(entry.path()).unwrap_or_default();
        let uses = ["reference::find(", "reference::corpus("].iter().any(|call| text.contains(call));
        uses.then(|| path.iter().next().unwrap().to_str().unwrap().to_owned())
    };
    files.filter_map(module).filter(|name| name != "in_step").collect()
}

#[test]
fn every_comparison_with_reference_data_is_made_in_ci() {
    let script = read(".ci/run");
    let line = script.lines().find(|line| line.trim_start().starts_with("ZBIB_SHARED=")).unwrap();
    let named: BTreeSet<_> =
        line.split_whitespace().filter_map(|word| word.strip_suffix("::")).map(str::to_owned).collect();
    assert_eq!(named, compared(), "left: .ci/run, right: the modules that use the reference data");
}
