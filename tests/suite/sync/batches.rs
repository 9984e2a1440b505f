//! Lists, pages and batches that are not what they should be.

use super::*;

fn by_key(request: &Request) -> bool {
    request.parameter("itemKey").is_some()
}

fn page_from(start: &'static str) -> impl Fn(&Request) -> bool {
    move |request| request.path().ends_with("/items") && request.parameter("start").as_deref() == Some(start)
}

/// The objects of an answer, changed.
fn changed(change: impl FnOnce(&mut Vec<Value>) + Send + 'static) -> Fault {
    Fault::Rewrite(Box::new(|mut answer| {
        let mut objects: Vec<Value> = serde_json::from_slice(&answer.body).unwrap();
        change(&mut objects);
        answer.body = Value::from(objects).to_string().into_bytes();
        answer
    }))
}

/// An owner who withheld the first `n` books of `of`, and then let them go: the next sync asks for them by key.
fn with_books_let_go(n: usize, of: usize) -> Owner {
    let mut library = Library::of_books(of);
    (0..n).for_each(|at| library.set(&key(at), "tags", json!([{"tag": "_private"}])));
    let mut owner = Owner { rules: TestRules { strict: true, ..TestRules::default() }, ..Owner::of(library) };
    owner.sync();
    owner.rules.strict = false;
    owner.fake.forget_requests();
    owner
}

