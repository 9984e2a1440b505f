//! The same scripts through the real program, whose clock is the machine's and whose rules are the default ones.
//!
//! What the rules keep is not judged here a second time: a copy that was brought up to date again and again holds, byte
//! for byte, what a copy has that is made at once.

use super::*;
use crate::test_site::{TestSite, differences, files};

/// How many scripts are run if nobody says; else one of forty, fifty of two thousand.
const SCRIPTS: u32 = 3;
/// As many programs run at the same time: they mostly wait.
const THREADS: u32 = 10;

fn mild_script(patient: bool) -> impl Strategy<Value = Script> {
    let rounds = proptest::collection::vec((edits(10), mild_weather(3, patient)), 1..4);
    (0..150_usize, any::<bool>(), rounds).prop_map(|(books, strict, rounds)| Script { books, strict, rounds })
}

#[test]
fn whatever_happens_the_program_ends_with_the_copy_that_a_first_sync_makes() {
    let many = number("ZBIB_SCRIPTS", 0) / 40;
    let (threads, scripts) = if many == 0 { (1, SCRIPTS) } else { (THREADS, many.div_ceil(THREADS)) };
    let first = number("ZBIB_SEED", 1);
    std::thread::scope(|scope| {
        for seed in first..first + threads {
            scope.spawn(move || run_all(scripts, seed, &mild_script(many > 0), play_with_program));
        }
    });
}

/// A folder in which the program keeps a copy; a strict script is one whose cache holds only what is published.
fn site(fake: &FakeZotero, strict: bool) -> TestSite {
    let store = if strict { "publishable" } else { "all" };
    let settings = format!(
        "[site]\ntitle = \"Test\"\nbase-url = \"https://example.org/\"\n\n[sync]\nstore = \"{store}\"\n\n[[libraries]]\n\
         type = \"group\"\nid = 123\napi = \"{}\"\n",
        fake.url()
    );
    TestSite::empty().write("zbib.toml", settings).variable("ZOTERO_API_KEY", SECRET)
}

fn copy(site: &TestSite) -> Option<LibrarySnapshot> {
    let id = source::Settings { id: "123".into(), ..source::Settings::default() }.library();
    cache::load(&site.path(".zbib"), &[id]).ok().map(|mut snapshot| snapshot.libraries.remove(0))
}

fn play_with_program(script: &Script) {
    let fake = FakeZotero::serve(Library { key: Some(SECRET.into()), ..Library::of_books(script.books) });
    fake.remember();
    let site = site(&fake, script.strict);
    let mut last = None;
    for (edits, weather) in &script.rounds {
        fake.edit(|library| apply_all(library, edits));
        fake.forget_requests();
        forecast(&fake, weather);
        let run = site.run(&["sync"]);
        fake.assert_well_behaved();
        let now = copy(&site);
        match (run.code, now) {
            (0, Some(copy)) => {
                if !script.strict {
                    let rules = TestRules::default();
                    truth::assert_not_older(&Witness {
                        fake: &fake,
                        copy: copy.clone(),
                        rules: &rules,
                        told: true,
                        denied: false,
                    });
                }
                last = Some(copy);
            }
            (1, now) => assert_eq!(now.map(|copy| copy.records), last.clone().map(|copy| copy.records)),
            (code, _) => panic!("it ended with {code}: {}", run.stderr),
        }
        fake.heal();
    }
    let run = site.run(&["sync", "--allow-mass-removal"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_as_made_at_once(&fake, &site, script.strict);
}

/// The cache holds what that of a program holds that comes to the library for the first time.
fn assert_as_made_at_once(fake: &FakeZotero, kept: &TestSite, strict: bool) {
    let fresh = site(fake, strict);
    let run = fresh.run(&["sync"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let records = |site: &TestSite| {
        let mut files = files(&site.path(".zbib/groups-123"));
        // What was refused before is not asked for again; the state and the account of the run tell the way here.
        files
            .retain(|path, _| !["state.json", "last-run.json"].contains(&path.as_str()) && !path.starts_with("files/"));
        files
    };
    let (kept, fresh) = (records(kept), records(&fresh));
    let differ = differences(&kept, &fresh);
    let text = |files: &BTreeMap<String, Vec<u8>>, path: &String| {
        files.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    };
    let shown = differ.first().map(|path| (path, text(&kept, path), text(&fresh, path)));
    assert!(differ.is_empty(), "{shown:#?}");
}
