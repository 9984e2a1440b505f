//! What a sync costs, counted at the server and measured at the program: the table in `docs/sync.md`.
//!
//! ```text
//! ZBIB_FIGURES=1000,10000,50000 cargo test --release --test suite -- sync::figures --nocapture
//! ```
//!
//! Without the variable a small library is counted and nothing is measured.

use std::process::Stdio;
use std::time::Instant;

use super::*;
use crate::test_site::TestSite;

/// How long each answer takes when it is measured.
const LATENCY: Duration = Duration::from_millis(100);
/// The library that is counted if nobody says.
const SMALL: usize = 430;

/// What one run of the program took.
struct Run {
    requests: usize,
    wall: Duration,
    /// The most memory it had at once, in bytes; 0 where nobody tells.
    memory: u64,
}

/// A library of so many objects: books with abstracts, notes and web links under them, in collections.
fn library(objects: usize) -> Library {
    let mut library = Library { key: Some(SECRET.into()), ..Library::new() };
    let collections = collections(objects);
    (0..collections).for_each(|at| library.collection(&key(900_000 + at), &format!("Collection {at}"), None));
    let words = "Some of these words describe what was found, and how, and by whom it was doubted. ".repeat(9);
    for at in 0..objects - collections {
        let parent = key(at - at % 5);
        let data = match at % 5 {
            3 => json!({"itemType": "note", "parentItem": parent, "note": "<p>A note on it</p>", "tags": []}),
            4 => json!({"itemType": "attachment", "parentItem": parent, "linkMode": "linked_url", "title": "Elsewhere",
                        "url": format!("https://example.org/{at}"), "contentType": "text/html", "tags": []}),
            _ => json!({
                "itemType": "journalArticle", "title": format!("What was found, part {at}"), "abstractNote": words,
                "creators": [{"creatorType": "author", "firstName": "Ida", "lastName": format!("Example {}", at % 97)}],
                "publicationTitle": "Journal of Findings", "volume": (at % 40).to_string(), "date": "2019-04",
                "DOI": format!("10.5555/{at}"), "tags": [{"tag": format!("topic {}", at % 50)}],
                "collections": [key(900_000 + at % collections)], "relations": {},
            }),
        };
        library.put(&key(at), data);
    }
    library
}

/// A collection for a hundred objects, and never none.
fn collections(objects: usize) -> usize {
    objects / 100 + 1
}

fn settings(fake: &FakeZotero, audit: &str) -> String {
    format!(
        "[site]\ntitle = \"Test\"\nbase-url = \"https://example.org/\"\n\n[sync]\nstore = \"all\"\naudit = \"{audit}\"\n\n\
         [[libraries]]\ntype = \"group\"\nid = 123\napi = \"{}\"\n",
        fake.url()
    )
}

/// Syncs, and looks at the program's memory meanwhile.
fn sync(site: &TestSite, fake: &FakeZotero) -> Run {
    fake.forget_requests();
    let start = Instant::now();
    let mut child = site.command(&["sync", "--quiet"]).stdout(Stdio::null()).spawn().unwrap();
    let mut memory = 0;
    let status = loop {
        memory = memory.max(peak(child.id()));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    assert!(status.success());
    fake.assert_well_behaved();
    Run { requests: fake.requests().len() + fake.storage_requests().len(), wall: start.elapsed(), memory }
}

/// The most memory a process had so far, in bytes, as Linux tells it.
fn peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// One line of the table.
fn row(objects: usize, latency: Duration) -> String {
    let fake = FakeZotero::serve(library(objects));
    let site = TestSite::empty().write("zbib.toml", settings(&fake, "7d")).variable("ZOTERO_API_KEY", SECRET);
    fake.take_time(latency);
    let first = sync(&site, &fake);
    let quiet = sync(&site, &fake);
    fake.edit(|library| library.set(&key(0), "title", json!("Edited")));
    let edit = sync(&site, &fake);
    fake.edit(|library| library.pdf(&key(800_000), &key(0), b"%PDF new"));
    let file = sync(&site, &fake);
    site.change("zbib.toml", settings(&fake, "0"));
    let audit = sync(&site, &fake);
    let collections = collections(objects);
    let most = (objects - collections).div_ceil(100) + collections.div_ceil(100) + 8;
    assert!(first.requests <= most, "{} requests for {objects} objects", first.requests);
    assert_eq!(quiet.requests, 1);
    assert!(
        edit.requests <= 6 && audit.requests <= 5,
        "{} for an edit, {} for an audit",
        edit.requests,
        audit.requests
    );
    assert!(file.requests <= 7, "{} for a new file and its record", file.requests);
    if latency > Duration::ZERO {
        assert_bounds(&site, &first);
    }
    let lines = fs::metadata(site.path(".zbib/groups-123/items.jsonl")).unwrap().len();
    let megabytes = |bytes: u64| bytes as f64 / 1_000_000.0;
    format!(
        "| {objects} | {collections} | {} of {most} | {} | {} | {} | {} | {:.1} s of {:.1} s | {:.0} MB | {:.0} of {:.0} MB |",
        first.requests,
        quiet.requests,
        edit.requests,
        file.requests,
        audit.requests,
        first.wall.as_secs_f64(),
        allowed(&first).as_secs_f64(),
        megabytes(lines),
        megabytes(first.memory),
        megabytes(lines * 4 + 60_000_000),
    )
}

/// Four requests at a time and five round trips, and a fifth more.
fn allowed(run: &Run) -> Duration {
    LATENCY * u32::try_from(run.requests.div_ceil(4) + 5).unwrap() * 12 / 10
}

fn assert_bounds(site: &TestSite, first: &Run) {
    let lines = fs::metadata(site.path(".zbib/groups-123/items.jsonl")).unwrap().len();
    assert!(first.wall <= allowed(first), "{:?} for {} requests", first.wall, first.requests);
    assert!(first.memory <= lines * 4 + 60_000_000, "{} bytes of memory for {lines}", first.memory);
}

#[test]
fn the_figures_of_a_sync_stay_within_their_bounds() {
    let Ok(sizes) = std::env::var("ZBIB_FIGURES") else {
        row(SMALL, Duration::ZERO);
        return;
    };
    println!(
        "| objects | collections | first sync | quiet night | edit | new file | audit | first sync at 100 ms | items.jsonl | memory |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for size in sizes.split(',') {
        println!("{}", row(size.parse().unwrap(), LATENCY));
    }
}
