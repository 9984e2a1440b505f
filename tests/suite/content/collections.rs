//! Collections with odd names, places and contents.

use super::*;
use crate::test_site::collection;

fn book(title: &str, collections: &[&str]) -> Value {
    json!({"itemType": "book", "title": title, "collections": collections})
}

/// A collection with more in its `data`.
fn odd(key: &str, more: &Value) -> String {
    let mut data = json!({"key": key, "version": 1, "name": key});
    data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({"key": key, "version": data["version"], "data": data}).to_string()
}

/// How the tree of all collections reads: the keys in order, each with the number of lists it lies in.
fn tree(site: &TestSite) -> Vec<(String, usize)> {
    let page = site.page("collections/index.html");
    let main = page.split("<ul class=\"tree").nth(1).unwrap().split("</main>").next().unwrap();
    let rows = main.match_indices("<a class=\"tree-row\" href=\"");
    let depth = |at: usize| main[..at].matches("<ul>").count() - main[..at].matches("</ul>").count();
    rows.map(|(at, found)| (main[at + found.len()..][..8].to_owned(), depth(at))).collect()
}

#[track_caller]
fn assert_tree(site: &TestSite, wanted: &[(&str, usize)]) {
    let wanted: Vec<_> = wanted.iter().map(|(key, depth)| ((*key).to_owned(), *depth)).collect();
    assert_eq!(tree(site), wanted);
}

#[test]
fn a_collection_in_the_trash_goes_with_its_parts_and_its_records_stay() {
    let records = [("BOOK2222", book("In the trashed one", &["PART2222", "GONE2222"]))];
    let collections = [
        odd("GONE2222", &json!({"name": "Thrown away", "parentCollection": false, "deleted": true})),
        collection("PART2222", "Part of it", Some("GONE2222")),
        collection("STAY2222", "Stays", None),
    ];
    let (site, says) = built(&records, &collections);
    assert!(!says.contains("warning"), "{says}");
    assert_tree(&site, &[("STAY2222", 0)]);
    assert!(!site.has("collections/PART2222/index.html") && !site.has("collections/GONE2222/index.html"));
    assert!(site.has("items/BOOK2222/index.html"));
    assert!(site.page("collections/index.html").contains("One reference is in no collection"));
    for word in ["Thrown away", "Part of it"] {
        assert_nowhere(&site, word);
    }
}

#[test]
fn a_collection_that_zotero_does_not_list_is_as_if_the_record_were_not_in_it() {
    let records =
        [("BOOK2222", book("In two", &["GONE2222", "STAY2222"])), ("BOOK3333", book("In none", &["GONE2222"]))];
    let (site, says) = built(&records, &[collection("STAY2222", "Stays", None)]);
    assert!(!says.contains("warning"), "{says}");
    assert_tree(&site, &[("STAY2222", 0)]);
    let shelf = site.page("collections/STAY2222/index.html");
    assert!(shelf.contains("In two") && !shelf.contains("In none"));
    assert!(site.has("items/BOOK3333/index.html"));
    assert!(site.page("collections/index.html").contains("One reference is in no collection"));
}

#[test]
fn a_record_enters_a_collection_that_was_unknown_once_it_is_there() {
    let records = [("BOOK2222", book("Early", &["LATE2222"]))];
    let (site, _) = built(&records, &[]);
    assert!(!site.has("collections/LATE2222/index.html"));
    site.change("library/collections.jsonl", collection("LATE2222", "Late", None));
    site.build();
    assert!(site.page("collections/LATE2222/index.html").contains("Early"));
}

#[test]
fn a_collection_whose_parent_is_missing_stands_at_the_top_and_is_told() {
    let (site, says) = built(
        &[("BOOK2222", book("Found", &["PART2222"]))],
        &[collection("PART2222", "Part", Some("NOTHERE2")), collection("TOPTOP22", "Top", None)],
    );
    assert!(
        says.contains("warning: a collection's parent is missing; it is shown at the top level\n  PART2222"),
        "{says}"
    );
    assert_tree(&site, &[("PART2222", 0), ("TOPTOP22", 0)]);
    assert!(site.page("collections/PART2222/index.html").contains("Found"));
}

#[test]
fn a_parent_is_a_key_and_false_or_nothing_is_none() {
    let collections = [
        odd("AAAA2222", &json!({"parentCollection": false})),
        odd("BBBB2222", &json!({"parentCollection": "AAAA2222"})),
        odd("CCCC2222", &json!({})),
        odd("DDDD2222", &json!({"parentCollection": null})),
        odd("EEEE2222", &json!({"parentCollection": "not a key"})),
    ];
    let (site, _) = built(&[("BOOK2222", book("One", &["BBBB2222"]))], &collections);
    assert_tree(&site, &[("AAAA2222", 0), ("BBBB2222", 1), ("CCCC2222", 0), ("DDDD2222", 0), ("EEEE2222", 0)]);
}

