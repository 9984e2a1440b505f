//! The `data` of a raw record, and what holds for all records of a library.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::bibliography::library::{Creator, Fields, Name, Tag, Timestamp};
use crate::bibliography::publish::Rules;
use crate::zotero::schema::ItemType;

/// What holds for all records of one library.
pub(super) struct Setting<'a> {
    pub(super) rules: &'a Rules,
    /// Colours by tag.
    pub(super) colors: BTreeMap<&'a str, &'a str>,
    pub(super) pivot: i32,
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
    pub(super) fn fields(&self, known: Option<&ItemType>) -> Fields {
        let names: Vec<&str> =
            known.map(|known| known.fields.iter().map(|field| field.name.as_str()).collect()).unwrap_or_default();
        let unknown =
            |name: &&str| !names.contains(name) && !STRUCTURE.contains(name) && !name.starts_with("annotation");
        let others = self.0.keys().map(String::as_str).filter(unknown);
        Fields::new(names.iter().copied().chain(others).map(|name| (name.to_owned(), self.text(name))).collect())
    }

    /// Creators with a name, in their order.
    pub(super) fn creators(&self) -> Vec<Creator> {
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
