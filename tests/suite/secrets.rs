//! The API key goes to the API's own host and nowhere else: not to another host, into a file or onto the screen.

use serde_json::json;

use crate::fake_zotero::{FakeZotero, Fault, Library, Request, Response};
use crate::test_site::{Run, TestSite, files};

const KEY: &str = "q7Zt0n3XkVbR2m9WcYdL5sHa";

/// A group at `fake`, another host, and an owner with a key; everything that was said is kept.
struct Story {
    site: TestSite,
    fake: FakeZotero,
    elsewhere: FakeZotero,
    said: String,
}

impl Story {
    fn begin() -> Self {
        let mut library = Library::of_books(150);
        library.key = Some(KEY.into());
        library.pdf("PDFAAAAA", "AAAAAAAA", b"%PDF");
        library.text("PDFAAAAA", "Its words");
        let fake = FakeZotero::serve(library);
        let settings =
            format!("[site]\nbase-url = \"https://example.org/\"\n[[libraries]]\nid = 123\napi = \"{}\"\n", fake.url());
        let site = TestSite::empty().write("zbib.toml", settings).variable("ZOTERO_API_KEY", KEY);
        Self { site, fake, elsewhere: FakeZotero::serve(Library::new()), said: String::new() }
    }

    /// Runs the program, and holds all that there is then against the key.
    #[track_caller]
    fn run(&mut self, arguments: &[&str], code: i32) {
        let Run { stdout, stderr, code: ended } = self.site.run(arguments);
        assert_eq!(ended, code, "{arguments:?}: {stderr}");
        self.said += &(stdout + &stderr);
        assert!(!self.said.contains(KEY), "{arguments:?}: {}", self.said);
        for (path, bytes) in files(&self.site.path("")) {
            let found = path.contains(KEY) || bytes.windows(KEY.len()).any(|part| part == KEY.as_bytes());
            assert!(!found, "{arguments:?}: the key stands in {path}");
        }
        let in_address = |request: &Request| request.url.as_str().contains(KEY);
        assert!(!self.fake.requests().iter().any(in_address), "{arguments:?}: the key stands in an address");
        for request in self.fake.storage_requests().iter().chain(&self.elsewhere.requests()) {
            let in_headers = request.headers.values().any(|value| value.contains(KEY));
            assert!(!in_address(request) && !in_headers, "{arguments:?}: another host got the key: {request:?}");
        }
    }

    /// The next answer to such a request leads to the other host, and that one's to a third.
    fn lead_away(&self, applies: impl Fn(&Request) -> bool + Send + 'static) {
        let address = format!("{}/groups/123/items", self.elsewhere.url());
        self.fake.fault_where(1, applies, redirect(address));
        self.elsewhere.fault_where(1, |_| true, redirect("http://third.invalid/".to_owned()));
    }
}

fn redirect(address: String) -> Fault {
    Fault::Rewrite(Box::new(move |mut response: Response| {
        response.status = 302;
        response.reworded("Location", None).with("Location", &address)
    }))
}

#[test]
fn the_api_key_goes_to_its_host_and_nowhere_else() {
    let mut story = Story::begin();
    let second_page = |request: &Request| request.parameter("start").as_deref() == Some("100");
    story.fake.fault_where(1, second_page, Fault::Status(400));
    story.run(&["sync", "-v"], 1);
    assert!(!files(&story.site.path(".zbib/journal")).is_empty(), "what came before the fault waits in the journal");
    story.run(&["status"], 0);
    story.run(&["sync", "--dry-run"], 0);
    for arguments in
        [&["build", "-v"][..], &["status"], &["status", "--json"], &["config"], &["check", "-v"], &["build"]]
    {
        story.run(arguments, 0);
    }
    let keyed = |request: &Request| request.header("zotero-api-key") == Some(KEY);
    assert!(story.fake.requests().iter().all(keyed) && !story.fake.storage_requests().is_empty());

    story.fake.edit(|library| library.set("AAAAAAAA", "title", json!("New")));
    story.run(&["sync", "-v"], 0);
    story.lead_away(|request| request.path().ends_with("/items"));
    story.run(&["sync", "-v"], 1);
    story.fake.edit(|library| library.pdf("PDFBBBBB", "AAAAAAAA", b"%PDF another"));
    story.lead_away(|request| request.path().ends_with("/file"));
    story.run(&["build", "-v"], 0);
    assert!(!story.elsewhere.requests().is_empty(), "a file may come from anywhere");

    story.fake.edit(|library| library.key = Some("another".into()));
    story.run(&["sync", "-v"], 1);
    story.run(&["build", "-v"], 1);
    story.run(&["status"], 0);
}

#[test]
fn a_key_in_the_settings_file_is_refused_and_not_repeated() {
    let story = Story::begin();
    story.site.change("zbib.toml", format!("[[libraries]]\nid = 123\nkey = \"{KEY}\"\n"));
    let run = story.site.run(&["sync", "-v"]);
    assert_eq!(run.code, 2);
    assert!(!(run.stdout + &run.stderr).contains(KEY));
    assert_eq!(story.fake.requests().len(), 0);
}
