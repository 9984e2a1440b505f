//! Several libraries in one site: each has its folder, everything else is shared.

use crate::fake_zotero::{FakeZotero, Library};
use crate::test_site::{TestSite, collection, record};
use crate::well_formed::assert_well_formed;
use serde_json::json;

/// By one author, under one tag, in a collection; the key is the same in all libraries.
fn book(title: &str) -> String {
    record(
        "AAAAAAA2",
        "book",
        &format!(
            r#""title":"{title}","date":"1950","tags":[{{"tag":"logic"}}],"collections":["CCCCCCC2"],"creators":[{{"creatorType":"author","firstName":"A.","lastName":"Turing"}}]"#
        ),
    )
}

#[test]
fn two_files_share_a_site_and_keep_their_records_apart() {
    let site = TestSite::empty()
        .write(
            "zbib.toml",
            "[site]\ntitle = \"Both\"\nbase-url = \"https://example.org/\"\n[[libraries]]\ntype = \"file\"\npath = \"one\"\n\
             [[libraries]]\ntype = \"file\"\npath = \"two\"\n",
        )
        .write("one/items.jsonl", book("Machinery"))
        .write("one/collections.jsonl", collection("CCCCCCC2", "First shelf", None))
        .write("two/items.jsonl", book("Machinery"))
        .write("two/collections.jsonl", collection("CCCCCCC2", "Second shelf", None));
    site.build();
    assert!(site.has("one/items/AAAAAAA2/index.html") && site.has("two/items/AAAAAAA2/index.html"));
    assert!(site.page("one/collections/CCCCCCC2/index.html").contains("First shelf"));
    assert!(site.page("two/collections/CCCCCCC2/index.html").contains("Second shelf"));
    let whole = site.page("bibliography.bib");
    assert!(whole.contains("{turing_machinery_1950,") && whole.contains("{turing_machinery_1950-1,"), "{whole}");
    assert!(site.page("two/items/AAAAAAA2/AAAAAAA2.bib").contains("{turing_machinery_1950-1,"));
    for shared in ["tags/logic/index.html", "creators/turing-a/index.html", "years/1950/index.html"] {
        let page = site.page(shared);
        assert!(page.contains("one/items/AAAAAAA2/") && page.contains("two/items/AAAAAAA2/"), "{shared}");
    }
    assert_well_formed(&site.site());
    assert!(site.build().stderr.contains("nothing changed"));
}

#[test]
fn a_file_and_a_group_share_a_site() {
    let mut library = Library::new();
    library.put(
        "AAAAAAA2",
        json!({"itemType": "book", "title": "Elsewhere", "tags": [{"tag": "logic"}], "collections": []}),
    );
    let fake = FakeZotero::serve(library);
    let site = TestSite::empty()
        .write(
            "zbib.toml",
            format!(
                "[site]\nbase-url = \"https://example.org/\"\n[[libraries]]\ntype = \"file\"\npath = \"mine.bib\"\n\
                 [[libraries]]\nid = 123\npath = \"lab\"\nname = \"The lab\"\napi = \"{}\"\n",
                fake.url()
            ),
        )
        .write("mine.bib", "@book{mine, title = {Mine}, keywords = {logic}}");
    let run = site.build();
    assert!(
        run.stderr.contains("mine: first copy: 1 record")
            && run.stderr.contains("The lab: first copy at version 1: 1 record, 0 collections ("),
        "{}",
        run.stderr
    );
    assert!(
        site.has("lab/items/AAAAAAA2/index.html") && site.page("tags/logic/index.html").contains("lab/items/AAAAAAA2/")
    );
    assert_well_formed(&site.site());
    let sync = site.run(&["sync", "--library", "The lab"]);
    assert!(sync.stderr.starts_with("The lab: nothing new at version 1 (1 request, "), "{}", sync.stderr);
    site.fails(
        &["sync", "--library", "lap"],
        2,
        "error: the settings name no library `lap`\n\nhint: they name file-mine, groups-123\n",
    );
}

#[test]
fn one_library_that_fails_is_told_and_the_others_are_brought_up_to_date() {
    let fake = FakeZotero::serve(Library { key: Some("another".into()), ..Library::new() });
    let site = TestSite::empty()
        .write(
            "zbib.toml",
            format!(
                "[[libraries]]\nid = 123\napi = \"{}\"\n[[libraries]]\ntype = \"file\"\npath = \"mine.bib\"\n",
                fake.url()
            ),
        )
        .write("mine.bib", "@book{mine, title = {Mine}}");
    let run = site.run(&["sync"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.starts_with(
            "groups-123: could not be fetched, there is no copy of it yet\nmine: first copy: 1 record, 0 collections\n"
        ),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("error: Zotero refused access to group 123\n"), "{}", run.stderr);
}

/// The nightly job of an owner with two libraries, one of which Zotero does not give tonight.
#[test]
fn a_build_goes_on_with_the_copy_of_a_library_that_fails_and_ends_with_1() {
    let fake = FakeZotero::serve(Library { key: Some("right".into()), ..Library::of_books(2) });
    let site = TestSite::empty()
        .write(
            "zbib.toml",
            format!(
                "[site]\nbase-url = \"https://example.org/\"\n[[libraries]]\nid = 123\nname = \"The lab\"\npath = \"lab\"\napi = \"{}\"\n\
                 [[libraries]]\ntype = \"file\"\npath = \"mine.bib\"\n",
                fake.url()
            ),
        )
        .write("mine.bib", "@book{mine, title = {Mine}}")
        .variable("ZOTERO_API_KEY", "right");
    site.build();
    fake.edit(|library| library.key = Some("another".into()));
    site.change("mine.bib", "@book{mine, title = {Mine of today}}");
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(
        run.stderr.starts_with("The lab: could not be brought up to date, its copy at version 2 is "),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("\nerror: Zotero does not know the API key in ZOTERO_API_KEY\n"), "{}", run.stderr);
    assert!(site.page("index.html").contains("Mine of today") && site.has("lab/items/AAAAAAAA/index.html"));
    assert_well_formed(&site.site());
}

#[test]
fn a_library_without_a_copy_stops_the_build_so_that_no_page_of_it_vanishes() {
    let fake = FakeZotero::serve(Library { key: Some("right".into()), ..Library::of_books(2) });
    let settings = "[[libraries]]\ntype = \"file\"\npath = \"mine.bib\"\n";
    let site = TestSite::empty().write("zbib.toml", settings).write("mine.bib", "@book{mine, title = {Mine}}");
    assert_eq!(site.run(&["build"]).code, 0);
    let before = site.site();
    site.change("zbib.toml", format!("{settings}[[libraries]]\nid = 123\napi = \"{}\"\n", fake.url()));
    let run = site.run(&["build"]);
    assert!(run.code == 1 && run.stderr.contains("error: Zotero refused access to group 123\n"), "{}", run.stderr);
    assert_eq!(site.site(), before);
}
