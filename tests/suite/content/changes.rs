//! What a change in Zotero moves on the site, and what it leaves as it is.

use super::*;
use crate::test_site::differences;

fn book(title: &str, collections: &[&str]) -> Value {
    json!({"itemType": "book", "title": title, "tags": [], "collections": collections, "relations": {},
        "dateAdded": "2020-01-02T03:04:05Z", "dateModified": "2021-02-03T04:05:06Z"})
}

/// Two books on one shelf, another shelf without any, a note.
fn library() -> Library {
    let mut library = Library::new();
    library.collection("SHELFONE", "First shelf", None);
    library.collection("SHELFTWO", "Second shelf", None);
    library.put("BOOK2222", book("Of engines", &["SHELFONE"]));
    library.put("BOOK3333", book("Of numbers", &["SHELFONE"]));
    library.put("NOTE2222", json!({"itemType": "note", "parentItem": "BOOK2222", "note": "<p>First thoughts</p>"}));
    library
}

#[test]
fn a_version_that_rises_for_nothing_moves_no_file() {
    let served = Served::of(library());
    served.build();
    let before = served.site.site();
    // A setting nobody sees, somebody reading, an upload that changed nothing.
    served.fake.edit(|library| {
        library.version += 1;
        let version = library.version;
        let page = json!({"value": 7, "version": version});
        library.settings.insert("lastPageIndex_u_BOOK2222".into(), (page, version));
    });
    let run = served.build();
    assert!(run.stderr.contains("public: nothing changed"), "{}", run.stderr);
    served.fake.edit(|library| library.set("BOOK3333", "title", json!("Of numbers")));
    served.build();
    let after = served.site.site();
    let moved: Vec<_> = differences(&before, &after).into_iter().filter(|path| path.ends_with(".html")).collect();
    assert!(moved.is_empty(), "{moved:?}");
    let run = served.build();
    assert!(run.stderr.contains("public: nothing changed"), "{}", run.stderr);
    served.fake.forget_requests();
    served.build();
    let asked = served.fake.requests();
    assert_eq!(asked.len(), 1, "and the version is known");
    assert_eq!(asked[0].header("if-modified-since-version"), Some("7"));
}

#[test]
fn a_record_that_moved_to_another_collection_is_shown_there_and_its_date_of_change_stays() {
    let served = Served::of(library());
    served.build();
    let feed = served.site.page("feed.xml");
    served.fake.edit(|library| library.set("BOOK2222", "collections", json!(["SHELFTWO"])));
    served.build();
    let shelf = |key: &str| served.site.page(&format!("collections/{key}/index.html"));
    assert!(!shelf("SHELFONE").contains("Of engines") && shelf("SHELFONE").contains("Of numbers"));
    assert!(shelf("SHELFTWO").contains("Of engines"));
    let page = served.page("BOOK2222");
    assert!(page.contains("Second shelf") && page.contains("3 February 2021"), "{page}");
    let titles =
        |feed: &str| feed.split("<entry>").skip(1).map(|entry| entry.contains("Of engines")).collect::<Vec<_>>();
    assert_eq!(titles(&feed), titles(&served.site.page("feed.xml")));
}

#[test]
fn a_record_put_in_the_trash_goes_and_comes_back_whole_when_it_is_restored() {
    let served = Served::of(library());
    served.build();
    let before = served.site.site();
    served.fake.edit(|library| library.trash("BOOK2222"));
    served.build();
    for word in ["Of engines", "First thoughts", "BOOK2222"] {
        assert_nowhere(&served.site, word);
    }
    served.fake.edit(|library| {
        library.set("BOOK2222", "publisher", json!("Quay Press"));
        library.restore("BOOK2222");
    });
    served.build();
    let page = served.page("BOOK2222");
    assert!(page.contains("First thoughts") && page.contains("Quay Press") && page.contains("First shelf"), "{page}");
    served.fake.edit(|library| library.set("BOOK2222", "publisher", Value::Null));
    served.build();
    assert!(!served.page("BOOK2222").contains("Quay Press"), "a field that is gone is gone here");
    let pages = |site: &std::collections::BTreeMap<String, Vec<u8>>| site.keys().cloned().collect::<Vec<_>>();
    assert_eq!(pages(&before), pages(&served.site.site()));
}

