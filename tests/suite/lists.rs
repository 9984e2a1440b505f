//! Lists and indexes: what stands where, and what a page does not tell of the others.

use crate::test_site::{TestSite, collection, record};

fn book(key: &str, title: &str, last: &str, collections: &[&str]) -> String {
    let creators = format!(r#"[{{"creatorType":"author","lastName":"{last}","firstName":"A."}}]"#);
    record(key, "book", &format!(r#""title":"{title}","creators":{creators},"collections":{collections:?}"#))
}

#[test]
fn a_collections_page_counts_itself_and_its_parts_only() {
    let items = [
        book("AAAA2222", "One", "Ek", &["WHOLE222"]),
        book("BBBB2222", "Two", "Ek", &["PARTPART"]),
        book("CCCC2222", "Three", "Ek", &["OTHER222"]),
    ];
    let collections = [
        collection("WHOLE222", "Whole", None),
        collection("PARTPART", "Part", Some("WHOLE222")),
        collection("OTHER222", "Other", None),
    ];
    let site = TestSite::of(&items, &collections);
    assert_eq!(site.build().stdout, "", "what was done is told on stderr");
    let counted = |page: &str, name: &str, count: u32| {
        page.contains(&format!(r#"<span dir="auto">{name}</span> <span class="count">{count}</span>"#))
    };
    let whole = site.page("collections/WHOLE222/index.html");
    assert!(counted(&whole, "Whole", 2) && counted(&whole, "Part", 1), "{whole}");
    assert!(whole.contains("Other") && !counted(&whole, "Other", 1), "{whole}");
    let all = site.page("collections/index.html");
    assert!(counted(&all, "Whole", 2) && counted(&all, "Other", 1), "{all}");

    site.remove("library/collections.jsonl");
    site.build();
    assert!(!site.has("collections/WHOLE222/index.html"));
}

#[test]
fn names_stand_under_their_first_letters() {
    let names = ["“Zeta”", "; Palmer", "Øster", "Odin", "Olsen", "Orr", "1st Press"];
    let keys = ["AAAA2222", "BBBB2222", "CCCC2222", "DDDD2222", "EEEE2222", "FFFF2222", "GGGG2222"];
    let items: Vec<_> = keys.into_iter().zip(names).map(|(key, name)| book(key, "A", name, &[])).collect();
    let site = TestSite::of(&items, &[]);
    site.build();
    let page = site.page("creators/index.html");
    let headings: Vec<_> = page.split("<h2>").skip(1).filter_map(|rest| rest.split("</h2>").next()).collect();
    assert_eq!(headings, ["Other", "O", "P", "Z"]);
}

#[test]
fn a_note_of_its_own_is_called_by_its_first_line() {
    let note = record("AAAA2222", "note", r#""note":"<h1>How we <i>shelve</i></h1><p>By size.</p>""#);
    let site = TestSite::of(&[note], &[]);
    site.build();
    let page = site.page("items/AAAA2222/index.html");
    assert!(page.contains(r#"<h1 dir="auto">How we shelve</h1>"#), "{page}");
}
