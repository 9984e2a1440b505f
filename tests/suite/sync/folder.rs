//! Libraries that are files of the owner's own.

use super::*;

/// Writes the library of a server as the folder it would be.
fn write_folder(library: &Library, dir: &Path) {
    let lines = |objects: &BTreeMap<String, crate::fake_zotero::Object>| -> String {
        objects.values().map(|object| object.raw.clone() + "\n").collect()
    };
    fs::create_dir_all(dir.join("fulltext")).unwrap();
    fs::write(dir.join("items.jsonl"), lines(&library.items)).unwrap();
    fs::write(dir.join("collections.jsonl"), lines(&library.collections)).unwrap();
    let settings: BTreeMap<_, _> = library.settings.iter().map(|(name, (value, _))| (name, value)).collect();
    fs::write(dir.join("settings.json"), serde_json::to_string(&settings).unwrap()).unwrap();
    for (key, (text, _)) in &library.texts {
        fs::write(dir.join(format!("fulltext/{key}.txt")), text).unwrap();
    }
    for (key, file) in &library.files {
        fs::create_dir_all(dir.join("files").join(key)).unwrap();
        fs::write(dir.join("files").join(key).join(format!("{key}.pdf")), &file.bytes).unwrap();
    }
}

fn folder_owner(library: &Library) -> Owner {
    let mut owner = Owner::of(Library::new());
    write_folder(library, &owner.dir.path().join("papers"));
    let path = Some("papers".to_owned());
    owner.settings = vec![source::Settings { kind: LibraryKind::File, path, ..source::Settings::default() }];
    owner
}

#[test]
fn a_folder_and_a_server_with_the_same_records_give_the_same_snapshot() {
    let mut library = Library::of_books(120);
    library.collection("TOPAAAAA", "Top", None);
    library.tag_color("shown", "#FF6666");
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.text("PDFAAAAA", "words");
    library.set(&key(3), "title", json!("Größe \u{1f600} \"quoted\""));
    let (web, folder) = (Owner::of(library.clone()), folder_owner(&library));
    web.sync();
    folder.sync();
    let (web, folder) = (web.snapshot(), folder.snapshot());
    assert_eq!(web.records, folder.records);
    assert_eq!(web.collections, folder.collections);
    assert_eq!(web.tag_colors, folder.tag_colors);
    assert_eq!(web.files.keys().collect::<Vec<_>>(), folder.files.keys().collect::<Vec<_>>());
    let texts = |snapshot: &LibrarySnapshot| -> BTreeMap<_, _> {
        snapshot.fulltext.iter().map(|(key, text)| (*key, text.read().unwrap())).collect()
    };
    assert_eq!(texts(&web), texts(&folder));
    assert_eq!((web.name, folder.name), ("Fake library".into(), "Fake library".into()));
    assert_eq!(
        (web.uri.as_deref(), folder.uri.as_deref()),
        (Some("http://zotero.org/groups/123"), Some("http://zotero.org/groups/123"))
    );
}

#[test]
fn a_folder_is_synced_without_a_request_and_follows_its_files() {
    let mut library = Library::of_books(2);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.text("PDFAAAAA", "words");
    let owner = folder_owner(&library);
    let synced = owner.sync();
    assert_eq!((synced.requests, synced.files, synced.texts), (0, 1, 1));
    let again = owner.sync();
    assert!(again.unchanged && again.files + again.texts == 0);
    assert_eq!(owner.snapshot().state.changed.unwrap().seen, START.as_secs());
    fs::remove_file(owner.dir.path().join("papers/fulltext/PDFAAAAA.txt")).unwrap();
    fs::write(owner.dir.path().join("papers/items.jsonl"), library.items[&key(1)].raw.as_bytes()).unwrap();
    let synced = owner.sync();
    assert_eq!(synced.counts.removed, 2);
    assert!(owner.snapshot().fulltext.is_empty());
}

#[test]
fn an_attachment_without_a_hash_gets_that_of_its_file() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.set("PDFAAAAA", "md5", Value::Null);
    let owner = folder_owner(&library);
    owner.sync();
    let record = owner.snapshot().records.into_iter().find(|record| record.key == item_key("PDFAAAAA")).unwrap();
    assert_eq!(record.data()["md5"], json!(Md5::of(b"%PDF")));
    assert!(owner.snapshot().files.contains_key(&Md5::of(b"%PDF")));
}

#[test]
fn files_named_by_records_cannot_lead_out_of_the_folder() {
    let mut library = Library::of_books(1);
    let name = "../../../secret.txt";
    library.attachment("EVILAAAA", &key(0), "text/plain", name, Md5::of(b"secret"));
    let owner = folder_owner(&library);
    fs::create_dir_all(owner.dir.path().join("papers/files/EVILAAAA")).unwrap();
    fs::write(owner.dir.path().join("secret.txt"), "secret").unwrap();
    owner.sync();
    assert!(owner.snapshot().files.is_empty());
}

#[test]
fn bib_csl_and_ris_files_are_libraries() {
    for (name, content) in [
        ("a.bib", r"@book{knuth1984, title = {The TeXbook}, author = {Knuth, Donald}, year = 1984}"),
        ("a.json", r#"[{"id":"knuth1984","type":"book","title":"The TeXbook"}]"#),
        ("a.jsonl", r#"{"id":"knuth1984","type":"book","title":"The TeXbook"}"#),
        ("a.ris", "TY  - BOOK\nID  - knuth1984\nTI  - The TeXbook\nER  - \n"),
    ] {
        let mut owner = Owner::of(Library::new());
        fs::write(owner.dir.path().join(name), content).unwrap();
        let path = Some(name.to_owned());
        owner.settings = vec![source::Settings { kind: LibraryKind::File, path, ..source::Settings::default() }];
        owner.sync();
        let record = owner.snapshot().records.remove(0);
        assert_eq!(
            (&record.data()["title"], &record.data()["citationKey"]),
            (&json!("The TeXbook"), &json!("knuth1984"))
        );
        assert_eq!(owner.sync().counts.changed, 0);
    }
}

#[test]
fn a_library_in_a_format_zbib_does_not_read_is_named_with_those_it_does() {
    for (name, content, says) in [
        ("a.xml", "<a/>", "no kind of library"),
        ("a.ris", "Lamps", "no line `TY  - `"),
        ("a.json", "[{\n \"id\": ]", "a.json:2:"),
        ("a.bib", "@book{a, title = {", "a.bib:1:"),
        ("missing.json", "", "missing.json"),
    ] {
        let mut owner = Owner::of(Library::new());
        if !content.is_empty() {
            fs::write(owner.dir.path().join(name), content).unwrap();
        }
        let path = Some(name.to_owned());
        owner.settings = vec![source::Settings { kind: LibraryKind::File, path, ..source::Settings::default() }];
        let text = failure::text(&owner.try_sync().unwrap_err());
        assert!(text.contains(says) && text.contains("hint:"), "{text}");
    }
}
