//! `zbib serve`: the site under its real base path, on this computer only.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use crate::test_site::{TestSite, record};

/// A running preview, ended when dropped.
struct Preview {
    child: Child,
    address: String,
}

impl Preview {
    /// Starts `zbib serve` and waits until it says where the site is.
    fn of(site: &TestSite) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zbib"));
        command.args(["serve", "--port", "0"]).current_dir(site.path("")).env_clear().stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let said = BufReader::new(child.stderr.take().unwrap());
        let line = said.lines().map(Result::unwrap).find(|line| line.starts_with("the site is at ")).unwrap();
        let address = line["the site is at http://".len()..].split(' ').next().unwrap().to_owned();
        Self { child, address }
    }

    /// Asks for a path; gives the whole answer.
    fn get(&self, path: &str) -> String {
        let host = self.address.split('/').next().unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_site_is_shown_under_its_real_base_path() {
    let site = TestSite::of(&[record("AAAAAAA2", "book", r#""title":"Of engines""#)], &[]);
    let preview = Preview::of(&site);
    assert!(preview.address.starts_with("127.0.0.1:") && preview.address.ends_with("/papers/"), "{}", preview.address);
    let page = preview.get("/papers/items/AAAAAAA2/");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("Of engines"), "{page}");
    assert!(preview.get("/papers/nowhere/").starts_with("HTTP/1.1 404"));
    assert!(!preview.get("/papers/../zbib.toml").contains("[[libraries]]"));
    assert!(!preview.get("/papers/%2e%2e/zbib.toml").contains("[[libraries]]"));
}

#[test]
fn a_site_that_cannot_be_built_is_not_served() {
    let run = TestSite::empty().run(&["serve"]);
    assert!(run.code == 2 && run.stderr.starts_with("error: there is no `zbib.toml` here\n"), "{}", run.stderr);
}
