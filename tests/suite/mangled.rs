//! Whatever a library holds, a site comes of it: valid records are mangled, and the whole walk runs in this process, from
//! the lines of the file through the cache to the pages, exports, feeds and search data.
//!
//! `ZBIB_SLOW_TESTS` runs many more cases.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value, json};
use zbib::cli::Exit;
use zbib::config::Environment;
use zbib::zotero::record::Record;

use crate::test_site::{TestSite, files};
use crate::well_formed;

/// The records that are mangled: every type, with children and relations.
static RECORDS: LazyLock<Vec<Value>> = LazyLock::new(|| read("items.jsonl"));
static COLLECTIONS: LazyLock<Vec<Value>> = LazyLock::new(|| read("collections.jsonl"));

fn read(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/libraries/every-type").join(name);
    std::fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// One thing that goes wrong with a record.
#[derive(Clone, Debug)]
enum Mishap {
    /// A property is lost.
    Drop(Index),
    /// A property holds something else.
    Retype(Index, Value),
    /// A property holds what another has.
    Copy(Index, Index),
    /// Two properties change places.
    Swap(Index, Index),
    /// A property nobody knows.
    Add(String, Value),
    /// It becomes another record's child, maybe its own.
    Child(Index),
    /// It is of another type.
    Type(String),
    /// It takes another record's key.
    Key(Index),
    /// Its creators, tags, collections or relations are these.
    List(&'static str, Value),
    /// The envelope around it holds something else.
    Envelope(&'static str, Value),
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => ".{0,20}",
        1 => "\\PC{0,40}",
        4 => select(HOSTILE).prop_map(str::to_owned),
        1 => proptest::collection::vec(select(HOSTILE), 1..5).prop_map(|parts| parts.concat()),
        1 => ".{1,4}".prop_map(|text| text.repeat(2_000)),
    ]
}

/// Text that somebody else would take for something else.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "</main></body></html>",
    "<i>",
    "</i>",
    "<img src=x onerror=alert(1)>",
    "<!--",
    "]]>",
    "-->",
    "\" onmouseover=\"x",
    "'",
    "&amp;lt;",
    "{{ page }}",
    "{% include x %}",
    "{",
    "}",
    "\\",
    "%",
    "$",
    "@book{x,",
    "\nER  - \n",
    "\r\nTY  - JOUR",
    "\u{0}",
    "\u{b}",
    "\u{202e}",
    "\u{feff}",
    "\u{2028}",
    "\u{fffe}",
    "e\u{301}\u{301}\u{301}",
    "اب",
    "漢字",
    "../../../x",
    "index.html",
    "CON",
    "a/b",
    "javascript:alert(1)",
    "https://[",
    "http://a b/",
    "data:text/html,<script>x</script>",
    "10.1000/<x>",
    "-5",
    "0",
    "99999-99-99",
    "12/31/1999",
    "n.d.",
    "1999-02-30",
    "2020-00-00T99:99:99Z",
    "Citation Key: a b{c}",
    "DOI: x\nIssued: 0",
    "tex.x: y",
    "type: book",
    "AAAAAAAA",
    "_private",
    "#tag",
    "",
    " ",
    "\t\n",
];

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => any::<u64>().prop_map(Value::from),
        1 => any::<f64>().prop_map(Value::from),
        4 => text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((text(), inner), 0..4)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// Something that looks like what belongs there, with text that does not.
fn list() -> impl Strategy<Value = (&'static str, Value)> {
    let uri =
        prop_oneof![text(), any::<Index>().prop_map(|at| format!("http://zotero.org/groups/4711/items/{}", key(at))),];
    prop_oneof![
        proptest::collection::vec((text(), text(), text()), 0..5).prop_map(|names| {
            (
                "creators",
                names
                    .into_iter()
                    .map(|(role, last, first)| json!({"creatorType": role, "lastName": last, "firstName": first}))
                    .collect(),
            )
        }),
        proptest::collection::vec((text(), json()), 0..4)
            .prop_map(|tags| ("tags", tags.into_iter().map(|(tag, kind)| json!({"tag": tag, "type": kind})).collect())),
        proptest::collection::vec(json(), 0..4).prop_map(|keys| ("collections", keys.into())),
        (select(&["dc:relation", "owl:sameAs", "dc:replaces", "x"][..]), proptest::collection::vec(uri, 0..3))
            .prop_map(|(predicate, uris)| ("relations", json!({predicate: uris}))),
    ]
}

fn key(at: Index) -> String {
    at.get(&RECORDS)["key"].as_str().unwrap().to_owned()
}

fn mishap() -> impl Strategy<Value = Mishap> {
    let types: Vec<String> =
        RECORDS.iter().map(|record| record["data"]["itemType"].as_str().unwrap().to_owned()).collect();
    let types: Vec<_> = types.into_iter().chain(["hologram".to_owned()]).collect::<BTreeSet<_>>().into_iter().collect();
    prop_oneof![
        2 => any::<Index>().prop_map(Mishap::Drop),
        6 => (any::<Index>(), json()).prop_map(|(at, value)| Mishap::Retype(at, value)),
        6 => (any::<Index>(), text()).prop_map(|(at, text)| Mishap::Retype(at, text.into())),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Mishap::Copy(from, to)),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Mishap::Swap(a, b)),
        1 => (text(), json()).prop_map(|(name, value)| Mishap::Add(name, value)),
        1 => any::<Index>().prop_map(Mishap::Child),
        2 => select(types).prop_map(Mishap::Type),
        1 => any::<Index>().prop_map(Mishap::Key),
        4 => list().prop_map(|(name, value)| Mishap::List(name, value)),
        1 => (select(&["key", "version", "library", "meta", "links", "data"][..]), json())
            .prop_map(|(name, value)| Mishap::Envelope(name, value)),
    ]
}

