//! What the server answers when nothing is wrong.

use serde_json::{Map, Value, json};

use super::http::{Request, Response};
use super::library::{Library, Object};
use super::lists::map_of;
use super::world::World;

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
            ["keys", "current"] => self.rights(key),
            ["groups" | "users", id, rest @ ..] if *id == self.library.id => self.answer_in_library(request, rest),
            _ => Response::sentence(404, "Not found"),
        }
    }

    /// What the key that is shown may do; whoever shows none is nobody.
    fn rights(&self, key: Option<String>) -> Response {
        let Some(key) = key else { return Response::sentence(403, "Forbidden") };
        let all = || json!({"user": {"library": true, "notes": true}, "groups": {"all": {"library": true}}});
        let access = self.library.access.clone().unwrap_or_else(all);
        let name = &self.library.name;
        Response::json(
            json!({"key": key, "userID": 123, "username": "ida", "displayName": name, "access": access}).to_string(),
        )
    }

    fn answer_in_library(&mut self, request: &Request, rest: &[&str]) -> Response {
        let library = &self.library;
        if let Some(status) = library.refuses {
            return Response::sentence(status, "Forbidden");
        }
        let published = rest.first() == Some(&"publications");
        let rest = rest.strip_prefix(&["publications"]).unwrap_or(rest);
        let lists =
            matches!(rest, ["items"] | ["items", "top" | "trash"] | ["collections" | "searches" | "settings" | "tags"]);
        let condition = request.header("if-modified-since-version").and_then(|text| text.parse::<u64>().ok());
        // Before anything else is looked at, and without a version.
        if lists && condition.is_some_and(|condition| library.version <= condition) {
            return Response::new(304, "text/plain", "");
        }
        let orders = &self.orders;
        match rest {
            _ if published && rest.first() != Some(&"items") => publications_stub(library, rest),
            [] => library.about(),
            ["items"] => library.items_list(request, orders, |item| request.trashed_too() || !item.trashed()),
            ["items", "top"] => {
                let top = |item: &Object| !item.trashed() && item.value["data"].get("parentItem").is_none();
                library.items_list(request, orders, top)
            }
            ["items", "trash"] => library.items_list(request, orders, Object::trashed),
            ["items", key] => object(library.items.get(*key)),
            ["items", key, "fulltext"] => library.text_of(key),
            ["items", key, "file"] => {
                let key = (*key).to_owned();
                self.file(request, &key)
            }
            ["collections"] => library.collections_list(request, orders),
            ["collections", key] => object(library.collections.get(*key)),
            ["searches"] => library.versioned("[]").with("Total-Results", "0"),
            ["tags"] => library.tags_list(),
            ["settings"] => library.settings_map(request),
            ["deleted"] => library.deleted(request),
            ["fulltext"] => {
                let changed = library.texts.iter().filter(|(_, (_, version))| *version > request.since());
                library.versioned(&map_of(changed.map(|(key, (_, version))| (key.as_str(), *version))))
            }
            _ => Response::sentence(404, "Not found"),
        }
    }
}

impl Library {
    /// Its name and what else a group is; the version is that of these, not the library's.
    fn about(&self) -> Response {
        let number: u64 = self.id.parse().unwrap_or(0);
        let about = json!({"id": number, "version": self.group_version, "data": {"id": number, "name": self.name}});
        Response::json(about.to_string()).with("Last-Modified-Version", &self.group_version.to_string())
    }

    fn settings_map(&self, request: &Request) -> Response {
        let changed = self.settings.iter().filter(|(_, (_, version))| *version > request.since());
        let map: Map<String, Value> = changed.map(|(name, (value, _))| (name.clone(), value.clone())).collect();
        self.versioned(&Value::from(map).to_string())
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

/// My Publications have items and nothing else.
fn publications_stub(library: &Library, rest: &[&str]) -> Response {
    match rest {
        ["settings"] => library.versioned("[]"),
        ["deleted"] => library.versioned("{}"),
        _ => Response::sentence(404, "Not found"),
    }
}
