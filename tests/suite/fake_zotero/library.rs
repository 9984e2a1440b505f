//! What the server holds, and how people change it.

use std::collections::BTreeMap;
use std::io::Write as _;

use serde_json::{Value, json};
use zbib::zotero::cache::Md5;

const NAME: &str = "Fake library";

/// An object with the text it is served as.
#[derive(Clone, Debug)]
pub struct Object {
    pub raw: String,
    pub value: Value,
    pub version: u64,
}

/// A file as the storage has it.
#[derive(Clone, Debug)]
pub struct StoredFile {
    pub bytes: Vec<u8>,
    /// It is a ZIP of the file.
    pub compressed: bool,
    /// What the headers say its hash is; its own if None.
    pub announced: Option<Md5>,
}

/// One library on the server.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Its number, as a group or a user.
    pub id: String,
    pub version: u64,
    pub items: BTreeMap<String, Object>,
    pub collections: BTreeMap<String, Object>,
    pub settings: BTreeMap<String, (Value, u64)>,
    pub texts: BTreeMap<String, (String, u64)>,
    pub files: BTreeMap<String, StoredFile>,
    pub deleted_items: BTreeMap<String, u64>,
    pub deleted_collections: BTreeMap<String, u64>,
    /// The only key that may read; None lets everybody.
    pub key: Option<String>,
    /// What `keys/current` says the key may do; None for all of reading.
    pub access: Option<Value>,
    /// Everything in the library is refused with this status.
    pub refuses: Option<u16>,
    /// Notes are hidden from the key.
    pub hides_notes: bool,
    /// Files are refused to the key.
    pub refuses_files: bool,
    /// The log of deletions starts after this version.
    pub log_starts_at: u64,
    /// What people call it.
    pub name: String,
    /// The version of its name and members, which is none of the library's.
    pub group_version: u64,
    /// Trashed collections are shown to those only who ask for the trash too: a change that Zotero has announced.
    pub hides_trashed_collections: bool,
}

impl Library {
    pub fn new() -> Self {
        Self { id: "123".into(), name: NAME.into(), group_version: 1, ..Self::default() }
    }

    /// A library of `n` books, AAAAAAAA and on.
    pub fn of_books(n: usize) -> Self {
        let mut library = Self::new();
        for at in 0..n {
            library.book(&key(at), &format!("Book {at}"));
        }
        library
    }

    pub fn book(&mut self, key: &str, title: &str) {
        self.put(key, json!({"itemType": "book", "title": title, "tags": [], "collections": [], "relations": {}}));
    }

    /// Adds or replaces an item; `data` needs no key, version or dates.
    pub fn put(&mut self, key: &str, data: Value) {
        self.version += 1;
        let mut whole = json!({"key": key, "version": self.version});
        whole.as_object_mut().unwrap().extend(data.as_object().unwrap().clone());
        for name in ["dateAdded", "dateModified"] {
            if whole.get(name).is_none() {
                whole[name] = format!("2020-01-01T00:{:02}:{:02}Z", self.version / 60 % 60, self.version % 60).into();
            }
        }
        let library = json!({"type": "group", "id": 123, "name": self.name});
        let value = json!({"key": key, "version": self.version, "library": library, "meta": {}, "data": whole});
        self.deleted_items.remove(key);
        self.items.insert(key.into(), Object { raw: value.to_string(), value, version: self.version });
    }

    /// Adds an object as it stands, at the version it names.
    pub fn put_raw(&mut self, raw: &str) {
        let value: Value = serde_json::from_str(raw).unwrap();
        let version = value["version"].as_u64().unwrap_or(self.version + 1);
        self.version = self.version.max(version);
        let key = value["data"]["key"].as_str().or(value["key"].as_str()).unwrap().to_owned();
        let is_collection = value["data"].get("itemType").is_none() && value["data"].get("name").is_some();
        let objects = if is_collection { &mut self.collections } else { &mut self.items };
        objects.insert(key, Object { raw: raw.to_owned(), value, version });
    }

    pub fn collection(&mut self, key: &str, name: &str, parent: Option<&str>) {
        self.version += 1;
        let parent = parent.map_or(json!(false), |parent| json!(parent));
        let data =
            json!({"key": key, "version": self.version, "name": name, "parentCollection": parent, "relations": {}});
        let value = json!({"key": key, "version": self.version, "meta": {}, "data": data});
        self.collections.insert(key.into(), Object { raw: value.to_string(), value, version: self.version });
    }

    /// Sets a field of an item; null takes it out.
    pub fn set(&mut self, key: &str, field: &str, value: Value) {
        self.version += 1;
        change(self.items.get_mut(key).unwrap(), self.version, field, value);
    }

    pub fn set_on_collection(&mut self, key: &str, field: &str, value: Value) {
        self.version += 1;
        change(self.collections.get_mut(key).unwrap(), self.version, field, value);
    }

    /// Another name, without any new version of the library or of what is in it.
    pub fn rename(&mut self, name: &str) {
        self.name = name.into();
        self.group_version += 1;
        for item in self.items.values_mut() {
            item.value["library"]["name"] = name.into();
            item.raw = item.value.to_string();
        }
    }

