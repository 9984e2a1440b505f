//! What the server answers when nothing is wrong.

use serde_json::{Map, Value, json};
use zbib::zotero::cache::Md5;

use super::World;
use super::http::{Request, Response};
use super::library::{Library, Object};

/// After so many refused keys everybody with a key is locked out.
const LOCK_OUT: usize = 5;

impl World {
    pub(super) fn answer(&mut self, request: &Request) -> Response {
        let key = request.header("zotero-api-key").map(str::to_owned);
        if key.is_some() && self.refusals >= LOCK_OUT {
            return Response::sentence(429, "Too many requests");
        }
        if self.library.key.as_ref().is_some_and(|expected| key.as_ref() != Some(expected)) {
            self.refusals += usize::from(key.is_some());
            return Response::sentence(403, if key.is_some() { "Invalid key" } else { "Forbidden" });
        }
        let parts: Vec<&str> = request.path().trim_matches('/').split('/').collect();
        match parts.as_slice() {
            ["keys", "current"] => self.rights(),
            ["groups" | "users", id, rest @ ..] if *id == self.library.id => self.answer_in_library(request, rest),
            _ => Response::sentence(404, "Not found"),
        }
    }

    fn rights(&self) -> Response {
        match &self.library.key {
            None => Response::sentence(403, "Forbidden"),
            Some(key) => {
                let access = json!({"groups": {"all": {"library": true}}});
                Response::json(json!({"key": key, "userID": 7, "username": "ida", "access": access}).to_string())
            }
        }
    }

    fn answer_in_library(&self, request: &Request, rest: &[&str]) -> Response {
        let library = &self.library;
        let rest = rest.strip_prefix(&["publications"]).unwrap_or(rest);
        let lists =
            matches!(rest, ["items"] | ["items", "top" | "trash"] | ["collections" | "searches" | "settings" | "tags"]);
        let condition = request.header("if-modified-since-version").and_then(|text| text.parse::<u64>().ok());
        if lists && condition.is_some_and(|condition| library.version <= condition) {
            return Response::new(304, "text/plain", "");
        }
        match rest {
            [] => Response::json(
                json!({"id": 123, "version": 1, "data": {"id": 123, "name": "Fake library"}}).to_string(),
            ),
            ["items"] => library.items_list(request, |item| request.trashed_too() || !item.trashed()),
            ["items", "top"] => {
                library.items_list(request, |item| !item.trashed() && item.value["data"].get("parentItem").is_none())
            }
            ["items", "trash"] => library.items_list(request, Object::trashed),
            ["items", key] => object(library.items.get(*key)),
            ["items", key, "fulltext"] => library.text_of(key),
            ["items", key, "file"] => self.file(request, key),
            ["collections"] => {
                let all: Vec<_> = library.collections.values().filter(|c| c.version > request.since()).collect();
                library.list(request, all)
            }
            ["collections", key] => object(library.collections.get(*key)),
            ["searches" | "tags"] => library.versioned("[]").with("Total-Results", "0"),
            ["settings"] => {
                let changed = library.settings.iter().filter(|(_, (_, version))| *version > request.since());
                let map: Map<String, Value> = changed.map(|(name, (value, _))| (name.clone(), value.clone())).collect();
                library.versioned(&Value::from(map).to_string())
            }
            ["deleted"] => library.deleted(request),
            ["fulltext"] => {
                let changed = library.texts.iter().filter(|(_, (_, version))| *version > request.since());
                library.versioned(&map_of(changed.map(|(key, (_, version))| (key.as_str(), *version))))
            }
            _ => Response::sentence(404, "Not found"),
        }
    }

    fn file(&self, request: &Request, key: &str) -> Response {
        if request.method == "HEAD" {
            return Response::new(200, "text/plain", "");
        }
        if self.library.refuses_files {
            return Response::sentence(403, "Forbidden");
        }
        let Some(file) = self.library.files.get(key) else { return Response::sentence(404, "Not found") };
        let md5 = file.announced.unwrap_or_else(|| Md5::of(&file.bytes));
        Response::new(302, "text/html", "")
            .with("Location", &format!("{}/{key}?X-Amz-Signature=5ecret", self.storage_url))
            .with("Zotero-File-MD5", &md5.to_string())
            .with("Zotero-File-Size", &file.bytes.len().to_string())
            .with("Zotero-File-Compressed", if file.compressed { "Yes" } else { "No" })
            .with("Zotero-File-Modification-Time", "1577934245000")
    }

    /// The storage refuses who shows a signature and an authorization.
    pub(super) fn stored(&self, request: &Request) -> Response {
        if request.header("authorization").is_some() || request.header("zotero-api-key").is_some() {
            return Response::sentence(400, "Only one auth mechanism allowed");
        }
        match self.library.files.get(request.path().trim_matches('/')) {
            Some(file) => Response::new(200, "application/octet-stream", file.bytes.clone()),
            None => Response::sentence(404, "NoSuchKey"),
        }
    }
}

