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
use zbib::bibliography::citation::processor::{Item, Style};
use zbib::bibliography::citation::styles::{self, StyleError, locales};

/// The records, with their ids, in the order of their file.
fn items(data: &Path) -> Vec<(String, Item)> {
    let text = std::fs::read_to_string(data.join("items.csl.json")).unwrap();
    let items: Vec<Map<String, Value>> = serde_json::from_str(&text).unwrap();
    items.iter().map(|item| (item["id"].as_str().unwrap().to_owned(), Item::new(item))).collect()
}

/// A style and its locales out of the reference data.
fn style(data: &Path, name: &str, locale: &str) -> Style {
    let mut read = |path: &str| -> Result<_, StyleError> {
        let path = path
            .strip_prefix("styles/locales-")
            .map_or_else(|| path.to_owned(), |tag| format!("locales/locales-{tag}"));
        Ok(std::fs::read_to_string(data.join(path)).ok())
    };
    let chosen = styles::style(&format!("styles/{name}.csl"), &mut read).unwrap();
    let tag = chosen.own_locale().unwrap_or(locale);
    Style::new(&chosen.style, tag, &locales::chain(tag, &mut read).unwrap())
}
