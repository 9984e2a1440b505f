//! Where a record says it comes from.

use serde_json::Value;

use crate::zotero::record::Record;

/// The library a record says it was taken from: its name, and the prefix of its URIs. A user who never signed in has no
/// number, and URIs that nobody else can know.
#[must_use]
pub fn origin(record: &Record) -> Option<(Option<String>, String)> {
    let object: Value = serde_json::from_str(record.raw()).ok()?;
    let library = &object["library"];
    let kind = match library["type"].as_str()? {
        "group" => "groups",
        "user" | "publications" => "users",
        _ => return None,
    };
    let number = library["id"].as_u64().filter(|number| *number > 0)?;
    let name = library["name"].as_str().filter(|name| !name.is_empty()).map(str::to_owned);
    Some((name, format!("http://zotero.org/{kind}/{number}")))
}
