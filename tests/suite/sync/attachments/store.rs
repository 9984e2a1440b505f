//! Which files are asked for, which stay, and which go.

use super::*;

#[test]
fn a_file_whose_record_names_no_hash_is_never_asked_for() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.set("PDFAAAAA", "md5", Value::Null);
    library.pdf("PDFBBBBB", &key(0), b"%PDF");
    library.set("PDFBBBBB", "md5", json!(""));
    let owner = Owner::of(library);
    owner.sync();
    assert_eq!((asked(&owner), stored(&owner).len(), owner.report.noted()), (0, 0, 0));
}

#[test]
fn linked_files_and_web_links_are_never_asked_for() {
    let mut library = Library::of_books(1);
    for (name, mode) in [("LINKEDAA", "linked_file"), ("LINKEDBB", "linked_url"), ("LINKEDCC", "made_up")] {
        library.pdf(name, &key(0), name.as_bytes());
        library.set(name, "linkMode", json!(mode));
    }
    library.pdf("PAGEAAAA", &key(0), b"page");
    library.set("PAGEAAAA", "linkMode", json!("imported_url"));
    library.pdf("IMAGEAAA", &key(0), b"image");
    library.set("IMAGEAAA", "linkMode", json!("embedded_image"));
    let owner = Owner::of(library);
    owner.sync();
    assert_eq!((asked(&owner), stored(&owner).len()), (2, 2));
}

#[test]
fn an_empty_file_is_a_file() {
    let owner = owner_of(b"");
    owner.sync();
    let files = owner.snapshot().files;
    assert_eq!(files[&Md5::of(b"")].size, 0);
    assert_eq!(owner.report.noted(), 0);
}

#[test]
fn a_file_with_another_name_or_date_is_not_fetched_again() {
    let owner = owner_of(b"%PDF");
    owner.sync();
    for (field, value) in [
        ("filename", json!("Another name.pdf")),
        ("mtime", json!(1_700_000_000_000_u64)),
        ("mtime", json!("1577934245")),
        ("mtime", Value::Null),
    ] {
        owner.fake.edit(|library| library.set("PDFAAAAA", field, value));
        let synced = owner.sync();
        assert_eq!((asked(&owner), synced.files, stored(&owner).len()), (0, 0, 1), "{field}");
    }
}

#[test]
fn a_replaced_file_is_fetched_and_the_old_one_goes_when_the_new_one_is_there() {
    let owner = owner_of(b"%PDF one");
    owner.sync();
    owner.fake.edit(|library| library.pdf("PDFAAAAA", &key(0), b"%PDF two"));
    (0..9).for_each(|_| owner.fake.fault_where(1, |request| request.path() == "/PDFAAAAA", Fault::Drop));
    owner.sync();
    assert_eq!(stored(&owner), [Md5::of(b"%PDF one")], "the last good one stays");
    owner.fake.heal();
    owner.sync();
    assert_eq!(stored(&owner), [Md5::of(b"%PDF two")]);
    assert_eq!(kept(&owner), [Md5::of(b"%PDF two").to_string()]);
}

#[test]
fn the_last_good_file_outlives_quiet_nights_and_goes_with_its_record() {
    let owner = owner_of(b"%PDF one");
    owner.sync();
    owner.fake.edit(|library| {
        library.attachment("PDFAAAAA", &key(0), "application/pdf", "PDFAAAAA.pdf", Md5::of(b"%PDF two"));
        library.files.remove("PDFAAAAA");
    });
    (0..3).for_each(|_| drop(owner.sync()));
    assert_eq!((stored(&owner), owner.fake.requests().len()), (vec![Md5::of(b"%PDF one")], 1));
    owner.fake.edit(|library| library.delete("PDFAAAAA"));
    owner.sync();
    assert!(kept(&owner).is_empty());
}

#[test]
fn of_two_attachments_of_one_content_one_can_go() {
    let mut library = Library::of_books(2);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.pdf("PDFBBBBB", &key(1), b"%PDF");
    let owner = Owner::of(library);
    owner.sync();
    owner.fake.edit(|library| library.delete("PDFAAAAA"));
    owner.sync();
    assert_eq!(stored(&owner), [Md5::of(b"%PDF")]);
    owner.fake.edit(|library| library.delete("PDFBBBBB"));
    owner.sync();
    assert!(stored(&owner).is_empty());
}

#[test]
fn files_of_the_trash_and_of_what_the_rules_withhold_go_and_come_back() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF one");
    library.pdf("PDFBBBBB", &key(0), b"%PDF two");
    let owner = Owner { rules: TestRules { strict: true, ..TestRules::default() }, ..Owner::of(library) };
    owner.sync();
    assert_eq!(stored(&owner).len(), 2);
    owner.fake.edit(|library| library.trash("PDFAAAAA"));
    owner.sync();
    assert_eq!(stored(&owner), [Md5::of(b"%PDF two")]);
    owner.fake.edit(|library| library.set(&key(0), "tags", json!([{"tag": "_private"}])));
    owner.sync();
    assert!(kept(&owner).is_empty());
    owner.fake.edit(|library| library.set(&key(0), "tags", json!([])));
    owner.fake.edit(|library| library.restore("PDFAAAAA"));
    owner.sync();
    assert_eq!(stored(&owner).len(), 2);
}

#[test]
fn when_files_are_no_longer_published_they_go_unless_everything_is_to_stay() {
    for store in [Store::Publishable, Store::All] {
        let mut owner = Owner { store, ..owner_of(b"%PDF") };
        owner.sync();
        owner.rules.no_files = true;
        owner.sync();
        assert_eq!(stored(&owner).len(), usize::from(store == Store::All), "{store:?}");
        owner.rules.no_files = false;
        assert_eq!(owner.sync().files, u64::from(store == Store::Publishable));
    }
}

