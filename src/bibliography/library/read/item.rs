//! From a raw record to an item.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::{Map, Value};

use crate::bibliography::content::Overlay;
use crate::bibliography::library::read::children::{self, Family};
use crate::bibliography::library::{Creator, Date, Extra, Fields, Item, Name, Tag, Timestamp};
use crate::bibliography::publish::{Rules, Verdicts};
use crate::zotero::cache::LibrarySnapshot;
use crate::zotero::record::{ItemKey, Record};
use crate::zotero::schema::{ItemType, Schema, is_regular};

/// What holds for all records of one library.
pub(super) struct Setting<'a> {
    pub(super) rules: &'a Rules,
    /// Colours by tag.
    pub(super) colors: BTreeMap<&'a str, &'a str>,
    pub(super) pivot: i32,
}

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

impl Setting<'_> {
    /// The tags that are shown; one that came both ways counts as the owner's own.
    pub(super) fn tags(&self, tags: &[crate::zotero::record::Tag]) -> Vec<Tag> {
        let mut shown: Vec<Tag> = Vec::new();
        for tag in tags {
            let name = tag.name.trim();
            if name.is_empty() || self.rules.hides_tag(name) {
                continue;
            }
            match shown.iter_mut().find(|known| known.name == name) {
                Some(known) => known.automatic &= tag.automatic(),
                None => shown.push(Tag {
                    name: name.to_owned(),
                    automatic: tag.automatic(),
                    color: self.colors.get(name).map(|color| (*color).to_owned()),
                }),
            }
        }
        shown
    }
}

/// The `data` of a record, which may hold anything.
pub(super) struct Object(pub(super) Map<String, Value>);

/// Properties that are no fields of a record.
const STRUCTURE: &[&str] = &[
    "key",
    "version",
    "itemType",
    "creators",
    "tags",
    "collections",
    "relations",
    "parentItem",
    "deleted",
    "dateAdded",
    "dateModified",
    "inPublications",
    "withheld",
    "withheld-tags",
    "note",
    "linkMode",
    "contentType",
    "charset",
    "filename",
    "md5",
    "mtime",
    "path",
    "lastRead",
];

impl Object {
    /// A property as text; numbers are taken as they are written, everything else is absent.
    pub(super) fn text(&self, name: &str) -> String {
        match self.0.get(name) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        }
    }

    pub(super) fn timestamp(&self, name: &str) -> Option<Timestamp> {
        self.0.get(name).and_then(Value::as_str).and_then(Timestamp::parse)
    }

    /// Filled fields in the order of the schema; those it does not know follow in their own.
    fn fields(&self, known: Option<&ItemType>) -> Fields {
        let names: Vec<&str> =
            known.map(|known| known.fields.iter().map(|field| field.name.as_str()).collect()).unwrap_or_default();
        let unknown =
            |name: &&str| !names.contains(name) && !STRUCTURE.contains(name) && !name.starts_with("annotation");
        let others = self.0.keys().map(String::as_str).filter(unknown);
        Fields::new(names.iter().copied().chain(others).map(|name| (name.to_owned(), self.text(name))).collect())
    }

    /// Creators with a name, in their order.
    fn creators(&self) -> Vec<Creator> {
        let listed = self.0.get("creators").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        listed.iter().filter_map(creator).collect()
    }
}

fn creator(value: &Value) -> Option<Creator> {
    let part = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let (single, last, first) = (part("name"), part("lastName"), part("firstName"));
    let name = match (single.is_empty(), last.is_empty() && first.is_empty()) {
        (false, _) => Name::Single(single),
        (true, false) => Name::Personal { last, first },
        (true, true) => return None,
    };
    let role = part("creatorType");
    Some(Creator { role: if role.is_empty() { "contributor".to_owned() } else { role }, name })
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
