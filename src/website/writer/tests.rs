//! The writer as a build sees it: a folder before, a plan, the folder after.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;
use walkdir::WalkDir;

use super::*;
use crate::report::{Hint, Settings, Verbosity, failure};

mod crash;
mod intact;
mod refusals;

/// The files of a folder by path, without what only the writer is interested in.
type Tree = BTreeMap<String, Vec<u8>>;

fn report() -> Report {
    Report::new(Settings { verbosity: Verbosity::Quiet, ..Settings::default() })
}

fn site(files: &[(&str, &str)]) -> Plan<'static> {
    let file = |(path, text): &(&str, &str)| {
        let (path, owner, text) = (SitePath::new(*path).unwrap(), format!("the part {path}"), (*text).to_owned());
        OutputFile::later(path, owner, move || Ok(text.into_bytes()))
    };
    plan(files.iter().map(file).collect()).ok().unwrap()
}

fn tree(dir: &Path) -> Tree {
    let entries = WalkDir::new(dir).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let relative = |path: &Path| path.strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
    let files = entries.map(|entry| (relative(entry.path()), fs::read(entry.path()).unwrap()));
    files.filter(|(path, _)| !path.starts_with(".zbib-staging") && path != ".zbib-manifest").collect()
}

fn expected(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

/// Everything that touching a file or folder would change.
fn stamps(dir: &Path) -> BTreeMap<PathBuf, (SystemTime, u64)> {
    let entry = |entry: walkdir::DirEntry| {
        let metadata = entry.metadata().unwrap();
        (entry.path().to_owned(), (metadata.modified().unwrap(), metadata.len()))
    };
    WalkDir::new(dir).into_iter().flatten().map(entry).collect()
}

/// A temporary folder and the site in it.
fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("public");
    (folder, dir)
}

const LIBRARY: &[(&str, &str)] = &[
    ("index.html", "three"),
    ("items/A/index.html", "a"),
    ("items/B/B.bib", "@book{b}"),
    ("items/B/index.html", "b"),
    ("items/C/index.html", "c"),
];

/// [`LIBRARY`] without B.
const SMALLER: &[(&str, &str)] = &[("index.html", "two"), ("items/A/index.html", "a"), ("items/C/index.html", "c")];

#[test]
fn a_fresh_site_is_written_whole_and_leaves_nothing_beside_it() {
    let (folder, dir) = place();
    let written = write(site(LIBRARY), &dir, &report()).unwrap();
    assert_eq!(written, Written { files: 5, bytes: 16, written: 5, unchanged: 0, removed: 0 });
    assert_eq!(tree(&dir), expected(LIBRARY));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let manifest = fs::read_to_string(dir.join(".zbib-manifest")).unwrap();
    assert_eq!(manifest.lines().count(), 6);
    assert!(!manifest.contains(dir.to_str().unwrap()));
}

#[test]
fn an_empty_folder_is_written_into_and_stays_the_same_folder() {
    let (_folder, dir) = place();
    fs::create_dir(&dir).unwrap();
    write(site(LIBRARY), &dir, &report()).unwrap();
    assert_eq!(tree(&dir), expected(LIBRARY));
    assert!(!dir.join(".zbib-staging").exists());
}

#[test]
fn a_second_build_touches_nothing() {
    let (folder, dir) = place();
    write(site(LIBRARY), &dir, &report()).unwrap();
    let before = stamps(folder.path());
    let written = write(site(LIBRARY), &dir, &report()).unwrap();
    assert_eq!((written.written, written.unchanged, written.removed), (0, 5, 0));
    assert_eq!(stamps(folder.path()), before);
}

#[test]
fn the_files_of_a_removed_record_vanish_and_nothing_else_is_touched() {
    let (_folder, dir) = place();
    write(site(LIBRARY), &dir, &report()).unwrap();
    let before = stamps(&dir.join("items/A"));
    let written = write(site(SMALLER), &dir, &report()).unwrap();
    assert_eq!((written.written, written.unchanged, written.removed), (1, 2, 2));
    assert_eq!(tree(&dir), expected(SMALLER));
    assert_eq!(stamps(&dir.join("items/A")), before);
    assert!(!dir.join("items/B").exists());
    assert!(!dir.join(".zbib-staging").exists());
}

#[test]
fn a_file_edited_by_hand_is_mended_even_if_it_looks_untouched() {
    let (_folder, dir) = place();
    write(site(LIBRARY), &dir, &report()).unwrap();
    let page = dir.join("items/A/index.html");
    let time = fs::metadata(&page).unwrap().modified().unwrap();
    fs::write(&page, "X").unwrap();
    fs::File::options().write(true).open(&page).unwrap().set_modified(time).unwrap();
    fs::remove_file(dir.join("items/C/index.html")).unwrap();
    let written = write(site(LIBRARY), &dir, &report()).unwrap();
    assert_eq!((written.written, tree(&dir)), (2, expected(LIBRARY)));
}

#[test]
fn foreign_files_stay() {
    let (_folder, dir) = place();
    write(site(LIBRARY), &dir, &report()).unwrap();
    fs::write(dir.join("CNAME"), "example.org").unwrap();
    fs::write(dir.join("items/B/mine.txt"), "mine").unwrap();
    write(site(SMALLER), &dir, &report()).unwrap();
    let mut all = expected(SMALLER);
    all.extend(expected(&[("CNAME", "example.org"), ("items/B/mine.txt", "mine")]));
    assert_eq!(tree(&dir), all);
}

