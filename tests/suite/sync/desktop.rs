//! Libraries of the Zotero program on this computer.

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
        let there = program
            .library
            .items
            .iter()
            .map(|(key, object)| (key.clone(), content(&Record::parse(&object.value.to_string()).unwrap())));
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
fn an_edit_that_zotero_has_not_synchronised_yet_is_seen() {
    let desk = AtDesk::of(FakeDesktop::serve(Library::of_books(3)));
    desk.sync();
    desk.desktop.edit(|library| {
        library.set(&key(1), "title", json!("Edited"));
        library.book("NEWBOOKA", "New");
        library.delete(&key(2));
    });
    let (synced, _) = desk.sync();
    assert_eq!((synced.counts.added, synced.counts.changed, synced.counts.removed), (1, 1, 1));
    desk.assert_equal();
    assert!(desk.sync().0.unchanged, "a record of version 0 with the same content is no news");
    desk.desktop.program().synchronise();
    desk.sync();
    desk.assert_equal();
}

#[test]
fn a_program_that_speaks_another_language_changes_nothing() {
    let desk = AtDesk::of(FakeDesktop::serve(Library::of_books(3)));
    desk.sync();
    let before = desk.owner.snapshot();
    desk.desktop.program().others = "u. a.";
    assert!(desk.sync().0.unchanged);
    assert_eq!(desk.owner.snapshot(), before);
}

#[test]
fn a_quiet_night_with_zotero_10_is_one_request_and_an_edit_a_few() {
    let desk = AtDesk::of(FakeDesktop::named(Library::of_books(1200), "one"));
    desk.sync();
    assert_eq!(desk.sync().1, ["/api/users/0/items?format=versions&includeTrashed=1"]);
    desk.desktop.edit(|library| {
        library.set(&key(7), "title", json!("Edited"));
        library.delete(&key(8));
    });
    let (synced, requests) = desk.sync();
    assert_eq!((synced.counts.changed, synced.counts.removed), (1, 1));
    assert!(requests.len() <= 6, "{requests:?}");
    desk.assert_equal();
}

#[test]
fn another_profile_is_compared_whole() {
    let desk = AtDesk::of(FakeDesktop::named(Library::of_books(20), "one"));
    desk.sync();
    {
        // The same keys at the same versions, and other records.
        let mut program = desk.desktop.program();
        let version = program.library.version;
        program.server = Some("two".into());
        title(&mut program, &key(3), "Of the other profile");
        program.library.items.get_mut(&key(3)).unwrap().version = version;
        program.library.version = version;
    }
    let (synced, _) = desk.sync();
    assert_eq!(synced.counts.changed, 1);
    assert_eq!(desk.owner.snapshot().state.server.as_deref(), Some("two"));
    desk.assert_equal();
    assert_eq!(desk.sync().1.len(), 1);
}

#[test]
fn a_profile_that_changes_during_the_sync_is_not_mixed_with_the_other() {
    let desk = AtDesk::of(FakeDesktop::named(Library::of_books(20), "one"));
    desk.desktop.program().edits.insert(3, |program| {
        program.server = Some("two".into());
        program.library = Library { id: program.library.id.clone(), ..Library::of_books(2) };
        title(program, &key(1), "Of the other profile");
    });
    desk.sync();
    assert_eq!(desk.owner.snapshot().records.len(), 2);
    desk.assert_equal();
}

#[test]
fn an_empty_profile_does_not_empty_the_copy_unasked() {
    for desktop in [FakeDesktop::serve, |library| FakeDesktop::named(library, "one")] {
        let mut desk = AtDesk::of(desktop(Library::of_books(20)));
        desk.sync();
        {
            let mut program = desk.desktop.program();
            let server = program.server.as_ref().map(|_| "two".to_owned());
            program.server = server;
            program.library = Library { id: program.library.id.clone(), ..Library::of_books(9) };
        }
        let text = desk.failure();
        assert!(text.contains("--allow-mass-removal"), "{text}");
        assert_eq!(desk.owner.snapshot().records.len(), 20);
        desk.owner.manner.allow_mass_removal = true;
        desk.sync();
        desk.assert_equal();
    }
}

