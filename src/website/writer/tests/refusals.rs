//! What the writer refuses, in which words.

use super::*;

/// The whole message, with the temporary folder as `HERE`.
fn message(error: &WriterError, here: &Path) -> String {
    failure::text(error).replace(here.canonicalize().unwrap().to_str().unwrap(), "HERE")
}

fn refused(files: &[(&str, &str)], dir: &Path) -> String {
    let before = stamps(dir);
    let error = write(site(files), dir, &report()).unwrap_err();
    let after = stamps(dir);
    let changed: Vec<_> =
        after.iter().filter(|(path, stamp)| path.is_file() && before.get(*path) != Some(stamp)).collect();
    assert!(changed.is_empty() && after.len() == before.len(), "{changed:?}");
    message(&error, dir.parent().unwrap())
}

#[derive(Debug, thiserror::Error)]
#[error("cannot render `item.html`")]
struct Broken;

impl Hint for Broken {
    fn hint(&self) -> Option<String> {
        Some("mend the template".to_owned())
    }
    fn place(&self) -> Option<String> {
        Some("themes/mine/templates/item.html:3".to_owned())
    }
}

#[test]
fn two_parts_that_want_one_place_are_told_with_both_owners() {
    let file = |owner: &str| OutputFile::bytes(SitePath::new("items/A/index.html").unwrap(), owner, "");
    let error = plan(vec![file("the page of item A"), file("content/items/A.md")]).err().unwrap();
    assert_eq!(
        failure::text(&error),
        "error: two parts of the site want the same place\n  \
         at: `items/A/index.html`, wanted by the page of item A and content/items/A.md\n\n\
         hint: rename or move the one that is yours, in `content/`, `static/` or `themes/`; \
         names that differ in case only are one name on many computers\n"
    );
}

#[test]
fn a_file_that_cannot_be_made_leaves_the_site_as_it_was_and_the_first_one_is_told() {
    let (folder, dir) = place();
    write(site(LIBRARY), &dir, &report()).unwrap();
    for fresh in [false, true] {
        let broken = |name: &str| {
            let path = SitePath::new(format!("items/{name}/index.html")).unwrap();
            OutputFile::later(path, format!("the page of item {name}"), || Err(Box::new(Broken) as _))
        };
        let mut files: Vec<_> =
            (0..99).map(|n| OutputFile::bytes(SitePath::new(n.to_string()).unwrap(), "", "x")).collect();
        files.extend(["D", "B", "C"].map(broken));
        let (before, dir) = (stamps(&dir), if fresh { folder.path().join("new") } else { dir.clone() });
        let error = write(plan(files).ok().unwrap(), &dir, &report()).unwrap_err();
        assert_eq!(
            failure::text(&error),
            "error: cannot make the page of item B\n  caused by: cannot render `item.html`\n  \
             at: themes/mine/templates/item.html:3\n\nhint: mend the template\n"
        );
        assert_eq!(tree(&folder.path().join("public")), expected(LIBRARY));
        assert!(before.keys().all(|path| path.exists()) && !folder.path().join("new").exists());
        assert!(!dir.join(".zbib-staging").exists());
    }
}

#[test]
fn a_foreign_file_is_never_overwritten() {
    let (_folder, dir) = place();
    write(site(SMALLER), &dir, &report()).unwrap();
    fs::create_dir(dir.join("items/B")).unwrap();
    fs::write(dir.join("items/B/index.html"), "mine").unwrap();
    assert_eq!(
        refused(LIBRARY, &dir),
        "error: cannot write `items/B/index.html`, something that zbib did not write stands there\n  \
         at: `items/B/index.html`, wanted by the part items/B/index.html\n\n\
         hint: move `HERE/public/items/B/index.html` away; files of your own belong into `static/`\n"
    );
}

