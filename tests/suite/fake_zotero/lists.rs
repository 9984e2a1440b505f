//! Lists: which objects, in which order, in which form, which part of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use serde_json::{Map, Value, json};

use super::http::{Request, Response};
use super::library::{Library, Object};

/// The fields that a list may be sorted by.
const SORTS: [&str; 19] = [
    "dateAdded",
    "dateModified",
    "title",
    "creator",
    "itemType",
    "date",
    "publisher",
    "publicationTitle",
    "journalAbbreviation",
    "language",
    "accessDate",
    "libraryCatalog",
    "callNumber",
    "rights",
    "addedBy",
    "numItems",
    "extra",
    "serverDateModified",
    "itemKeyList",
];

/// The order of lists that were asked for before, until the library changes: pages of a large one are not sorted anew.
#[derive(Default)]
pub(super) struct Orders(Mutex<BTreeMap<String, Arc<[String]>>>);

impl Orders {
    pub(super) fn forget(&self) {
        self.0.lock().unwrap().clear();
    }

    fn get(&self, request: &Request, sort: impl FnOnce() -> Vec<String>) -> Arc<[String]> {
        let place = ["start", "limit"];
        let query = request.url.query_pairs().filter(|(name, _)| !place.contains(&&**name));
        let name = query.fold(request.path().to_owned(), |name, (key, value)| format!("{name}&{key}={value}"));
        Arc::clone(self.0.lock().unwrap().entry(name).or_insert_with(|| sort().into()))
    }
}

impl Request {
    pub(super) fn since(&self) -> u64 {
        self.parameter("since").and_then(|text| text.parse().ok()).unwrap_or(0)
    }

    /// Anything but nothing and `0` is true, `false` too.
    pub(super) fn trashed_too(&self) -> bool {
        self.parameter("includeTrashed").is_some_and(|value| value != "0")
    }

    /// What is wrong with its parameters, in the server's words.
    pub(super) fn mistake(&self) -> Option<&'static str> {
        let known = |name, values: &[&str]| self.parameter(name).is_none_or(|value| values.contains(&&*value));
        if self.parameter("since").is_some_and(|since| since.parse::<u64>().is_err()) {
            return Some("Invalid value for 'since'");
        }
        if !known("format", &["json", "versions", "keys"]) {
            return Some("Invalid 'format' value");
        }
        if !known("sort", &SORTS) {
            return Some("Invalid 'sort' value");
        }
        (!known("direction", &["asc", "desc"])).then_some("Invalid 'direction' value")
    }

    /// The keys asked for: those well made, a hundred at most. A list without any counts as no list.
    fn keys(&self, name: &str) -> BTreeSet<String> {
        let keys = self.parameter(name).unwrap_or_default();
        let well_made =
            |key: &&str| key.len() == 8 && key.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        keys.split(',').filter(well_made).take(100).map(str::to_owned).collect()
    }

    fn number(&self, name: &str) -> Option<usize> {
        self.parameter(name).and_then(|text| text.parse().ok())
    }
}

impl Object {
    pub(super) fn trashed(&self) -> bool {
        self.value["data"].get("deleted").is_some()
    }

    fn key(&self) -> &str {
        self.value["key"].as_str().unwrap_or_default()
    }
}

impl Library {
    /// An answer that says which version of the library it is of.
    pub(super) fn versioned(&self, body: &str) -> Response {
        Response::json(body).with("Last-Modified-Version", &self.version.to_string())
    }

    pub(super) fn items_list(&self, request: &Request, orders: &Orders, shown: impl Fn(&Object) -> bool) -> Response {
        let hidden = |item: &Object| self.hides_notes && item.value["data"]["itemType"] == "note";
        let keys = request.keys("itemKey");
        let asked = |item: &Object| keys.is_empty() || keys.contains(item.key());
        let wanted = |item: &&Object| item.version > request.since() && shown(item) && !hidden(item) && asked(item);
        self.list(request, orders, &self.items, !keys.is_empty(), wanted)
    }

    /// Trashed collections are among them, unless the announced change has come.
    pub(super) fn collections_list(&self, request: &Request, orders: &Orders) -> Response {
        let keys = request.keys("collectionKey");
        let shown = |object: &Object| !self.hides_trashed_collections || request.trashed_too() || !object.trashed();
        let asked = |object: &Object| keys.is_empty() || keys.contains(object.key());
        let wanted = |object: &&Object| object.version > request.since() && shown(object) && asked(object);
        self.list(request, orders, &self.collections, !keys.is_empty(), wanted)
    }

    fn list(
        &self,
        request: &Request,
        orders: &Orders,
        all: &BTreeMap<String, Object>,
        by_key: bool,
        wanted: impl Fn(&&Object) -> bool,
    ) -> Response {
        if let Some(mistake) = request.mistake() {
            return Response::sentence(400, mistake);
        }
        let order = orders.get(request, || sorted(request, all.iter().filter(|(_, object)| wanted(object))));
        let start = request.number("start").unwrap_or(0);
        let limit = request.number("limit").filter(|limit| *limit > 0);
        let part = |limit: usize| order.iter().skip(start).take(limit).filter_map(|key| all.get(key));
        let body = match request.parameter("format").as_deref() {
            Some("versions") => map_of(part(limit.unwrap_or(usize::MAX)).map(|o| (o.key(), o.version))),
            Some("keys") => part(limit.unwrap_or(usize::MAX)).map(|o| o.key()).collect::<Vec<_>>().join("\n") + "\n",
            _ => {
                let limit = if by_key { 100 } else { limit.unwrap_or(25).min(100) };
                // Pretty-printed, as the real one is.
                let texts: Vec<_> = part(limit).map(|object| &*object.raw).collect();
                format!("[\n    {}\n]", texts.join(",\n    "))
            }
        };
        self.versioned(&body)
            .with("Total-Results", &order.len().to_string())
            .with("Link", "<https://elsewhere.example/items?start=100&tag=a+b,c>; rel=\"next\"")
    }

    /// The tags of all items, each with its type.
    pub(super) fn tags_list(&self) -> Response {
        let tags = self.items.values().flat_map(|item| item.value["data"]["tags"].as_array().into_iter().flatten());
        let named = |tag: &Value| (tag["tag"].as_str().unwrap_or_default().to_owned(), tag["type"].as_u64());
        let named: BTreeSet<_> = tags.map(named).collect();
        let total = named.len().to_string();
        let entry = |(name, kind): (String, Option<u64>)| json!({"tag": name, "meta": {"type": kind.unwrap_or(0)}});
        self.versioned(&named.into_iter().map(entry).collect::<Value>().to_string()).with("Total-Results", &total)
    }
}

/// The keys of objects in the order asked for; without one, the last edited come first.
fn sorted<'a>(request: &Request, objects: impl Iterator<Item = (&'a String, &'a Object)>) -> Vec<String> {
    let sort = request.parameter("sort").unwrap_or_else(|| "dateModified".into());
    let mut objects: Vec<_> = objects.collect();
    objects.sort_by_key(|(_, object)| (object.value["data"][&sort].as_str(), object.version));
    if request.parameter("direction").map_or(sort.starts_with("date"), |direction| direction == "desc") {
        objects.reverse();
    }
    objects.into_iter().map(|(key, _)| key.clone()).collect()
}

/// An empty map comes as an empty list.
pub(super) fn map_of<'a>(entries: impl Iterator<Item = (&'a str, u64)>) -> String {
    let map: Map<String, Value> = entries.map(|(key, version)| (key.to_owned(), version.into())).collect();
    if map.is_empty() { "[]".to_owned() } else { Value::from(map).to_string() }
}
