//! `zbib clean`: what zbib made goes, what others made stays.

use crate::test_site::{TestSite, files, record};

#[test]
fn the_site_goes_and_a_foreign_file_stays() {
    let site = TestSite::of(&[record("AAAAAAA2", "book", "")], &[]);
    site.build();
    site.change("public/notes/mine.txt", "mine");
    let run = site.run(&["clean", "site"]);
    assert!(
        run.stderr.starts_with("removed ") && run.stderr.ends_with(" files of the site in public\n"),
        "{}",
        run.stderr
    );
    assert_eq!(site.site().into_keys().filter(|path| path != ".zbib-manifest").collect::<Vec<_>>(), ["notes/mine.txt"]);
    assert!(site.path(".zbib/file-library/items.jsonl").exists());
    site.build();
    assert!(site.has("notes/mine.txt") && site.has("index.html"));
}

#[test]
fn the_cache_goes_and_comes_again() {
    let site = TestSite::of(&[record("AAAAAAA2", "book", "")], &[]);
    site.build();
    let before = site.site();
    let run = site.run(&["clean", "cache"]);
    assert_eq!((run.stderr.as_str(), run.code), ("cleaned .zbib\n", 0));
    assert!(!site.path(".zbib/file-library/items.jsonl").exists());
    site.fails(
        &["build", "--offline"],
        1,
        "error: the cache holds nothing of `file-library` yet\n\n\
         hint: run `zbib sync` first, or `zbib build` without `--offline`\n",
    );
    assert_eq!(site.site(), before, "what was built stands");
    site.build();
}

#[test]
fn all_is_all_that_zbib_made() {
    let site = TestSite::of(&[record("AAAAAAA2", "book", "")], &[]);
    let before = files(&site.path(""));
    site.build();
    assert_eq!(site.run(&["clean", "all"]).code, 0);
    let mut after = files(&site.path(""));
    after.retain(|path, _| !path.starts_with(".zbib/") && !path.ends_with(".zbib-manifest"));
    assert_eq!(after, before);
}