#[test]
fn a_cache_that_keeps_everything_fetches_only_files_that_are_published() {
    let mut library = Library::of_books(2);
    library.pdf("PDFAAAAA", &key(0), b"%PDF private");
    library.text("PDFAAAAA", "private");
    library.set(&key(0), "tags", json!([{"tag": "_private"}]));
    library.pdf("PDFBBBBB", &key(1), b"%PDF public");
    library.text("PDFBBBBB", "public");
    let rules = TestRules { strict: true, ..TestRules::default() };
    let owner = Owner { rules, store: Store::All, ..Owner::of(library) };
    owner.sync();
    assert_eq!((asked(&owner), stored(&owner)), (1, vec![Md5::of(b"%PDF public")]));
    assert_eq!(owner.snapshot().fulltext.into_keys().collect::<Vec<_>>(), [item_key("PDFBBBBB")]);
    assert_eq!(owner.snapshot().records.len(), 4);
}

#[test]
fn no_file_goes_when_the_sync_fails() {
    let owner = owner_of(b"%PDF one");
    owner.sync();
    owner.fake.edit(|library| library.delete("PDFAAAAA"));
    owner.fake.forget_requests();
    (1..=20).for_each(|request| owner.fake.fault(request, Fault::Status(403)));
    assert!(owner.try_sync().is_err());
    assert_eq!(stored(&owner), [Md5::of(b"%PDF one")]);
}

#[test]
fn a_file_other_than_its_record_says_is_kept_and_told_once_a_run() {
    let owner = owner_of(b"%PDF old");
    owner.fake.edit(|library| library.files.get_mut("PDFAAAAA").unwrap().bytes = b"%PDF new".to_vec());
    owner.sync();
    let record = |owner: &Owner| owner.fake.requests().iter().filter(|r| r.path().ends_with("items/PDFAAAAA")).count();
    assert_eq!((owner.report.warnings(), record(&owner)), (1, 1), "the record is looked at once more");
    assert!(owner.report.text().contains(&format!("Zotero has {}", Md5::of(b"%PDF new"))));
    owner.sync();
    assert_eq!((owner.report.warnings(), record(&owner), owner.fake.storage_requests().len()), (2, 0, 0));
    owner.fake.edit(|library| library.set("PDFAAAAA", "md5", json!(Md5::of(b"%PDF new").to_string())));
    owner.sync();
    assert_eq!((asked(&owner), stored(&owner)), (0, vec![Md5::of(b"%PDF new")]), "it is there already");
    assert_eq!(owner.report.warnings(), 2);
}

#[test]
fn a_file_that_is_replaced_during_the_sync_is_no_warning_and_comes_with_the_next() {
    let owner = owner_of(b"%PDF old");
    let replace = Fault::Edit(Box::new(|library| library.pdf("PDFAAAAA", &key(0), b"%PDF new")));
    owner.fake.fault_where(1, |request| request.path().ends_with("/file"), replace);
    owner.sync();
    assert_eq!((owner.report.warnings(), owner.report.noted()), (0, 1), "{}", owner.report.text());
    owner.sync();
    assert_eq!((asked(&owner), stored(&owner)), (0, vec![Md5::of(b"%PDF new")]));
    owner.assert_equal();
}

#[test]
fn a_file_that_zotero_lacks_is_asked_for_when_its_record_changes_or_the_owner_wants() {
    let mut owner = owner_of(b"%PDF");
    owner.fake.edit(|library| drop(library.files.remove("PDFAAAAA")));
    owner.sync();
    assert_eq!((asked(&owner), owner.report.warnings(), owner.report.noted()), (1, 0, 1));
    owner.sync();
    assert_eq!(owner.fake.requests().len(), 1);
    owner.fake.edit(|library| library.set("PDFAAAAA", "title", json!("Another")));
    owner.sync();
    assert_eq!(asked(&owner), 1);
    let bytes = b"%PDF".to_vec();
    let file = StoredFile { bytes, compressed: false, announced: None };
    owner.fake.edit(|library| drop(library.files.insert("PDFAAAAA".into(), file)));
    owner.sync();
    assert_eq!(asked(&owner), 0);
    owner.manner.retry_files = true;
    owner.sync();
    assert_eq!((asked(&owner), stored(&owner).len()), (1, 1));
    assert!(owner.snapshot().state.files_refused.is_empty());
}

#[test]
fn the_files_of_a_public_group_without_a_key_are_told_once_and_come_with_one() {
    let mut library = Library::of_books(1);
    (0..9).for_each(|at| library.pdf(&key(1000 + at), &key(0), format!("file {at}").as_bytes()));
    let mut owner = Owner { key: None, ..Owner::of(library) };
    owner.sync();
    assert_eq!((asked(&owner), owner.report.warnings(), owner.report.noted()), (0, 0, 1));
    owner.sync();
    assert_eq!((owner.fake.requests().len(), owner.report.noted()), (1, 1));
    owner.key = Some(SECRET);
    owner.fake.edit(|library| library.key = Some(SECRET.into()));
    owner.sync();
    assert_eq!(stored(&owner).len(), 9);
}

#[test]
fn parts_that_nobody_goes_on_with_are_cleared_away() {
    let owner = owner_of(&noise(200_000));
    owner.fake.storage_fault(1, Fault::CutAfter(100_000));
    (2..=5).for_each(|attempt| owner.fake.storage_fault(attempt, Fault::Drop));
    owner.sync();
    assert_eq!(kept(&owner).len(), 1);
    owner.fake.edit(|library| library.pdf("PDFAAAAA", &key(0), b"%PDF another"));
    owner.sync();
    assert_eq!(kept(&owner), [Md5::of(b"%PDF another").to_string()]);
}
