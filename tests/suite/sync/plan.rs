//! What `--dry-run` says against what a sync then asks.

use super::*;

use zbib::sync::{Line, plan};

impl Owner {
    /// The requests that a sync would send, as far as they are known, and the words for the rest.
    fn planned(&self) -> (Vec<String>, Vec<String>) {
        self.fake.forget_requests();
        let network = Network { clock: self.clock.clone(), seed: 7, patience: self.patience };
        let settings = self.settings.first().cloned().unwrap_or_else(|| self.settings());
        let source =
            Source::new(&settings, self.key.map(ApiKey::new), self.dir.path(), &Arc::new(Http::new(network))).unwrap();
        let library = sync::Library { settings, source };
        let settings = sync::Settings { store: self.store, ..sync::Settings::default() };
        let cache = Cache::open(&self.cache_dir()).unwrap();
        let (rules, clock, report) = (&self.rules, &self.clock, &self.report);
        let run = Run { cache: &cache, rules, settings: &settings, clock, report, manner: self.manner };
        let plan = plan(run, &library).unwrap();
        assert_eq!(self.fake.requests().len(), 0, "a plan asks nothing");
        let (mut requests, mut words) = (Vec::new(), Vec::new());
        for line in plan.lines {
            match line {
                Line::Request(planned) => requests.push(planned.to_string()),
                Line::Words(text) => words.push(text),
            }
        }
        requests.sort();
        (requests, words)
    }

    /// The requests that the API got, in the plan's words.
    fn asked(&self) -> Vec<String> {
        let line = |request: &Request| {
            let condition = request.header("if-modified-since-version");
            let condition = condition.map(|version| format!(" If-Modified-Since-Version: {version}"));
            format!("{} {}{}", request.method, request.url, condition.unwrap_or_default())
        };
        let mut asked: Vec<_> = self.fake.requests().iter().map(line).collect();
        asked.sort();
        asked
    }

    #[track_caller]
    fn assert_as_planned(&self) {
        let (planned, _) = self.planned();
        self.sync();
        // The fake does not know under which host it was asked.
        let relative = |line: &String| {
            let (method, url) = line.split_once(' ').unwrap();
            let path = url.find("://").map_or(url, |at| &url[at + 3 + url[at + 3..].find('/').unwrap()..]);
            format!("{method} {path}")
        };
        let planned: Vec<_> = planned.iter().map(relative).collect();
        assert_eq!(planned, self.asked().iter().map(relative).collect::<Vec<_>>(), "left: planned, right: asked");
    }
}

/// A library with a file, a full text and a collection.
fn library() -> Library {
    let mut library = Library::of_books(3);
    library.key = Some(SECRET.into());
    library.collection(&key(50), "Shelf", None);
    library.pdf("PDFAAAAA", "AAAAAAAA", b"%PDF");
    library.text("PDFAAAAA", "Its words");
    library
}

#[test]
fn a_first_sync_asks_what_was_planned() {
    let mut owner = Owner::of(library());
    owner.manner.only = sync::Only::Cache;
    owner.assert_as_planned();
    let planned = Owner::of(library()).planned();
    assert!(planned.1.iter().any(|words| words.contains("one more for each further 100 records")), "{planned:?}");
}

#[test]
fn a_quiet_night_asks_what_was_planned() {
    let owner = Owner::of(library());
    owner.sync();
    let (planned, words) = owner.planned();
    assert_eq!(planned.len(), 1);
    assert!(planned[0].ends_with(" If-Modified-Since-Version: 6"), "{planned:?}");
    assert!(words.iter().any(|words| words.starts_with("if the library is newer than version 6: 4 more")), "{words:?}");
    owner.assert_as_planned();
}

#[test]
fn a_due_audit_asks_what_was_planned() {
    let mut owner = Owner::of(library());
    owner.sync();
    owner.clock = Clock::standing(START + Duration::from_secs(8 * 86_400));
    let (planned, _) = owner.planned();
    assert_eq!(planned.len(), 5, "one for the night, four for the audit: {planned:?}");
    owner.assert_as_planned();
}

#[test]
fn files_and_full_texts_that_wait_are_asked_for_as_planned() {
    let mut owner = Owner::of(library());
    owner.manner.only = sync::Only::Cache;
    owner.sync();
    owner.manner.only = sync::Only::Files;
    owner.assert_as_planned();
    owner.manner.only = sync::Only::FullText;
    owner.assert_as_planned();
    assert_eq!(owner.fake.requests().len(), 1);
    owner.manner = Manner::default();
    owner.assert_as_planned();
}

#[test]
fn a_broken_off_first_sync_is_planned_from_where_it_stopped() {
    let owner = Owner::of(Library { key: Some(SECRET.into()), ..Library::of_books(200) });
    // The last page: nothing else is on its way that could be noted later.
    owner.fake.fault(3, Fault::Status(400));
    owner.try_sync().unwrap_err();
    owner.assert_as_planned();
}

#[test]
fn after_a_change_of_the_rules_the_lists_are_planned() {
    let mut owner = Owner::of(library());
    owner.sync();
    owner.rules.strict = true;
    owner.assert_as_planned();
}

#[test]
fn no_plan_holds_the_key() {
    let owner = Owner::of(library());
    let (planned, words) = owner.planned();
    assert!(planned.iter().chain(&words).all(|line| !line.contains(SECRET)));
}
