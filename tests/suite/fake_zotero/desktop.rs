//! The Zotero program on this computer: its local API, with the habits that set it apart from Zotero's server.
//!
//! HTTP/1.0, one request a connection; no key, no log of deletions, no page unless one is asked for; trashed collections are
//! not listed; files stand on this disk and are hashed there; versions are its own (with a name for its data), or those of
//! the last synchronisation.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::{Map, Value, json};
use url::Url;
use zbib::zotero::cache::Md5;

use super::http::{Delivery, Listener, Request, Response};
use super::library::{Library, Object};

/// A running program; it stops when dropped.
pub struct FakeDesktop {
    program: Arc<Mutex<Program>>,
    listener: Listener,
}

/// What somebody does in the program.
pub type Happening = Box<dyn FnOnce(&mut Program) + Send>;

/// What the program has and how it is set.
pub struct Program {
    pub library: Library,
    /// `users` or `groups`.
    pub kind: &'static str,
    /// How it names its data; None for Zotero 7 to 9.
    pub server: Option<String>,
    /// Other programs may read it.
    pub allowed: bool,
    /// Where it says a file is, instead of where it is.
    pub misleads: Option<String>,
    /// The word for "and others" in its language.
    pub others: &'static str,
    pub requests: Vec<Request>,
    /// The requests that are answered by halves, and those that fail, counted from 1.
    pub halves: Vec<usize>,
    pub failures: Vec<usize>,
    /// It is too slow to give more records at once.
    pub slow_above: usize,
    /// What happens just before a request is answered, by its number.
    pub edits: BTreeMap<usize, Happening>,
    /// The versions of the last synchronisation; what is not among them was never synchronised.
    synced: BTreeMap<String, u64>,
    synced_version: u64,
    storage: tempfile::TempDir,
}

impl FakeDesktop {
    /// Zotero 9, just synchronised, with the library of user 4711.
    pub fn serve(library: Library) -> Self {
        let mut program = Program {
            library: Library { id: "4711".into(), ..library },
            kind: "users",
            server: None,
            allowed: true,
            misleads: None,
            others: "et al.",
            requests: Vec::new(),
            halves: Vec::new(),
            failures: Vec::new(),
            slow_above: usize::MAX,
            edits: BTreeMap::new(),
            synced: BTreeMap::new(),
            synced_version: 0,
            storage: tempfile::tempdir().unwrap(),
        };
        program.synchronise();
        program.write_files();
        let program = Arc::new(Mutex::new(program));
        let shared = Arc::clone(&program);
        let listener = Listener::serve(move |request| shared.lock().unwrap().take(request));
        Self { program, listener }
    }

    /// Zotero 10, which names its data.
    pub fn named(library: Library, server: &str) -> Self {
        let desktop = Self::serve(library);
        desktop.program().server = Some(server.to_owned());
        desktop
    }

    /// The address to put into a library's `api`.
    pub fn url(&self) -> String {
        format!("{}/api/", self.listener.url)
    }

    pub fn program(&self) -> MutexGuard<'_, Program> {
        self.program.lock().unwrap()
    }

    pub fn edit(&self, edit: impl FnOnce(&mut Library)) {
        edit(&mut self.program().library);
    }

    /// What was asked since the last time, without the address.
    pub fn take_requests(&self) -> Vec<String> {
        let requests = std::mem::take(&mut self.program().requests);
        let asked = |request: &Request| match request.url.query() {
            Some(query) => format!("{}?{query}", request.path()),
            None => request.path().to_owned(),
        };
        requests.iter().map(asked).collect()
    }
}

impl Program {
    /// Zotero's server has everything now.
    pub fn synchronise(&mut self) {
        let objects = self.library.items.iter().chain(&self.library.collections);
        self.synced = objects.map(|(key, object)| (key.clone(), object.version)).collect();
        self.synced_version = self.library.version;
    }