#[test]
fn data_that_were_put_back_are_seen_by_the_audit() {
    let mut desk = AtDesk::of(FakeDesktop::named(Library::of_books(20), "one"));
    let backup = desk.desktop.program().library.clone();
    desk.desktop.edit(|library| library.set(&key(3), "title", json!("Edited")));
    desk.sync();
    desk.desktop.program().library = backup;
    assert!(desk.sync().0.unchanged, "an older version looks quiet");
    desk.owner.clock = Clock::standing(START + Duration::from_secs(8 * 24 * 3600));
    assert_eq!(desk.sync().0.counts.changed, 1);
    desk.assert_equal();
    assert_eq!(desk.sync().1.len(), 1, "and then it is quiet again");
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
        desk.desktop.program().edits.insert(n, |program| {
            program.library.delete(&key(3));
            program.library.delete(&key(700));
            title(program, &key(1200), "Edited");
            program.library.book("NEWBOOKA", "New");
        });
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
fn files_are_taken_from_this_disk_and_linked_ones_are_not() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.pdf("GONEAAAA", &key(0), b"%PDF, not here");
    library.pdf("LINKEDAA", &key(0), b"%PDF, linked");
    library.set("LINKEDAA", "linkMode", json!("linked_file"));
    let desk = AtDesk::of(FakeDesktop::serve(library));
    fs::remove_file(desk.desktop.program().place("GONEAAAA")).unwrap();
    let (synced, requests) = desk.sync();
    assert_eq!(synced.files, 1);
    let asked: Vec<_> = requests.iter().filter(|path| path.ends_with("/file")).collect();
    assert_eq!(asked, ["/api/users/0/items/PDFAAAAA/file"]);
    let snapshot = desk.owner.snapshot();
    assert_eq!(snapshot.files.keys().copied().collect::<Vec<_>>(), [Md5::of(b"%PDF")]);
    assert!(snapshot.records.iter().all(|record| !record.raw().contains("file://")), "no path of this disk is kept");
    let (again, requests) = desk.sync();
    assert!(again.unchanged && !requests.iter().any(|path| path.ends_with("/file")));
}

#[test]
fn a_file_that_zotero_downloads_later_is_taken_then() {
    for desktop in [FakeDesktop::serve, |library| FakeDesktop::named(library, "one")] {
        let mut library = Library::of_books(1);
        library.pdf("PDFAAAAA", &key(0), b"%PDF");
        let desk = AtDesk::of(desktop(library));
        let place = desk.desktop.program().place("PDFAAAAA");
        fs::remove_file(&place).unwrap();
        desk.sync();
        assert!(desk.owner.snapshot().files.is_empty());
        fs::write(&place, b"%PDF").unwrap();
        desk.sync();
        assert!(desk.owner.snapshot().files.contains_key(&Md5::of(b"%PDF")));
        assert!(desk.sync().0.unchanged);
    }
}

#[test]
fn a_file_that_changes_during_the_sync_is_taken_by_the_next_and_the_old_one_stays() {
    for desktop in [FakeDesktop::serve, |library| FakeDesktop::named(library, "one")] {
        let mut library = Library::of_books(1);
        library.pdf("PDFAAAAA", &key(0), b"%PDF old");
        let desk = AtDesk::of(desktop(library));
        desk.sync();
        let place = desk.desktop.program().place("PDFAAAAA");
        fs::write(&place, b"%PDF new").unwrap();
        desk.desktop.edit(|library| library.set("PDFAAAAA", "title", json!("Annotated")));
        let count = desk.sync_until_files();
        desk.desktop.program().edits.insert(count, |program| {
            let place = program.place("PDFAAAAA");
            fs::write(place, b"%PDF newest").unwrap();
        });
        desk.desktop.edit(|library| library.set("PDFAAAAA", "title", json!("Annotated again")));
        fs::write(&place, b"%PDF newer").unwrap();
        desk.sync();
        assert!(desk.owner.report.warnings() > 0);
        let files = desk.owner.snapshot().files;
        assert!(files.contains_key(&Md5::of(b"%PDF new")) && !files.contains_key(&Md5::of(b"%PDF newest")));
        desk.sync();
        assert!(desk.owner.snapshot().files.contains_key(&Md5::of(b"%PDF newest")));
    }
}

impl AtDesk {
    /// Syncs, and gives the number of the request for a file.
    fn sync_until_files(&self) -> usize {
        let (_, requests) = self.sync();
        requests.iter().position(|path| path.ends_with("/file")).unwrap() + 1
    }
}

#[test]
fn nothing_but_zotero_s_own_files_are_taken_from_this_disk() {
    let secrets = tempfile::tempdir().unwrap();
    let secret = secrets.path().join("secret.txt");
    fs::write(&secret, b"%PDF").unwrap();
    let elsewhere = format!("file://{}", secret.display());
    for address in
        [elsewhere.as_str(), "file://server/share/PDFAAAAA/a.pdf", "https://example.org/PDFAAAAA/a.pdf", "/x"]
    {
        let mut library = Library::of_books(1);
        library.pdf("PDFAAAAA", &key(0), b"%PDF");
        let desk = AtDesk::of(FakeDesktop::serve(library));
        desk.desktop.program().misleads = Some(address.to_owned());
        assert_eq!(desk.sync().0.files, 0, "{address}");
        assert!(desk.owner.report.warnings() > 0, "{address}");
    }
}

