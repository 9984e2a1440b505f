//! Answers that are true but old, and lists that shift while they are read: none of them makes the copy lie.

use super::*;
use crate::fake_zotero::Request;

/// Records asked for by key.
fn by_key(request: &Request) -> bool {
    request.parameter("itemKey").is_some()
}

fn behind() -> Owner {
    let owner = Owner::of(Library::of_books(3));
    owner.sync();
    owner.fake.remember();
    // An edit between the page of changes and the other lists leads to a list of keys.
    owner.fake.edit(|library| library.set(&key(0), "title", json!("Edited")));
    owner.fake.forget_requests();
    let again = |library: &mut Library| {
        library.set(&key(1), "title", json!("Edited meanwhile"));
        library.book("NEWBOOKA", "New");
    };
    owner.fake.fault(2, Fault::Edit(Box::new(again)));
    owner
}

#[test]
fn an_old_answer_to_a_question_for_records_is_not_believed() {
    let owner = behind();
    owner.fake.fault_where(1, by_key, Fault::Lagging);
    owner.try_sync().unwrap();
    owner.assert_equal();
}

#[test]
fn records_that_only_old_answers_are_given_for_come_with_the_next_sync() {
    let owner = behind();
    (1..=8).for_each(|_| owner.fake.fault_where(1, by_key, Fault::Lagging));
    owner.try_sync().unwrap();
    assert!(owner.report.warnings() > 0, "what is still to come is told");
    assert_eq!(owner.titles()[&key(1)], "Book 1", "what the copy had stays");
    owner.fake.heal();
    owner.sync();
    owner.assert_equal();
}

#[test]
fn collections_that_shift_while_they_are_listed_are_asked_for_again() {
    let mut library = Library::new();
    (0..130).for_each(|at| library.collection(&key(at), "A collection", None));
    let owner = Owner::of(library);
    let second_page = |request: &Request| {
        request.path().ends_with("/collections") && request.parameter("start").as_deref() == Some("100")
    };
    owner.fake.fault_where(1, second_page, Fault::Shifted(-1));
    owner.sync();
    owner.assert_equal();
}

#[test]
fn an_old_list_after_a_forgotten_log_loses_nothing() {
    let owner = Owner::of(Library::of_books(3));
    owner.sync();
    owner.fake.remember();
    owner.fake.edit(|library| {
        library.book("NEWBOOKA", "New");
        library.log_starts_at = library.version;
    });
    let whole_list = |request: &Request| request.parameter("format").as_deref() == Some("versions");
    owner.fake.fault_where(1, whole_list, Fault::Lagging);
    owner.sync();
    owner.assert_equal();
}

#[test]
fn an_old_answer_to_a_question_for_a_full_text_is_not_believed() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.text("PDFAAAAA", "first");
    let owner = Owner::of(library);
    owner.sync();
    owner.fake.remember();
    owner.fake.edit(|library| library.text("PDFAAAAA", "second"));
    owner.fake.fault_where(1, |request| request.path().ends_with("PDFAAAAA/fulltext"), Fault::Lagging);
    owner.sync();
    assert_eq!(owner.snapshot().fulltext[&item_key("PDFAAAAA")].read().unwrap(), "second");
}
