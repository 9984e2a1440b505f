//! What a quiet answer cannot show: the audit does, now and then.

use super::*;

const A_WEEK: Duration = Duration::from_secs(7 * 86_400);

/// The same owner a week later.
fn a_week_later(owner: &Owner) {
    if let Clock::Virtual(now) = &owner.clock {
        *now.lock().unwrap() += A_WEEK;
    }
}

#[test]
fn an_audit_is_four_requests_more_and_comes_once_a_week() {
    let owner = Owner::of(Library::of_books(120));
    owner.sync();
    a_week_later(&owner);
    let synced = owner.sync();
    let asked: Vec<_> = owner.fake.requests().iter().map(|request| request.path().to_owned()).collect();
    assert_eq!(asked.len(), 5, "{asked:?}");
    for part in ["/keys/current", "/groups/123", "/groups/123/items", "/groups/123/collections"] {
        assert!(asked.iter().any(|path| path == part), "{part}: {asked:?}");
    }
    assert!(synced.unchanged);
    owner.sync();
    assert_eq!(owner.fake.requests().len(), 1, "the next night is quiet again");
}

#[test]
fn what_a_wiped_log_did_not_tell_is_found_by_the_audit() {
    let mut library = Library::of_books(20);
    library.collection("GONEAAAA", "Gone", None);
    library.collection("STAYAAAA", "Stays", None);
    let owner = Owner::of(library);
    owner.sync();
    owner.fake.edit(|library| {
        library.delete(&key(3));
        library.delete_collection("GONEAAAA");
        library.deleted_items.clear();
        library.deleted_collections.clear();
    });
    owner.sync();
    assert_eq!(owner.snapshot().records.len(), 20, "no log, no notice");
    a_week_later(&owner);
    assert_eq!(owner.sync().counts.removed, 1);
    owner.assert_equal();
}

#[test]
fn a_record_the_copy_lost_or_has_otherwise_is_fetched_by_the_audit() {
    let mut library = Library::of_books(130);
    library.collection("STAYAAAA", "Stays", None);
    let owner = Owner::of(library);
    owner.sync();
    // Changes that no list of changes shows, as after a restored server: the library's version stays.
    owner.fake.edit(|library| {
        let version = library.version;
        (0..60).for_each(|at| library.set(&key(at), "title", json!("Restored")));
        library.book("FOUNDAAA", "Found again");
        library.set_on_collection("STAYAAAA", "name", json!("Restored"));
        library.version = version;
        for object in library.items.values_mut().chain(library.collections.values_mut()) {
            if object.version > version {
                (object.version, object.value["version"]) = (version - 1, json!(version - 1));
                object.value["data"]["version"] = json!(version - 1);
                object.raw = object.value.to_string();
            }
        }
    });
    a_week_later(&owner);
    owner.sync();
    assert!(owner.fake.requests().len() <= 5 + 2 + 1, "{}", owner.fake.requests().len());
    owner.assert_equal();
}

#[test]
fn a_library_that_is_emptied_with_its_log_stays_until_the_owner_allows_it() {
    let mut owner = Owner::of(Library::of_books(20));
    owner.sync();
    owner.fake.edit(|library| {
        (0..11).for_each(|at| library.delete(&key(at)));
        library.deleted_items.clear();
    });
    owner.sync();
    a_week_later(&owner);
    let error = owner.try_sync().unwrap_err();
    assert_eq!(
        failure::text(&error),
        "error: 11 of 20 records of groups-123 are gone, and nothing says that they were deleted\n\nhint: look into Zotero \
         and at the key's rights; the cache and the site stay as they are. If the records are to go, run \
         `zbib sync --allow-mass-removal` once\n"
    );
    assert_eq!(owner.snapshot().records.len(), 20);
    owner.try_sync().unwrap_err();
    owner.manner.allow_mass_removal = true;
    assert_eq!(owner.sync().counts.removed, 11);
    owner.assert_equal();
}

