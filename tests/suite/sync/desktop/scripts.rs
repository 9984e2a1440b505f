//! Random edits between and during syncs, with a program that stumbles, synchronises and changes its profile: the copy ends
//! equal to its library.

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestError, TestRng, TestRunner};

use super::*;
use crate::sync::scripts::edits::{Edit, apply_all, edits};
use crate::sync::scripts::number;

/// How many scripts are run if nobody says.
const SCRIPTS: u32 = 30;

/// A library, which Zotero shows it, and what happens before and during each sync.
#[derive(Clone, Debug)]
struct Script {
    books: usize,
    named: bool,
    strict: bool,
    rounds: Vec<Round>,
}

/// What happens before a sync, and to which of its requests.
type Round = (Vec<Edit>, Vec<(usize, Weather)>);

/// What happens to a request.
#[derive(Clone, Debug)]
enum Weather {
    Half,
    Fails,
    Edits(Vec<Edit>),
    Synchronises,
    /// The same library under another name: its versions are to be doubted.
    OtherProfile,
}

fn script() -> impl Strategy<Value = Script> {
    let weather = prop_oneof![
        1 => Just(Weather::Half),
        1 => Just(Weather::Fails),
        4 => edits(4).prop_map(Weather::Edits),
        1 => Just(Weather::Synchronises),
        1 => Just(Weather::OtherProfile),
    ];
    let during = proptest::collection::vec((1..12_usize, weather), 0..4);
    let rounds = proptest::collection::vec((edits(10), during), 1..5);
    let books = prop_oneof![3 => 0..12_usize, 1 => 500..530_usize];
    (books, any::<bool>(), any::<bool>(), rounds).prop_map(|(books, named, strict, rounds)| Script {
        books,
        named,
        strict,
        rounds,
    })
}

#[test]
fn whatever_happens_in_zotero_the_copy_ends_equal_to_its_library() {
    let config = ProptestConfig {
        max_shrink_iters: 300,
        failure_persistence: None,
        ..ProptestConfig::with_cases(number("ZBIB_SCRIPTS", SCRIPTS))
    };
    let seed = number("ZBIB_SEED", 1).to_le_bytes().repeat(8);
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let result = runner.run(&script(), |script| {
        play(&script);
        Ok(())
    });
    match result {
        Ok(()) => {}
        Err(TestError::Fail(reason, script)) => panic!("Test failed: {reason}\n{script:?}"),
        Err(aborted) => panic!("{aborted}"),
    }
}

fn play(script: &Script) {
    let library = Library::of_books(script.books);
    let desktop = if script.named { FakeDesktop::named(library, "one") } else { FakeDesktop::serve(library) };
    let mut desk = AtDesk::of(desktop);
    desk.owner.rules.strict = script.strict;
    for (edits, weather) in &script.rounds {
        desk.desktop.program().edited(edits);
        desk.desktop.take_requests();
        for (at, weather) in weather {
            desk.desktop.program().will(*at, weather.clone());
        }
        let _ = desk.owner.try_sync();
        desk.desktop.program().heal();
        desk.assert_nothing_secret(script.strict);
    }
    desk.owner.report = quiet();
    desk.owner.manner.allow_mass_removal = true;
    desk.sync();
    desk.assert_nothing_secret(script.strict);
    desk.owner.rules.strict = false;
    desk.sync();
    desk.assert_whole();
    let (again, requests) = desk.sync();
    // The program takes version 0 for no condition.
    let conditional = script.named && desk.desktop.program().library.version > 0;
    assert!(again.unchanged && (requests.len() == 1 || !conditional), "{requests:?}");
}

impl Program {
    fn edited(&mut self, edits: &[Edit]) {
        apply_all(&mut self.library, edits);
        self.write_files();
    }

    fn will(&mut self, at: usize, weather: Weather) {
        match weather {
            Weather::Half => self.halves.push(at),
            Weather::Fails => self.failures.push(at),
            Weather::Edits(edits) => drop(self.edits.insert(at, Box::new(move |program| program.edited(&edits)))),
            Weather::Synchronises => drop(self.edits.insert(at, Box::new(Self::synchronise))),
            Weather::OtherProfile => {
                self.edits.insert(
                    at,
                    Box::new(|program| {
                        program.server = program.server.take().map(|name| name + "'");
                    }),
                );
            }
        }
    }

    fn heal(&mut self) {
        self.halves.clear();
        self.failures.clear();
        self.edits.clear();
    }
}

impl AtDesk {
    /// Records, collections, files and full texts are those of the program.
    #[track_caller]
    fn assert_whole(&self) {
        self.assert_equal();
        let snapshot = self.owner.snapshot();
        let program = self.desktop.program();
        let shown: BTreeMap<_, _> =
            snapshot.collections.iter().map(|own| (own.key.to_string(), own.name.clone())).collect();
        let listed = program.library.collections.iter().filter(|(_, collection)| program.is_listed(collection));
        let name = |value: &Value| value["data"]["name"].as_str().unwrap().to_owned();
        assert_eq!(shown, listed.map(|(key, collection)| (key.clone(), name(&collection.value))).collect());
        let attachments = program.library.items.iter().filter(|(_, item)| item.value["data"].get("linkMode").is_some());
        for (key, _) in attachments.clone() {
            let md5 = Md5::of(&fs::read(program.place(key)).unwrap());
            assert!(snapshot.files.contains_key(&md5), "the file of {key}");
        }
        let texts: BTreeMap<_, _> =
            snapshot.fulltext.iter().map(|(key, text)| (key.to_string(), text.read().unwrap())).collect();
        let there = program.library.texts.iter().filter(|(key, _)| program.library.items.contains_key(*key));
        assert_eq!(texts, there.map(|(key, (text, _))| (key.clone(), text.clone())).collect());
    }

    /// What the rules withhold is in the copy as a stub, after a sync that failed, too.
    #[track_caller]
    fn assert_nothing_secret(&self, strict: bool) {
        let id = self.owner.settings[0].library();
        let Ok(snapshot) = cache::load(&self.owner.cache_dir(), &[id]) else { return };
        let records = &snapshot.libraries[0].records;
        let secret = |record: &&Record| strict && !record.withheld && record.raw().contains("_private");
        assert_eq!(records.iter().find(secret), None);
    }
}
