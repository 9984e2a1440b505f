//! What odd records, children and collections become on the pages of a site.

mod changes;
mod collections;
mod creators;
mod family;
mod files;
mod marks;
mod relations;
mod tags;
mod words;

use serde_json::{Value, json};

use crate::fake_zotero::{FakeZotero, Library};
use crate::test_site::{Run, TestSite};
use crate::well_formed::assert_well_formed;

/// A record as the API has it, on one line; `data` needs no key, version or dates.
fn line(key: &str, data: &Value) -> String {
    let mut whole = json!({
        "key": key, "version": 1, "dateAdded": "2020-01-02T03:04:05Z", "dateModified": "2021-02-03T04:05:06Z",
    });
    whole.as_object_mut().unwrap().extend(data.as_object().unwrap().clone());
    json!({"key": key, "version": whole["version"], "data": whole}).to_string()
}

fn lines(records: &[(&str, Value)]) -> Vec<String> {
    records.iter().map(|(key, data)| line(key, data)).collect()
}

/// A site of these records and collections, and what the build said.
#[track_caller]
fn built(records: &[(&str, Value)], collections: &[String]) -> (TestSite, String) {
    let site = TestSite::of(&lines(records), collections);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_well_formed(&site.site());
    (site, run.stderr)
}

fn item_page(site: &TestSite, key: &str) -> String {
    site.page(&format!("items/{key}/index.html"))
}

/// No file of the site holds the word.
#[track_caller]
fn assert_nowhere(site: &TestSite, word: &str) {
    for (path, bytes) in site.site() {
        assert!(!String::from_utf8_lossy(&bytes).contains(word), "{word} in {path}");
    }
}

/// A site of a group on a server that people work in.
struct Served {
    fake: FakeZotero,
    site: TestSite,
}

impl Served {
    fn of(library: Library) -> Self {
        let fake = FakeZotero::serve(library);
        let settings =
            format!("[site]\nbase-url = \"https://example.org/\"\n[[libraries]]\nid = 123\napi = \"{}\"\n", fake.url());
        let site = TestSite::empty().write("zbib.toml", settings);
        Self { fake, site }
    }

    #[track_caller]
    fn build(&self) -> Run {
        let run = self.site.run(&["build"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_well_formed(&self.site.site());
        run
    }

    fn page(&self, key: &str) -> String {
        item_page(&self.site, key)
    }
}
