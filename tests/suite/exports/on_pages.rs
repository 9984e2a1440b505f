//! COinS and CSV in a whole site: only where the owner asks for them.

use crate::test_site::{TestSite, collection, record};
use crate::well_formed;

fn site(exports: &str) -> TestSite {
    let related = r#","relations":{"dc:relation":["http://zotero.org/groups/1/items/BBBB2222"]}"#;
    let author = r#""creators":[{"creatorType":"author","lastName":"O'Neil","firstName":"A."}]"#;
    let items = [
        record(
            "AAAA2222",
            "book",
            &format!(r#""title":"Sums","date":"1999",{author},"collections":["CCCC2222"]{related}"#),
        ),
        record("BBBB2222", "book", &format!(r#""title":"=1+1","date":"2001",{author},"collections":["CCCC2222"]"#)),
        record("NNNN2222", "note", r#""note":"<p>alone</p>","collections":["CCCC2222"]"#),
    ];
    let settings = format!(
        "[site]\nbase-url = \"https://example.org/\"\n[exports]\n{exports}\n[[libraries]]\ntype = \"file\"\npath = \"library\"\n"
    );
    TestSite::of(&items, &[collection("CCCC2222", "Sums", None)]).write("zbib.toml", settings)
}

/// The spans of a page.
fn spans(site: &TestSite, page: &str) -> usize {
    site.page(page).matches("<span class='Z3988'").count()
}

#[test]
fn pages_carry_coins_only_if_the_owner_wants_them_and_never_hide_better_metadata_behind_them() {
    let pages =
        ["index.html", "items/AAAA2222/index.html", "collections/CCCC2222/index.html", "items/NNNN2222/index.html"];
    let without_unapi = "coins = true\nitem = [\"bibtex\"]";
    for (exports, wanted) in [("", [0, 0, 0, 0]), ("coins = true", [0, 1, 2, 0]), (without_unapi, [0, 0, 2, 0])] {
        let site = site(exports);
        site.build();
        assert_eq!(pages.map(|page| spans(&site, page)), wanted);
        well_formed::assert_well_formed(&site.site());
        assert!(!site.site().keys().any(|path| path.contains("coins") || path.ends_with(".csv")));
    }
}

#[test]
fn the_span_of_a_page_is_about_its_record() {
    let site = site("coins = true");
    site.build();
    let page = site.page("items/AAAA2222/index.html");
    assert!(
        page.contains("rft.genre=book&amp;rft.btitle=Sums&amp;rft.aufirst=A.&amp;rft.aulast=O&apos;Neil&amp;"),
        "{page}"
    );
    assert!(!page.contains("%3D1%2B1"), "a related record has its span on its own page");
}

#[test]
fn csv_is_where_the_settings_name_it() {
    let site = site("item = [\"csv\"]\nlist = [\"csv\"]\nlibrary = [\"csv\"]");
    site.build();
    let rows = |path: &str| well_formed::csv_rows(&site.page(path)).unwrap();
    assert_eq!(rows("items/AAAA2222/AAAA2222.csv").len(), 2);
    assert_eq!(rows("collections/CCCC2222/CCCC2222.csv").len(), 3);
    let library = rows("bibliography.csv");
    let titles: Vec<_> = library.iter().map(|row| row[4].as_str()).collect();
    assert!(titles.len() == 3 && titles.contains(&"'=1+1") && titles.contains(&"Sums"), "{titles:?}");
    assert_eq!(library[1].len(), 87);
    let page = site.page("items/AAAA2222/index.html");
    assert!(page.contains("type=\"text/csv\"") && page.contains(">CSV"), "{page}");
    well_formed::assert_well_formed(&site.site());
}

#[test]
fn pages_of_tags_creators_years_and_types_offer_their_records_where_the_settings_say_so() {
    let formats = "[\"rdf\", \"bibtex\"]";
    let kinds = ["collections", "tags", "creators", "years", "types"].map(|kind| format!("{kind} = {formats}"));
    let offered = site(&format!("list = {{ {} }}", kinds.join(", ")));
    offered.build();
    let plain = site("");
    plain.build();
    for (folder, name, records) in [
        ("collections/CCCC2222", "CCCC2222", 2),
        ("creators/oneil-a", "oneil-a", 2),
        ("years/1999", "1999", 1),
        ("types/book", "book", 2),
    ] {
        let page = offered.page(&format!("{folder}/index.html"));
        for link in [
            "title=\"unAPI\" href=\"list.rdf\">".to_owned(),
            format!("title=\"BibTeX\" href=\"{name}.bib\">"),
            format!("<abbr class=\"unapi-id\" title=\"{folder}\""),
        ] {
            assert!(page.contains(&link), "{link}\n{page}");
        }
        assert_eq!(offered.page(&format!("{folder}/{name}.bib")).matches("@book{").count(), records);
        assert_eq!(offered.page(&format!("{folder}/list.rdf")).matches("<bib:Book ").count(), records);
        assert_eq!(plain.has(&format!("{folder}/list.rdf")), folder.starts_with("collections"));
    }
    assert!(!offered.has("types/note/list.rdf") && !offered.has("types/note/note.bib"));
    well_formed::assert_well_formed(&offered.site());
}
