//! What goes wrong on the way, and what comes of it.

use super::*;

#[test]
fn backoff_and_retry_after_are_obeyed() {
    let owner = Owner::of(Library::of_books(150));
    owner.fake.fault(1, Fault::Backoff(5));
    owner.fake.fault(3, Fault::RetryAfter(429, 20));
    owner.sync();
    assert!(owner.waited() >= Duration::from_secs(25), "{:?}", owner.waited());
    owner.assert_equal();
    owner.fake.forget_requests();
    owner.fake.fault(1, Fault::RetryAfter(503, 1_000_000));
    owner.try_sync().unwrap();
    assert!(owner.waited() < Duration::from_secs(3700), "an hour at most");
}

#[test]
fn faults_of_the_way_are_tried_again() {
    for fault in
        [Fault::Drop, Fault::Status(500), Fault::Status(502), Fault::Status(429), Fault::Truncated, Fault::HalfJson]
    {
        let owner = Owner::of(Library::of_books(250));
        owner.fake.fault(2, fault);
        owner.try_sync().unwrap();
        assert!(owner.waited() >= Duration::from_secs(1));
        owner.assert_equal();
    }
}

#[test]
fn a_server_that_stays_down_is_given_up_and_nothing_is_lost() {
    let owner = Owner::of(Library::of_books(3));
    owner.sync();
    owner.fake.forget_requests();
    (1..100).for_each(|n| owner.fake.fault(n, Fault::Status(503)));
    let error = owner.try_sync().unwrap_err();
    assert!(failure::text(&error).contains("did not answer, after 8 attempts"), "{}", failure::text(&error));
    assert_eq!(owner.snapshot().records.len(), 3);
}

#[test]
fn pages_that_are_too_heavy_are_halved() {
    let owner = Owner::of(Library::of_books(250));
    let pages = |request: &Request| request.path().ends_with("/items");
    owner.fake.fault_where(1, pages, Fault::Status(504));
    owner.fake.fault_where(2, pages, Fault::Status(413));
    owner.sync();
    let limits: Vec<_> = owner.fake.requests().iter().filter_map(|request| request.parameter("limit")).collect();
    assert_eq!(limits[0], "100");
    assert!(limits.contains(&"50".to_owned()) && limits.contains(&"25".to_owned()), "{limits:?}");
    owner.assert_equal();

    let owner = Owner { patience: Duration::from_millis(200), ..Owner::of(Library::of_books(150)) };
    owner.fake.fault_where(1, pages, Fault::Hang);
    owner.sync();
    owner.assert_equal();
}

#[test]
fn a_web_page_instead_of_a_library_is_an_error_and_the_cache_stays() {
    let owner = Owner::of(Library::of_books(3));
    owner.sync();
    for fault in [Fault::Html, Fault::NoVersion] {
        owner.fake.edit(|library| library.book("NEWBOOKA", "New"));
        owner.fake.forget_requests();
        owner.fake.fault(1, fault);
        let error = owner.try_sync().unwrap_err();
        assert!(error.hint().is_some());
        assert_eq!(owner.snapshot().records.len(), 3);
    }
    owner.sync();
    owner.assert_equal();
}
