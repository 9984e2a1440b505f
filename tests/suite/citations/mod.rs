//! References and citations in citation styles, beside those of Zotero's own processor.
//!
//! Items, styles, locales and what Zotero prints of them are not ours to publish: `ZBIB_SHARED` names a folder with them,
//! in `cite-data/`; without it the comparisons say so and pass. What differs stands in `ratchets/citations/`, which is held
//! in both directions: a new difference fails, and so does one that is gone but still listed.

mod hostile;
mod reader;
mod zotero;

use std::path::Path;

use serde_json::{Map, Value};
use zbib::bibliography::citation::processor::{Item, Locales, Style};

/// All locales of the reference data.
fn locales(data: &Path) -> Locales {
    let mut locales = Locales::default();
    let mut files: Vec<_> = std::fs::read_dir(data.join("locales")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        locales.add(&std::fs::read_to_string(file).unwrap()).unwrap();
    }
    locales
}

/// The records, with their ids, in the order of their file.
fn items(data: &Path) -> Vec<(String, Item)> {
    let text = std::fs::read_to_string(data.join("items.csl.json")).unwrap();
    let items: Vec<Map<String, Value>> = serde_json::from_str(&text).unwrap();
    items.iter().map(|item| (item["id"].as_str().unwrap().to_owned(), Item::new(item))).collect()
}

fn style(data: &Path, name: &str, locale: &str, locales: &Locales) -> Style {
    let file = format!("styles/{name}.csl");
    let xml = std::fs::read_to_string(data.join(&file)).unwrap();
    Style::load(&xml, &file, locale, locales).unwrap()
}
