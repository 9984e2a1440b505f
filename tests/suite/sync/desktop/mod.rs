//! Libraries of the Zotero program on this computer.

mod failures;
mod files;
mod scripts;
mod versions;

use super::*;
use crate::fake_zotero::{FakeDesktop, Program};

/// An owner who reads the library of the program that runs.
struct AtDesk {
    owner: Owner,
    desktop: FakeDesktop,
}

impl AtDesk {
    fn of(desktop: FakeDesktop) -> Self {
        let mut owner = Owner::of(Library::new());
        owner.settings = vec![source::Settings {
            kind: LibraryKind::User,
            api: desktop.url().parse().unwrap(),
            ..source::Settings::default()
        }];
        Self { owner, desktop }
    }

    /// A sync that must succeed, and what it asked.
    fn sync(&self) -> (Synced, Vec<String>) {
        self.desktop.take_requests();
        (self.owner.sync(), self.desktop.take_requests())
    }

    #[track_caller]
    fn failure(&self) -> String {
        failure::text(&self.owner.try_sync().unwrap_err())
    }

    /// What the copy says of each record is what the program says.
    #[track_caller]
    fn assert_equal(&self) {
        let copy: BTreeMap<_, _> =
            self.owner.snapshot().records.iter().map(|r| (r.key.to_string(), content(r))).collect();
        let program = self.desktop.program();
        let items = program.library.items.iter();
        let there = items
            .filter_map(|(key, object)| Some((key.clone(), content(&Record::parse(&object.value.to_string()).ok()?))));
        assert_eq!(copy, there.collect());
    }
}

/// What people can see of a record: versions count differently, and hashes are those of the disk.
fn content(record: &Record) -> serde_json::Map<String, Value> {
    let mut data = record.data();
    data.remove("version");
    data.remove("md5");
    data
}

fn title(program: &mut Program, key: &str, title: &str) {
    program.library.set(key, "title", json!(title));
}

#[test]
fn the_library_of_whoever_is_signed_in_is_read_without_a_key() {
    let mut library = Library::of_books(3);
    library.collection("TOPAAAAA", "Top", None);
    let desk = AtDesk::of(FakeDesktop::serve(library));
    desk.owner.sync();
    let requests = desk.desktop.program().requests.clone();
    for request in &requests {
        assert!(request.path().starts_with("/api/users/0/"), "{request:?}");
        assert!(request.header("zotero-api-key").is_none() && request.header("authorization").is_none());
        assert_eq!(request.header("zotero-api-version"), Some("3"));
        assert!(request.header("user-agent").unwrap().starts_with("zbib/"));
    }
    assert!(requests.iter().all(|request| !request.path().contains("deleted") && !request.path().contains("keys")));
    desk.assert_equal();
    let snapshot = desk.owner.snapshot();
    assert_eq!(snapshot.id.to_string(), "users-0");
    assert_eq!(snapshot.uri.as_deref(), Some("http://zotero.org/users/4711"), "relations name the user, not 0");
    assert_eq!(snapshot.collections.len(), 1);
}

#[test]
fn what_is_no_record_is_told_until_it_is_one() {
    let mut library = Library::of_books(3);
    library.put_raw(r#"{"key":"BADBADBA","version":9,"data":{"key":"BADBADBA"}}"#);
    let mut desk = AtDesk::of(FakeDesktop::serve(library));
    for _ in 0..2 {
        desk.owner.report = quiet();
        desk.sync();
        assert_eq!((desk.owner.titles().len(), desk.owner.report.warnings()), (3, 1));
    }
    desk.desktop.edit(|library| library.book("BADBADBA", "Mended"));
    desk.owner.report = quiet();
    desk.sync();
    assert_eq!(desk.owner.report.warnings(), 0);
    desk.assert_equal();
}

#[test]
fn what_moves_while_a_large_library_is_read_is_not_lost() {
    for n in 1..=8 {
        let desk = AtDesk::of(FakeDesktop::serve(Library::of_books(1300)));
        desk.desktop.program().edits.insert(
            n,
            Box::new(|program| {
                program.library.delete(&key(3));
                program.library.delete(&key(700));
                title(program, &key(1200), "Edited");
                program.library.book("NEWBOOKA", "New");
            }),
        );
        desk.sync();
        let keys = desk.owner.titles();
        assert!(keys.contains_key(&key(500)) && keys.contains_key(&key(1000)), "moved to a part that was read: {n}");
        desk.sync();
        desk.assert_equal();
    }
}

#[test]
fn a_trashed_collection_goes_with_its_parts_and_comes_back_with_its_records() {
    for desktop in [FakeDesktop::serve, |library| FakeDesktop::named(library, "one")] {
        let mut library = Library::new();
        library.collection("TOPAAAAA", "Top", None);
        library.collection("LOWAAAAA", "Low", Some("TOPAAAAA"));
        library.collection("OTHERAAA", "Other", None);
        let collections = json!(["LOWAAAAA", "OTHERAAA"]);
        library.put("BOOKAAAA", json!({"itemType": "book", "title": "B", "collections": collections}));
        let desk = AtDesk::of(desktop(library));
        desk.sync();
        desk.assert_equal();
        desk.desktop.edit(|library| library.set_on_collection("TOPAAAAA", "deleted", json!(true)));
        desk.sync();
        let shown = |desk: &AtDesk| -> Vec<_> {
            desk.owner.snapshot().collections.iter().map(|collection| collection.name.clone()).collect()
        };
        assert_eq!(shown(&desk), ["Other"]);
        desk.assert_equal();
        desk.desktop.edit(|library| library.set_on_collection("TOPAAAAA", "deleted", Value::Null));
        desk.sync();
        assert_eq!(shown(&desk), ["Low", "Other", "Top"]);
        assert_eq!(desk.owner.snapshot().records[0].collections.len(), 2);
    }
}

#[test]
fn what_the_rules_withhold_stays_a_stub_until_they_let_it_go() {
    let mut library = Library::of_books(2);
    library.set(&key(1), "tags", json!([{"tag": "_private"}]));
    let mut desk = AtDesk::of(FakeDesktop::serve(library));
    desk.owner.rules = TestRules { strict: true, ..TestRules::default() };
    desk.sync();
    assert!(desk.owner.snapshot().records[1].is_stub());
    assert!(desk.sync().0.unchanged);
    assert!(desk.owner.snapshot().records[1].is_stub());
    desk.owner.rules = TestRules::default();
    desk.sync();
    desk.assert_equal();
}

#[test]
fn a_group_is_read_by_its_number() {
    let desk = AtDesk::of(FakeDesktop::serve(Library::of_books(3)));
    desk.desktop.program().kind = "groups";
    let group =
        |id: &str| source::Settings { id: id.into(), kind: LibraryKind::Group, ..desk.owner.settings[0].clone() };
    let owner = Owner { settings: vec![group("4711")], ..Owner::of(Library::new()) };
    owner.sync();
    assert_eq!(owner.snapshot().records.len(), 3);
    let stranger = Owner { settings: vec![group("12")], ..Owner::of(Library::new()) };
    let text = failure::text(&stranger.try_sync().unwrap_err());
    assert!(text.contains("Zotero on this computer has no group 12") && text.contains("hint: "), "{text}");
}
