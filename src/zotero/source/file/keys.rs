//! Item keys and dates for records that Zotero has never seen.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::zotero::record::{ItemKey, Record};

/// The characters of Zotero's own keys.
const ALPHABET: &[u8; 33] = b"23456789ABCDEFGHIJKLMNPQRSTUVWXYZ";

/// The keys given out so far.
#[derive(Debug, Default)]
pub(super) struct Keys {
    taken: BTreeSet<ItemKey>,
}

impl Keys {
    /// The key for a name: the same in every run, and another one for every other name of the same file.
    pub(super) fn key_for(&mut self, name: &str) -> ItemKey {
        let mut round = 0;
        loop {
            let key = spell(xxhash_rust::xxh3::xxh3_64_with_seed(name.as_bytes(), round));
            if self.taken.insert(key) {
                return key;
            }
            round += 1;
        }
    }
}

fn spell(mut hash: u64) -> ItemKey {
    let mut letter = || {
        let letter = ALPHABET[(hash % ALPHABET.len() as u64) as usize];
        hash /= ALPHABET.len() as u64;
        char::from(letter)
    };
    let text: String = (0..8).map(|_| letter()).collect();
    text.parse().expect("the alphabet is one of keys")
}

/// A record of Zotero's shape around `data`, which has everything but key, version and dates. `at` is its place in the
/// file: later records are newer. `original` is kept beside `data`.
pub(super) fn envelope(key: ItemKey, at: usize, data: Map<String, Value>, original: Option<Value>) -> Record {
    let added = date_added(at);
    let mut whole = Map::new();
    whole.insert("key".into(), json!(key));
    whole.insert("version".into(), json!(0));
    whole.extend(data);
    whole.insert("dateAdded".into(), json!(added));
    whole.insert("dateModified".into(), json!(added));
    let mut object = json!({"key": key, "version": 0, "meta": {}, "data": whole});
    if let Some(original) = original {
        object["csl"] = original;
    }
    Record::parse(&object.to_string()).expect("an object with key and item type is a record")
}

/// A date that only says in which order the records stand: one second a record from the start of 2000.
fn date_added(at: usize) -> String {
    let (days, seconds) = (at / 86_400, at % 86_400);
    let (month_days, mut day, mut month) = ([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], days % 366, 0);
    while day >= month_days[month] {
        day -= month_days[month];
        month += 1;
    }
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("2000-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z", month + 1, day + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_stable_and_never_given_twice() {
        let (mut one, mut other) = (Keys::default(), Keys::default());
        let key = one.key_for("knuth1984");
        assert_eq!(key, other.key_for("knuth1984"));
        assert_ne!(key, one.key_for("knuth1984"));
        assert!(key.as_str().bytes().all(|byte| ALPHABET.contains(&byte)));
    }

    #[test]
    fn dates_follow_the_order_of_the_file() {
        assert_eq!(date_added(0), "2000-01-01T00:00:00Z");
        assert_eq!(date_added(86_400 * 31 + 61), "2000-02-01T00:01:01Z");
        assert!(date_added(86_400 * 365) > date_added(86_400 * 364));
    }
}
