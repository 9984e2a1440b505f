//! Hostile and odd ZIPs.

use std::io::Cursor;

use zip::write::{SimpleFileOptions, ZipWriter};

use super::*;

fn zip(entries: &[(&str, &[u8])]) -> Cursor<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap()
}

fn main_of(entries: &[(&str, &[u8])], name: &str) -> Result<String, String> {
    main_in(zip(entries), name)
}

fn main_in(zip: Cursor<Vec<u8>>, name: &str) -> Result<String, String> {
    let mut content = Vec::new();
    main_file(zip, name, &mut content).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(content).unwrap())
}

#[test]
fn the_main_file_is_found_by_name_then_by_being_the_only_one() {
    assert_eq!(main_of(&[("a.html", b"a"), ("page.html", b"p"), ("x.css", b"")], "page.html").unwrap(), "p");
    assert_eq!(main_of(&[(".zotero-ft-cache", b""), ("other.txt", b"t")], "page.txt").unwrap(), "t");
    assert_eq!(main_of(&[("a.png", b""), ("index.htm", b"h")], "gone.html").unwrap(), "h");
    assert_eq!(main_of(&[("w4Quc3Zn%ZB64", b"b"), ("x.html", b"")], "Ä.svg").unwrap(), "b");
    assert!(main_of(&[("a.png", b""), ("b.png", b"")], "c.png").is_err());
}

#[test]
fn base64_names_are_read() {
    let real = |name: &str| real_name(name).unwrap_or_default();
    assert_eq!(real("w4QuaHRtbA==%ZB64"), "Ä.html");
    assert_eq!(real("a/w4QuaHRtbA==%ZB64"), "a/Ä.html");
    assert_eq!(real("a%ZB64.html"), "a%ZB64.html");
    assert_eq!(real("A\u{308}.html"), "Ä.html", "composed, as names are compared");
    // ../up.html and up/a
    assert_eq!((real_name("Li4vdXAuaHRtbA==%ZB64"), real_name("dXAvYQ==%ZB64")), (None, None));
}

#[test]
fn names_that_lead_out_of_the_folder_do_not_count() {
    for name in ["../page.html", "/etc/page.html", "C:\\page.html", "C:page.html", "a\\..\\page.html", "a/../page.html"]
    {
        assert!(main_of(&[(name, b"x")], "page.html").is_err(), "{name}");
    }
}

#[test]
fn bombs_and_garbage_are_refused() {
    let zeros = vec![0; 40 << 20];
    assert!(main_of(&[("page.html", &zeros)], "page.html").unwrap_err().contains("more than is reasonable"));
    let mut nothing = Vec::new();
    assert!(main_file(Cursor::new(b"PK\x03\x04garbage".to_vec()), "x", &mut nothing).is_err());
}

#[test]
fn a_link_is_no_main_file_and_of_two_of_one_name_one_is_taken() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.add_symlink("page.html", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    writer.start_file("other.html", SimpleFileOptions::default()).unwrap();
    writer.write_all(b"other").unwrap();
    assert_eq!(main_in(writer.finish().unwrap(), "page.html").unwrap(), "other");

    // Two entries of one name cannot be written, so the second is renamed in the bytes.
    let mut twice = zip(&[("page.html", b"first"), ("paga.html", b"second")]).into_inner();
    while let Some(at) = twice.windows(9).position(|bytes| bytes == b"paga.html") {
        twice[at + 3] = b'e';
    }
    // The reader keeps one of them; whether it is the right one, the record's hash says.
    assert_eq!(main_in(Cursor::new(twice), "page.html").unwrap(), "second");
    let decoded = [("w4QuaHRtbA==%ZB64", b"first".as_slice()), ("Ä.html", b"second")];
    assert_eq!(main_of(&decoded, "Ä.html").unwrap(), "first");
}

#[test]
fn a_zip_without_entries_or_with_too_many_is_refused() {
    assert!(main_of(&[], "page.html").unwrap_err().contains("which file is the main one"));
    let mut many = zip(&[("page.html", b"p")]).into_inner();
    let end = many.len() - 22;
    many[end + 10..end + 12].copy_from_slice(&20_000_u16.to_le_bytes());
    assert!(main_in(Cursor::new(many), "page.html").unwrap_err().contains("more than is reasonable"));
}

#[test]
fn a_disk_that_takes_no_more_is_not_the_fault_of_the_zip() {
    let mut full: [u8; 3] = [0; 3];
    let error = main_file(zip(&[("page.html", b"content")]), "page.html", &mut full[..]).unwrap_err();
    assert!(matches!(error, ArchiveError::Keep(_)), "{error}");
    let mut cut = zip(&[("page.html", b"content that is stored")]).into_inner();
    let at = cut.windows(9).position(|bytes| bytes == b"page.html").unwrap();
    cut[at + 9..at + 14].fill(0xFF);
    assert!(matches!(main_file(Cursor::new(cut), "page.html", io::sink()), Err(ArchiveError::Damaged(_))));
}
