//! Which tags of a format change with a part of a record: what the format keeps of it.

use std::collections::BTreeSet;

use zbib::bibliography::export::{self, Context, Format, Links, Settings};
use zbib::bibliography::library::{
    Attachment, Collection, CollectionIndex, Creator, Item, ItemIndex, Library, Name, Relation, RelationKind, Tag,
};
use zbib::zotero::record::LinkMode;
use zbib::zotero::schema::ItemType;

use super::pairs::{ENTRY, KEY, pairs};
use crate::exports::item;

/// The formats for programs, in the order of the table's columns.
pub fn formats() -> impl Iterator<Item = Format> {
    Format::ALL.into_iter().filter(|format| !format.is_bibliography())
}

/// A record and the same without the part that is looked for.
pub struct Probe {
    pub with: Item,
    pub without: Item,
}

/// The tags whose values differ, in the order of the file. Keys of entries are made from many fields.
pub fn reached(format: Format, probe: &Probe) -> Vec<String> {
    let written = |item: &Item| pairs(format, &written(format, item));
    let (with, without) = (written(&probe.with), written(&probe.without));
    let values = |pairs: &[(String, String)], tag: &str| {
        pairs.iter().filter(|(known, _)| known == tag).map(|(_, value)| value.clone()).collect::<Vec<_>>()
    };
    let mut tags: Vec<String> = Vec::new();
    for (tag, _) in with.iter().chain(&without) {
        if !tags.contains(tag) && values(&with, tag) != values(&without, tag) {
            tags.push(tag.clone());
        }
    }
    tags
}

/// A record's file on a site where everything has an address, beside a collection and another record.
fn written(format: Format, item: &Item) -> String {
    let page = |item: &Item| Some(format!("https://example.org/items/{}/", item.key));
    let file = |_: &Item, file: &Attachment| {
        (file.link_mode != LinkMode::LinkedUrl).then(|| "https://example.org/a.pdf".to_owned())
    };
    let collection = Collection {
        key: "CCCC2345".parse().unwrap(),
        holding: 0,
        name: "Engines".to_owned(),
        parent: None,
        parts: Vec::new(),
        items: item.collections.iter().map(|_| ItemIndex(0)).collect(),
        overlay: None,
    };
    let mut other = super::super::item("book", Vec::new(), Vec::new());
    other.key = "BCDE2345".parse().unwrap();
    let library = Library { items: vec![item.clone(), other], collections: vec![collection], ..Library::default() };
    let links = Links { file: Some(&file), item: Some(&page), library: Some(&library) };
    export::write(format, std::iter::once(item), &Context::from(links), &Settings::default())
}

/// What a format keeps of a field or a creator of a type.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kept {
    pub tags: Vec<String>,
    /// Only beside other fields.
    pub beside: bool,
    /// Not beside all other fields of the type: another goes before it.
    pub alone: bool,
}

impl Kept {
    /// The tags that the part reaches by itself, without those that every record has.
    pub fn alone(self) -> BTreeSet<String> {
        let frame = |tag: &String| is_made(tag) || tag == ENTRY;
        self.tags.into_iter().filter(|tag| !self.beside && !frame(tag)).collect()
    }
}

/// A record of a type with all its fields and creators, but for one of them.
fn full(known: &ItemType, except: &str) -> Item {
    let fields =
        known.fields.iter().enumerate().filter(|(_, field)| field.name != except && field.name != "citationKey");
    let fields = fields.map(|(number, field)| (field.name.clone(), value(&field.name, number))).collect();
    let creators = known.creators.iter().filter(|role| *role != except).map(|role| creator(role));
    item(&known.name, fields, creators.collect())
}

/// A value that its field's own reading does not refuse, and no other field has.
pub fn value(field: &str, number: usize) -> String {
    match field {
        "language" => "en".to_owned(),
        "citationKey" => "given".to_owned(),
        "accessDate" => format!("19{:02}-02-03T04:05:06Z", number % 100),
        field if field.to_lowercase().contains("date") => format!("20{:02}-05-17", number % 100),
        field if field.to_lowercase().contains("page") && field != "numPages" => {
            format!("{}-{}", number + 100, number + 200)
        }
        _ => format!("{}", number + 1000),
    }
}

pub fn creator(role: &str) -> Creator {
    Creator { role: role.to_owned(), name: Name::Personal { last: format!("L{role}"), first: format!("F{role}") } }
}

/// What a format keeps of a field of a type: alone, and beside all others.
pub fn of_field(format: Format, known: &ItemType, field: &str) -> Kept {
    let number = known.fields.iter().position(|known| known.name == field).unwrap();
    let alone = item(&known.name, vec![(field.to_owned(), value(field, number))], Vec::new());
    kept(format, known, field, alone)
}

/// What a format keeps of a creator of a type.
pub fn of_creator(format: Format, known: &ItemType, role: &str) -> Kept {
    kept(format, known, role, item(&known.name, Vec::new(), vec![creator(role)]))
}

fn kept(format: Format, known: &ItemType, part: &str, alone: Item) -> Kept {
    let alone = Probe { with: alone, without: item(&known.name, Vec::new(), Vec::new()) };
    let mut tags = reached(format, &alone);
    if part == "citationKey" {
        return Kept { tags, ..Kept::default() };
    }
    tags.retain(|tag| !is_made(tag));
    let mut others = reached(format, &Probe { with: full(known, ""), without: full(known, part) });
    others.retain(|tag| !is_made(tag));
    let (beside, alone) = (tags.is_empty() && !others.is_empty(), !tags.is_empty() && others.is_empty());
    if beside {
        tags = others;
    }
    Kept { tags, beside, alone }
}

/// Whether a tag is made from many parts of a record.
pub fn is_made(tag: &str) -> bool {
    [KEY, "id"].contains(&tag)
}

/// Parts of records that are neither fields nor creators, by what an owner calls them.
pub fn others() -> Vec<(&'static str, Probe)> {
    let mut probes = super::others::of_dates();
    probes.extend(super::others::of_texts());
    probes.extend(super::others::of_things());
    probes
}

/// A tag.
pub fn tag(automatic: bool, color: Option<&str>) -> Tag {
    Tag { name: "engines".to_owned(), automatic, color: color.map(str::to_owned) }
}

/// What puts an item into the one collection.
pub fn collected() -> Vec<CollectionIndex> {
    vec![CollectionIndex(0)]
}

/// What relates an item to the other one.
pub fn related() -> Vec<Relation> {
    vec![Relation { kind: RelationKind::Related, target: ItemIndex(1) }]
}
