//! Every record of the reference data in every style of it, beside what Zotero's processor prints.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use zbib::bibliography::citation::processor::{Entry, Item, Style};

use super::reader::{marked, seen};
use super::{items, style};
use crate::reference;

/// The style and locale of every file of a kind: `apa.en-US`.
fn files(data: &Path, kind: &str) -> Vec<String> {
    let names = std::fs::read_dir(data).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let own = |name: String| Some(name.strip_prefix(kind)?.strip_prefix('.')?.strip_suffix(".json")?.to_owned());
    let mut files: Vec<_> = names.filter_map(own).collect();
    files.sort();
    files
}

/// What may differ: style and id, the first two words of each line, the reason behind them.
fn ratchet(kind: &str) -> BTreeSet<(String, String)> {
    let file = format!("tests/suite/ratchets/citations/{kind}.txt");
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let pair = |line: &str| {
        let mut words = line.split_whitespace().map(str::to_owned);
        Some((words.next()?, words.next()?))
    };
    text.lines().filter(|line| !line.starts_with('#')).filter_map(pair).collect()
}

fn compare(kind: &str, print: impl Fn(&Style, &Item) -> Entry) {
    let Some(data) = reference::find("cite-data", "not compared with Zotero's references") else { return };
    let items = items(&data);
    let mut different = BTreeMap::new();
    for name in files(&data, kind) {
        let (id, locale) = name.rsplit_once('.').unwrap();
        let style = style(&data, id, locale);
        let text = std::fs::read_to_string(data.join(format!("{kind}.{name}.json"))).unwrap();
        let expected: BTreeMap<String, String> = serde_json::from_str(&text).unwrap();
        let before = different.len();
        for (id, item) in &items {
            let (ours, theirs) = (seen(print(&style, item).html.as_str()), seen(&expected[id]));
            if ours != theirs {
                let message = format!("{name} {id}\n--- ours\n{}\n--- Zotero's\n{}", marked(&ours), marked(&theirs));
                different.insert((name.clone(), id.clone()), message);
            }
        }
        println!("{kind} {name}: {} of {} like Zotero's", items.len() + before - different.len(), items.len());
    }
    let listed = ratchet(kind);
    let new: Vec<_> = different.iter().filter(|(key, _)| !listed.contains(*key)).collect();
    let gone: Vec<_> = listed.iter().filter(|key| !different.contains_key(*key)).collect();
    assert!(new.is_empty(), "{} differ and are not listed; the first:\n{}", new.len(), new[0].1);
    assert!(gone.is_empty(), "no longer different, but listed: {gone:?}");
}

#[test]
fn references_are_zoteros() {
    compare("expected", Style::entry);
}

#[test]
fn citations_are_zoteros() {
    compare("citation", Style::citation);
}