#[test]
fn a_foreign_file_with_the_right_bytes_becomes_ours() {
    let (_folder, dir) = place();
    write(site(SMALLER), &dir, &report()).unwrap();
    fs::create_dir(dir.join("items/B")).unwrap();
    fs::write(dir.join("items/B/index.html"), "b").unwrap();
    fs::write(dir.join("items/B/B.bib"), "@book{b}").unwrap();
    let written = write(site(LIBRARY), &dir, &report()).unwrap();
    assert_eq!((written.written, written.unchanged), (1, 4));
    let written = write(site(SMALLER), &dir, &report()).unwrap();
    assert_eq!(written.removed, 2);
}

#[test]
fn a_file_takes_the_place_of_a_folder_and_back() {
    let (_folder, dir) = place();
    let (folder, file) = ([("a/b/c", "1"), ("d", "2")], [("a", "3"), ("d/e", "4")]);
    for files in [&folder, &file, &folder] {
        write(site(files), &dir, &report()).unwrap();
        assert_eq!(tree(&dir), expected(files));
    }
}

#[test]
fn a_name_may_change_its_case() {
    let (_folder, dir) = place();
    for files in [[("items/k.bib", "1")], [("items/K.bib", "1")], [("Items/K.bib", "2")]] {
        write(site(&files), &dir, &report()).unwrap();
        assert_eq!(tree(&dir), expected(&files));
    }
}

#[test]
fn a_site_of_no_files_is_no_folder_but_for_foreign_files() {
    let (folder, dir) = place();
    assert_eq!(write(site(&[]), &dir, &report()).unwrap(), Written::default());
    assert!(!dir.exists());
    write(site(LIBRARY), &dir, &report()).unwrap();
    assert_eq!(write(site(&[]), &dir, &report()).unwrap().removed, 5);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    write(site(LIBRARY), &dir, &report()).unwrap();
    fs::write(dir.join("CNAME"), "example.org").unwrap();
    write(site(&[]), &dir, &report()).unwrap();
    assert_eq!(tree(&dir), expected(&[("CNAME", "example.org")]));
    write(site(LIBRARY), &dir, &report()).unwrap();
}

#[test]
fn a_dry_run_tells_what_a_build_would_do_and_does_not() {
    let (folder, dir) = place();
    let names = |paths: &[SitePath]| paths.iter().map(ToString::to_string).collect::<Vec<_>>();
    let preview = site(LIBRARY).dry_run(&dir, &report()).unwrap();
    assert_eq!((preview.written.len(), preview.files, preview.bytes, dir.exists()), (5, 5, 16, false));
    write(site(LIBRARY), &dir, &report()).unwrap();
    let before = stamps(folder.path());
    let preview = site(SMALLER).dry_run(&dir, &report()).unwrap();
    assert_eq!(names(&preview.written), ["index.html"]);
    assert_eq!(names(&preview.removed), ["items/B/B.bib", "items/B/index.html"]);
    assert_eq!(stamps(folder.path()), before);
}

fn copies(from: &Path) -> Plan<'static> {
    let path = SitePath::new("items/A/paper.pdf").unwrap();
    plan(vec![OutputFile::copy(path, "a file of item A", from.to_owned())]).ok().unwrap()
}

#[test]
fn a_copy_is_made_once_and_again_only_when_its_source_or_it_changes() {
    let (folder, dir) = place();
    let (source, copy) = (folder.path().join("source"), dir.join("items/A/paper.pdf"));
    fs::write(&source, "first").unwrap();
    let build = || write(copies(&source), &dir, &report()).unwrap().written;
    assert_eq!((build(), build(), fs::read(&copy).unwrap()), (1, 0, b"first".to_vec()));
    // The same length and time, as after unpacking an archive: only the bytes differ.
    let time = fs::metadata(&source).unwrap().modified().unwrap();
    let disguise = |path: &Path, text: &str| {
        fs::write(path, text).unwrap();
        fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    };
    disguise(&source, "other");
    assert_eq!((build(), build(), fs::read(&copy).unwrap()), (1, 0, b"other".to_vec()));
    disguise(&copy, "hands");
    assert_eq!((build(), build(), fs::read(&copy).unwrap()), (1, 0, b"other".to_vec()));
    disguise(&copy, "longer than it was");
    assert_eq!((build(), build(), fs::read(&copy).unwrap()), (1, 0, b"other".to_vec()));
}

#[test]
fn the_order_of_the_files_and_the_number_of_threads_change_no_byte() {
    let many: Vec<_> = (0..500).map(|n| (format!("items/{n}/index.html"), format!("page {n}"))).collect();
    let build = |threads: usize, turned: bool| {
        let (_folder, dir) = place();
        let mut files: Vec<_> = many.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        if turned {
            files.reverse();
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| write(site(&files), &dir, &report())).unwrap();
        (tree(&dir), fs::read(dir.join(".zbib-manifest")).unwrap())
    };
    assert_eq!(build(1, false), build(4, true));
}
