//! `build --offline` and `check` open no internet socket, as the kernel sees it.
//!
//! Needs `strace`. Without it the test says so and passes; `.ci/run` installs it.

use std::process::Command;

use crate::fake_zotero::{FakeZotero, Library};
use crate::test_site::TestSite;

/// Whether processes can be looked at on this machine: there is a `strace`, and it is allowed to.
fn can_trace() -> bool {
    Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).output().is_ok_and(|run| run.status.success())
}

/// The internet sockets that a run of the program asks the kernel for.
fn sockets(site: &TestSite, arguments: &[&str]) -> Vec<String> {
    let trace = site.path("trace");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-e", "trace=network", "-o"]).arg(&trace);
    command.arg(env!("CARGO_BIN_EXE_zbib")).args(arguments);
    let run = command.current_dir(site.path("")).env_clear().output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let calls = std::fs::read_to_string(&trace).unwrap();
    calls.lines().filter(|call| call.contains("AF_INET")).map(str::to_owned).collect()
}

#[test]
fn offline_commands_open_no_internet_socket() {
    if !can_trace() {
        println!("not shown that nothing opens a socket: there is no strace");
        return;
    }
    let fake = FakeZotero::serve(Library::of_books(3));
    let settings = format!("[site]\ntitle = \"Test\"\n\n[[libraries]]\nid = 123\napi = \"{}\"\n", fake.url());
    let site = TestSite::empty().write("zbib.toml", settings);
    assert!(!sockets(&site, &["sync"]).is_empty(), "a sync is seen to open one, so nothing is overlooked");
    for arguments in [&["build", "--offline"][..], &["check"], &["status"], &["find", "book"], &["export"]] {
        assert_eq!(sockets(&site, arguments), [""; 0], "{arguments:?}");
    }
    assert!(site.has("items/AAAAAAAA/index.html"));
    let file = TestSite::of(&[], &[]);
    assert_eq!(sockets(&file, &["export"]), [""; 0], "a library in a file is read without one");
}
