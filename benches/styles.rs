//! How long styles and locales take to load, and how much memory they hold: `cargo bench --bench styles`.
//!
//! The archive's styles are measured by name; style files are those of `cite-data/styles` in the folder that `ZBIB_SHARED`
//! names, if there is one.

use std::ffi::OsString;
use std::path::Path;
use std::sync::LazyLock;

use divan::{AllocProfiler, Bencher};
use zbib::bibliography::citation::styles::{self, StyleError, archive, locales};

/// Counts what is allocated: the most that is held at once is what a style needs.
#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

static FILES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let Some(shared) = shared() else { return Vec::new() };
    let Ok(folder) = std::fs::read_dir(Path::new(&shared).join("cite-data/styles")) else { return Vec::new() };
    let files = folder.flatten().map(|file| file.path());
    let read =
        |path: std::path::PathBuf| Some((path.file_name()?.to_str()?.to_owned(), std::fs::read_to_string(&path).ok()?));
    let mut files: Vec<_> = files.filter_map(read).collect();
    files.sort();
    files
});

fn main() {
    divan::main();
}

#[expect(clippy::disallowed_methods, reason = "as in tests: nothing here is part of the program")]
fn shared() -> Option<OsString> {
    std::env::var_os("ZBIB_SHARED")
}

fn none(_: &str) -> Result<Option<String>, StyleError> {
    Ok(None)
}

/// A style of the archive.
#[divan::bench(args = archive::names())]
fn from_archive(bencher: Bencher<'_, '_>, name: &str) {
    bencher.bench(|| styles::style(name, &mut none));
}

/// A style file: measured, checked and read.
#[divan::bench(args = FILES.iter().map(|(name, _)| name.as_str()))]
fn from_file(bencher: Bencher<'_, '_>, name: &str) {
    let text = FILES.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone());
    bencher.bench(|| styles::style(name, &mut |_| Ok::<_, StyleError>(text.clone())));
}

/// A locale with those that it falls back to.
#[divan::bench(args = ["en-US", "de-AT", "pt-BR", "zh-TW"])]
fn locale(bencher: Bencher<'_, '_>, tag: &str) {
    bencher.bench(|| locales::chain(tag, &mut none));
}