    /// Merges `lost` into `kept`, as Zotero does: children move, memberships add up, the other goes to the trash, and the
    /// survivor says whom it replaces.
    pub fn merge(&mut self, kept: &str, lost: &str) {
        let of_lost = |(_, item): &(&String, &Object)| item.value["data"]["parentItem"] == lost;
        let children: Vec<String> = self.items.iter().filter(of_lost).map(|(key, _)| key.clone()).collect();
        for child in children.iter().filter(|child| *child != kept) {
            self.set(child, "parentItem", json!(kept));
        }
        let member = |key: &str| self.items[key].value["data"]["collections"].as_array().cloned().unwrap_or_default();
        let mut collections = member(kept);
        collections.extend(member(lost).into_iter().filter(|key| !collections.contains(key)).collect::<Vec<_>>());
        if self.items[kept].value["data"].get("parentItem").is_none() {
            self.set(kept, "collections", collections.into());
        }
        let uri = format!("http://zotero.org/groups/{}/items/{lost}", self.id);
        self.set(kept, "relations", json!({"dc:replaces": uri}));
        self.trash(lost);
    }

    /// To the trash: the item only, its children keep version and flag.
    pub fn trash(&mut self, key: &str) {
        self.set(key, "deleted", json!(1));
    }

    pub fn restore(&mut self, key: &str) {
        self.set(key, "deleted", Value::Null);
    }

    /// For good, with children, each of them logged.
    pub fn delete(&mut self, key: &str) {
        let children: Vec<_> = self
            .items
            .iter()
            .filter(|(_, item)| item.value["data"]["parentItem"] == key)
            .map(|(key, _)| key.clone())
            .collect();
        children.iter().for_each(|child| self.delete(child));
        self.version += 1;
        self.items.remove(key);
        self.texts.remove(key);
        self.deleted_items.insert(key.into(), self.version);
    }

    /// For good, with sub-collections, of which the log knows nothing; the items keep their versions.
    pub fn delete_collection(&mut self, key: &str) {
        self.version += 1;
        self.deleted_collections.insert(key.into(), self.version);
        let mut dead = vec![key.to_owned()];
        while let Some(key) = dead.pop() {
            self.collections.remove(&key);
            dead.extend(
                self.collections
                    .iter()
                    .filter(|(_, c)| c.value["data"]["parentCollection"] == *key)
                    .map(|(k, _)| k.clone()),
            );
            for item in self.items.values_mut() {
                if let Some(list) = item.value["data"].get_mut("collections").and_then(Value::as_array_mut) {
                    list.retain(|member| *member != *key);
                    item.raw = item.value.to_string();
                }
            }
        }
    }

    /// A PDF attachment of `parent` with its file.
    pub fn pdf(&mut self, key: &str, parent: &str, bytes: &[u8]) {
        self.attachment(key, parent, "application/pdf", &format!("{key}.pdf"), Md5::of(bytes));
        self.files.insert(key.into(), StoredFile { bytes: bytes.to_vec(), compressed: false, announced: None });
    }

    /// A web page of `parent` as Zotero keeps it: in a ZIP whose hash is another than the page's.
    pub fn web_page(&mut self, key: &str, parent: &str, page: &[u8]) {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        zip.start_file("page.html", zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(page).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        self.attachment(key, parent, "text/html", "page.html", Md5::of(page));
        self.files.insert(key.into(), StoredFile { bytes, compressed: true, announced: None });
    }

    pub fn attachment(&mut self, key: &str, parent: &str, kind: &str, name: &str, md5: Md5) {
        let data = json!({
            "itemType": "attachment", "parentItem": parent, "linkMode": "imported_file", "title": name, "contentType": kind,
            "filename": name, "md5": md5.to_string(), "mtime": 1_577_934_245_000_u64, "tags": [], "relations": {},
        });
        self.put(key, data);
    }

    pub fn text(&mut self, key: &str, content: &str) {
        self.version += 1;
        self.texts.insert(key.into(), (content.into(), self.version));
    }

    pub fn tag_color(&mut self, name: &str, color: &str) {
        self.version += 1;
        let colors = json!([{"name": name, "color": color}]);
        self.settings.insert("tagColors".into(), (json!({"value": colors, "version": self.version}), self.version));
    }
}

fn change(object: &mut Object, version: u64, field: &str, value: Value) {
    object.version = version;
    object.value["version"] = version.into();
    let data = object.value["data"].as_object_mut().unwrap();
    data.insert("version".into(), version.into());
    match value {
        Value::Null => drop(data.shift_remove(field)),
        value => drop(data.insert(field.into(), value)),
    }
    object.raw = object.value.to_string();
}

/// The key of the `at`th book.
pub fn key(mut at: usize) -> String {
    let alphabet = b"ABCDEFGHIJKLMNPQRSTUVWXYZ";
    let mut letters = [b'A'; 8];
    for letter in letters.iter_mut().rev() {
        *letter = alphabet[at % alphabet.len()];
        at /= alphabet.len();
    }
    String::from_utf8(letters.to_vec()).unwrap()
}