impl Request {
    fn since(&self) -> u64 {
        self.parameter("since").and_then(|text| text.parse().ok()).unwrap_or(0)
    }

    /// Anything but nothing and `0` is true, `false` too.
    fn trashed_too(&self) -> bool {
        self.parameter("includeTrashed").is_some_and(|value| value != "0")
    }
}

impl Object {
    fn trashed(&self) -> bool {
        self.value["data"].get("deleted").is_some()
    }
}

impl Library {
    fn versioned(&self, body: &str) -> Response {
        Response::json(body).with("Last-Modified-Version", &self.version.to_string())
    }

    fn items_list(&self, request: &Request, shown: impl Fn(&Object) -> bool) -> Response {
        let hidden = |item: &Object| self.hides_notes && item.value["data"]["itemType"] == "note";
        let since = request.since();
        let mut items: Vec<_> =
            self.items.values().filter(|item| item.version > since && shown(item) && !hidden(item)).collect();
        // A list of keys none of which is valid counts as no list.
        let keys = request.parameter("itemKey").unwrap_or_default();
        let keys: Vec<_> = keys.split(',').filter(|key| key.len() == 8).take(100).collect();
        if !keys.is_empty() {
            items.retain(|item| keys.contains(&item.value["key"].as_str().unwrap_or_default()));
        }
        self.list(request, items)
    }

    fn list(&self, request: &Request, mut objects: Vec<&Object>) -> Response {
        let total = objects.len();
        let sort = request.parameter("sort").unwrap_or_else(|| "dateModified".into());
        objects.sort_by_key(|object| (object.value["data"][&sort].as_str().map(str::to_owned), object.version));
        if request.parameter("direction").map_or(sort.starts_with("date"), |direction| direction == "desc") {
            objects.reverse();
        }
        let body = match request.parameter("format").as_deref() {
            Some("versions") => {
                map_of(objects.iter().map(|o| (o.value["key"].as_str().unwrap_or_default(), o.version)))
            }
            Some("keys") => {
                let keys: Vec<_> = objects.iter().filter_map(|object| object.value["key"].as_str()).collect();
                keys.join("\n") + "\n"
            }
            _ => {
                let number = |name| request.parameter(name).and_then(|text| text.parse::<usize>().ok());
                let limit = number("limit").filter(|limit| *limit > 0).unwrap_or(25).min(100);
                let limit = if request.parameter("itemKey").is_some() { 100 } else { limit };
                let page = objects.iter().skip(number("start").unwrap_or(0)).take(limit);
                // Pretty-printed, as the real one is.
                format!("[\n    {}\n]", page.map(|object| object.raw.clone()).collect::<Vec<_>>().join(",\n    "))
            }
        };
        self.versioned(&body)
            .with("Total-Results", &total.to_string())
            .with("Link", "<https://elsewhere.example/items?start=100&tag=a+b,c>; rel=\"next\"")
    }

    fn text_of(&self, key: &str) -> Response {
        match self.texts.get(key) {
            Some((content, version)) => Response::json(json!({"content": content, "indexedPages": 1}).to_string())
                .with("Last-Modified-Version", &version.to_string()),
            None => Response::sentence(404, "Not found"),
        }
    }

    fn deleted(&self, request: &Request) -> Response {
        let Some(since) = request.parameter("since").and_then(|text| text.parse::<u64>().ok()) else {
            return Response::sentence(400, "'since' parameter must be provided");
        };
        if since < self.log_starts_at {
            return Response::sentence(409, "Too old");
        }
        let names = |log: &std::collections::BTreeMap<String, u64>| -> Vec<String> {
            log.iter().filter(|(_, version)| **version > since).map(|(key, _)| key.clone()).collect()
        };
        let (items, collections) = (names(&self.deleted_items), names(&self.deleted_collections));
        self.versioned(
            &json!({"items": items, "collections": collections, "searches": [], "tags": [], "settings": []})
                .to_string(),
        )
    }
}

fn object(object: Option<&Object>) -> Response {
    match object {
        Some(object) => Response::json(object.raw.clone()).with("Last-Modified-Version", &object.version.to_string()),
        None => Response::sentence(404, "Not found"),
    }
}

/// An empty map comes as an empty list.
fn map_of<'a>(entries: impl Iterator<Item = (&'a str, u64)>) -> String {
    let map: Map<String, Value> = entries.map(|(key, version)| (key.to_owned(), version.into())).collect();
    if map.is_empty() { "[]".to_owned() } else { Value::from(map).to_string() }
}
