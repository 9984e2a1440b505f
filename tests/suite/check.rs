//! `zbib check`: what a build would complain about and change.

use crate::test_site::{TestSite, files, record};

#[test]
fn it_says_what_a_build_would_do_and_writes_nothing() {
    let site = TestSite::of(&[record("AAAAAAA2", "book", r#""title":"One""#)], &[]);
    site.build();
    let quiet = site.run(&["check"]);
    let count = site.site().len() - 1;
    assert!(quiet.stderr.starts_with(&format!("a build would make {count} files (")), "{}", quiet.stderr);
    assert!(quiet.stderr.ends_with("write 0 and remove 0\n"), "{}", quiet.stderr);
    site.change("content/about.md", "[@nobody2020]");
    let before = files(&site.path(""));
    let run = site.run(&["check", "-v", "--strict"]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("would write about/index.html\n"), "{}", run.stderr);
    assert!(
        run.stderr
            .contains("warning: a text cites a record that the site does not have\n  content/about.md  @nobody2020\n")
    );
    assert_eq!(files(&site.path("")), before);
}

#[test]
fn it_refuses_what_a_build_refuses() {
    let site = TestSite::of(&[], &[]);
    site.build();
    site.change("content/tags.md", "+++\npath = \"tags\"\n+++\n");
    let says = "error: two parts of the site want the same place\n  \
                at: `tags/index.html`, wanted by the index of tags and content/tags.md\n\n\
                hint: rename or move the one that is yours, in `content/`, `static/` or `themes/`; \
                names that differ in case only are one name on many computers\n";
    site.fails(&["check"], 1, says);
    site.fails(&["build", "--offline"], 1, says);
}
