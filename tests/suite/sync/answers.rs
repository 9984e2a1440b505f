//! Answers in odd shapes: versions as text, pauses, compression, lengths that are wrong.

use super::*;

fn first_page(request: &Request) -> bool {
    request.path().ends_with("/items") && request.parameter("start").as_deref() == Some("0")
}

#[test]
fn versions_in_quotes_are_numbers() {
    let mut library = Library::of_books(2);
    library.put_raw(
        &json!({"key": "QUOTEDAA", "version": "3", "data": {"key": "QUOTEDAA", "itemType": "book"}}).to_string(),
    );
    let owner = Owner::of(library);
    // The edit makes the sync ask for the list of versions, which has them as text, too.
    owner.fake.fault_where(1, first_page, Fault::Edit(Box::new(|library| library.book("NEWBOOKA", "New"))));
    let versions = |request: &Request| request.parameter("format").as_deref() == Some("versions");
    let in_quotes = |text: &[u8]| {
        let map: BTreeMap<String, u64> = serde_json::from_slice(text).unwrap();
        let map: BTreeMap<_, _> = map.into_iter().map(|(key, version)| (key, version.to_string())).collect();
        serde_json::to_vec(&map).unwrap()
    };
    let quoted = Fault::Rewrite(Box::new(move |mut answer| {
        answer.body = in_quotes(&answer.body);
        answer
    }));
    owner.fake.fault_where(1, versions, quoted);
    owner.sync();
    assert_eq!(owner.snapshot().records.len(), 4);
    let quoted = owner.snapshot().records.into_iter().find(|record| record.key == item_key("QUOTEDAA")).unwrap();
    assert_eq!(quoted.version, LibraryVersion(3));
}

#[test]
fn who_asked_without_a_condition_does_not_believe_that_nothing_changed() {
    let owner = Owner::of(Library::of_books(3));
    owner.fake.fault(1, Fault::Status(304));
    owner.sync();
    owner.assert_equal();
}

#[test]
fn a_quiet_answer_may_ask_for_a_pause_that_holds_for_the_next_library() {
    let mut owner = Owner::of(Library::of_books(3));
    owner.sync();
    let next = source::Settings { id: "999".into(), ..owner.settings() };
    owner.settings = vec![owner.settings(), next];
    let before = owner.clock.now();
    owner.fake.forget_requests();
    owner.fake.fault(
        1,
        Fault::Rewrite(Box::new(|quiet| {
            assert_eq!(quiet.status, 304);
            quiet.with("Backoff", "5")
        })),
    );
    let outcome = owner.outcome();
    assert!(outcome.libraries[0].unchanged && outcome.failures.len() == 1);
    assert!(owner.clock.now() - before >= Duration::from_secs(5), "{:?}", owner.clock.now() - before);
}

#[test]
fn odd_times_to_wait_are_no_reason_to_wait_for_ever_or_to_give_up() {
    for text in ["soon", "-1", "0", "1.5", "", "Fri, 31 Dec 1999 23:59:59 GMT", "99999999999999999999"] {
        for status in [429, 503] {
            let owner = Owner::of(Library::of_books(250));
            owner.fake.fault_where(1, first_page, Fault::RetryAfterText(status, text));
            owner.sync();
            assert!(owner.waited() <= Duration::from_secs(3700), "{text}: {:?}", owner.waited());
            owner.assert_equal();
        }
    }
}

#[test]
fn answers_come_compressed_and_one_of_the_wrong_length_is_asked_for_again() {
    let owner = Owner::of(Library::of_books(250));
    owner.sync();
    let compressed = |request: &Request| request.header("accept-encoding").is_some_and(|value| value.contains("gzip"));
    assert!(owner.fake.requests().iter().all(compressed));
    owner.assert_equal();
    for off in [-20, 20] {
        let owner = Owner { patience: Duration::from_millis(200), ..Owner::of(Library::of_books(250)) };
        owner.fake.fault_where(1, first_page, Fault::WrongLength(off));
        owner.sync();
        assert_eq!(owner.fake.requests().iter().filter(|request| first_page(request)).count(), 2, "{off}");
        owner.assert_equal();
    }
}

#[test]
fn a_record_newer_than_its_list_is_kept_and_the_version_of_the_list_is_stored() {
    let owner = Owner::of(Library::of_books(120));
    for n in 1..200 {
        owner.fake.fault(n, Fault::Edit(Box::new(|library| library.set(&key(5), "title", json!("Again")))));
    }
    owner.sync();
    assert!(owner.fake.requests().len() < 60, "bounded: {}", owner.fake.requests().len());
    assert!(owner.report.text().contains("kept changing during the sync"), "{}", owner.report.text());
    let snapshot = owner.snapshot();
    let busy = snapshot.records.iter().find(|record| record.key == item_key(&key(5))).unwrap();
    assert!(busy.version > snapshot.state.version, "{} and {}", busy.version, snapshot.state.version);
    owner.fake.heal();
    owner.sync();
    owner.assert_equal();
}
