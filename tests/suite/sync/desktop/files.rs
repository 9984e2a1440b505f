//! Files and full texts: from this disk, and no others.

use super::*;

#[test]
fn files_are_taken_from_this_disk_and_linked_ones_are_not() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.pdf("GONEAAAA", &key(0), b"%PDF, not here");
    library.pdf("LINKEDAA", &key(0), b"%PDF, linked");
    library.set("LINKEDAA", "linkMode", json!("linked_file"));
    let desk = AtDesk::of(FakeDesktop::serve(library));
    fs::remove_file(desk.desktop.program().place("GONEAAAA")).unwrap();
    let (synced, requests) = desk.sync();
    assert_eq!(synced.files, 1);
    let asked: Vec<_> = requests.iter().filter(|path| path.ends_with("/file")).collect();
    assert_eq!(asked, ["/api/users/0/items/PDFAAAAA/file"]);
    let snapshot = desk.owner.snapshot();
    assert_eq!(snapshot.files.keys().copied().collect::<Vec<_>>(), [Md5::of(b"%PDF")]);
    assert!(snapshot.records.iter().all(|record| !record.raw().contains("file://")), "no path of this disk is kept");
    let (again, requests) = desk.sync();
    assert!(again.unchanged && !requests.iter().any(|path| path.ends_with("/file")));
}

#[test]
fn a_file_that_zotero_downloads_later_is_taken_then() {
    for desktop in [FakeDesktop::serve, |library| FakeDesktop::named(library, "one")] {
        let mut library = Library::of_books(1);
        library.pdf("PDFAAAAA", &key(0), b"%PDF");
        let desk = AtDesk::of(desktop(library));
        let place = desk.desktop.program().place("PDFAAAAA");
        fs::remove_file(&place).unwrap();
        desk.sync();
        assert!(desk.owner.snapshot().files.is_empty());
        fs::write(&place, b"%PDF").unwrap();
        desk.sync();
        assert!(desk.owner.snapshot().files.contains_key(&Md5::of(b"%PDF")));
        assert!(desk.sync().0.unchanged);
    }
}

#[test]
fn a_file_that_changes_during_the_sync_is_taken_by_the_next_and_the_old_one_stays() {
    for desktop in [FakeDesktop::serve, |library| FakeDesktop::named(library, "one")] {
        let mut library = Library::of_books(1);
        library.pdf("PDFAAAAA", &key(0), b"%PDF old");
        let desk = AtDesk::of(desktop(library));
        desk.sync();
        let place = desk.desktop.program().place("PDFAAAAA");
        fs::write(&place, b"%PDF new").unwrap();
        desk.desktop.edit(|library| library.set("PDFAAAAA", "title", json!("Annotated")));
        let count = desk.sync_until_files();
        desk.desktop.program().edits.insert(
            count,
            Box::new(|program| {
                let place = program.place("PDFAAAAA");
                fs::write(place, b"%PDF newest").unwrap();
            }),
        );
        desk.desktop.edit(|library| library.set("PDFAAAAA", "title", json!("Annotated again")));
        fs::write(&place, b"%PDF newer").unwrap();
        desk.sync();
        assert!(desk.owner.report.warnings() > 0);
        let files = desk.owner.snapshot().files;
        assert!(files.contains_key(&Md5::of(b"%PDF new")) && !files.contains_key(&Md5::of(b"%PDF newest")));
        desk.sync();
        assert!(desk.owner.snapshot().files.contains_key(&Md5::of(b"%PDF newest")));
    }
}

impl AtDesk {
    /// Syncs, and gives the number of the request for a file.
    fn sync_until_files(&self) -> usize {
        let (_, requests) = self.sync();
        requests.iter().position(|path| path.ends_with("/file")).unwrap() + 1
    }
}

#[test]
fn nothing_but_zotero_s_own_files_are_taken_from_this_disk() {
    let secrets = tempfile::tempdir().unwrap();
    let secret = secrets.path().join("secret.txt");
    fs::write(&secret, b"%PDF").unwrap();
    let elsewhere = format!("file://{}", secret.display());
    for address in
        [elsewhere.as_str(), "file://server/share/PDFAAAAA/a.pdf", "https://example.org/PDFAAAAA/a.pdf", "/x"]
    {
        let mut library = Library::of_books(1);
        library.pdf("PDFAAAAA", &key(0), b"%PDF");
        let desk = AtDesk::of(FakeDesktop::serve(library));
        desk.desktop.program().misleads = Some(address.to_owned());
        assert_eq!(desk.sync().0.files, 0, "{address}");
        assert!(desk.owner.report.warnings() > 0, "{address}");
    }
}

#[test]
fn full_texts_are_taken_and_those_without_a_version_looked_at_again() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.text("PDFAAAAA", "words");
    let desk = AtDesk::of(FakeDesktop::serve(library));
    assert_eq!(desk.sync().0.texts, 1);
    assert!(desk.sync().0.unchanged);
    desk.desktop.edit(|library| library.text("PDFAAAAA", "other words"));
    assert_eq!(desk.sync().0.texts, 1);
    assert_eq!(desk.owner.snapshot().fulltext[&item_key("PDFAAAAA")].read().unwrap(), "other words");
    desk.desktop.edit(|library| library.texts.clear());
    desk.sync();
    assert!(desk.owner.snapshot().fulltext.is_empty());
}
