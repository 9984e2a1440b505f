//! Exports: beside Zotero's own, and read back by other readers of the formats.

mod bibliographies;
mod command;
mod kept;
mod on_pages;
mod rdf;
mod read_back;
mod records;
mod routes;
mod syntax;
mod values;
mod zotero;

use zbib::bibliography::library::citation_key::{self, Request};
use zbib::bibliography::library::{Creator, Date, Extra, Fields, Item, Timestamp};
use zbib::zotero::record::LibraryVersion;

/// An item of some type with these fields and creators, and nothing else.
fn item(item_type: &str, fields: Vec<(String, String)>, creators: Vec<Creator>) -> Item {
    let fields = Fields::new(fields);
    let mut item = Item {
        key: "ABCD2345".parse().unwrap(),
        version: LibraryVersion(1),
        holding: 0,
        item_type: item_type.to_owned(),
        date: Date::default(),
        extra: Extra::parse(fields.get("extra").unwrap_or_default()),
        fields,
        creators,
        tags: Vec::new(),
        collections: Vec::new(),
        citation_key: String::new(),
        citation_key_given: false,
        added: None,
        modified: None,
        notes: Vec::new(),
        attachments: Vec::new(),
        relations: Vec::new(),
        replaces: Vec::new(),
        overlay: None,
        csl: None,
    };
    item.date = Date::parse(item.base("date").unwrap_or_default(), 2026);
    assign_keys(std::slice::from_mut(&mut item));
    item
}

/// Gives the items citation keys in their order.
fn assign_keys(items: &mut [Item]) {
    let requests = items.iter().map(|item| Request {
        given: citation_key::given(item.field("extra"), item.field("citationKey")),
        creators: &item.creators,
        title: item.title(),
        year: item.date.year.as_deref(),
        added_year: item.added.as_ref().map(Timestamp::year),
        place: item.key.to_string(),
    });
    let keys = citation_key::assign(&requests.collect::<Vec<_>>()).0;
    for (item, key) in items.iter_mut().zip(keys) {
        item.citation_key_given = citation_key::given(item.field("extra"), item.field("citationKey")).is_some();
        item.citation_key = key;
    }
}
