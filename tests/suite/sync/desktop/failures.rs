//! When the program answers badly, or not at all.

use super::*;

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
fn a_program_that_is_closed_before_the_files_came_leaves_them_for_the_next_run() {
    let mut library = Library::of_books(1);
    for n in 0..6 {
        library.pdf(&key(40 + n), &key(0), format!("%PDF {n}").as_bytes());
        library.text(&key(40 + n), "words");
    }
    let desk = AtDesk::of(FakeDesktop::named(library, "one"));
    let records_and_lists = 5;
    desk.desktop.program().failures = (records_and_lists + 1..100).collect();
    let (synced, requests) = desk.sync();
    assert_eq!((synced.files, synced.texts, synced.counts.records), (0, 0, 7));
    assert_eq!(requests.len(), records_and_lists + 2 * 3 * 3, "three attempts at each of three texts and three files");
    desk.desktop.program().failures.clear();
    let (synced, _) = desk.sync();
    assert_eq!((synced.files, synced.texts), (6, 6));
    desk.assert_equal();
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
