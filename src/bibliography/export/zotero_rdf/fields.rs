//! Where a field stands in a record, read from `fields.tsv` and `types.tsv`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::bibliography::export::{Settings, sql_time};
use crate::bibliography::library::Item;
use crate::zotero::schema::Schema;

static FIELDS: LazyLock<BTreeMap<&str, Route>> = LazyLock::new(|| {
    let routes = lines(include_str!("fields.tsv")).map(|line| (line[0], Route::parse(&line)));
    routes.flat_map(|(names, route)| names.split(' ').map(move |name| (name, route))).collect()
});

static TYPES: LazyLock<BTreeMap<&str, Elements>> = LazyLock::new(|| {
    let of = |line: Vec<&'static str>| {
        let container = Some(line[2]).filter(|name| *name != "-");
        (line[0], Elements { record: line[1], container })
    };
    lines(include_str!("types.tsv")).map(of).collect()
});

/// Names that Zotero's reader of `z:` elements would take for something else than a field.
const TAKEN: &[&str] = &[
    "attachments",
    "collections",
    "complete",
    "creators",
    "id",
    "itemID",
    "itemType",
    "key",
    "notes",
    "relations",
    "seeAlso",
    "tags",
    "version",
];

/// The elements of a type of record.
#[derive(Clone, Copy)]
pub(super) struct Elements {
    pub record: &'static str,
    /// What it appeared in.
    pub container: Option<&'static str>,
}

/// What a field says something of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The record itself.
    Own,
    /// What it appeared in.
    Container,
    /// The part of that.
    Section,
    Series,
    Publisher,
}

/// A field's value where it is to stand.
pub(super) struct Fact<'a> {
    pub place: Place,
    /// The element, and those around it within the place.
    pub path: Cow<'static, str>,
    pub value: Cow<'a, str>,
}

#[derive(Clone, Copy)]
struct Route {
    place: &'static str,
    path: &'static str,
    writing: &'static str,
}

impl Route {
    fn parse(line: &[&'static str]) -> Self {
        Self { place: line[1], path: line[2], writing: line[3] }
    }

    /// None, if the type has nothing that the field could be said of.
    fn place(&self, elements: Elements) -> Option<Place> {
        match (self.place, elements.container) {
            ("section", _) => Some(Place::Section),
            ("series", _) => Some(Place::Series),
            ("publisher", _) => Some(Place::Publisher),
            ("container" | "either", Some(_)) => Some(Place::Container),
            ("container", None) => None,
            _ => Some(Place::Own),
        }
    }
}

/// The elements of a type; those of a document, if it is unknown.
pub(super) fn elements(item_type: &str) -> Elements {
    TYPES.get(item_type).copied().unwrap_or(Elements { record: "bib:Document", container: None })
}

/// All that a record's fields say, in their order.
pub(super) fn facts<'a>(item: &'a Item, settings: &Settings) -> Vec<Fact<'a>> {
    let elements = elements(&item.item_type);
    let facts = item.fields.iter().filter(|(name, _)| settings.abstracts || *name != "abstractNote");
    facts.filter_map(|(name, value)| fact(item, elements, name, value)).collect()
}

fn fact<'a>(item: &Item, elements: Elements, name: &'a str, value: &'a str) -> Option<Fact<'a>> {
    let route = FIELDS.get(name).and_then(|route| Some((route, route.place(elements)?)));
    let Some((route, place)) = route else {
        let path = format!("z:{}", is_field(item, name).then_some(name)?).into();
        return Some(Fact { place: Place::Own, path, value: value.into() });
    };
    let value = match route.writing {
        "labelled" => format!("{name} {value}").into(),
        "accessed" => sql_time(value).into(),
        _ => value.into(),
    };
    // Zotero's reader takes the day of access for the date of a record that has none.
    let undated = route.writing == "accessed" && item.base("date").is_none();
    let path = if undated { "z:accessDate" } else { route.path };
    Some(Fact { place, path: path.into(), value })
}

/// A name under which Zotero's reader looks for a field: one of the type, or what may be one in a newer schema.
fn is_field(item: &Item, name: &str) -> bool {
    let known = Schema::get().item_type(&item.item_type);
    let own = known.is_some_and(|known| known.fields.iter().any(|field| field.name == name));
    let letters = name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let plain = letters && name.starts_with(|first: char| first.is_ascii_alphabetic());
    own || (plain && !TAKEN.contains(&name))
}

fn lines(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}
