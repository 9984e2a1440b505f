//! From a raw record to an item.

use std::sync::Arc;

use rayon::prelude::*;
use serde_json::{Map, Value};

use crate::bibliography::content::Overlay;
use crate::bibliography::library::read::children::{self, Family};
use crate::bibliography::library::read::data::{Object, Setting};
use crate::bibliography::library::{Date, Extra, Item};
use crate::bibliography::publish::{Rules, Verdicts};
use crate::zotero::cache::LibrarySnapshot;
use crate::zotero::record::{ItemKey, Record};
use crate::zotero::schema::{Schema, is_regular};

/// The published items of one library, in the order of their keys, with what hangs from them.
pub(super) fn read_all(
    snapshot: &LibrarySnapshot,
    holding: usize,
    verdicts: &Verdicts,
    rules: &Rules,
    pivot: i32,
) -> Vec<Item> {
    let colors = snapshot.tag_colors.iter().map(|tag| (tag.name.as_str(), tag.color.as_str())).collect();
    let setting = Setting { rules, colors, pivot };
    let published: Vec<_> = snapshot.records.iter().filter(|record| verdicts.publishes(record.key)).collect();
    let family = Family::of(&published);
    let items = published.par_iter().filter(|record| record.parent.is_none() && record.item_type != "annotation");
    items.map(|record| read(record, holding, &family, &setting)).collect()
}

fn read(record: &Record, holding: usize, family: &Family<'_>, setting: &Setting<'_>) -> Item {
    let object = Object(record.data());
    let known = Schema::get().item_type(&record.item_type);
    let fields = object.fields(known);
    let date = known.and_then(|known| known.field_for("date")).unwrap_or("date");
    let mut item = Item {
        key: record.key,
        version: record.version,
        holding,
        item_type: record.item_type.clone(),
        date: Date::parse(fields.get(date).unwrap_or_default(), setting.pivot),
        extra: Extra::parse(fields.get("extra").unwrap_or_default()),
        fields,
        creators: object.creators(),
        tags: setting.tags(&record.tags),
        collections: Vec::new(),
        citation_key: String::new(),
        citation_key_given: false,
        added: object.timestamp("dateAdded"),
        modified: object.timestamp("dateModified"),
        notes: Vec::new(),
        attachments: Vec::new(),
        relations: Vec::new(),
        replaces: Vec::new(),
        overlay: None,
        csl: original_csl(record),
    };
    if is_regular(&record.item_type) {
        item.notes = family.notes_of(record.key, setting);
        item.attachments = family.attachments_of(record.key, setting);
    } else {
        children::stand_alone(&mut item, record, family, setting);
    }
    item
}

/// The CSL item that a CSL-JSON file had, which the file source keeps beside the data.
fn original_csl(record: &Record) -> Option<Arc<Value>> {
    if !record.raw().contains("\"csl\"") {
        return None;
    }
    let object: Map<String, Value> = serde_json::from_str(record.raw()).ok()?;
    object.get("csl").filter(|csl| csl.is_object()).cloned().map(Arc::new)
}

impl Item {
    /// How messages name it: its key and the beginning of its title.
    pub(super) fn place(&self) -> String {
        place(self.key, self.title().unwrap_or_default())
    }

    /// Takes what an overlay overrides; the rest stands on its page.
    pub(super) fn apply(&mut self, overlay: Overlay) {
        let title =
            Schema::get().item_type(&self.item_type).and_then(|known| known.field_for("title")).unwrap_or("title");
        if let Some(text) = &overlay.title {
            self.fields.set(title, text);
        }
        if let Some(text) = &overlay.abstract_text {
            self.fields.set("abstractNote", text);
        }
        if overlay.attachments == Some(false) {
            self.attachments.retain(|attachment| !attachment.link_mode.stored());
        }
        self.overlay = Some(overlay);
    }
}

fn place(key: ItemKey, title: &str) -> String {
    let short: String = title.chars().take(60).collect();
    if short.is_empty() { key.to_string() } else { format!("{key} \"{short}\"") }
}