#[test]
fn a_full_sync_does_not_believe_an_empty_library_either() {
    let mut owner = Owner::of(Library::of_books(20));
    owner.sync();
    owner.fake.edit(|library| {
        library.items.clear();
        library.version += 1;
    });
    owner.manner.full = true;
    assert!(matches!(owner.try_sync().unwrap_err(), SyncError::MassRemoval { removed: 20, of: 20, .. }));
    owner.fake.edit(|library| library.log_starts_at = library.version);
    owner.manner.full = false;
    assert!(matches!(owner.try_sync().unwrap_err(), SyncError::MassRemoval { .. }), "nor one whose log is too short");
    assert_eq!(owner.snapshot().records.len(), 20);
}

#[test]
fn what_people_delete_is_believed_however_much_it_is() {
    let owner = Owner::of(Library::of_books(20));
    owner.sync();
    owner.fake.edit(|library| (0..20).for_each(|at| library.delete(&key(at))));
    assert_eq!(owner.sync().counts.removed, 20);
    owner.assert_equal();
}

#[test]
fn a_library_put_back_to_an_earlier_state_is_told_and_compared_once() {
    let owner = Owner::of(Library::of_books(30));
    let earlier = owner.fake_library();
    owner.fake.edit(|library| {
        library.set(&key(4), "title", json!("Lost in the restore"));
        library.book("LOSTAAAA", "Lost");
    });
    owner.sync();
    owner.fake.edit(|library| *library = earlier);
    assert!(owner.sync().unchanged, "a condition cannot see it");
    a_week_later(&owner);
    let before = owner.clock.now();
    owner.sync();
    assert!(owner.clock.now() - before >= Duration::from_secs(30), "the replicas were given time");
    owner.assert_equal();
    assert!(owner.report.text().contains("stands at an earlier version than before"), "{}", owner.report.text());
    owner.sync();
    assert_eq!(owner.fake.requests().len(), 1, "once");
}

#[test]
fn a_database_that_lags_for_a_moment_is_not_taken_for_one_put_back() {
    let owner = Owner::of(Library::of_books(30));
    owner.sync();
    a_week_later(&owner);
    let maps = |request: &Request| request.parameter("format").as_deref() == Some("versions");
    owner.fake.fault_where(1, maps, Fault::VersionOff(-2));
    let synced = owner.sync();
    assert!(synced.unchanged && owner.report.warnings() == 0, "{}", owner.report.text());
    assert!(owner.fake.requests().len() <= 7);
    owner.assert_equal();
}

#[test]
fn notes_go_with_the_right_to_read_them_and_come_back_with_it() {
    let mut library = Library::of_books(10);
    (0..4).for_each(|at| library.put(&key(100 + at), json!({"itemType": "note", "parentItem": key(at), "note": "N"})));
    let owner = Owner::of(library);
    owner.sync();
    owner.fake.edit(|library| library.hides_notes = true);
    assert!(owner.sync().unchanged, "no version shows it");
    a_week_later(&owner);
    assert_eq!(owner.sync().counts.removed, 4);
    owner.fake.edit(|library| library.hides_notes = false);
    a_week_later(&owner);
    assert_eq!(owner.sync().counts.added, 4);
    owner.assert_equal();
}

#[test]
fn a_library_with_a_new_name_has_it_after_the_audit() {
    let owner = Owner::of(Library::of_books(3));
    owner.sync();
    assert_eq!(owner.snapshot().name, "Fake library");
    owner.fake.edit(|library| library.rename("Reading circle"));
    a_week_later(&owner);
    owner.sync();
    assert_eq!(owner.snapshot().name, "Reading circle");
    let personal = Owner { kind: LibraryKind::User, ..Owner::of(owner.fake_library()) };
    personal.sync();
    personal.fake.edit(|library| library.rename("Ida Beispiel"));
    a_week_later(&personal);
    personal.sync();
    assert_eq!(personal.snapshot().name, "Ida Beispiel");
}

#[test]
fn my_publications_are_audited_by_their_one_list() {
    let owner = Owner { kind: LibraryKind::Publications, key: None, ..Owner::of(Library::of_books(120)) };
    owner.sync();
    a_week_later(&owner);
    owner.sync();
    assert_eq!(owner.fake.requests().len(), 2);
}
