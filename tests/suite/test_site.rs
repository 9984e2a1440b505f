//! `TestSite`: a folder in which the real program is run, and what came of it.
//!
//! The program sees no environment but what a test gives it, so that nothing depends on the machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use walkdir::WalkDir;

/// A folder with a site in it, gone when dropped.
pub struct TestSite {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

/// What a run of the program said, and how it ended.
#[derive(Debug)]
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
}

impl TestSite {
    /// An empty folder.
    pub fn empty() -> Self {
        Self { folder: TempDir::new().unwrap(), environment: Vec::new() }
    }

    /// A site of one library in a folder: `items` and `collections` are lines of JSON.
    pub fn of(items: &[String], collections: &[String]) -> Self {
        Self::empty()
            .write("zbib.toml", SETTINGS)
            .write("library/items.jsonl", items.join("\n"))
            .write("library/collections.jsonl", collections.join("\n"))
    }

    /// Writes a file.
    pub fn write(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.change(path, content);
        self
    }

    /// Writes a file in the middle of a test.
    pub fn change(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap();
    }

    /// Sets a variable for every run from here on.
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Runs `zbib`.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let code = output.status.code().unwrap_or(-1);
        Run { stdout: text(output.stdout), stderr: text(output.stderr), code }
    }

    /// The program, ready to be run with these arguments.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zbib"));
        command.args(arguments).current_dir(self.folder.path()).env_clear();
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Builds the site and expects that to succeed without a warning.
    pub fn build(&self) -> Run {
        let run = self.run(&["build", "--strict"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run
    }

    /// Runs the program and expects it to fail, saying exactly this on stderr and nothing on stdout.
    #[track_caller]
    pub fn fails(&self, arguments: &[&str], code: i32, says: &str) {
        let run = self.run(arguments);
        assert_eq!((run.stderr.as_str(), run.stdout.as_str(), run.code), (says, "", code));
    }

    /// A file of the site as text.
    pub fn page(&self, path: &str) -> String {
        let path = self.path("public").join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub fn has(&self, path: &str) -> bool {
        self.path("public").join(path).exists()
    }

    /// Every file of the site with its bytes.
    pub fn site(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.path("public"))
    }
}

/// Every file under a folder with its bytes.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
    entries.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

/// What differs between two sites: paths that are in one only, or hold other bytes.
pub fn differences(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut paths: Vec<_> = a.keys().chain(b.keys()).collect();
    paths.sort();
    paths.dedup();
    paths.into_iter().filter(|path| a.get(*path) != b.get(*path)).cloned().collect()
}

/// The settings of [`TestSite::of`].
const SETTINGS: &str = "\
[site]
title = \"Test\"
base-url = \"https://example.org/papers/\"

[[libraries]]
type = \"file\"
path = \"library\"
";

/// A record as the API has it, on one line: `more` are further properties of its data.
pub fn record(key: &str, item_type: &str, more: &str) -> String {
    let comma = if more.is_empty() { "" } else { "," };
    format!(
        r#"{{"key":"{key}","version":1,"data":{{"key":"{key}","version":1,"itemType":"{item_type}","dateAdded":"2020-01-02T03:04:05Z","dateModified":"2021-02-03T04:05:06Z"{comma}{more}}}}}"#
    )
}

/// A collection as the API has it, on one line.
pub fn collection(key: &str, name: &str, parent: Option<&str>) -> String {
    let parent = parent.map_or("false".to_owned(), |parent| format!("\"{parent}\""));
    format!(
        r#"{{"key":"{key}","version":1,"data":{{"key":"{key}","version":1,"name":{},"parentCollection":{parent}}}}}"#,
        serde_json::Value::from(name)
    )
}