impl Mishap {
    fn befall(&self, record: &mut Value) {
        if let Self::Envelope(name, value) = self {
            record[*name] = value.clone();
            return;
        }
        let Some(data) = record["data"].as_object_mut() else { return };
        let name = |data: &Map<String, Value>, at: &Index| {
            (!data.is_empty()).then(|| at.get(&data.keys().cloned().collect::<Vec<_>>()).clone())
        };
        let named = |data: &Map<String, Value>, at: &Index| Some((name(data, at)?, data[&name(data, at)?].clone()));
        match self {
            Self::Drop(at) => drop(name(data, at).and_then(|name| data.shift_remove(&name))),
            Self::Retype(at, value) => drop(name(data, at).map(|name| data.insert(name, value.clone()))),
            Self::Copy(from, to) => {
                let (Some((_, value)), Some(to)) = (named(data, from), name(data, to)) else { return };
                data.insert(to, value);
            }
            Self::Swap(a, b) => {
                let (Some((a, first)), Some((b, second))) = (named(data, a), named(data, b)) else { return };
                data.insert(a, second);
                data.insert(b, first);
            }
            Self::Add(name, value) => drop(data.insert(name.clone(), value.clone())),
            Self::Child(of) => drop(data.insert("parentItem".into(), key(*of).into())),
            Self::Type(name) => drop(data.insert("itemType".into(), name.clone().into())),
            Self::Key(of) => drop(data.insert("key".into(), key(*of).into())),
            Self::List(name, value) => drop(data.insert((*name).into(), value.clone())),
            Self::Envelope(..) => {}
        }
    }
}

/// A library: all records, some of which had mishaps.
#[derive(Clone, Debug)]
struct Mangled {
    records: Vec<(Index, Vec<Mishap>)>,
    collections: Vec<(Index, Vec<Mishap>)>,
}

fn mangled() -> impl Strategy<Value = Mangled> {
    let some =
        |most: usize| proptest::collection::vec((any::<Index>(), proptest::collection::vec(mishap(), 1..5)), 0..most);
    (some(60), some(4)).prop_map(|(records, collections)| Mangled { records, collections })
}

impl Mangled {
    fn lines(&self) -> (Vec<Value>, Vec<Value>) {
        let befallen = |all: &[Value], mishaps: &[(Index, Vec<Mishap>)]| {
            let mut all = all.to_vec();
            for (at, mishaps) in mishaps {
                let at = at.index(all.len());
                mishaps.iter().for_each(|mishap| mishap.befall(&mut all[at]));
            }
            all
        };
        (befallen(&RECORDS, &self.records), befallen(&COLLECTIONS, &self.collections))
    }
}

const SETTINGS: &str = "\
[site]
title = \"Test\"
base-url = \"https://example.org/papers/\"

[publish]
annotations = true

[exports]
item = [\"bibtex\", \"biblatex\", \"ris\", \"csl\", \"rdf\"]
library = [\"bibtex\", \"biblatex\", \"ris\", \"csl\", \"rdf\"]

[[libraries]]
type = \"file\"
path = \"library\"
";

/// Builds in this process, so that a panic is a failed case.
fn build(site: &TestSite) -> Exit {
    let settings = site.path("zbib.toml");
    let arguments = ["zbib", "build", "--quiet", "--config", settings.to_str().unwrap()];
    zbib::cli::run(arguments.into_iter().map(Into::into), &Environment::of(&[]))
}

fn check(mangled: &Mangled) -> Result<(), TestCaseError> {
    let (records, collections) = mangled.lines();
    let lines = |values: &[Value]| values.iter().map(Value::to_string).collect::<Vec<_>>().join("\n");
    let site = TestSite::empty()
        .write("zbib.toml", SETTINGS)
        .write("library/items.jsonl", lines(&records))
        .write("library/collections.jsonl", lines(&collections));
    prop_assert_eq!(build(&site), Exit::Done);
    let defects = well_formed::defects(&files(&site.path("public")));
    prop_assert!(defects.is_empty(), "{}", defects[..defects.len().min(5)].join("\n"));
    Ok(())
}

/// As many cases as fit into the time there is; always the same ones in the same order.
#[test]
fn whatever_a_library_holds_a_site_comes_of_it() {
    let slow = std::env::var_os("ZBIB_SLOW_TESTS").is_some();
    let (cases, time) = if slow { (2_000, Duration::from_secs(600)) } else { (150, Duration::from_secs(15)) };
    let config = Config { cases: 1, failure_persistence: None, max_shrink_time: 60_000, ..Config::default() };
    let began = Instant::now();
    let mut done = 0_u32;
    while done < cases && began.elapsed() < time {
        let mut seed = [7; 32];
        seed[..4].copy_from_slice(&done.to_le_bytes());
        let mut runner = TestRunner::new_with_rng(config.clone(), TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
        if let Err(error) = runner.run(&mangled(), |mangled| check(&mangled)) {
            panic!("library {done}: {error}");
        }
        done += 1;
    }
    println!("{done} libraries of {} records", RECORDS.len());
}

/// The records that get mangled are records to begin with.
#[test]
fn the_records_are_valid_before_they_are_mangled() {
    for record in RECORDS.iter() {
        assert!(Record::parse(&record.to_string()).is_ok(), "{record}");
    }
}
