//! Files from the library to the site, through the real program.

use crate::test_site::{TestSite, record};

use super::*;

fn attachment(name: &str, filename: &str, bytes: &[u8]) -> String {
    let more = format!(
        r#""parentItem":"AAAAAAA2","linkMode":"imported_file","contentType":"application/pdf","filename":"{filename}","md5":"{}""#,
        Md5::of(bytes)
    );
    record(name, "attachment", &more)
}

fn site(attachments: &[(&str, &str, &[u8])]) -> TestSite {
    let mut items = vec![record("AAAAAAA2", "book", r#""title":"One""#)];
    items.extend(attachments.iter().map(|(name, filename, bytes)| attachment(name, filename, bytes)));
    let site = TestSite::of(&items, &[]);
    for (name, filename, bytes) in attachments {
        site.change(&format!("library/files/{name}/{filename}"), bytes);
    }
    site
}

fn stored(site: &TestSite) -> usize {
    fs::read_dir(site.path(".zbib/file-library/files")).unwrap().count()
}

#[test]
fn files_of_one_name_or_one_content_each_have_their_place_and_a_renamed_one_gets_its_new() {
    let site = site(&[
        ("PDFAAAA2", "Paper.pdf", b"%PDF one"),
        ("PDFBBBB2", "paper.PDF", b"%PDF two"),
        ("PDFCCCC2", "Copy.pdf", b"%PDF one"),
    ]);
    site.build();
    assert_eq!(stored(&site), 2);
    let bytes = |name: &str| fs::read(site.path(&format!("public/items/AAAAAAA2/{name}"))).unwrap();
    assert_eq!(bytes("Paper.pdf"), b"%PDF one");
    assert_eq!(bytes("paper-PDFBBBB2.pdf"), b"%PDF two", "no other file on a disk that folds names");
    assert_eq!(bytes("Copy.pdf"), b"%PDF one");
    let page = site.page("items/AAAAAAA2/index.html");
    assert!(
        ["Paper.pdf", "paper-PDFBBBB2.pdf", "Copy.pdf"].iter().all(|name| page.contains(&format!("\"{name}\""))),
        "{page}"
    );

    let items = fs::read_to_string(site.path("library/items.jsonl")).unwrap();
    site.change("library/items.jsonl", items.replace("Copy.pdf", "New name.pdf"));
    site.build();
    assert_eq!(bytes("New name.pdf"), b"%PDF one");
    assert!(!site.has("items/AAAAAAA2/Copy.pdf") && stored(&site) == 2);
}

#[test]
fn a_file_that_cannot_be_had_is_told_once_by_a_build() {
    let site = site(&[("PDFAAAA2", "Paper.pdf", b"%PDF one")]);
    site.change("library/files/PDFAAAA2/Paper.pdf", "%PDF other");
    let told = |arguments: &[&str]| {
        let run = site.run(arguments);
        (run.stderr.matches("PDFAAAA2 \"Paper.pdf\"").count(), run.stderr.matches("warning:").count())
    };
    assert_eq!(told(&["build"]), (1, 1));
    assert_eq!(told(&["build"]), (1, 1), "and again each time");
    assert_eq!(told(&["build", "--offline"]), (1, 1));
    assert!(!site.has("items/AAAAAAA2/Paper.pdf"));
}

#[test]
fn a_file_that_zotero_does_not_give_is_no_warning() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.files.remove("PDFAAAAA");
    let fake = FakeZotero::serve(library);
    let settings = format!("[[libraries]]\nid = \"123\"\napi = \"{}\"\n", fake.url());
    let site = TestSite::empty().write("zbib.toml", settings + "[site]\nbase-url = \"https://example.org/\"\n");
    let site = site.variable("ZOTERO_API_KEY", SECRET);
    for arguments in [&["build", "--strict"][..], &["build", "--strict", "--offline"], &["build", "--strict"]] {
        let run = site.run(arguments);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
}

#[test]
fn damaged_files_are_found_removed_and_fetched_again() {
    let site = site(&[("PDFAAAA2", "Paper.pdf", b"%PDF one"), ("PDFBBBB2", "Other.pdf", b"%PDF two")]);
    site.build();
    let whole = site.run(&["check", "--files", "--strict"]);
    assert!(
        whole.code == 0 && whole.stderr.starts_with("2 files of the cache checked (16 bytes), 0 damaged\n"),
        "{whole:?}"
    );
    let path = format!(".zbib/file-library/files/{}", Md5::of(b"%PDF one"));
    site.change(&path, "%PDF onf");

    let lock = fs::File::open(site.path(".zbib/lock")).unwrap();
    lock.lock().unwrap();
    let run = site.run(&["check", "--files"]);
    assert!(run.stderr.contains("stays, as another process uses the cache"), "{}", run.stderr);
    assert!(site.path(&path).exists());
    drop(lock);

    let run = site.run(&["check", "--files", "--strict"]);
    let says = format!(
        "PDFAAAA2 \"Paper.pdf\"  expected md5 {}, found {}\n  hint: they are removed from the cache; the next `zbib sync` fetches them again\n",
        Md5::of(b"%PDF one"),
        Md5::of(b"%PDF onf")
    );
    assert!(run.code == 3 && run.stderr.contains(&says), "{}", run.stderr);
    assert!(!site.path(&path).exists());
    let again = site.run(&["build", "--strict"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
    assert_eq!(fs::read(site.path("public/items/AAAAAAA2/Paper.pdf")).unwrap(), b"%PDF one");
}

/// The program with a limit on the size of a file: writing beyond it fails as on a full disk.
#[cfg(unix)]
fn run_with_little_room(site: &TestSite, blocks: u32) -> (i32, String) {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" sync");
    let mut command = std::process::Command::new("bash");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_zbib")]).current_dir(site.path("")).env("ZOTERO_API_KEY", SECRET);
    let output = command.output().unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).unwrap())
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_last_copy_and_what_came_and_the_next_run_goes_on() {
    let (small, large) = (noise(10_000), noise(400_000));
    let mut library = Library::of_books(3);
    library.pdf("PDFAAAAA", &key(0), &small);
    let fake = FakeZotero::serve(library);
    let settings = format!("[[libraries]]\nid = \"123\"\napi = \"{}\"\n", fake.url());
    let site = TestSite::empty().write("zbib.toml", settings).variable("ZOTERO_API_KEY", SECRET);
    assert_eq!(site.run(&["sync"]).code, 0);
    let snapshot = || {
        let id = zbib::zotero::record::LibraryId { kind: LibraryKind::Group, id: "123".into() };
        cache::load(&site.path(".zbib"), &[id]).unwrap().libraries.remove(0)
    };
    let before = snapshot();

    fake.edit(|library| library.book("NEWBOOKA", "New"));
    fake.edit(|library| library.pdf("PDFBBBBB", &key(1), &large));
    // Blocks of 1 KB: enough for everything but the large file.
    let (code, says) = run_with_little_room(&site, 128);
    assert!(code == 1 && says.contains("error: cannot keep a file"), "{code}: {says}");
    assert!(says.contains("hint: make room on the disk; what was fetched so far is kept for the next run"), "{says}");
    assert_eq!(snapshot(), before, "the last copy is as it was");

    fake.forget_requests();
    assert_eq!(site.run(&["sync"]).code, 0);
    assert_eq!(snapshot().records.len(), before.records.len() + 2);
    assert_eq!(fs::read(&snapshot().files[&Md5::of(&large)].path).unwrap(), large);
    let range = fake.storage_requests()[0].header("range").map(str::to_owned);
    assert!(range.is_some_and(|range| range.starts_with("bytes=") && range != "bytes=0-"), "what came is gone on with");
    assert!(
        !fake
            .requests()
            .iter()
            .any(|request| request.parameter("start").is_some_and(|_| request.path().ends_with("/items"))
                && request.parameter("since").as_deref() == Some("0"))
    );
}

#[cfg(unix)]
#[test]
fn a_disk_too_full_for_a_file_of_the_owners_ends_the_sync_and_says_so() {
    let bytes = noise(400_000);
    let site = site(&[("PDFAAAA2", "Paper.pdf", &bytes)]);
    let (code, says) = run_with_little_room(&site, 128);
    assert!(code == 1 && says.contains("error: cannot keep a file in the cache"), "{code}: {says}");
    assert_eq!(site.run(&["sync", "--strict"]).code, 0);
    assert_eq!(fs::read(site.path(&format!(".zbib/file-library/files/{}", Md5::of(&bytes)))).unwrap(), bytes);

    let (code, says) = run_with_little_room(&self::site(&[]), 0);
    assert!(code == 1 && says.contains("error: cannot write the cache"), "{code}: {says}");
    assert!(says.contains("hint: make room on the disk"), "{says}");
}
