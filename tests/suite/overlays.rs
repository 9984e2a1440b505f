//! What the owner adds to records and collections in `content/items` and `content/collections`.

use serde_json::json;

use crate::fake_zotero::{FakeZotero, Library};
use crate::test_site::{TestSite, collection, record};
use crate::well_formed::assert_well_formed;

fn site() -> TestSite {
    let ada = r#""title":"Of engines","abstractNote":"Theirs.","date":"1843","creators":[{"creatorType":"author","firstName":"Ada","lastName":"Lovelace"}],"collections":["CCCCCCC2"]"#;
    let pdf = r#""parentItem":"AAAAAAA2","linkMode":"imported_file","contentType":"application/pdf","filename":"engines.pdf","title":"PDF","md5":"437175ba4191210ee004e1d937494d09""#;
    let other = r#""title":"Of numbers","collections":["CCCCCCC2"]"#;
    let items =
        [record("AAAAAAA2", "book", ada), record("AAAAAAA3", "book", other), record("FFFFFFF2", "attachment", pdf)];
    TestSite::of(&items, &[collection("CCCCCCC2", "Shelf", None)]).write("library/files/FFFFFFF2/engines.pdf", "pdf")
}

#[test]
fn an_overlay_overrides_and_adds() {
    let site = site().write(
        "content/items/@lovelace_engines_1843.md",
        "+++\ntitle = \"Our title\"\nabstract = \"Our abstract.\"\nlinks = [{ title = \"Scan\", url = \"https://example.org/scan\" }]\nbase-version = 1\n+++\n\nA word of *ours*, see [@lovelace_engines_1843].\n",
    );
    site.build();
    let page = site.page("items/AAAAAAA2/index.html");
    for part in ["Our title", "Our abstract.", "https://example.org/scan", "A word of <em>ours</em>"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("Theirs.") && site.page("index.html").contains("Our title"));
    assert!(
        site.page("items/AAAAAAA2/AAAAAAA2.bib").contains("lovelace_engines_1843"),
        "keys are given before overlays"
    );
    assert_well_formed(&site.site());
}

#[test]
fn an_overlay_withholds_a_record_or_its_files() {
    let plain = site();
    plain.build();
    assert!(plain.has("items/AAAAAAA2/engines.pdf"));
    let site = site().write("content/items/AAAAAAA2.md", "+++\nattachments = false\n+++\n");
    site.build();
    assert!(site.has("items/AAAAAAA2/index.html") && !site.has("items/AAAAAAA2/engines.pdf"));
    assert!(!site.page("items/AAAAAAA2/index.html").contains("engines.pdf"));
    site.change("content/items/AAAAAAA2.md", "+++\npublished = false\n+++\n");
    site.build();
    assert!(
        site.site()
            .iter()
            .all(|(path, bytes)| !path.contains("AAAAAAA2") && !String::from_utf8_lossy(bytes).contains("Of engines"))
    );
    assert_well_formed(&site.site());
}

#[test]
fn an_overlay_for_an_older_version_is_a_conflict_that_is_told() {
    let site = site().write("content/items/AAAAAAA3.md", "+++\ntitle = \"Mine\"\nbase-version = 0\n+++\n");
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 3);
    assert!(
        run.stderr.ends_with(
            "warning: an overlay was written for an older version of its record\n  \
             AAAAAAA3 \"Of numbers\"  content/items/AAAAAAA3.md was written for version 0, now 1\n  \
             hint: compare it with the record, then set its `base-version` to the record's version\n\n"
        ),
        "{}",
        run.stderr
    );
    assert!(site.page("items/AAAAAAA3/index.html").contains("Mine"));
}

#[test]
fn an_overlay_for_nothing_is_told() {
    let site = site().write("content/items/AAAAAAA9.md", "+++\npublished = false\n+++\n");
    let run = site.run(&["build"]);
    assert!(
        run.stderr.contains(
            "warning: a file adds to a record or collection that the site does not have\n  content/items/AAAAAAA9.md\n"
        ),
        "{}",
        run.stderr
    );
}

#[test]
fn a_collection_has_words_of_the_owner_or_is_withheld() {
    let site = site().write("content/collections/CCCCCCC2.md", "+++\ntitle = \"Our shelf\"\n+++\n\nBooks we *like*.\n");
    site.build();
    let page = site.page("collections/CCCCCCC2/index.html");
    assert!(page.contains("Our shelf") && page.contains("Books we <em>like</em>."));
    site.change("content/collections/CCCCCCC2.md", "+++\npublished = false\n+++\n");
    site.build();
    assert!(!site.has("collections/CCCCCCC2/index.html") && site.has("items/AAAAAAA2/index.html"));
    assert!(!site.page("items/AAAAAAA2/index.html").contains("Shelf"));
    assert_well_formed(&site.site());
}

#[test]
fn faults_in_the_owner_s_files_are_told_with_their_place() {
    let syntax = "hint: text wants quotes: title = \"About\"";
    for (file, text, says) in [
        (
            "items/AAAAAAA2.md",
            "+++\ntitel = \"x\"\n+++\n",
            "error: the front matter has a key zbib does not know: `titel`\n  at: content/items/AAAAAAA2.md:2:1\n\nhint: did you mean `title`?\n",
        ),
        (
            "about.md",
            "+++\ntitle = \"x\"\n",
            "error: the front matter does not end\n  at: content/about.md:1:1\n\nhint: end it with a line `+++`\n",
        ),
        (
            "about.md",
            "+++\ntitle = \"x\n+++\n",
            "error: the front matter is not valid TOML: invalid basic string, expected `\"`\n  at: content/about.md:2:11\n\n",
        ),
        (
            "items/foo.md",
            "x",
            "error: `foo` is not the name of a record\n  at: content/items/foo.md\n\nhint: name the file `KEY.md` after the record's key of eight characters, or `@citekey.md`\n",
        ),
        ("about.md", "a\n\u{1}", ""),
    ] {
        let run = site().write(&format!("content/{file}"), text).run(&["build"]);
        let wanted = if says.is_empty() { 0 } else { 1 };
        assert!(
            run.code == wanted && run.stderr.starts_with(says) || says.ends_with("\n\n") && run.stderr.contains(syntax),
            "{}",
            run.stderr
        );
    }
    let run = site().write("content/about.md", b"one\ntwo \xff").run(&["build"]);
    assert_eq!(
        run.stderr,
        "error: cannot read `content/about.md`, it is not UTF-8 text\n  at: content/about.md:2\n\n\
         hint: save it in your editor with the encoding UTF-8\n"
    );
}

/// The owner has written an abstract; a colleague changes the record in Zotero.
#[test]
fn an_edit_in_zotero_is_held_against_the_overlay_once_it_is_synced() {
    let fake = FakeZotero::serve(Library::of_books(2));
    let site = TestSite::empty()
        .write(
            "zbib.toml",
            format!("[site]\nbase-url = \"https://example.org/\"\n[[libraries]]\nid = 123\napi = \"{}\"\n", fake.url()),
        )
        .write("content/items/AAAAAAAA.md", "+++\nabstract = \"Mine\"\nbase-version = 1\n+++\n");
    site.build();
    fake.edit(|library| library.set("AAAAAAAA", "abstractNote", json!("Theirs")));
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(
        run.stderr.contains("\n  AAAAAAAA \"")
            && run.stderr.contains("content/items/AAAAAAAA.md was written for version 1, now 3\n"),
        "{}",
        run.stderr
    );
    assert!(site.page("items/AAAAAAAA/index.html").contains("Mine"), "what the owner wrote is not lost");
}
