//! The copy equals the library, whatever people do in it meanwhile.

use super::*;

#[test]
fn a_deleted_record_goes_with_its_children_and_its_full_text() {
    let mut library = Library::of_books(3);
    library.pdf("PDFAAAAA", &key(1), b"%PDF");
    library.text("PDFAAAAA", "words");
    let owner = Owner::of(library);
    owner.sync();
    assert_eq!(owner.snapshot().fulltext[&item_key("PDFAAAAA")].read().unwrap(), "words");
    owner.fake.edit(|library| library.delete(&key(1)));
    let synced = owner.sync();
    assert_eq!(synced.counts.removed, 2);
    assert!(owner.snapshot().fulltext.is_empty());
    owner.assert_equal();
}

#[test]
fn a_deleted_collection_goes_with_its_sub_tree_and_its_memberships() {
    let mut library = Library::new();
    library.collection("TOPAAAAA", "Top", None);
    library.collection("MIDAAAAA", "Middle", Some("TOPAAAAA"));
    library.collection("LOWAAAAA", "Low", Some("MIDAAAAA"));
    library.collection("OTHERAAA", "Other", None);
    let collections = json!(["LOWAAAAA", "OTHERAAA"]);
    library.put("BOOKAAAA", json!({"itemType": "book", "title": "B", "collections": collections}));
    let owner = Owner::of(library);
    owner.sync();
    owner.fake.edit(|library| library.delete_collection("TOPAAAAA"));
    owner.sync();
    assert_eq!(owner.snapshot().collections.len(), 1);
    assert_eq!(owner.snapshot().records[0].collections, ["OTHERAAA".parse().unwrap()]);
    owner.assert_equal();
}

#[test]
fn trash_and_restoring_are_seen() {
    let owner = Owner::of(Library::of_books(3));
    owner.sync();
    owner.fake.edit(|library| library.trash(&key(1)));
    owner.sync();
    assert!(owner.snapshot().records[1].trashed);
    owner.fake.edit(|library| library.restore(&key(1)));
    owner.sync();
    assert!(!owner.snapshot().records[1].trashed);
    owner.assert_equal();
}

#[test]
fn a_record_deleted_and_made_again_stays() {
    let owner = Owner::of(Library::of_books(2));
    owner.sync();
    owner.fake.edit(|library| {
        library.delete(&key(0));
        library.book(&key(0), "Again");
        library.deleted_items.insert(key(0), library.version);
    });
    owner.sync();
    owner.assert_equal();
}

#[test]
fn a_log_of_deletions_that_is_too_short_leads_to_a_full_sync() {
    let owner = Owner::of(Library::of_books(5));
    owner.sync();
    owner.fake.edit(|library| {
        library.delete(&key(0));
        library.deleted_items.clear();
        library.log_starts_at = library.version;
    });
    owner.sync();
    owner.assert_equal();
}

#[test]
fn a_library_that_changes_during_the_sync_is_copied_whole() {
    for n in 1..=7 {
        let owner = Owner::of(Library::of_books(350));
        owner.fake.fault(
            n,
            Fault::Edit(Box::new(|library| {
                library.delete(&key(3));
                library.set(&key(120), "title", json!("Edited"));
                library.book("NEWBOOKA", "New");
            })),
        );
        owner.sync();
        let edited_before_the_last_list = owner.snapshot().state.version > LibraryVersion(350);
        if !edited_before_the_last_list {
            owner.sync();
        }
        owner.assert_equal();
    }
}

#[test]
fn a_library_that_never_rests_is_copied_at_a_version_that_holds() {
    let owner = Owner::of(Library::of_books(120));
    for n in 1..200 {
        owner.fake.fault(n, Fault::Edit(Box::new(|library| library.set(&key(5), "title", json!("Again")))));
    }
    owner.sync();
    assert!(owner.fake.requests().len() < 60, "bounded: {}", owner.fake.requests().len());
    let owner = Owner { fake: FakeZotero::serve(owner.fake_library()), ..owner };
    owner.sync();
    owner.assert_equal();
}

