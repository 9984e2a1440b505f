//! A library of any size, the same for the same size: made from a seed, by no clock and no chance.
//!
//! It has what real ones have: six types, three authors of a pool, abstracts for seven records of ten, a few tags, 40
//! collections three deep, notes for one record of ten.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};

/// The letters of Zotero's keys.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHIJKLMNPQRSTUVWXZ";

const WORDS: &[&str] = &[
    "analysis",
    "and",
    "approach",
    "archive",
    "between",
    "boundary",
    "case",
    "change",
    "city",
    "climate",
    "cognitive",
    "comparative",
    "complex",
    "critical",
    "culture",
    "data",
    "development",
    "digital",
    "dynamics",
    "early",
    "ecology",
    "effects",
    "emergence",
    "empirical",
    "energy",
    "evidence",
    "evolution",
    "fields",
    "for",
    "from",
    "functions",
    "governance",
    "history",
    "human",
    "identity",
    "in",
    "inference",
    "information",
    "knowledge",
    "language",
    "learning",
    "linear",
    "local",
    "material",
    "measures",
    "memory",
    "methods",
    "model",
    "modern",
    "molecular",
    "networks",
    "new",
    "of",
    "on",
    "optimal",
    "order",
    "patterns",
    "perception",
    "policy",
    "political",
    "practice",
    "processes",
    "public",
    "quantum",
    "random",
    "reading",
    "regional",
    "response",
    "risk",
    "role",
    "rural",
    "science",
    "social",
    "space",
    "spatial",
    "species",
    "state",
    "structure",
    "study",
    "surface",
    "systems",
    "the",
    "theory",
    "time",
    "toward",
    "transition",
    "under",
    "urban",
    "using",
    "water",
    "with",
    "work",
];
const LAST: &[&str] = &[
    "Abel",
    "Bauer",
    "Castillo",
    "Dąbrowski",
    "Eriksson",
    "Fischer",
    "García",
    "Hopper",
    "Ivanova",
    "Jensen",
    "Keller",
    "Lovelace",
    "Müller",
    "Nakamura",
    "O’Brien",
    "Pérez",
    "Quine",
    "Rossi",
    "Şahin",
    "Turing",
    "Ueda",
    "Vogel",
    "Weber",
    "Xu",
    "Young",
    "Zhang",
];
const FIRST: &[&str] = &[
    "Ada", "Björn", "Carmen", "David J.", "Elena", "Franz", "Grace", "Hiro", "Inès", "Jan", "Kurt", "Li", "María",
    "Noor", "Olga", "Paul", "Rosa M.", "Sven", "Tomasz", "Wei",
];
const TYPES: &[(&str, u64)] =
    &[("journalArticle", 55), ("book", 20), ("bookSection", 10), ("conferencePaper", 8), ("thesis", 4), ("webpage", 3)];

/// Writes a folder library of `records` records.
///
/// # Errors
/// When the folder cannot be written.
pub fn write(folder: &Path, records: usize) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut chance = Chance(0x5eed);
    let collections = Collection::tree(&mut chance);
    lines(&folder.join("collections.jsonl"), collections.iter().map(Collection::object))?;
    let authors: Vec<Value> = (0..records / 3 + 20).map(|_| author(&mut chance)).collect();
    let mut items = BufWriter::new(fs::File::create(folder.join("items.jsonl"))?);
    for number in 0..records {
        let record = Record { number, chance: &mut chance, collections: &collections, authors: &authors };
        for object in record.objects() {
            writeln!(items, "{object}")?;
        }
    }
    items.flush()
}

fn lines(path: &Path, objects: impl Iterator<Item = Value>) -> io::Result<()> {
    let text: String = objects.map(|object| format!("{object}\n")).collect();
    fs::write(path, text)
}

/// Chance that is none: `SplitMix64`, <https://prng.di.unimi.it/splitmix64.c>.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn between(&mut self, start: u64, end: u64) -> u64 {
        start + self.below(end - start)
    }

    fn of_hundred(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    fn pick<'a, T>(&mut self, pool: &'a [T]) -> &'a T {
        let at = self.below(pool.len() as u64);
        &pool[usize::try_from(at).unwrap_or_default()]
    }

    fn words(&mut self, count: u64) -> String {
        (0..count).map(|_| *self.pick(WORDS)).collect::<Vec<_>>().join(" ")
    }

    /// A sentence without its full stop.
    fn sentence(&mut self, count: u64) -> String {
        let words = self.words(count);
        words[..1].to_uppercase() + &words[1..]
    }

    fn prose(&mut self, sentences: u64) -> String {
        let sentence = |_| {
            let count = self.between(8, 22);
            self.sentence(count) + "."
        };
        (0..sentences).map(sentence).collect::<Vec<_>>().join(" ")
    }

    fn moment(&mut self) -> String {
        let (year, month, day) = (self.between(2008, 2025), self.between(1, 13), self.between(1, 29));
        format!("{year}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", self.below(24), self.below(60), self.below(60))
    }
}

/// A key that no other number has, with its numbers spread like Zotero's.
fn key(first: char, number: usize) -> String {
    let spread = (number as u64).wrapping_mul(0x2_7d4e_b2f1).wrapping_add(0x1_2345) & 0x7_ffff_ffff;
    let letter = |place: u32| char::from(LETTERS[(spread >> (5 * place) & 31) as usize]);
    std::iter::once(first).chain((0..7).map(letter)).collect()
}

fn author(chance: &mut Chance) -> Value {
    let last = match chance.below(3) {
        0 => format!("{}-{}", chance.pick(LAST), chance.pick(LAST)),
        _ => format!("{}{}", chance.pick(LAST), ["", "s", "sen", "er", "man", "ova"][chance.below(6) as usize]),
    };
    json!({ "creatorType": "author", "firstName": chance.pick(FIRST), "lastName": last })
}

