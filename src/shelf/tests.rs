//! The shelf as a build sees it.

use tempfile::TempDir;

use super::*;
use crate::report::failure;

fn root(files: &[(&str, &[u8])]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    root
}

fn read(root: &TempDir) -> Shelf {
    Shelf::read(root.path(), &Settings::default()).unwrap()
}

fn refused(root: &TempDir, settings: &Settings) -> String {
    failure::text(&Shelf::read(root.path(), settings).unwrap_err())
}

#[test]
fn an_empty_project_has_an_empty_shelf() {
    let shelf = read(&root(&[]));
    assert!(shelf.pages.is_empty() && shelf.theme.is_empty() && shelf.statics.is_empty() && shelf.problems.is_empty());
}

#[test]
fn files_are_read_in_the_order_of_their_paths() {
    let root = root(&[
        ("content/b.md", b"\xef\xbb\xbf+++\r\n"),
        ("content/a/z.md", b"z"),
        ("content/a.md", b"a"),
        ("content/.draft.md", b""),
        ("content/.git/x.md", b""),
        ("static/logo.svg", b"<svg/>"),
        ("static/e\u{301}.png", b""),
        ("static/.well-known/security.txt", b""),
        ("static/.DS_Store", b""),
        ("themes/default/static/own.css", b"\xff"),
        ("themes/other/static/own.css", b""),
        ("styles/house.csl", b"<style/>"),
    ]);
    let mut shelf = Shelf::read(root.path(), &Settings::default()).unwrap();
    assert_eq!(shelf.style(root.path(), "styles/house.csl").unwrap().as_deref(), Some("<style/>"));
    assert_eq!(shelf.style(root.path(), "styles/other.csl").unwrap(), None);
    assert_eq!(shelf.style(root.path(), "styles/house.csl/other.csl").unwrap(), None);
    let texts: Vec<_> = shelf.pages.iter().chain(&shelf.styles).map(|t| (t.path.as_str(), t.text.as_str())).collect();
    assert_eq!(texts, [("a.md", "a"), ("a/z.md", "z"), ("b.md", "+++\r\n"), ("styles/house.csl", "<style/>")]);
    assert_eq!(shelf.pages[1].place, "content/a/z.md");
    assert_eq!(shelf.theme, BTreeMap::from([("static/own.css".to_owned(), vec![0xff])]));
    let statics: Vec<_> = shelf.statics.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(statics, [".well-known/security.txt", "logo.svg", "é.png"]);
    assert_eq!(fs::read(&shelf.statics[1].from).unwrap(), b"<svg/>");
    assert!(shelf.problems.is_empty());
}

#[test]
fn a_library_in_the_content_folder_is_no_page() {
    let root = root(&[("content/library/README.md", b""), ("content/library.md", b""), ("content/photo.jpg", b"")]);
    let settings = Settings { except: vec!["content/library".into()], ..Settings::default() };
    let shelf = Shelf::read(root.path(), &settings).unwrap();
    assert_eq!(shelf.pages.len(), 1);
    let places: Vec<_> = shelf.problems.iter().map(|problem| (problem.kind.id, problem.place.as_str())).collect();
    assert_eq!(places, [("content-not-a-page", "content/photo.jpg")]);
}

#[cfg(unix)]
#[test]
fn symlinks_are_skipped_and_told() {
    use std::os::unix::fs::symlink;
    let root = root(&[("content/a.md", b""), ("outside/secret.md", b"")]);
    fs::create_dir(root.path().join("static")).unwrap();
    symlink(root.path().join("outside/secret.md"), root.path().join("content/b.md")).unwrap();
    symlink(root.path().join("outside"), root.path().join("static/c")).unwrap();
    let shelf = read(&root);
    assert_eq!((shelf.pages.len(), shelf.statics.len()), (1, 0));
    let places: Vec<_> = shelf.problems.iter().map(|problem| (problem.kind.id, problem.place.as_str())).collect();
    assert_eq!(places, [("symlink-skipped", "content/b.md"), ("symlink-skipped", "static/c")]);
}

#[test]
fn text_that_is_not_utf8_is_told_with_its_line() {
    assert_eq!(
        refused(&root(&[("content/alt.md", b"Titel\n\nM\xfcnchen")]), &Settings::default()),
        "error: cannot read `content/alt.md`, it is not UTF-8 text\n  at: content/alt.md:3\n\n\
         hint: save it in your editor with the encoding UTF-8\n"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_other_systems_refuse_are_told() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let hint = "\n\nhint: rename it; letters, digits, `-`, `_` and `.` work everywhere\n";
    let place = root(&[("static/a:b.png", b"")]);
    assert_eq!(
        refused(&place, &Settings::default()),
        format!("error: cannot use the name of `static/a:b.png`, a character in it is refused by other systems{hint}")
    );
    let place = root(&[("static/x", b"")]);
    fs::write(place.path().join("static").join(OsStr::from_bytes(b"\xfc")), "").unwrap();
    assert_eq!(
        refused(&place, &Settings::default()),
        format!("error: cannot use the name of `static/\u{fffd}`, it is not UTF-8{hint}")
    );
}

#[test]
fn what_cannot_be_a_page_a_folder_a_theme_or_a_style_is_told() {
    let place = root(&[("content", b""), ("big/content/x.md", &vec![b'x'; (4 << 20) + 1])]);
    assert_eq!(
        refused(&place, &Settings::default()),
        "error: cannot read the files of `content`, it is no folder\n\nhint: make `content` a folder, or move it away\n"
    );
    assert_eq!(
        refused(&place, &Settings { content: "big/content".into(), ..Settings::default() }),
        "error: cannot read `big/content/x.md`, it is larger than 4 MiB\n\n\
         hint: is it in the right folder? files to publish as they are belong into `static/`\n"
    );
    let settings = Settings { content: "none".into(), ..Settings::default() };
    for theme in ["../big", "", "..", "a/b"] {
        assert_eq!(
            refused(&place, &Settings { theme: theme.to_owned(), ..settings.clone() }),
            format!(
                "error: cannot use `{theme}` as the name of a theme\n\nhint: `[site] theme` is the name of a folder in `themes/`\n"
            )
        );
    }
    let text = failure::text(&Shelf::default().style(place.path(), "big").unwrap_err());
    assert!(text.starts_with("error: cannot read the citation style `big`\n  caused by: "), "{text}");
}