#[test]
fn names_no_folder_could_have_are_collections_with_addresses_of_their_own() {
    let long = "n".repeat(255);
    let names =
        ["Same", "Same", "", ".", "..", "CON", "a/b\\c", "🗂 shelf", "\u{202e}אבג", &long, "<b>bold</b>", "same"];
    let keys: Vec<_> = (0..names.len()).map(|at| format!("NAME{at:04}")).collect();
    let collections: Vec<_> = keys.iter().zip(names).map(|(key, name)| collection(key, name, None)).collect();
    let records: Vec<_> = keys.iter().map(|key| (key.replace("NAME", "BOOK"), book(key, &[key]))).collect();
    let records: Vec<_> = records.iter().map(|(key, data)| (key.as_str(), data.clone())).collect();
    let (site, says) = built(&records, &collections);
    assert!(!says.contains("warning"), "{says}");
    for (at, key) in keys.iter().enumerate() {
        let page = site.page(&format!("collections/{key}/index.html"));
        assert!(page.contains(&format!("items/BOOK{at:04}/")), "{key}");
        assert!(site.has(&format!("collections/{key}/{key}.bib")), "{key}");
    }
    assert_eq!(tree(&site).len(), names.len());
}

#[test]
fn a_record_in_a_collection_and_in_its_part_is_listed_once() {
    let (site, _) = built(
        &[("BOOK2222", book("In both", &["WHOLE222", "PART2222", "OTHER222", "PART2222"]))],
        &[
            collection("WHOLE222", "Whole", None),
            collection("PART2222", "Part", Some("WHOLE222")),
            collection("OTHER222", "Other", None),
        ],
    );
    for key in ["WHOLE222", "PART2222", "OTHER222"] {
        let page = site.page(&format!("collections/{key}/index.html"));
        assert_eq!(page.matches("data-key=\"BOOK2222\"").count(), 1, "{key}");
        assert_eq!(site.page(&format!("collections/{key}/{key}.bib")).matches("@book{").count(), 1, "{key}");
    }
    assert_eq!(site.page("bibliography.bib").matches("@book{").count(), 1);
    let facts = item_page(&site, "BOOK2222");
    for key in ["WHOLE222", "PART2222", "OTHER222"] {
        assert!(facts.contains(&format!("collections/{key}/")), "{key}");
    }
}

#[test]
fn what_is_counted_is_counted_here_whatever_zotero_counts() {
    let collections = [json!({"numItems": 99, "numCollections": false}), json!({"numItems": "x"}), json!(7)];
    let keys = ["AAAA2222", "BBBB2222", "CCCC2222"];
    let collections: Vec<_> = keys
        .iter()
        .zip(collections)
        .map(|(key, meta)| {
            json!({"key": key, "version": 1, "meta": meta, "data": {"key": key, "name": key, "parentCollection": false}})
                .to_string()
        })
        .collect();
    let mut lines = lines(&[("BOOK2222", book("One", &["AAAA2222"])), ("BOOK3333", book("Two", &["AAAA2222"]))]);
    lines[0] = lines[0].replacen("{\"key\"", "{\"meta\":{\"numChildren\":false},\"key\"", 1);
    lines[1] = lines[1].replacen("{\"key\"", "{\"meta\":\"odd\",\"links\":7,\"key\"", 1);
    let site = TestSite::of(&lines, &collections);
    site.build();
    let all = site.page("collections/index.html");
    let counts: Vec<_> = all.split("<span class=\"count\">").skip(1).map(|rest| &rest[..1]).collect();
    assert_eq!(counts, ["2", "0", "0"], "{all}");
}

#[test]
fn of_a_record_or_collection_that_stands_twice_in_a_file_the_newer_is_shown_and_it_is_told() {
    let shelf = |version: u64, name: &str| odd("SHELF222", &json!({"name": name, "version": version}));
    for collections in [[shelf(7, "New name"), shelf(3, "Old name")], [shelf(3, "Old name"), shelf(7, "New name")]] {
        let record = |at: u64, title: &str| {
            line("BOOK2222", &json!({"itemType": "book", "title": title, "version": at, "collections": ["SHELF222"]}))
        };
        let site = TestSite::of(&[record(5, "New title"), record(2, "Old title")], &collections);
        let run = site.run(&["build"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(run.stderr.contains("2 records or collections stand twice in a library"), "{}", run.stderr);
        assert!(site.page("collections/SHELF222/index.html").contains("New name"));
        for old in ["Old name", "Old title"] {
            assert_nowhere(&site, old);
        }
    }
}
