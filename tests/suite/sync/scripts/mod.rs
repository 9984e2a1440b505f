//! Random edits between and during syncs, under random faults: the copy never lies, and ends equal to the library.
//!
//! A few scripts for every `cargo test`; `ZBIB_SCRIPTS=2000` runs that many.

pub mod edits;
mod program;
mod truth;
mod weather;

use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestError, TestRng, TestRunner};

use super::*;
use edits::{Edit, apply_all, edits};
use truth::Witness;
use weather::{Weather, denies, forecast, mild_weather, weather};

/// How many scripts are run if nobody says.
const SCRIPTS: u32 = 60;
/// As many owners work at the same time.
const THREADS: u32 = 4;

/// A library, who keeps a copy of it, and what happens before and during each sync.
#[derive(Clone, Debug)]
struct Script {
    books: usize,
    strict: bool,
    rounds: Vec<(Vec<Edit>, Vec<Weather>)>,
}

fn script() -> impl Strategy<Value = Script> {
    let books = prop_oneof![2 => 0..12_usize, 1 => 12..320_usize];
    let rounds = proptest::collection::vec((edits(10), weather(6)), 1..5);
    (books, any::<bool>(), rounds).prop_map(|(books, strict, rounds)| Script { books, strict, rounds })
}

/// A number from the environment.
pub fn number(variable: &str, default: u32) -> u32 {
    std::env::var(variable).map_or(default, |text| text.parse().unwrap())
}

#[test]
fn whatever_happens_between_and_during_syncs_the_copy_never_lies_and_ends_equal_to_the_library() {
    let scripts = number("ZBIB_SCRIPTS", SCRIPTS).div_ceil(THREADS);
    let first = number("ZBIB_SEED", 1);
    std::thread::scope(|scope| {
        for seed in first..first + THREADS {
            scope.spawn(move || run_scripts(scripts, seed));
        }
    });
}

fn run_scripts(scripts: u32, seed: u32) {
    run_all(scripts, seed, &script(), play);
}

/// Plays so many scripts; of one that fails the smallest form is told.
fn run_all(scripts: u32, seed: u32, script: &impl Strategy<Value = Script>, play: fn(&Script)) {
    let config =
        ProptestConfig { max_shrink_iters: 300, failure_persistence: None, ..ProptestConfig::with_cases(scripts) };
    let seed = seed.to_le_bytes().repeat(8);
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let result = runner.run(script, |script| {
        play(&script);
        Ok(())
    });
    match result {
        Ok(()) => {}
        // On one line, to be told from what the attempts at a smaller one said.
        Err(TestError::Fail(reason, script)) => panic!("Test failed: {reason}\n{script:?}"),
        Err(aborted) => panic!("{aborted}"),
    }
}

fn play(script: &Script) {
    let library = Library { key: Some(SECRET.into()), ..Library::of_books(script.books) };
    let mut owner = Owner { rules: TestRules { strict: script.strict, ..TestRules::default() }, ..Owner::of(library) };
    owner.fake.remember();
    let mut last = None;
    for (edits, weather) in &script.rounds {
        owner.fake.edit(|library| apply_all(library, edits));
        owner.fake.forget_requests();
        forecast(&owner.fake, weather);
        match owner.try_sync() {
            Ok(_) => {
                truth::assert_not_older(&witness(&owner, false));
                last = Some(owner.snapshot());
            }
            Err(_) => assert_untouched(&owner, last.as_ref()),
        }
        owner.fake.heal();
    }
    owner.report = quiet();
    // A log that was forgotten says no more who deleted what.
    owner.manner.allow_mass_removal = true;
    owner.sync();
    let denied = script.rounds.iter().any(|(_, weather)| denies(weather));
    truth::assert_same(&witness(&owner, denied));
    owner.sync();
    let asked = owner.fake.requests().iter().filter(|request| !request.path().ends_with("/file")).count();
    assert_eq!(asked, 1, "a quiet night");
}

fn witness(owner: &Owner, denied: bool) -> Witness<'_> {
    let told = owner.report.noted() > 0;
    Witness { fake: &owner.fake, copy: owner.snapshot(), rules: &owner.rules, told, denied }
}

/// A sync that failed left the last snapshot as it was.
fn assert_untouched(owner: &Owner, last: Option<&LibrarySnapshot>) {
    let now = cache::load(&owner.cache_dir(), &[owner.settings().library()]).ok();
    let now = now.map(|mut snapshot| snapshot.libraries.remove(0));
    assert_eq!(now.is_some(), last.is_some());
    let (Some(now), Some(last)) = (now, last) else { return };
    assert_eq!((&now.records, &now.collections), (&last.records, &last.collections));
    assert_eq!((&now.tag_colors, &now.fulltext), (&last.tag_colors, &last.fulltext));
    assert_eq!(now.state.version, last.state.version);
    assert!(last.files.keys().all(|md5| now.files.contains_key(md5)), "no file is gone");
}
