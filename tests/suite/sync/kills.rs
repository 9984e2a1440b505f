//! `kill -9` at any moment of a sync, through the real program: the next run ends equal to the library, and asks again for
//! no more than what was on its way.
//!
//! The moment is a number of requests the server has seen, so it needs no waiting. A few kills for every `cargo test`;
//! `ZBIB_KILLS=200` does that many.

use std::process::{Child, Stdio};

use super::scripts::number;
use super::*;
use crate::fake_zotero::Request;
use crate::test_site::TestSite;

/// How many kills there are if nobody says.
const KILLS: u32 = 8;
/// What may be on its way to a host when the program dies.
const IN_FLIGHT: usize = 4;
const BOOKS: usize = 730;
const FILES: usize = 24;
const TEXTS: usize = 9;

/// Marsaglia's xorshift: chance that is the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }
}

fn library() -> Library {
    let mut library = Library { key: Some(SECRET.into()), ..Library::of_books(BOOKS) };
    (0..3).for_each(|at| library.collection(&key(30_000 + at), "A collection", None));
    for at in 0..FILES {
        let bytes: Vec<u8> = (0..7_000 * (at + 1)).map(|byte| (byte * (at + 3)) as u8).collect();
        library.pdf(&key(40_000 + at), &key(at), &bytes);
    }
    (0..TEXTS).for_each(|at| library.text(&key(40_000 + at), "words"));
    library
}

/// A folder in which the program keeps a copy of a server's library.
struct Keeper {
    site: TestSite,
    fake: FakeZotero,
    dice: Dice,
    kills: usize,
}

impl Keeper {
    fn new(seed: u32) -> Self {
        let fake = FakeZotero::serve(library());
        let settings = format!(
            "[site]\ntitle = \"Test\"\nbase-url = \"https://example.org/\"\n\n[sync]\nstore = \"all\"\n\n[[libraries]]\n\
             type = \"group\"\nid = 123\napi = \"{}\"\n",
            fake.url()
        );
        let site = TestSite::empty().write("zbib.toml", settings).variable("ZOTERO_API_KEY", SECRET);
        Self { site, fake, dice: Dice(u64::from(seed) * 0x9E37_79B9 + 1), kills: 0 }
    }

    /// Syncs until the server has seen so many more requests, then dies. False when it was done before.
    fn sync_and_die(&mut self, requests: usize) -> bool {
        let dying: Arc<Mutex<Option<Child>>> = Arc::default();
        let (victim, patience) = (Arc::clone(&dying), self.dice.below(3000));
        let kill = Box::new(move || {
            // Somewhere in what the program does with the answer.
            (0..patience).for_each(|_| std::thread::yield_now());
            victim.lock().unwrap().as_mut().unwrap().kill().unwrap();
        });
        let before = self.fake.requests().len() + self.fake.storage_requests().len();
        let fault = if self.dice.below(3) == 0 { Fault::Before(kill) } else { Fault::Afterwards(kill) };
        self.fake.fault_of_any(before + requests, fault);
        {
            let mut child = dying.lock().unwrap();
            let mut command = self.site.command(&["sync", "--quiet"]);
            *child = Some(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
        }
        let status = loop {
            if let Some(status) = dying.lock().unwrap().as_mut().unwrap().try_wait().unwrap() {
                break status;
            }
            std::thread::yield_now();
        };
        self.fake.heal();
        let killed = status.code().is_none();
        self.kills += usize::from(killed);
        killed
    }

    /// A run that nobody stops; then the copy is the library.
    fn sync(&self) {
        let run = self.site.run(&["sync"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        self.assert_same(&self.copy().unwrap());
    }

    fn copy(&self) -> Option<LibrarySnapshot> {
        let id = source::Settings { id: "123".into(), ..source::Settings::default() }.library();
        let copy = cache::load(&self.site.path(".zbib"), &[id]).ok()?.libraries.remove(0);
        assert!(!copy.damaged);
        Some(copy)
    }

    fn assert_same(&self, copy: &LibrarySnapshot) {
        let held: BTreeMap<_, _> = copy.records.iter().map(|record| (record.key.to_string(), record.raw())).collect();
        self.fake.edit(|library| {
            assert_eq!(copy.state.version.0, library.version);
            assert_eq!(held, library.items.iter().map(|(key, item)| (key.clone(), &*item.raw)).collect());
            assert_eq!(copy.collections.len(), library.collections.len());
            assert_eq!(copy.fulltext.len(), library.texts.len());
            for file in library.files.values() {
                let md5 = Md5::of(&file.bytes);
                assert!(copy.files.get(&md5).is_some_and(|held| fs::read(&held.path).unwrap() == file.bytes));
            }
        });
    }

    /// Nothing but what was in flight was asked for twice.
    fn assert_frugal(&self) {
        let asked =
            |wanted: &dyn Fn(&Request) -> bool| self.fake.requests().iter().filter(|request| wanted(request)).count();
        // A run after the one that ended the first sync asks whether there is anything new: no page of this sync.
        let page = |request: &Request| {
            let first_sync = request.header("if-modified-since-version").is_none();
            first_sync && request.path().ends_with("/items") && request.parameter("start").is_some()
        };
        let spare = self.kills * IN_FLIGHT;
        let counts = [
            ("pages", asked(&page), (BOOKS + FILES).div_ceil(100)),
            ("addresses of files", asked(&|request| request.path().ends_with("/file")), FILES),
            ("files", self.fake.storage_requests().len(), FILES),
            (
                "texts",
                asked(&|request| request.path().contains("/items/") && request.path().ends_with("/fulltext")),
                TEXTS,
            ),
        ];
        for (what, asked, needed) in counts {
            assert!(asked <= needed + spare, "{asked} {what} asked for, {needed} needed, {} kills", self.kills);
        }
    }
}

/// A first sync, killed a few times, and one of a change, killed too. Gives the number of kills.
fn kill_and_go_on(seed: u32) -> u32 {
    let mut keeper = Keeper::new(seed);
    for _ in 0..=keeper.dice.below(3) {
        // About as many requests as a first sync has.
        let moment = 1 + keeper.dice.below(75);
        if !keeper.sync_and_die(moment) {
            break;
        }
        if let Some(copy) = keeper.copy() {
            keeper.assert_same(&copy);
        }
    }
    keeper.sync();
    keeper.assert_frugal();
    let before = keeper.copy().unwrap();
    keeper.fake.edit(|library| {
        library.delete(&key(700));
        library.set(&key(5), "title", json!("Edited"));
        library.pdf(&key(50_000), &key(6), b"%PDF new");
    });
    let moment = 1 + keeper.dice.below(8);
    keeper.sync_and_die(moment);
    let after = keeper.copy().unwrap();
    if after.state.version == before.state.version {
        assert_eq!((&after.records, &after.collections), (&before.records, &before.collections));
    } else {
        keeper.assert_same(&after);
    }
    keeper.sync();
    u32::try_from(keeper.kills).unwrap()
}

#[test]
fn a_sync_that_is_killed_at_any_moment_goes_on_with_the_next() {
    let wanted = number("ZBIB_KILLS", KILLS);
    let seeds = Mutex::new(1..);
    let killed = Mutex::new(0);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while *killed.lock().unwrap() < wanted {
                    let seed = seeds.lock().unwrap().next().unwrap();
                    let kills = kill_and_go_on(seed);
                    *killed.lock().unwrap() += kills;
                }
            });
        }
    });
}