#[test]
fn a_broken_off_first_sync_goes_on_where_it_stopped() {
    let owner = Owner::of(Library::of_books(950));
    (7..100).for_each(|n| owner.fake.fault(n, Fault::Status(500)));
    owner.try_sync().unwrap_err();
    let id = owner.settings().library();
    assert!(cache::load(&owner.cache_dir(), &[id]).is_err(), "no half a library");
    let owner = Owner { fake: FakeZotero::serve(owner.fake_library()), ..owner };
    owner.sync();
    let pages = owner.fake.requests().iter().filter(|request| request.path().ends_with("/items")).count();
    assert!((1..=6).contains(&pages), "{pages} pages");
    owner.assert_equal();
    assert!(!owner.cache_dir().join("journal/groups-123").exists());
}

#[test]
fn a_broken_off_sync_goes_on_though_the_library_changed_meanwhile() {
    let owner = Owner::of(Library::of_books(450));
    (4..100).for_each(|n| owner.fake.fault(n, Fault::Status(500)));
    owner.try_sync().unwrap_err();
    let mut library = owner.fake_library();
    library.delete(&key(1));
    library.set(&key(2), "title", json!("Edited"));
    library.book("NEWBOOKA", "New");
    let owner = Owner { fake: FakeZotero::serve(library), ..owner };
    owner.sync();
    owner.assert_equal();
}

