//! Web pages and texts, which Zotero keeps in ZIPs.

use std::io::Cursor;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An owner of one page, of which the record names hash and name.
fn owner_of_zip(zip: Vec<u8>, kind: &str, name: &str, md5: Md5) -> Owner {
    let mut library = Library::of_books(1);
    library.attachment("SNAPAAAA", &key(0), kind, name, md5);
    library.files.insert("SNAPAAAA".into(), StoredFile { bytes: zip, compressed: true, announced: None });
    Owner::of(library)
}

#[test]
fn a_plain_text_comes_zipped_and_is_kept_unpacked() {
    let owner = owner_of_zip(zipped(&[("data.csv", b"a,b")]), "text/csv", "data.csv", Md5::of(b"a,b"));
    owner.sync();
    assert_eq!(kept(&owner), [Md5::of(b"a,b").to_string()], "the ZIP is not kept beside it");
    owner.sync();
    assert_eq!(owner.fake.requests().len(), 1);
}

#[test]
fn the_main_file_is_found_under_another_name_if_it_can_only_be_that() {
    let page: &[u8] = b"<p>page";
    for entries in [
        &[("other.html", page)][..],
        &[("a.css", b"".as_slice()), ("b.HTM", page), (".zotero-ft-cache", b"")],
        &[("folder/page.txt", page), (".zotero-ft-info", b"")],
        // Composed in the record, not so in the ZIP.
        &[("A\u{308}.html", page), ("index.html", b"other")],
    ] {
        let owner = owner_of_zip(zipped(entries), "text/html", "Ä.html", Md5::of(page));
        owner.sync();
        assert_eq!((stored(&owner), owner.report.noted()), (vec![Md5::of(page)], 0), "{entries:?}");
    }
}

#[test]
fn a_hostile_zip_is_told_and_nothing_is_written_outside() {
    let page: &[u8] = b"<p>page";
    let bomb = vec![0_u8; 40 << 20];
    let entries: Vec<_> = (0..10_001).map(|at| (format!("{at}.png"), b"".as_slice())).collect();
    let many: Vec<_> = entries.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    for (zip, says) in [
        (zipped(&[("../page.html", page)]), "which file is the main one"),
        (zipped(&[("/tmp/page.html", page)]), "which file is the main one"),
        (zipped(&[("C:\\page.html", page)]), "which file is the main one"),
        (zipped(&[("Li4vcGFnZS5odG1s%ZB64", page)]), "which file is the main one"),
        (zipped(&[(".zotero-ft-cache", page)]), "which file is the main one"),
        (zipped(&[("a.html", page), ("b.html", page)]), "which file is the main one"),
        (zipped(&[]), "which file is the main one"),
        (zipped(&[("page.html", &bomb)]), "more than is reasonable"),
        (zipped(&many), "more than is reasonable"),
        (b"PK\x03\x04 and nothing of the kind".to_vec(), "no valid ZIP"),
        (b"<html>a page".to_vec(), "no valid ZIP"),
    ] {
        let size = zip.len();
        let owner = owner_of_zip(zip, "text/html", "page.html", Md5::of(page));
        owner.sync();
        assert!(owner.report.text().contains(says), "{says}, {size} bytes: {}", owner.report.text());
        assert_eq!((owner.report.warnings(), stored(&owner).contains(&Md5::of(page))), (1, false));
        let outside = walkdir::WalkDir::new(owner.dir.path()).into_iter().flatten();
        assert!(outside.filter(|entry| entry.file_name().to_string_lossy().contains("page")).count() == 0);
        owner.sync();
        assert_eq!((asked(&owner), owner.fake.storage_requests().len()), (1, 0), "not fetched again: {says}");
    }
}

#[test]
fn a_page_that_is_not_the_one_its_record_names_is_kept_and_not_given_out() {
    let zip = zipped(&[("page.html", b"<p>other")]);
    let owner = owner_of_zip(zip.clone(), "text/html", "page.html", Md5::of(b"<p>page"));
    owner.sync();
    assert_eq!((owner.report.warnings(), stored(&owner)), (1, vec![Md5::of(&zip)]));
    owner.fake.edit(|library| library.set("SNAPAAAA", "md5", json!(Md5::of(b"<p>other").to_string())));
    owner.sync();
    assert_eq!((stored(&owner), kept(&owner).len()), (vec![Md5::of(b"<p>other")], 1));
    assert!(owner.fake.storage_requests().is_empty(), "it was there already");
}

#[test]
fn an_old_page_goes_with_its_record_though_it_is_stored_under_another_hash() {
    let old = zipped(&[("page.html", b"<p>old")]);
    let owner = owner_of_zip(old.clone(), "text/html", "page.html", Md5::of(&old));
    owner.sync();
    assert_eq!(kept(&owner), [Md5::of(b"<p>old").to_string()]);
    owner.fake.edit(|library| library.set("SNAPAAAA", "title", json!("Renamed")));
    owner.sync();
    assert_eq!((kept(&owner).len(), owner.fake.storage_requests().len()), (1, 0));
    owner.fake.edit(|library| library.delete("SNAPAAAA"));
    owner.sync();
    assert!(kept(&owner).is_empty() && owner.snapshot().state.main_files.is_empty());
}

#[test]
fn an_old_page_that_cannot_be_unpacked_is_never_given_out_as_its_zip() {
    let broken = zipped(&[("a.html", b"a"), ("b.html", b"b")]);
    let owner = owner_of_zip(broken.clone(), "text/html", "page.html", Md5::of(&broken));
    owner.sync();
    assert!(stored(&owner).is_empty() && kept(&owner).is_empty(), "{:?}", kept(&owner));
    assert_eq!(owner.report.warnings(), 1);
}
