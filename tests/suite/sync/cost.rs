//! How much is asked, counted.

use super::*;

#[test]
fn a_quiet_night_is_one_request() {
    let owner = Owner::of(Library::of_books(5));
    owner.sync();
    let synced = owner.sync();
    assert_eq!(owner.fake.requests().len(), 1);
    assert!(synced.unchanged && synced.requests == 1);
    assert_eq!(owner.fake.requests()[0].header("if-modified-since-version"), Some("5"));
}

#[test]
fn a_quiet_night_moves_nothing_but_the_time_it_was_asked() {
    let mut owner = Owner::of(Library::of_books(5));
    owner.sync();
    let before = owner.snapshot();
    owner.clock = Clock::standing(START + Duration::from_secs(86_400));
    owner.sync();
    let mut after = owner.snapshot();
    assert_ne!(after.state.checked, before.state.checked);
    after.state.checked = before.state.checked;
    assert_eq!(after, before);
}

#[test]
fn a_first_sync_asks_for_a_hundred_at_a_time() {
    for (items, collections) in [(0, 0), (1, 1), (100, 0), (250, 101), (1000, 3)] {
        let mut library = Library::of_books(items);
        (0..collections).for_each(|at| library.collection(&key(at), "A collection", None));
        let owner = Owner::of(library);
        owner.sync();
        let most = items.div_ceil(100) + collections.div_ceil(100) + 8;
        assert!(owner.fake.requests().len() <= most, "{items}: {}", owner.fake.requests().len());
        owner.assert_equal();
    }
}

#[test]
fn an_edit_is_at_most_six_requests() {
    let owner = Owner::of(Library::of_books(250));
    owner.sync();
    owner.fake.edit(|library| library.set(&key(7), "title", json!("Edited")));
    let synced = owner.sync();
    assert!(owner.fake.requests().len() <= 6, "{}", owner.fake.requests().len());
    assert_eq!((synced.counts.added, synced.counts.changed, synced.counts.removed), (0, 1, 0));
    owner.assert_equal();
}

#[test]
fn never_more_than_four_requests_are_in_flight() {
    let owner = Owner::of(Library::of_books(2500));
    owner.sync();
    assert!(owner.fake.most_in_flight() <= 4, "{}", owner.fake.most_in_flight());
    owner.assert_equal();
}

#[test]
fn a_library_that_is_not_due_is_not_asked() {
    let mut owner = Owner::of(Library::of_books(3));
    owner.settings = vec![source::Settings { interval: Some("12h".parse().unwrap()), ..owner.settings() }];
    owner.sync();
    owner.sync();
    assert_eq!(owner.fake.requests().len(), 0);
}
