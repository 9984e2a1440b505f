//! What the rules withhold is not kept.

use super::*;

#[test]
fn the_cache_holds_nothing_of_what_the_rules_withhold() {
    let mut library = Library::new();
    library.collection("HIDDENAA", "_Secret plans", None);
    library.collection("PARTAAAA", "Part of the plans", Some("HIDDENAA"));
    library.collection("OPENAAAA", "Open", None);
    let book = |title: &str, tags: Value, collections: Value| json!({"itemType": "book", "title": title, "tags": tags, "collections": collections});
    library.put("OPENBOOK", book("Open book", json!([{"tag": "_todo"}, {"tag": "shown"}]), json!(["OPENAAAA"])));
    library.put("TAGGEDAA", book("Secret by tag", json!([{"tag": "_private"}]), json!([])));
    library.put("NOTEAAAA", json!({"itemType": "note", "parentItem": "TAGGEDAA", "note": "Secret by parent"}));
    library.put("MEMBERAA", book("Secret by collection", json!([]), json!(["HIDDENAA"])));
    library.put("TRASHEDA", json!({"itemType": "book", "title": "Secret by trash", "deleted": 1}));
    library.tag_color("_todo", "#FF6666");
    let mut owner = Owner { rules: TestRules { strict: true, ..TestRules::default() }, ..Owner::of(library) };
    owner.sync();
    assert_eq!(owner.sync().counts.withheld, 4);
    assert_eq!(owner.fake.requests().len(), 1, "a quiet night, stubs or not");
    for entry in
        walkdir::WalkDir::new(owner.cache_dir()).into_iter().flatten().filter(|entry| entry.file_type().is_file())
    {
        let text = fs::read_to_string(entry.path()).unwrap();
        for secret in ["Secret", "_todo", "plans"] {
            assert!(!text.contains(secret), "{secret} in {:?}", entry.path());
        }
    }
    assert!(owner.snapshot().records.iter().any(|record| record.raw().contains("\"withheld-tags\":1")));

    owner.fake.edit(|library| library.set("TAGGEDAA", "tags", json!([])));
    owner.fake.edit(|library| library.restore("TRASHEDA"));
    owner.sync();
    assert_eq!(owner.titles()["TAGGEDAA"], "Secret by tag");
    assert_eq!(owner.titles()["TRASHEDA"], "Secret by trash");
    let note = owner.snapshot().records.into_iter().find(|record| record.key == item_key("NOTEAAAA")).unwrap();
    assert!(note.raw().contains("Secret by parent"), "the child is back though Zotero did not send it again");

    owner.fake.edit(|library| library.set_on_collection("HIDDENAA", "name", json!("Plans")));
    owner.sync();
    assert_eq!(owner.titles()["MEMBERAA"], "Secret by collection");

    owner.rules.strict = false;
    owner.sync();
    owner.assert_equal();
    assert_eq!(owner.snapshot().tag_colors.len(), 1);
}

#[test]
fn when_the_rules_change_only_the_difference_is_fetched() {
    let mut library = Library::of_books(500);
    (0..60).for_each(|at| library.set(&key(at), "tags", json!([{"tag": "_private"}])));
    let mut owner = Owner { rules: TestRules { strict: true, ..TestRules::default() }, ..Owner::of(library) };
    owner.sync();
    owner.rules.strict = false;
    owner.sync();
    assert!(owner.fake.requests().len() <= 7, "{}", owner.fake.requests().len());
    owner.assert_equal();
}

#[test]
fn files_alone_do_not_make_the_sync_forget_that_the_rules_changed() {
    let mut library = Library::of_books(5);
    library.set(&key(1), "tags", json!([{"tag": "_private"}]));
    let mut owner = Owner { rules: TestRules { strict: true, ..TestRules::default() }, ..Owner::of(library) };
    owner.sync();
    owner.rules.strict = false;
    owner.manner.only = sync::Only::Files;
    owner.sync();
    owner.manner.only = sync::Only::Everything;
    owner.sync();
    owner.assert_equal();
}