    /// Puts the library's files where Zotero keeps them.
    pub fn write_files(&mut self) {
        for (key, file) in self.library.files.iter().filter(|(key, _)| self.library.items.contains_key(*key)) {
            let path = self.place(key);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &file.bytes).unwrap();
        }
    }

    /// Where the file of an attachment stands.
    pub fn place(&self, key: &str) -> PathBuf {
        let name = self.library.items[key].value["data"]["filename"].as_str().unwrap_or("none").to_owned();
        self.storage.path().join("storage").join(key).join(name)
    }

    /// The same as an address, as it goes into a header.
    fn address(&self, key: &str) -> String {
        Url::from_file_path(self.place(key)).unwrap().to_string()
    }

    fn take(&mut self, request: Request) -> Response {
        self.requests.push(request.clone());
        let number = self.requests.len();
        if let Some(edit) = self.edits.remove(&number) {
            edit(self);
        }
        let mut response = self.answer(&request);
        if let Some(server) = &self.server {
            response = response.with("Zotero-Server-ID", server);
        }
        if self.failures.contains(&number) {
            response = Response::new(500, "text/plain", "An error occurred");
        }
        if self.halves.contains(&number) {
            response.body.truncate(response.body.len() / 2);
        }
        let limit = request.parameter("limit").and_then(|text| text.parse::<usize>().ok());
        let slow = limit.is_some_and(|limit| limit > self.slow_above);
        response.delivered(if slow { Delivery::Silence } else { Delivery::ToTheEnd })
    }

    fn answer(&self, request: &Request) -> Response {
        let sentence = |status, text: &str| Response::new(status, "text/plain", text);
        let host = request.header("host").unwrap_or_default();
        let browser = request.header("user-agent").is_some_and(|agent| agent.starts_with("Mozilla/"));
        if !["localhost", "127.0.0.1", "[::1]"].contains(&host.rsplit_once(':').map_or(host, |(name, _)| name)) {
            return sentence(400, "Invalid Host header");
        }
        if request.header("origin").is_some() || browser {
            return sentence(403, "Request not allowed");
        }
        if !self.allowed {
            return sentence(403, "Local API is not enabled");
        }
        if request.header("zotero-api-version").is_some_and(|version| version != "3") {
            return sentence(501, "API version not implemented");
        }
        if request.header("zotero-server-id").is_some_and(|id| Some(id) != self.server.as_deref()) {
            return sentence(412, "Server ID does not match");
        }
        let parts: Vec<&str> = request.path().trim_matches('/').split('/').collect();
        match parts.as_slice() {
            ["api", "users", id, rest @ ..] if self.kind == "users" && (*id == "0" || *id == self.library.id) => {
                self.answer_in_library(request, rest)
            }
            ["api", "users", ..] => sentence(400, "Only data for the logged-in user is available locally"),
            ["api", "groups", id, rest @ ..] if self.kind == "groups" && *id == self.library.id => {
                self.answer_in_library(request, rest)
            }
            _ => sentence(404, "Not found"),
        }
    }

    fn answer_in_library(&self, request: &Request, rest: &[&str]) -> Response {
        let trash = request.parameter("includeTrashed").as_deref() == Some("1");
        match rest {
            ["items"] => {
                let shown = |item: &&Object| trash || item.value["data"].get("deleted").is_none();
                self.list(request, self.library.items.values().filter(shown))
            }
            ["items", key, "file"] if self.library.items.contains_key(*key) => {
                let place = self.address(key);
                Response::new(302, "text/plain", "").with("Location", self.misleads.as_ref().unwrap_or(&place))
            }
            ["items", key, "fulltext"] => match self.library.texts.get(*key) {
                Some((text, _)) => Response::json(json!({"content": text}).to_string()),
                None => Response::new(404, "text/plain", "Not found"),
            },
            ["collections"] => self.list(request, self.library.collections.values().filter(|c| self.is_listed(c))),
            ["settings"] if self.kind == "users" => Response::json("{}"),
            ["fulltext"] if request.parameter("since").is_some() => {
                let texts = self.library.texts.iter();
                let version = |own: u64| if self.server.is_some() { own } else { 0 };
                let texts: Map<_, _> = texts.map(|(key, (_, own))| (key.clone(), version(*own).into())).collect();
                Response::json(Value::from(texts).to_string())
            }
            ["fulltext"] => Response::new(400, "text/plain", "Invalid 'since' value"),
            _ => Response::new(404, "text/plain", "Not found"),
        }
    }

    /// Neither it nor what it is part of is in the trash.
    pub fn is_listed(&self, collection: &Object) -> bool {
        let data = &collection.value["data"];
        let parent = data["parentCollection"].as_str().and_then(|key| self.library.collections.get(key));
        data.get("deleted").is_none() && parent.is_none_or(|parent| self.is_listed(parent))
    }

    fn version(&self, object: &Object) -> u64 {
        let key = object.value["key"].as_str().unwrap();
        if self.server.is_some() { object.version } else { self.synced.get(key).copied().unwrap_or(0) }
    }

    fn library_version(&self) -> u64 {
        if self.server.is_some() { self.library.version } else { self.synced_version }
    }

    fn list<'a>(&self, request: &Request, objects: impl Iterator<Item = &'a Object>) -> Response {
        let mut objects: Vec<_> = objects.collect();
        if let Some(keys) = request.parameter("itemKey") {
            objects.retain(|object| keys.split(',').any(|key| object.value["key"] == key));
        }
        objects.sort_by_key(|object| object.value["data"]["dateAdded"].as_str().map(str::to_owned));
        let number = |name| request.parameter(name).and_then(|text| text.parse::<usize>().ok());
        let total = objects.len();
        let page = objects.into_iter().skip(number("start").unwrap_or(0)).take(number("limit").unwrap_or(total));
        let body = match request.parameter("format").as_deref() {
            Some("versions") => {
                let versions = page.map(|object| {
                    let key = object.value["key"].as_str().unwrap().to_owned();
                    (key, self.version(object).into())
                });
                Value::from(versions.collect::<Map<_, _>>())
            }
            _ => page.map(|object| self.shown(object)).collect(),
        };
        let condition = request.header("if-modified-since-version").and_then(|text| text.parse::<u64>().ok());
        if condition.is_some_and(|condition| condition > 0 && self.library_version() <= condition) {
            return Response::new(304, "text/plain", "");
        }
        Response::json(serde_json::to_string_pretty(&body).unwrap())
            .with("Last-Modified-Version", &self.library_version().to_string())
            .with("Total-Results", &total.to_string())
    }

    /// An object in the program's own words.
    fn shown(&self, object: &Object) -> Value {
        let mut value = object.value.clone();
        let key = value["key"].as_str().unwrap().to_owned();
        let (version, kind) = (self.version(object), self.kind.trim_end_matches('s'));
        value["version"] = version.into();
        value["data"]["version"] = version.into();
        value["library"] =
            json!({"type": kind, "id": self.library.id.parse::<u64>().unwrap(), "name": self.library.name});
        value["meta"] = json!({"creatorSummary": format!("Example {}", self.others)});
        value["links"] = json!({"self": {"href": format!("http://localhost:23119/api/users/0/items/{key}")}});
        let stored = value["data"]["linkMode"].as_str().is_some_and(|mode| mode != "linked_url");
        if stored {
            let bytes = fs::read(self.place(&key)).ok();
            if bytes.is_some() {
                value["links"]["enclosure"] = json!({"href": self.address(&key)});
            }
            value["data"]["md5"] = bytes.map_or(Value::Null, |bytes| Md5::of(&bytes).to_string().into());
        }
        value
    }
}
