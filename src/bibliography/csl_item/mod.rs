//! A Zotero record as a CSL item.
//!
//! The rules are those of `itemToCSLJSON` in <https://github.com/zotero/utilities/blob/master/utilities_item.js>; types,
//! variables and their fields come from Zotero's schema. Names are split and dates are parsed; nothing here formats.

mod dates;
mod edtf;
mod extra;
mod names;
mod text;

use serde_json::{Map, Value};

use crate::bibliography::library::{Date, Item, Timestamp};
use crate::zotero::schema::Schema;

/// The item in CSL-JSON: a CSL-JSON source's own object first, else by Zotero's rules, in Zotero's order of properties.
/// `id` is always the site's citation key; `citation-key` is there only if the owner gave one.
#[must_use]
pub fn convert(item: &Item) -> Map<String, Value> {
    let mut csl = Map::new();
    csl.insert("id".to_owned(), item.citation_key.as_str().into());
    if let Some(own) = item.csl.as_deref().and_then(Value::as_object) {
        csl.extend(own.iter().filter(|(name, _)| *name != "id").map(|(name, value)| (name.clone(), value.clone())));
        return csl;
    }
    let known = Schema::get().item_type(&item.item_type).and_then(|known| known.csl.as_deref());
    csl.insert("type".to_owned(), known.unwrap_or("document").into());
    text::insert(&mut csl, item);
    names::insert(&mut csl, item);
    insert_dates(&mut csl, item);
    extra::apply(&mut csl);
    csl
}

/// The date variables in Zotero's order; when the record was looked up is a moment, the others are text.
fn insert_dates(csl: &mut Map<String, Value>, item: &Item) {
    // Years of two digits elsewhere than in the date itself turn at the year the record was last changed.
    let pivot = item.modified.as_ref().or(item.added.as_ref()).map_or(2000, Timestamp::year);
    for (variable, field) in Schema::get().csl_dates() {
        let Some(raw) = item.base(field) else { continue };
        let value = match variable.as_str() {
            "accessed" => {
                dates::plain(&Date::parse(Timestamp::parse(raw).as_ref().map_or(raw, Timestamp::date), pivot))
            }
            "issued" => dates::read(&item.date),
            _ => dates::read(&Date::parse(raw, pivot)),
        };
        csl.insert(variable.clone(), value);
    }
}