struct Collection {
    key: String,
    name: String,
    parent: Option<String>,
}

impl Collection {
    /// Four at the top, three in each, two in each of these: 40.
    fn tree(chance: &mut Chance) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut above: Vec<Option<String>> = vec![None];
        for parts in [4, 3, 2] {
            let mut level = Vec::new();
            for parent in above.iter().flat_map(|parent| std::iter::repeat_n(parent, parts)) {
                let count = chance.between(1, 4);
                let (key, name) = (key('C', all.len()), chance.sentence(count));
                level.push(Some(key.clone()));
                all.push(Self { key, name, parent: parent.clone() });
            }
            above = level;
        }
        all
    }

    fn object(&self) -> Value {
        let parent = self.parent.as_ref().map_or(json!(false), |key| json!(key));
        let data =
            json!({ "key": self.key, "version": 1, "name": self.name, "parentCollection": parent, "relations": {} });
        object(&self.key, data)
    }
}

fn object(key: &str, data: Value) -> Value {
    let library = json!({ "type": "group", "id": 4_500_001, "name": "A library of some size" });
    json!({ "key": key, "version": 1, "library": library, "data": data })
}

/// One record being made.
struct Record<'a> {
    number: usize,
    chance: &'a mut Chance,
    collections: &'a [Collection],
    authors: &'a [Value],
}

impl Record<'_> {
    /// The record and its note, if it has one.
    fn objects(mut self) -> Vec<Value> {
        let key = key('R', self.number);
        let mut objects = vec![object(&key, self.data(&key))];
        if self.chance.of_hundred(10) {
            objects.push(self.note(&key));
        }
        objects
    }

    fn data(&mut self, own: &str) -> Value {
        let item_type = self.item_type();
        let (words, year) = (self.chance.between(4, 14), self.chance.between(1950, 2025));
        let added = self.chance.moment();
        let mut data = json!({
            "key": own,
            "version": 1,
            "itemType": item_type,
            "title": self.chance.sentence(words),
            "creators": (0..3).map(|_| self.chance.pick(self.authors).clone()).collect::<Vec<_>>(),
            "date": format!("{year}-{:02}", self.chance.between(1, 13)),
            "language": "en",
            "tags": self.tags(),
            "collections": [self.chance.pick(self.collections).key],
            "relations": {},
            "dateAdded": added,
            "dateModified": added,
        });
        if self.chance.of_hundred(70) {
            let sentences = self.chance.between(6, 12);
            data["abstractNote"] = json!(self.chance.prose(sentences));
        }
        self.place(item_type, &mut data);
        data
    }

    fn item_type(&mut self) -> &'static str {
        let mut left = self.chance.below(100);
        for (name, share) in TYPES {
            if left < *share {
                return name;
            }
            left -= share;
        }
        "document"
    }

    /// Where the work appeared.
    fn place(&mut self, item_type: &str, data: &mut Value) {
        let (first, venue) = (self.chance.between(1, 900), self.chance.below(400));
        let pages = json!(format!("{first}–{}", first + self.chance.between(2, 40)));
        let journal = format!("Journal of {} {}", WORDS[venue as usize % WORDS.len()], venue);
        let publisher = json!(format!("{} & {}", self.chance.pick(LAST), self.chance.pick(LAST)));
        let identifier = json!(format!("10.{}/{:x}", 1000 + venue, self.chance.next() >> 24));
        match item_type {
            "journalArticle" => {
                data["publicationTitle"] = json!(journal);
                data["volume"] = json!(self.chance.between(1, 90).to_string());
                data["issue"] = json!(self.chance.between(1, 13).to_string());
                data["ISSN"] = json!(format!("{:04}-{:04}", 1000 + venue, 1000 + venue));
                data["pages"] = pages;
                data["DOI"] = identifier;
            }
            "book" => {
                data["publisher"] = publisher;
                data["place"] = json!("London");
                data["ISBN"] = json!(format!("978{:010}", self.chance.below(10_000_000_000)));
            }
            "bookSection" => {
                data["bookTitle"] = json!(self.chance.sentence(6));
                data["publisher"] = publisher;
                data["pages"] = pages;
            }
            "conferencePaper" => {
                data["proceedingsTitle"] = json!(format!("Proceedings of the {journal}"));
                data["pages"] = pages;
                data["DOI"] = identifier;
            }
            "thesis" => data["university"] = json!("University of Göttingen"),
            _ => data["url"] = json!(format!("https://www.example.org/{venue}/{first}?a=1&b=2")),
        }
    }

    /// None to five of 300, the first of them more often.
    fn tags(&mut self) -> Vec<Value> {
        let tag = |number: u64| format!("{} {number}", WORDS[number as usize % WORDS.len()]);
        let some = (0..self.chance.below(6)).map(|_| {
            let end = self.chance.between(1, 301);
            json!({ "tag": tag(self.chance.below(end)) })
        });
        some.collect()
    }

    fn note(&mut self, parent: &str) -> Value {
        let own = key('N', self.number);
        let (first, second, words) = (self.chance.prose(4), self.chance.prose(3), self.chance.words(3));
        let note = format!("<h1>{words}</h1>\n<p>{first}</p>\n<p><strong>See</strong> {second}</p>");
        let added = self.chance.moment();
        let data = json!({
            "key": own,
            "version": 1,
            "itemType": "note",
            "parentItem": parent,
            "note": note,
            "tags": [],
            "relations": {},
            "dateAdded": added,
            "dateModified": added,
        });
        object(&own, data)
    }
}