#[test]
fn full_texts_are_taken_and_those_without_a_version_looked_at_again() {
    let mut library = Library::of_books(1);
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.text("PDFAAAAA", "words");
    let desk = AtDesk::of(FakeDesktop::serve(library));
    assert_eq!(desk.sync().0.texts, 1);
    assert!(desk.sync().0.unchanged);
    desk.desktop.edit(|library| library.text("PDFAAAAA", "other words"));
    assert_eq!(desk.sync().0.texts, 1);
    assert_eq!(desk.owner.snapshot().fulltext[&item_key("PDFAAAAA")].read().unwrap(), "other words");
    desk.desktop.edit(|library| library.texts.clear());
    desk.sync();
    assert!(desk.owner.snapshot().fulltext.is_empty());
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
fn from_zotero_s_server_to_the_desktop_and_back_everything_is_compared() {
    let mut library = Library { id: "4711".into(), ..Library::of_books(10) };
    library.pdf("PDFAAAAA", &key(0), b"%PDF");
    library.text("PDFAAAAA", "words");
    library.tag_color("shown", "#FF6666");
    let mut desk = AtDesk::of(FakeDesktop::named(library.clone(), "one"));
    let at_desk = source::Settings { id: "4711".into(), ..desk.owner.settings[0].clone() };
    desk.owner.fake = FakeZotero::serve(library);
    let online = source::Settings { api: desk.owner.fake.url().parse().unwrap(), ..at_desk.clone() };
    desk.owner.settings = vec![online.clone()];
    desk.owner.sync();
    desk.desktop.edit(|library| {
        library.version = 5000;
        library.set(&key(2), "title", json!("Not synchronised"));
        library.text("PDFAAAAA", "words of this computer");
    });
    desk.owner.settings = vec![at_desk];
    desk.sync();
    desk.assert_equal();
    let snapshot = desk.owner.snapshot();
    assert_eq!(snapshot.fulltext[&item_key("PDFAAAAA")].read().unwrap(), "words of this computer");
    assert_eq!(snapshot.tag_colors.len(), 1, "the program says nothing of colours, so they stay");
    desk.owner.settings = vec![online];
    desk.owner.sync();
    assert_eq!(desk.owner.titles()[&key(2)], "Book 2");
    assert_eq!(desk.owner.snapshot().fulltext[&item_key("PDFAAAAA")].read().unwrap(), "words");
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

#[test]
fn an_answer_that_breaks_off_is_asked_for_again() {
    let desk = AtDesk::of(FakeDesktop::serve(Library::of_books(3)));
    desk.desktop.program().halves = vec![1, 2];
    desk.sync();
    desk.assert_equal();
    desk.desktop.program().halves = (1..20).collect();
    assert!(desk.failure().contains("after 3 attempts"), "{}", desk.failure());
}

#[test]
fn a_program_that_hashes_large_files_is_asked_for_fewer_records_at_once() {
    let mut desk = AtDesk::of(FakeDesktop::serve(Library::of_books(300)));
    desk.owner.patience = Duration::from_millis(200);
    desk.desktop.program().slow_above = 130;
    let (_, requests) = desk.sync();
    desk.assert_equal();
    assert!(requests.len() < 10, "{requests:?}");
}

#[test]
fn what_the_owner_can_do_is_said() {
    let desk = AtDesk::of(FakeDesktop::serve(Library::of_books(3)));
    desk.desktop.program().allowed = false;
    let text = desk.failure();
    let hint = "hint: in Zotero: Settings → Advanced → \"Allow other applications on this computer to communicate with Zotero\"\n";
    assert!(
        text.starts_with("error: Zotero on this computer does not let other programs read its libraries\n"),
        "{text}"
    );
    assert!(text.ends_with(hint), "{text}");
    desk.desktop.program().allowed = true;

    let other = source::Settings { id: "12".into(), ..desk.owner.settings[0].clone() };
    let stranger = Owner { settings: vec![other], ..Owner::of(Library::new()) };
    let text = failure::text(&stranger.try_sync().unwrap_err());
    assert!(text.contains("somebody else than user 12 is signed in") && text.contains("leave out `id`"), "{text}");

    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let api = format!("http://{nobody}/api/").parse().unwrap();
    let closed = source::Settings { api, ..desk.owner.settings[0].clone() };
    let owner = Owner { settings: vec![closed], ..Owner::of(Library::new()) };
    let text = failure::text(&owner.try_sync().unwrap_err());
    assert!(text.contains("Zotero is not running on this computer") && text.contains("start Zotero"), "{text}");
    assert_eq!(owner.waited(), Duration::ZERO, "nobody waits for a program that does not run");
}
