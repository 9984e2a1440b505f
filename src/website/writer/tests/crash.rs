//! A run cut at every step, and the run after it.

use super::*;

const OLD: &[(&str, &str)] = &[
    ("a/b", "a file where a folder comes"),
    ("gone/deep/index.html", "goes with its folders"),
    ("items/A/index.html", "stays"),
    ("items/B/index.html", "old"),
    ("swap/x", "a folder where a file comes"),
];
const NEW: &[(&str, &str)] = &[
    ("a/b/c", "in the folder"),
    ("items/A/index.html", "stays"),
    ("items/B/index.html", "new"),
    ("items/C/index.html", "comes with its folder"),
    ("swap", "the file"),
];

fn cut(steps: u64, files: &[(&str, &str)], dir: &Path) -> Result<Written, WriterError> {
    write_through(&Disk::failing_after(steps), site(files), dir, &report())
}

/// Cuts a build of [`NEW`] over `old` at every step, the next one too, and looks at what the third makes of it.
fn check(old: Option<&[(&str, &str)]>) -> u64 {
    for first in 0.. {
        let mut second = first % 5;
        loop {
            let (folder, dir) = place();
            if let Some(old) = old {
                write(site(old), &dir, &report()).unwrap();
            }
            let before = tree(&dir);
            if cut(first, NEW, &dir).is_ok() {
                return first;
            }
            let decided = dir.join(".zbib-staging/journal").exists();
            assert!(decided || tree(&dir) == before || tree(&dir) == expected(NEW), "torn after step {first}");
            let done = cut(second, NEW, &dir).is_ok();
            write(site(NEW), &dir, &report()).unwrap();
            assert_eq!(tree(&dir), expected(NEW), "after steps {first} and {second}");
            // Nothing is mistaken for a foreign file, or for one of the site.
            write(site(SMALLER), &dir, &report()).unwrap();
            assert_eq!(tree(&dir), expected(SMALLER), "after steps {first} and {second}");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "waste after steps {first} and {second}");
            assert!(!dir.join(".zbib-staging").exists(), "waste after steps {first} and {second}");
            if done {
                break;
            }
            second += 5;
        }
    }
    unreachable!("the loop ends with a build that is not cut")
}

#[test]
fn a_build_over_a_site_may_be_cut_anywhere() {
    assert!(check(Some(OLD)) > 20);
}

#[test]
fn a_first_build_may_be_cut_anywhere() {
    assert!(check(None) > 10);
}

#[test]
fn the_next_run_finishes_what_was_decided_though_it_builds_something_else() {
    let (_folder, dir) = place();
    write(site(OLD), &dir, &report()).unwrap();
    let steps = (0..99).find(|steps| {
        let _ = cut(*steps, NEW, &dir);
        dir.join(".zbib-staging/journal").exists()
    });
    // A dry run sees what is decided, and finishes nothing.
    let before = stamps(&dir);
    site(SMALLER).dry_run(&dir, &report()).unwrap();
    assert_eq!(stamps(&dir), before, "after step {steps:?}");
    write(site(SMALLER), &dir, &report()).unwrap();
    assert_eq!(tree(&dir), expected(SMALLER));
}

#[test]
fn a_page_that_a_power_cut_tore_is_mended_though_the_manifest_knows_its_hash() {
    let (_folder, dir) = place();
    write(site(LIBRARY), &dir, &report()).unwrap();
    fs::write(dir.join("items/A/index.html"), "\0").unwrap();
    assert_eq!(write(site(LIBRARY), &dir, &report()).unwrap().written, 1);
    assert_eq!(tree(&dir), expected(LIBRARY));
}