#[test]
fn children_of_a_deleted_record_go_though_the_log_does_not_name_them() {
    let served = Served::of(library());
    served.build();
    served.fake.edit(|library| {
        library.delete("BOOK2222");
        assert!(library.deleted_items.remove("NOTE2222").is_some(), "the log names children, usually");
    });
    served.build();
    for word in ["Of engines", "First thoughts", "BOOK2222", "NOTE2222"] {
        assert_nowhere(&served.site, word);
    }
    assert!(served.page("BOOK3333").contains("Of numbers"));
}

#[test]
fn a_note_moved_to_another_record_leaves_the_one_page_and_stands_on_the_other() {
    let served = Served::of(library());
    served.build();
    served.fake.edit(|library| library.set("NOTE2222", "parentItem", json!("BOOK3333")));
    served.build();
    assert!(!served.page("BOOK2222").contains("First thoughts"));
    assert!(served.page("BOOK3333").contains("First thoughts"));
}

#[test]
fn a_note_becomes_a_record_of_its_own_and_a_child_again() {
    let served = Served::of(library());
    served.build();
    served.fake.edit(|library| {
        library.set("NOTE2222", "parentItem", Value::Null);
        library.set("NOTE2222", "collections", json!(["SHELFTWO"]));
    });
    served.build();
    assert!(!served.page("BOOK2222").contains("First thoughts"));
    assert!(served.page("NOTE2222").contains("First thoughts"));
    assert!(served.site.page("collections/SHELFTWO/index.html").contains("items/NOTE2222/"));
    served.fake.edit(|library| {
        library.set("NOTE2222", "collections", Value::Null);
        library.set("NOTE2222", "parentItem", json!("BOOK3333"));
    });
    served.build();
    assert!(served.page("BOOK3333").contains("First thoughts"));
    assert!(!served.site.has("items/NOTE2222/index.html"));
}

#[test]
fn a_collection_keeps_its_address_when_it_is_renamed_and_pages_that_name_it_change() {
    let served = Served::of(library());
    served.build();
    served.fake.edit(|library| library.set_on_collection("SHELFONE", "name", json!("Upper shelf")));
    served.build();
    assert!(served.site.page("collections/SHELFONE/index.html").contains("Upper shelf"));
    assert!(served.page("BOOK2222").contains("Upper shelf"));
    assert_nowhere(&served.site, "First shelf");
}

/// Zotero lists trashed collections, and has announced to hide them from those who do not ask for them.
#[test]
fn a_collection_put_in_the_trash_loses_its_records_and_has_them_again_when_it_is_restored() {
    for hides_trashed_collections in [false, true] {
        let mut library = Library { hides_trashed_collections, ..library() };
        library.collection("SHELFSUB", "Left half", Some("SHELFONE"));
        library.set("BOOK3333", "collections", json!(["SHELFSUB"]));
        let served = Served::of(library);
        served.build();
        let before = served.page("BOOK3333");
        served.fake.edit(|library| library.set_on_collection("SHELFONE", "deleted", json!(true)));
        served.build();
        for word in ["First shelf", "Left half", "SHELFONE", "SHELFSUB"] {
            assert_nowhere(&served.site, word);
        }
        assert!(served.page("BOOK2222").contains("Of engines") && served.page("BOOK3333").contains("Of numbers"));
        served.fake.edit(|library| library.set_on_collection("SHELFONE", "deleted", Value::Null));
        served.build();
        assert_eq!(served.page("BOOK3333"), before);
        assert!(served.site.page("collections/SHELFONE/index.html").contains("Of engines"));
    }
}

#[test]
fn a_group_with_another_name_keeps_its_addresses() {
    let served = Served::of(library());
    served.build();
    let paths = |served: &Served| served.site.site().into_keys().collect::<Vec<_>>();
    let before = paths(&served);
    served.fake.edit(|library| {
        for item in library.items.values_mut() {
            item.value["library"]["name"] = json!("Renamed group");
            item.value["links"] = json!({"alternate": {"href": "https://www.zotero.org/groups/123/renamed_group"}});
            item.raw = item.value.to_string();
        }
        library.set("BOOK2222", "title", json!("Of engines, again"));
    });
    served.build();
    assert_eq!(before, paths(&served));
}
