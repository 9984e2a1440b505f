//! A record on its way from another format to Zotero's shape.

use serde_json::{Map, Value, json};

use crate::zotero::schema::{ItemType, Schema};

/// Fields, creators and tags gathered for one record.
pub(super) struct Draft {
    pub(super) item_type: &'static ItemType,
    fields: Map<String, Value>,
    creators: Vec<Value>,
    tags: Vec<String>,
    /// Lines of Extra.
    extra: Vec<String>,
}

impl Draft {
    /// A record of that type, which the schema must know.
    pub(super) fn new(item_type: &str) -> Self {
        let item_type = Schema::get().item_type(item_type).or_else(|| Schema::get().item_type("document"));
        Self {
            item_type: item_type.expect("the embedded schema knows documents"),
            fields: Map::new(),
            creators: Vec::new(),
            tags: Vec::new(),
            extra: Vec::new(),
        }
    }

    /// Puts `value` into the field that stands for `base`. False if the type has none, or it holds something already;
    /// nothing is put anywhere.
    pub(super) fn set(&mut self, base: &str, value: &str) -> bool {
        if value.is_empty() {
            return true;
        }
        let Some(field) = self.item_type.field_for(base) else { return false };
        if self.fields.contains_key(field) {
            return false;
        }
        self.fields.insert(field.to_owned(), value.into());
        true
    }

    /// What the field that stands for `base` holds so far.
    pub(super) fn get(&self, base: &str) -> Option<&str> {
        self.fields.get(self.item_type.field_for(base)?)?.as_str()
    }

    /// Adds a creator; a person without a first name is written in one field.
    pub(super) fn creator(&mut self, creator_type: &str, first: &str, last: &str) {
        let (first, last) = (first.trim(), last.trim());
        let creator = match (first.is_empty(), last.is_empty()) {
            (true, true) => return,
            (true, false) => json!({"creatorType": creator_type, "name": last}),
            (false, _) => json!({"creatorType": creator_type, "firstName": first, "lastName": last}),
        };
        self.creators.push(creator);
    }

    /// Adds the tags in `text`, which stand between commas or semicolons.
    pub(super) fn tags(&mut self, text: &str) {
        text.split([',', ';']).for_each(|tag| self.tag(tag));
    }

    /// Adds one tag, if it is not there.
    pub(super) fn tag(&mut self, tag: &str) {
        let tag = tag.trim();
        if !tag.is_empty() && !self.tags.iter().any(|known| known == tag) {
            self.tags.push(tag.to_owned());
        }
    }

    /// Adds lines to Extra.
    pub(super) fn extra(&mut self, text: &str) {
        self.extra.extend(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned));
    }

    /// The record's `data`, without key, version and dates.
    pub(super) fn finish(mut self) -> Map<String, Value> {
        let mut data = Map::new();
        data.insert("itemType".into(), self.item_type.name.clone().into());
        let extra = self.extra.join("\n");
        self.set("extra", &extra);
        for field in &self.item_type.fields {
            if let Some(value) = self.fields.remove(&field.name) {
                data.insert(field.name.clone(), value);
            }
            if field.name == "title" || self.item_type.field_for("title") == Some(field.name.as_str()) {
                data.insert("creators".into(), std::mem::take(&mut self.creators).into());
            }
        }
        data.insert("tags".into(), self.tags.iter().map(|tag| json!({"tag": tag})).collect());
        data.insert("collections".into(), json!([]));
        data.insert("relations".into(), json!({}));
        data
    }
}

/// Whether an identifier is one a person would cite by: a word with a letter in it, and no address.
pub(super) fn is_citation_key(id: &str) -> bool {
    id.chars().any(char::is_alphabetic) && !id.contains(['/', ',', '{', '}']) && !id.contains(char::is_whitespace)
}
