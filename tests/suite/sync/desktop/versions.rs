//! What the versions of the program are worth, and what is done where they are worth nothing.

use super::*;

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
    desk.desktop.program().edits.insert(
        3,
        Box::new(|program| {
            program.server = Some("two".into());
            program.library = Library { id: program.library.id.clone(), ..Library::of_books(2) };
            title(program, &key(1), "Of the other profile");
        }),
    );
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