#[test]
fn a_foreign_file_or_folder_is_not_cleared_away_for_one_of_the_site() {
    let (_folder, dir) = place();
    write(site(&[("a/ours", "1"), ("index.html", "2")]), &dir, &report()).unwrap();
    fs::write(dir.join("a/mine"), "").unwrap();
    assert!(refused(&[("a", "")], &dir).contains("move `HERE/public/a/mine` away"));
    fs::write(dir.join("b"), "").unwrap();
    assert!(refused(&[("b/c", "")], &dir).contains("move `HERE/public/b` away"));
    fs::create_dir_all(dir.join("c/empty")).unwrap();
    assert!(refused(&[("c", "")], &dir).contains("move `HERE/public/c` away"));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_or_removed_through_a_symlink() {
    use std::os::unix::fs::symlink;
    let (folder, dir) = place();
    write(site(LIBRARY), &dir, &report()).unwrap();
    let outside = folder.path().join("outside");
    fs::rename(dir.join("items/B"), &outside).unwrap();
    symlink(&outside, dir.join("items/B")).unwrap();
    let expected = "error: cannot write through a symlink in the output folder\n  at: HERE/public/items/B\n\n\
                    hint: remove the symlink `HERE/public/items/B`, or make it a folder\n";
    assert_eq!(refused(LIBRARY, &dir), expected);
    assert_eq!(refused(SMALLER, &dir), expected);
    assert_eq!(message(&check_output(&dir, &folder.path().join("project")).unwrap_err(), folder.path()), expected);
    assert_eq!(fs::read(outside.join("index.html")).unwrap(), b"b");
}

#[cfg(unix)]
#[test]
fn a_symlink_in_the_place_of_a_page_is_replaced_and_what_it_names_stays() {
    let (folder, dir) = place();
    write(site(LIBRARY), &dir, &report()).unwrap();
    let (page, outside) = (dir.join("items/A/index.html"), folder.path().join("outside"));
    fs::rename(&page, &outside).unwrap();
    std::os::unix::fs::symlink(&outside, &page).unwrap();
    write(site(LIBRARY), &dir, &report()).unwrap();
    assert!(page.symlink_metadata().unwrap().is_file() && outside.exists());
    fs::remove_file(&page).unwrap();
    std::os::unix::fs::symlink(&outside, dir.join("new")).unwrap();
    assert!(refused(&[("new", "a")], &dir).contains("stands there"));
}

#[cfg(unix)]
#[test]
fn two_builds_do_not_write_one_folder_at_once() {
    let (_folder, dir) = place();
    write(site(LIBRARY), &dir, &report()).unwrap();
    let hold = Hold::take(&dir).unwrap();
    assert_eq!(
        refused(LIBRARY, &dir),
        "error: cannot write the output folder `HERE/public`, another zbib is writing it\n\n\
         hint: wait until it is done, or end it\n"
    );
    drop(hold);
    write(site(LIBRARY), &dir, &report()).unwrap();
}

#[test]
fn a_damaged_manifest_is_told_with_its_line_and_an_empty_one_adopts_the_folder() {
    let (_folder, dir) = place();
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join(".zbib-manifest"), "zbib-manifest 1\n00 1 ../../etc/passwd\n").unwrap();
    assert_eq!(
        refused(LIBRARY, &dir),
        "error: cannot read what the last build wrote, its list is damaged\n  at: HERE/public/.zbib-manifest:2\n\n\
         hint: empty the output folder, or make `HERE/public/.zbib-manifest` an empty file to keep what is there\n"
    );
    fs::write(dir.join(".zbib-manifest"), "").unwrap();
    fs::write(dir.join("CNAME"), "example.org").unwrap();
    write(site(LIBRARY), &dir, &report()).unwrap();
    assert_eq!(tree(&dir).len(), 6);
}

#[test]
fn a_source_that_is_gone_is_told_with_its_owner() {
    let (folder, dir) = place();
    let error = write(copies(&folder.path().canonicalize().unwrap().join("gone")), &dir, &report()).unwrap_err();
    assert_eq!(
        message(&error, folder.path()).replace(" (os error 2)", ""),
        "error: cannot copy `HERE/gone`\n  caused by: No such file or directory\n  \
         at: wanted by a file of item A\n\nhint: it was there when the build began; build again\n"
    );
    assert!(!dir.exists());
}

/// The first line of what [`check_output`] says; it never changes anything.
fn checked(folder: &Path, dir: &str) -> String {
    let before = stamps(folder);
    let result = check_output(&folder.join(dir), &folder.join("project"));
    assert_eq!(stamps(folder), before);
    result.map_or_else(|error| message(&error, folder), |()| "fine".to_owned())
}

#[test]
fn folders_that_hold_anything_but_the_site_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    for dir in ["project/content", "project/empty", "other/.zbib", "full", "site"] {
        fs::create_dir_all(here.join(dir)).unwrap();
    }
    fs::write(here.join("full/thesis.doc"), "").unwrap();
    fs::write(here.join("site/.zbib-manifest"), "zbib-manifest 1\n").unwrap();
    let one = "name another folder in `[site] output` or with `--output`";
    let only = format!("\n\nhint: {one}, one that holds nothing but the site: `public`\n");
    let cases = [
        ("project/public", "fine".to_owned()),
        ("project/deep/er/public", "fine".to_owned()),
        ("project/empty", "fine".to_owned()),
        ("site", "fine".to_owned()),
        ("/", format!("error: cannot use `/` as the output folder, it is the root of the file system{only}")),
        ("project", format!("error: cannot use `HERE/project` as the output folder, it holds `HERE/project`{only}")),
        (
            "project/x/..",
            format!("error: cannot use `HERE/project` as the output folder, it holds `HERE/project`{only}"),
        ),
        ("", format!("error: cannot use `HERE` as the output folder, it holds `HERE/project`{only}")),
        ("other", format!("error: cannot use `HERE/other` as the output folder, it holds `HERE/other/.zbib`{only}")),
        (
            "project/content/site",
            format!(
                "error: cannot use `HERE/project/content/site` as the output folder, the site is made from what is in `HERE/project/content`{only}"
            ),
        ),
        (
            "full",
            format!(
                "error: cannot use `HERE/full` as the output folder, zbib did not write what is in it\n  \
                 at: HERE/full/thesis.doc\n\nhint: {one}, or empty it; to keep its files beside the site, \
                 put an empty file `.zbib-manifest` in it\n"
            ),
        ),
        (
            "full/thesis.doc/site",
            format!(
                "error: cannot use `HERE/full/thesis.doc/site` as the output folder, a file stands in its way\n\n\
                 hint: move `HERE/full/thesis.doc` away, or {one}\n"
            ),
        ),
    ];
    for (dir, expected) in cases {
        assert_eq!(checked(here, dir), expected, "{dir}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_refused_before_the_long_work() {
    let error = check_output(Path::new("/proc/site"), Path::new("/nowhere")).unwrap_err();
    let text = failure::text(&error);
    assert!(text.starts_with("error: cannot write the output folder `/proc/site`\n  caused by: "), "{text}");
    assert!(text.ends_with(
        "hint: zbib must be allowed to write it; or name another folder in `[site] output` or with `--output`\n"
    ));
}
