//! Every record of the reference data in every style of it, beside what Zotero's processor prints.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use zbib::bibliography::citation::processor::{Entry, Item, Style};
use zbib::language::{Language, Layer};

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
    compare_lists(kind, |style, items, _| items.iter().map(|(id, item)| (id.clone(), print(style, item))).collect());
}

/// What is expected of each record, whether its file is a map or a list.
fn by_id(expected: &Value) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    match expected {
        Value::Object(entries) => entries.iter().map(|(id, html)| (id.clone(), text(html))).collect(),
        entries => entries.as_array().unwrap().iter().map(|entry| (text(&entry[0]), text(&entry[1]))).collect(),
    }
}

fn compare_lists(kind: &str, print: impl Fn(&Style, &[(String, Item)], &Value) -> Vec<(String, Entry)>) {
    let Some(data) = reference::find("cite-data", "not compared with Zotero's references") else { return };
    let items = items(&data);
    let mut different = BTreeMap::new();
    for name in files(&data, kind) {
        let (id, locale) = name.rsplit_once('.').unwrap();
        let style = style(&data, id, locale);
        let text = std::fs::read_to_string(data.join(format!("{kind}.{name}.json"))).unwrap();
        let expected: Value = serde_json::from_str(&text).unwrap();
        let before = different.len();
        let printed = print(&style, &items, &expected);
        let expected = by_id(&expected);
        for (id, entry) in printed {
            let theirs = expected.get(&id).map(String::as_str).unwrap_or_default();
            let (ours, theirs) = (seen(entry.html.as_str()), seen(theirs));
            if ours != theirs {
                let message = format!("{name} {id}\n--- ours\n{}\n--- Zotero's\n{}", marked(&ours), marked(&theirs));
                different.insert((name.clone(), id), message);
            }
        }
        println!("{kind} {name}: {} of {} like Zotero's", items.len() + before - different.len(), items.len());
    }
    let listed = ratchet(kind);
    let new: Vec<_> = different.iter().filter(|(key, _)| !listed.contains(*key)).collect();
    let gone: Vec<_> = listed.iter().filter(|key| !different.contains_key(*key)).collect();
    assert!(
        new.is_empty(),
        "{} differ and are not listed: {:?}; the first:\n{}",
        new.len(),
        new.iter().map(|(key, _)| key).collect::<Vec<_>>(),
        new[0].1
    );
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

/// The longest run of entries, with gaps, that stands in the expected order.
fn in_order(ours: &[String], theirs: &[String]) -> usize {
    let place: BTreeMap<&String, usize> = theirs.iter().enumerate().map(|(place, id)| (id, place)).collect();
    let mut ends: Vec<usize> = Vec::new();
    for place in ours.iter().filter_map(|id| place.get(id).copied()) {
        let at = ends.partition_point(|end| *end < place);
        if at == ends.len() { ends.push(place) } else { ends[at] = place }
    }
    ends.len()
}

/// How many of a hundred entries stand in order at least: the worst style's share, never to sink.
const MOST_IN_ORDER: usize = 60;

/// All records as one bibliography: sorted, numbered, with letters behind years.
#[test]
fn whole_bibliographies_are_zoteros() {
    let layer = Layer { language: "en".to_owned(), file: String::new(), text: "a = a\n".to_owned() };
    let language = Language::new("en", &[layer]).unwrap();
    compare_lists("whole", |style, items, expected| {
        let all: Vec<&Item> = items.iter().map(|(_, item)| item).collect();
        let list = style.bibliography(&all, &|left, right| language.collation().compare(left, right));
        let list: Vec<_> = list.into_iter().map(|(index, entry)| (items[index].0.clone(), entry)).collect();
        let ours: Vec<_> = list.iter().filter(|(_, entry)| !entry.is_empty()).map(|(id, _)| id.clone()).collect();
        let theirs: Vec<_> =
            expected.as_array().unwrap().iter().map(|entry| entry[0].as_str().unwrap().to_owned()).collect();
        let kept = in_order(&ours, &theirs);
        println!("{}: {kept} of {} in Zotero's order", style.id, theirs.len());
        assert!(kept * 100 >= theirs.len() * MOST_IN_ORDER, "{}: {kept} of {} in order", style.id, theirs.len());
        list
    });
}