#[test]
fn what_is_no_record_is_set_aside_and_the_rest_is_kept() {
    let mut library = Library::of_books(3);
    library.put_raw(r#"{"key":"../../XX","version":4,"data":{"key":"../../XX","itemType":"book"}}"#);
    library.put_raw(r#"{"key":"BADBADBA","version":5,"data":{"key":"BADBADBA"}}"#);
    let owner = Owner::of(library);
    owner.sync();
    assert_eq!(owner.titles().len(), 3);
    assert!(owner.report.warnings() >= 2);
}

#[test]
fn a_damaged_cache_is_fetched_again() {
    let owner = Owner::of(Library::of_books(3));
    owner.sync();
    fs::write(owner.cache_dir().join("groups-123/items.jsonl"), "{\"key\":").unwrap();
    owner.sync();
    owner.assert_equal();
    fs::write(owner.cache_dir().join("groups-123/state.json"), "").unwrap();
    owner.sync();
    owner.assert_equal();
}

#[test]
fn one_library_that_fails_does_not_stop_the_others() {
    let mut owner = Owner::of(Library::of_books(3));
    let broken = source::Settings { id: "999".into(), ..owner.settings() };
    owner.settings = vec![broken, owner.settings()];
    let outcome = owner.outcome();
    assert_eq!(outcome.libraries.len(), 1);
    assert_eq!(outcome.failures[0].0.to_string(), "groups-999");
    let text = failure::text(&outcome.failures[0].1);
    assert!(text.contains("Zotero does not know group 999"), "{text}");
}

#[test]
fn my_publications_are_a_library() {
    let owner = Owner { kind: LibraryKind::Publications, key: None, ..Owner::of(Library::of_books(120)) };
    owner.sync();
    assert!(owner.fake.requests().iter().all(|request| request.path() == "/users/123/publications/items"));
    assert_eq!(owner.snapshot().records.len(), 120);
    owner.fake.edit(|library| library.delete(&key(5)));
    owner.sync();
    assert_eq!(owner.snapshot().records.len(), 119, "without a log of deletions");
}

/// Whatever names this record makes the server fail, this often.
fn poison(owner: &Owner, key: &str, page: &str, times: usize) {
    for _ in 0..times {
        let (key, page) = (key.to_owned(), page.to_owned());
        let names = move |request: &Request| {
            request.parameter("itemKey").is_some_and(|keys| keys.contains(&key))
                || request.parameter("start").is_some_and(|start| start == page) && request.path().ends_with("/items")
        };
        owner.fake.fault_where(1, names, Fault::Status(500));
    }
}

#[test]
fn one_record_that_the_server_cannot_give_costs_no_other_and_comes_later() {
    let owner = Owner::of(Library::of_books(350));
    poison(&owner, &key(120), "100", 60);
    let synced = owner.sync();
    assert_eq!((owner.snapshot().records.len(), synced.pending), (349, 1));
    assert!(owner.report.text().contains("Zotero lists a record and could not give it"), "{}", owner.report.text());
    assert!(owner.snapshot().state.pending.contains_key(&item_key(&key(120))));
    let still = owner.sync();
    assert_eq!((still.pending, owner.report.warnings()), (1, 2), "told again, in a quiet night too");
    owner.fake.heal();
    assert_eq!(owner.sync().pending, 0);
    assert_eq!(owner.fake.requests().len(), 2, "the quiet answer, and the one record");
    owner.assert_equal();
}

#[test]
fn what_the_cache_had_of_a_record_that_cannot_be_given_stays() {
    let mut owner = Owner::of(Library::of_books(350));
    owner.sync();
    owner.fake.edit(|library| library.set(&key(120), "title", json!("Edited")));
    poison(&owner, &key(120), "100", 60);
    owner.manner.full = true;
    owner.sync();
    assert_eq!(owner.titles()[&key(120)], "Book 120");
    owner.fake.heal();
    owner.manner.full = false;
    owner.sync();
    owner.assert_equal();
}

#[test]
fn an_object_that_is_no_record_is_told_every_time_and_asked_for_when_it_changes() {
    let mut library = Library::of_books(3);
    library.put_raw(r#"{"key":"BADBADBA","version":4,"data":{"key":"BADBADBA"}}"#);
    let owner = Owner::of(library);
    let synced = owner.sync();
    assert_eq!(synced.skipped[0].place, "BADBADBA");
    assert!(synced.skipped[0].raw.contains("BADBADBA") && synced.skipped[0].reason.contains("itemType"));
    assert_eq!(owner.report.warnings(), 1, "once: {}", owner.report.text());
    owner.sync();
    assert_eq!((owner.report.warnings(), owner.fake.requests().len()), (2, 1), "told without asking");
    owner.fake.edit(|library| library.book("BADBADBA", "Mended"));
    owner.sync();
    assert_eq!(owner.report.warnings(), 2);
    assert!(owner.snapshot().state.set_aside.is_empty());
    owner.assert_equal();
}

#[test]
fn an_object_that_is_no_record_is_told_once_after_a_sync_that_was_cut() {
    let mut library = Library::of_books(250);
    library.put_raw(r#"{"key":"BADBADBA","version":251,"data":{"key":"BADBADBA","dateAdded":"1999"}}"#);
    let owner = Owner::of(library);
    (4..100).for_each(|n| owner.fake.fault(n, Fault::Status(500)));
    owner.try_sync().unwrap_err();
    let library = owner.fake_library();
    let owner = Owner { fake: FakeZotero::serve(library), report: quiet(), ..owner };
    owner.sync();
    assert_eq!(owner.report.warnings(), 1, "{}", owner.report.text());
    assert_eq!(owner.snapshot().records.len(), 250);
}

#[test]
fn a_log_that_names_what_the_copy_never_held_changes_nothing() {
    let owner = Owner::of(Library::of_books(3));
    owner.sync();
    owner.fake.edit(|library| {
        library.version += 1;
        library.deleted_items.insert("UNKNOWNA".into(), library.version);
        library.deleted_collections.insert("UNKNOWNB".into(), library.version);
    });
    let synced = owner.sync();
    assert!(synced.unchanged);
    owner.assert_equal();
}

#[test]
fn a_damaged_cache_sets_no_condition() {
    let owner = Owner::of(Library::of_books(3));
    owner.sync();
    fs::write(owner.cache_dir().join("groups-123/items.jsonl"), "").unwrap();
    owner.sync();
    assert!(owner.fake.requests().iter().all(|request| request.header("if-modified-since-version").is_none()));
    owner.assert_equal();
}

#[test]
fn files_alone_are_no_sync_of_a_library_that_never_was() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    let mut owner = Owner::of(library);
    owner.manner.only = sync::Only::Files;
    let text = failure::text(&owner.try_sync().unwrap_err());
    assert!(text.contains("holds nothing of `groups-123` yet"), "{text}");
    owner.manner.only = sync::Only::Cache;
    assert_eq!(owner.sync().files, 0);
    owner.manner.only = sync::Only::Files;
    let synced = owner.sync();
    assert_eq!((synced.files, synced.requests), (1, 2), "nothing but the file is asked for");
    owner.assert_equal();
}

#[test]
fn an_object_that_is_no_record_is_still_told_after_everything_was_asked_for() {
    let mut library = Library::of_books(9);
    library.put_raw(r#"{"key":"BADBADBA","version":10,"data":{"key":"BADBADBA"}}"#);
    let owner = Owner::of(library);
    owner.sync();
    owner.fake.edit(|library| {
        library.delete(&key(0));
        library.deleted_items.clear();
        library.log_starts_at = library.version;
    });
    owner.sync();
    assert!(owner.snapshot().state.set_aside.contains_key(&item_key("BADBADBA")));
    assert_eq!(owner.titles().len(), 8);
}
