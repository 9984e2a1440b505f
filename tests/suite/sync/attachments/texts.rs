//! Full texts: odd ones, and those that cannot be had.

use super::*;

fn with_text(content: &str) -> Owner {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.text("PDFAAAAA", content);
    Owner::of(library)
}

fn text(owner: &Owner) -> Option<String> {
    owner.snapshot().fulltext.get(&item_key("PDFAAAAA")).map(|text| text.read().unwrap())
}

fn is_text(request: &Request) -> bool {
    request.path().ends_with("PDFAAAAA/fulltext")
}

fn answer(body: Value) -> Fault {
    Fault::Rewrite(Box::new(move |mut right: crate::fake_zotero::Response| {
        right.body = body.to_string().into_bytes();
        right
    }))
}

#[test]
fn an_empty_text_and_a_huge_one_are_texts() {
    for content in [String::new(), "Zeile\n".repeat(1_000_000)] {
        let owner = with_text(&content);
        owner.sync();
        assert!(text(&owner) == Some(content), "as Zotero has it");
        owner.sync();
        assert_eq!((owner.fake.requests().len(), owner.report.noted()), (1, 0));
    }
}

#[test]
fn counts_of_a_text_may_be_missing_or_odd() {
    for body in [
        json!({"content": "words"}),
        json!({"content": "words", "indexedPages": "9", "totalPages": null}),
        json!({"content": "words", "indexedChars": 5, "totalChars": 500_000}),
    ] {
        let owner = with_text("words");
        owner.fake.fault_where(1, is_text, answer(body));
        owner.sync();
        assert_eq!((text(&owner).as_deref(), owner.report.noted()), (Some("words"), 0));
    }
}

#[test]
fn a_text_that_is_listed_and_not_there_is_noted_and_not_asked_for_again() {
    let faults: [fn() -> Fault; 3] = [|| Fault::Status(404), || answer(json!({"content": null})), || answer(json!([]))];
    for fault in faults {
        let owner = with_text("words");
        // Twice: the first time a replica may be behind.
        (0..2).for_each(|_| owner.fake.fault_where(1, is_text, fault()));
        owner.sync();
        assert_eq!((text(&owner), owner.report.warnings(), owner.report.noted()), (None, 0, 1));
        owner.sync();
        assert_eq!(owner.fake.requests().len(), 1);
        owner.fake.edit(|library| library.text("PDFAAAAA", "made anew"));
        owner.sync();
        assert_eq!(text(&owner).as_deref(), Some("made anew"));
    }
}

#[test]
fn a_text_that_fails_is_told_and_comes_with_the_next_run() {
    let owner = with_text("words");
    (0..8).for_each(|_| owner.fake.fault_where(1, is_text, Fault::Status(500)));
    owner.sync();
    assert_eq!((text(&owner), owner.report.warnings()), (None, 1));
    owner.sync();
    assert_eq!((text(&owner).as_deref(), owner.fake.requests().len()), (Some("words"), 2));
}

#[test]
fn an_answer_without_a_version_is_of_the_listed_one() {
    let owner = with_text("words");
    owner.fake.fault_where(1, is_text, Fault::NoVersion);
    owner.sync();
    let version = owner.snapshot().fulltext[&item_key("PDFAAAAA")].version;
    assert_eq!(version, LibraryVersion(owner.fake_library().texts["PDFAAAAA"].1));
}

#[test]
fn the_text_of_what_is_not_published_is_not_asked_for_and_goes() {
    let owner = Owner { rules: TestRules { strict: true, ..TestRules::default() }, ..with_text("words") };
    owner.sync();
    owner.fake.edit(|library| library.trash("PDFAAAAA"));
    owner.sync();
    assert_eq!(text(&owner), None);
    owner.fake.edit(|library| library.restore("PDFAAAAA"));
    owner.sync();
    assert_eq!(text(&owner).as_deref(), Some("words"), "though Zotero lists it no more");
    let owner = Owner { rules: TestRules { no_files: true, ..TestRules::default() }, ..with_text("words") };
    owner.sync();
    assert!(!owner.fake.requests().iter().any(is_text));
}