fn keys_asked_for(owner: &Owner) -> Vec<Vec<String>> {
    let lists = owner.fake.requests();
    let lists = lists.iter().filter_map(|request| request.parameter("itemKey"));
    lists.map(|list| list.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn when_no_record_changed_none_is_asked_for_by_key() {
    let owner = Owner::of(Library::of_books(60));
    owner.sync();
    owner.fake.edit(|library| library.tag_color("read", "#ff6666"));
    owner.sync();
    assert!(keys_asked_for(&owner).is_empty());
    assert_eq!(owner.snapshot().tag_colors.len(), 1);
    owner.assert_equal();
}

#[test]
fn fifty_records_are_asked_for_at_a_time_and_each_once() {
    for n in [1, 50, 51, 100, 101] {
        let owner = with_books_let_go(n, 120);
        owner.sync();
        let lists = keys_asked_for(&owner);
        assert!(lists.len() == n.div_ceil(50) && lists.iter().all(|list| list.len() <= 50), "{n}: {}", lists.len());
        let mut asked = lists.concat();
        asked.sort();
        assert_eq!(asked, (0..n).map(key).collect::<Vec<_>>());
        owner.assert_equal();
    }
}

#[test]
fn an_answer_in_any_order_is_matched_by_its_keys() {
    let owner = with_books_let_go(40, 60);
    owner.fake.fault_where(1, by_key, changed(|objects| objects.rotate_left(17)));
    owner.sync();
    owner.assert_equal();
}

#[test]
fn a_record_that_is_gone_when_it_is_asked_for_stops_nothing() {
    let owner = with_books_let_go(40, 60);
    owner.fake.fault_where(1, by_key, Fault::Edit(Box::new(|library| library.delete(&key(3)))));
    owner.sync();
    assert_eq!(owner.titles()[&key(4)], "Book 4");
    owner.sync();
    owner.assert_equal();
}

#[test]
fn records_that_nobody_asked_for_are_not_kept() {
    let foreign = || json!({"key": "FOREIGNA", "version": 1, "data": {"key": "FOREIGNA", "itemType": "book"}});
    let owner = with_books_let_go(40, 60);
    owner.fake.fault_where(1, by_key, changed(move |objects| objects.push(foreign())));
    owner.sync();
    assert!(!owner.titles().contains_key("FOREIGNA"));
    owner.assert_equal();

    // The filter is ignored: not one of the answer was asked for.
    let owner = with_books_let_go(40, 60);
    let before = owner.snapshot();
    owner.fake.fault_where(1, by_key, changed(move |objects| *objects = vec![foreign()]));
    let error = owner.try_sync().unwrap_err();
    assert!(failure::text(&error).contains("none of 40 records it listed before"), "{}", failure::text(&error));
    assert_eq!(owner.snapshot(), before);
}

#[test]
fn an_empty_answer_to_a_whole_batch_removes_nothing() {
    let owner = with_books_let_go(40, 60);
    let before = owner.snapshot();
    owner.fake.fault_where(1, by_key, changed(Vec::clear));
    owner.try_sync().unwrap_err();
    assert_eq!(owner.snapshot(), before);
    owner.sync();
    owner.assert_equal();

    let owner = with_books_let_go(2, 60);
    owner.fake.fault_where(1, by_key, changed(Vec::clear));
    owner.sync();
    assert_eq!(
        owner.snapshot().records.len(),
        60,
        "two may be gone or hidden: their stubs stay until the log names them"
    );
}

#[test]
fn of_a_record_that_comes_twice_the_newer_counts() {
    let owner = Owner::of(Library::of_books(250));
    owner.fake.fault_where(1, page_from("100"), Fault::Shifted(-30));
    owner.sync();
    owner.assert_equal();

    for newer_first in [false, true] {
        let owner = Owner::of(Library::of_books(50));
        let twice = move |objects: &mut Vec<Value>| {
            let mut older = objects[7].clone();
            older["version"] = json!(1);
            older["data"]["version"] = json!(1);
            older["data"]["title"] = json!("An older state");
            objects.insert(if newer_first { 9 } else { 2 }, older);
        };
        owner.fake.fault_where(1, page_from("0"), changed(twice));
        owner.sync();
        owner.assert_equal();
    }
}

#[test]
fn a_short_page_is_not_the_last_one() {
    let owner = Owner::of(Library::of_books(250));
    owner.fake.fault_where(1, page_from("0"), changed(|objects| objects.truncate(60)));
    owner.sync();
    let starts: BTreeSet<_> = owner.fake.requests().iter().filter_map(|request| request.parameter("start")).collect();
    assert!(["0", "100", "200"].iter().all(|start| starts.contains(*start)), "{starts:?}");
    owner.assert_equal();
}

#[test]
fn pages_are_found_by_counting_and_not_by_the_servers_links() {
    let mut library = Library::of_books(250);
    library.key = Some(SECRET.into());
    let owner = Owner::of(library);
    owner.fake.fault_where(
        1,
        page_from("0"),
        Fault::Rewrite(Box::new(|answer| {
            answer.with("Link", "<http://127.0.0.1:9/steal?start=100&key=q7Zt0n3XkVbR2m9WcYdL5sHa>; rel=\"next\"")
        })),
    );
    owner.sync();
    let pages: Vec<_> = owner.fake.requests().iter().filter_map(|request| request.parameter("start")).collect();
    assert_eq!(pages.iter().filter(|start| *start == "100").count(), 1);
    owner.assert_equal();
}

#[test]
fn a_list_that_gets_shorter_while_it_is_paged_leaves_a_whole_copy() {
    for page in ["0", "100", "200"] {
        let owner = Owner::of(Library::of_books(250));
        let shrink = |library: &mut Library| (0..120).for_each(|at| library.delete(&key(at * 2)));
        owner.fake.fault_where(1, page_from(page), Fault::Edit(Box::new(shrink)));
        owner.sync();
        if owner.snapshot().state.version < LibraryVersion(370) {
            owner.sync();
        }
        owner.assert_equal();
    }
}

#[test]
fn one_key_may_be_a_record_and_a_collection() {
    let mut library = Library::of_books(2);
    library.collection(&key(0), "Shelf", None);
    library.set(&key(1), "collections", json!([key(0)]));
    let owner = Owner::of(library);
    owner.sync();
    owner.assert_equal();
    owner.fake.edit(|library| library.delete_collection(&key(0)));
    owner.sync();
    assert_eq!((owner.snapshot().records.len(), owner.snapshot().collections.len()), (2, 0));
    owner.assert_equal();
    owner.fake.edit(|library| library.collection(&key(1), "Another shelf", None));
    owner.sync();
    owner.fake.edit(|library| library.delete(&key(1)));
    owner.sync();
    assert_eq!((owner.snapshot().records.len(), owner.snapshot().collections.len()), (1, 1));
    owner.assert_equal();
}
