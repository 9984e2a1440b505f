//! Attachment files and full texts.

mod download;
mod memory;
mod site;
mod store;
mod texts;
mod zipped;

use super::*;

/// An owner of one attachment.
fn owner_of(bytes: &[u8]) -> Owner {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), bytes);
    Owner::of(library)
}

/// How many bytes that differ from their neighbours.
fn noise(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at * 31 % 251) as u8 ^ (at >> 8) as u8).collect()
}

/// The hashes of the files that the snapshot has.
fn stored(owner: &Owner) -> Vec<Md5> {
    owner.snapshot().files.into_keys().collect()
}

/// The names of everything in the store, parts of files too.
fn kept(owner: &Owner) -> Vec<String> {
    let entries = fs::read_dir(owner.cache_dir().join("groups-123/files")).into_iter().flatten().flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// How often files were asked for at the API.
fn asked(owner: &Owner) -> usize {
    owner.fake.requests().iter().filter(|request| request.path().ends_with("/file")).count()
}

/// What the requests to the storage wanted of the file.
fn ranges(owner: &Owner) -> Vec<Option<String>> {
    owner.fake.storage_requests().iter().map(|request| request.header("range").map(str::to_owned)).collect()
}

#[test]
fn files_come_by_hash_each_once() {
    let mut library = Library::of_books(2);
    library.pdf("PDFAAAAA", &key(0), b"%PDF one");
    library.pdf("PDFBBBBB", &key(1), b"%PDF one");
    library.pdf("PDFCCCCC", &key(1), b"");
    library.attachment("NOFILEAA", &key(1), "application/pdf", "gone.pdf", Md5::of(b"gone"));
    let owner = Owner::of(library);
    owner.sync();
    let files = owner.snapshot().files;
    assert_eq!(files.keys().copied().collect::<BTreeSet<_>>(), [Md5::of(b"%PDF one"), Md5::of(b"")].into());
    assert_eq!(fs::read(&files[&Md5::of(b"%PDF one")].path).unwrap(), b"%PDF one");
    owner.sync();
    assert_eq!(owner.fake.requests().len(), 1, "nothing is asked again, the missing file neither");
    owner.fake.edit(|library| library.pdf("PDFAAAAA", &key(0), b"%PDF two"));
    let synced = owner.sync();
    assert!(owner.fake.requests().len() <= 7 && synced.files == 1);
    assert!(owner.snapshot().files.contains_key(&Md5::of(b"%PDF one")), "the other attachment's file stays");
}

#[test]
fn a_file_with_the_wrong_content_is_left_out_and_the_last_good_one_stays() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF good");
    let owner = Owner::of(library);
    owner.sync();
    owner.fake.edit(|library| {
        library.attachment("PDFAAAAA", &key(0), "application/pdf", "PDFAAAAA.pdf", Md5::of(b"%PDF new"));
        let announced = Some(Md5::of(b"%PDF new"));
        library
            .files
            .insert("PDFAAAAA".into(), StoredFile { bytes: b"%PDF bad!".to_vec(), compressed: false, announced });
    });
    owner.sync();
    assert_eq!(owner.snapshot().files.keys().copied().collect::<Vec<_>>(), [Md5::of(b"%PDF good")]);
    assert_eq!(owner.report.warnings(), 1);
    owner.fake.edit(|library| library.files.get_mut("PDFAAAAA").unwrap().bytes = b"%PDF new".to_vec());
    owner.sync();
    assert!(owner.snapshot().files.contains_key(&Md5::of(b"%PDF new")), "asked again in the next run");
}

#[test]
fn a_file_that_breaks_off_is_asked_for_again() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), &[b'x'; 5000]);
    let owner = Owner::of(library);
    owner.fake.storage_fault(1, Fault::Truncated);
    owner.fake.storage_fault(2, Fault::Status(403));
    owner.sync();
    assert!(owner.snapshot().files.contains_key(&Md5::of(&[b'x'; 5000])));
    assert_eq!(owner.report.warnings(), 0);
}

#[test]
fn a_zipped_snapshot_is_unpacked_and_its_main_file_kept() {
    let zipped = |name: &str, content: &[u8]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let (page, old) = (zipped("page.html", b"<p>page"), zipped("old.html", b"<p>old"));
    let mut library = Library::of_books(1);
    library.attachment("SNAPAAAA", &key(0), "text/html", "page.html", Md5::of(b"<p>page"));
    library.files.insert("SNAPAAAA".into(), StoredFile { bytes: page, compressed: true, announced: None });
    // Very old clients named the hash of the ZIP.
    library.attachment("SNAPBBBB", &key(0), "text/html", "old.html", Md5::of(&old));
    library.files.insert("SNAPBBBB".into(), StoredFile { bytes: old.clone(), compressed: true, announced: None });
    let owner = Owner::of(library);
    owner.sync();
    let files = owner.snapshot().files;
    assert_eq!(fs::read(&files[&Md5::of(b"<p>page")].path).unwrap(), b"<p>page");
    assert_eq!(fs::read(&files[&Md5::of(&old)].path).unwrap(), b"<p>old");
    owner.sync();
    assert_eq!(owner.fake.requests().len(), 1);
}

#[test]
fn files_that_the_key_may_not_read_are_told_once_and_not_asked_again() {
    let mut library = Library::of_books(1);
    for at in 0..20 {
        library.pdf(&key(1000 + at), &key(0), format!("file {at}").as_bytes());
    }
    library.refuses_files = true;
    let owner = Owner::of(library);
    owner.sync();
    let asked = owner.fake.requests().iter().filter(|request| request.path().ends_with("/file")).count();
    assert!(asked <= 4, "{asked}");
    owner.sync();
    assert_eq!(owner.fake.requests().len(), 1);

    let owner = Owner { key: None, ..Owner::of(owner.fake_library()) };
    owner.sync();
    assert!(
        owner.fake.requests().iter().all(|request| !request.path().ends_with("/file")),
        "groups give files to members"
    );
}

#[test]
fn full_texts_follow_their_own_version() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.text("PDFAAAAA", "first");
    library.text("UNKNOWNA", "of nobody");
    let owner = Owner::of(library);
    owner.sync();
    owner.fake.edit(|library| library.set("PDFAAAAA", "title", json!("Renamed")));
    owner.sync();
    assert!(owner.fake.requests().iter().all(|request| !request.path().ends_with("PDFAAAAA/fulltext")));
    owner.fake.edit(|library| library.text("PDFAAAAA", "second"));
    let synced = owner.sync();
    assert_eq!(synced.texts, 1);
    assert_eq!(owner.snapshot().fulltext[&item_key("PDFAAAAA")].read().unwrap(), "second");
}
