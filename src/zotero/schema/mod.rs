//! Zotero's item types, fields, labels, creator types and base fields, as compact embedded data.
//!
//! The data is schema version 41 as <https://api.zotero.org/schema> serves it. Libraries may hold types and fields that
//! are newer than it, so every lookup may find nothing. Nothing here has seen a record.

mod labels;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

pub use self::labels::Labels;

/// The embedded schema.
pub struct Schema {
    /// The number Zotero gives this state of its schema.
    pub version: u32,
    types: Vec<ItemType>,
    csl_text: Vec<(String, Vec<String>)>,
    csl_dates: Vec<(String, String)>,
    csl_names: BTreeMap<String, String>,
}

/// An item type: its fields and creator types in the order Zotero shows them.
#[derive(Debug)]
pub struct ItemType {
    /// Zotero's name: `journalArticle`.
    pub name: String,
    /// The CSL type: `article-journal`. None for notes and annotations.
    pub csl: Option<String>,
    pub fields: Vec<Field>,
    /// Creator types, the primary one first. Empty for notes, attachments and annotations.
    pub creators: Vec<String>,
}

/// A field of an item type.
#[derive(Debug)]
pub struct Field {
    /// Zotero's name in this type: `university`.
    pub name: String,
    /// The field it stands for in all types: `publisher`.
    pub base: Option<String>,
}

impl ItemType {
    /// The creator type whose holders are named first: authors of a book, directors of a film.
    #[must_use]
    pub fn primary_creator(&self) -> Option<&str> {
        self.creators.first().map(String::as_str)
    }

    /// The field of this type that stands for `base`, which may be the field itself.
    #[must_use]
    pub fn field_for(&self, base: &str) -> Option<&str> {
        let stands_for = |field: &&Field| field.name == base || field.base.as_deref() == Some(base);
        self.fields.iter().find(stands_for).map(|field| field.name.as_str())
    }

    /// What `field` stands for in all types; itself if it has no base.
    #[must_use]
    pub fn base_of<'a>(&'a self, field: &'a str) -> &'a str {
        self.fields.iter().find(|known| known.name == field).and_then(|known| known.base.as_deref()).unwrap_or(field)
    }
}

impl Schema {
    /// The embedded schema, parsed once.
    #[must_use]
    pub fn get() -> &'static Self {
        static SCHEMA: LazyLock<Schema> = LazyLock::new(Schema::parse);
        &SCHEMA
    }

    /// The item type of that name, if this schema knows it.
    #[must_use]
    pub fn item_type(&self, name: &str) -> Option<&ItemType> {
        self.types.binary_search_by(|known| known.name.as_str().cmp(name)).ok().map(|at| &self.types[at])
    }

    /// All item types in the order of their names, notes, attachments and annotations included.
    #[must_use]
    pub fn item_types(&self) -> &[ItemType] {
        &self.types
    }

    /// CSL's text variables in the order Zotero writes them, each with the base fields it is taken from, best first.
    #[must_use]
    pub fn csl_text(&self) -> &[(String, Vec<String>)] {
        &self.csl_text
    }

    /// CSL's date variables, each with its base field.
    #[must_use]
    pub fn csl_dates(&self) -> &[(String, String)] {
        &self.csl_dates
    }

    /// The CSL name variable of a creator type.
    #[must_use]
    pub fn csl_name(&self, creator_type: &str) -> Option<&str> {
        self.csl_names.get(creator_type).map(String::as_str)
    }

    fn parse() -> Self {
        let data: Data = serde_json::from_str(include_str!("schema.json")).expect("the embedded schema is valid");
        let mut types: Vec<_> = data.types.into_iter().map(ItemType::from).collect();
        types.sort_by(|a, b| a.name.cmp(&b.name));
        Self {
            version: data.version,
            types,
            csl_text: in_order(data.csl_text, |fields| fields),
            csl_dates: in_order(data.csl_date, |field| field),
            csl_names: data.csl_names,
        }
    }
}

/// Kinds of entries that hold or carry nothing of their own to cite.
#[must_use]
pub fn is_regular(item_type: &str) -> bool {
    !matches!(item_type, "note" | "attachment" | "annotation")
}

fn in_order<T, U>(map: serde_json::Map<String, serde_json::Value>, read: impl Fn(T) -> U) -> Vec<(String, U)>
where
    T: for<'de> Deserialize<'de>,
{
    map.into_iter()
        .map(|(name, value)| (name, read(serde_json::from_value(value).expect("the embedded schema is valid"))))
        .collect()
}

#[derive(Deserialize)]
struct Data {
    version: u32,
    types: Vec<TypeData>,
    csl_text: serde_json::Map<String, serde_json::Value>,
    csl_date: serde_json::Map<String, serde_json::Value>,
    csl_names: BTreeMap<String, String>,
}

/// A type as it stands in the data: fields as `name` or `name:base`.
#[derive(Deserialize)]
struct TypeData {
    r#type: String,
    csl: Option<String>,
    fields: Vec<String>,
    creators: Vec<String>,
}

impl From<TypeData> for ItemType {
    fn from(data: TypeData) -> Self {
        let field = |text: &String| match text.split_once(':') {
            Some((name, base)) => Field { name: name.to_owned(), base: Some(base.to_owned()) },
            None => Field { name: text.clone(), base: None },
        };
        Self {
            name: data.r#type,
            csl: data.csl,
            fields: data.fields.iter().map(field).collect(),
            creators: data.creators,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_knows_its_base_fields_and_its_primary_creator() {
        let thesis = Schema::get().item_type("thesis").unwrap();
        assert_eq!(thesis.field_for("publisher"), Some("university"));
        assert_eq!(thesis.base_of("thesisType"), "type");
        assert_eq!(Schema::get().item_type("film").unwrap().primary_creator(), Some("director"));
        assert!(Schema::get().item_type("hologram").is_none());
    }

    #[test]
    fn the_schema_has_forty_types_of_which_thirty_seven_are_regular() {
        let types = Schema::get().item_types();
        assert_eq!(types.len(), 40);
        assert_eq!(types.iter().filter(|known| is_regular(&known.name)).count(), 37);
    }
}
