//! What people do in Zotero, to whichever object a number picks.

use proptest::prelude::*;

use super::super::*;

/// One thing done. Numbers pick among what there is, so that a script means something in every library.
#[derive(Clone, Copy, Debug)]
pub enum Edit {
    Add(usize),
    AddNote(usize),
    AddFile(usize),
    AddPage(usize),
    AddAnnotation(usize),
    Rename(usize),
    Tag(usize, bool),
    Trash(usize),
    Restore(usize),
    Delete(usize),
    Merge(usize, usize),
    MoveChild(usize, usize),
    FileAway(usize, usize),
    AddCollection(usize, usize),
    RenameCollection(usize, bool),
    MoveCollection(usize, usize),
    TrashCollection(usize, bool),
    DeleteCollection(usize),
    Upload(usize),
    /// The record names a new file, which is not there yet.
    Announce(usize),
    Text(usize),
    TagColor(usize),
    /// An object that is no record comes into the library.
    Garbage(usize),
    /// It is made whole.
    Repair(usize),
    /// The server forgets what was deleted so far.
    ForgetLog,
}

pub fn edits(most: usize) -> impl Strategy<Value = Vec<Edit>> {
    proptest::collection::vec(edit(), 0..most)
}

pub fn edit() -> impl Strategy<Value = Edit> {
    let n = || 0..400_usize;
    let of_items = prop_oneof![
        4 => n().prop_map(Edit::Add),
        2 => n().prop_map(Edit::AddNote),
        1 => n().prop_map(Edit::AddAnnotation),
        4 => n().prop_map(Edit::Rename),
        2 => (n(), any::<bool>()).prop_map(|(n, secret)| Edit::Tag(n, secret)),
        2 => n().prop_map(Edit::Trash),
        1 => n().prop_map(Edit::Restore),
        3 => n().prop_map(Edit::Delete),
        2 => (n(), n()).prop_map(|(kept, lost)| Edit::Merge(kept, lost)),
        2 => (n(), n()).prop_map(|(child, parent)| Edit::MoveChild(child, parent)),
        3 => (n(), n()).prop_map(|(item, collection)| Edit::FileAway(item, collection)),
        1 => n().prop_map(Edit::Garbage),
        1 => n().prop_map(Edit::Repair),
    ];
    let of_collections = prop_oneof![
        3 => (n(), n()).prop_map(|(own, parent)| Edit::AddCollection(own, parent)),
        1 => (n(), any::<bool>()).prop_map(|(n, secret)| Edit::RenameCollection(n, secret)),
        1 => (n(), n()).prop_map(|(own, parent)| Edit::MoveCollection(own, parent)),
        1 => (n(), any::<bool>()).prop_map(|(n, trashed)| Edit::TrashCollection(n, trashed)),
        2 => n().prop_map(Edit::DeleteCollection),
    ];
    let of_the_rest = prop_oneof![
        3 => n().prop_map(Edit::AddFile),
        1 => n().prop_map(Edit::AddPage),
        2 => n().prop_map(Edit::Upload),
        1 => n().prop_map(Edit::Announce),
        2 => n().prop_map(Edit::Text),
        1 => n().prop_map(Edit::TagColor),
        1 => Just(Edit::ForgetLog),
    ];
    prop_oneof![6 => of_items, 2 => of_collections, 2 => of_the_rest]
}

pub fn apply_all(library: &mut Library, edits: &[Edit]) {
    edits.iter().for_each(|edit| apply(library, *edit));
}

fn apply(library: &mut Library, edit: Edit) {
    match edit {
        Edit::Add(n) => library.book(&key(10_000 + n), "Added"),
        Edit::AddNote(n) => with(parent(library, n), |parent| {
            library.put(&key(20_000 + n), json!({"itemType": "note", "parentItem": parent, "note": "A note"}));
        }),
        Edit::AddFile(n) => with(parent(library, n), |parent| {
            let bytes = format!("%PDF at {}", library.version / 2);
            library.pdf(&key(40_000 + n), &parent, bytes.as_bytes());
        }),
        Edit::AddPage(n) => with(parent(library, n), |parent| {
            let page = format!("<p>at {}", library.version);
            library.web_page(&key(50_000 + n), &parent, page.as_bytes());
        }),
        Edit::AddAnnotation(n) => with(of(library, n, is_file), |parent| {
            let data = json!({"itemType": "annotation", "parentItem": parent, "annotationType": "note"});
            library.put(&key(60_000 + n), data);
        }),
        Edit::Upload(n) => with(of(library, n, is_file), |file| upload(library, &file)),
        Edit::Announce(n) => with(of(library, n, is_file), |file| {
            let md5 = Md5::of(library.version.to_string().as_bytes()).to_string();
            library.set(&file, "md5", json!(md5));
        }),
        Edit::Text(n) => with(of(library, n, is_file), |file| {
            let text = format!("words at {}", library.version);
            library.text(&file, &text);
        }),
        Edit::Merge(kept, lost) => merge(library, kept, lost),
        Edit::MoveChild(child, n) => {
            if let (Some(child), Some(parent)) = (of(library, child, is_child), parent(library, n)) {
                library.set(&child, "parentItem", json!(parent));
            }
        }
        _ => apply_in_place(library, edit),
    }
}

fn apply_in_place(library: &mut Library, edit: Edit) {
    let title = format!("Edited at {}", library.version);
    match edit {
        Edit::Rename(n) => with(any_item(library, n), |key| library.set(&key, "title", json!(title))),
        Edit::Tag(n, secret) => with(any_item(library, n), |key| {
            let tags = if secret { json!([{"tag": "_private"}]) } else { json!([{"tag": "_todo"}, {"tag": "seen"}]) };
            library.set(&key, "tags", tags);
        }),
        Edit::Trash(n) => with(any_item(library, n), |key| library.trash(&key)),
        Edit::Restore(n) => with(of(library, n, |item| item["deleted"] == 1), |key| library.restore(&key)),
        Edit::Delete(n) => with(any_item(library, n), |key| library.delete(&key)),
        Edit::Garbage(n) => {
            let version = library.version + 1;
            let key = key(70_000 + n);
            library.put_raw(&json!({"key": key, "version": version, "data": {"key": key, "note": 7}}).to_string());
        }
        Edit::Repair(n) => with(of(library, n, |item| item.get("itemType").is_none()), |key| {
            library.book(&key, "Made whole");
        }),
        Edit::TagColor(n) => library.tag_color(if n.is_multiple_of(2) { "_todo" } else { "seen" }, "#FF6666"),
        Edit::ForgetLog => {
            library.deleted_items.clear();
            library.deleted_collections.clear();
            library.log_starts_at = library.version;
        }
        _ => apply_to_collections(library, edit),
    }
}

fn apply_to_collections(library: &mut Library, edit: Edit) {
    let collection = |library: &Library, n| pick(library.collections.keys(), n);
    match edit {
        Edit::FileAway(n, m) => {
            if let (Some(item), Some(collection)) = (of(library, n, |item| !is_child(item)), collection(library, m)) {
                library.set(&item, "collections", json!([collection]));
            }
        }
        Edit::AddCollection(n, m) => {
            let parent = collection(library, m).filter(|parent| *parent != key(30_000 + n));
            if !library.collections.contains_key(&key(30_000 + n)) {
                library.collection(&key(30_000 + n), "Collected", parent.as_deref());
            }
        }
        Edit::RenameCollection(n, secret) => with(collection(library, n), |key| {
            library.set_on_collection(&key, "name", json!(if secret { "_Secret" } else { "Named anew" }));
        }),
        Edit::MoveCollection(n, m) => {
            if let (Some(own), Some(parent)) = (collection(library, n), collection(library, m)) {
                let parent = if stands_in(library, &parent, &own) { json!(false) } else { json!(parent) };
                library.set_on_collection(&own, "parentCollection", parent);
            }
        }
        Edit::TrashCollection(n, trashed) => with(collection(library, n), |key| {
            library.set_on_collection(&key, "deleted", if trashed { json!(true) } else { Value::Null });
        }),
        Edit::DeleteCollection(n) => with(collection(library, n), |key| library.delete_collection(&key)),
        _ => unreachable!("every edit is somewhere"),
    }
}

fn upload(library: &mut Library, file: &str) {
    let bytes = format!("uploaded at {}", library.version).into_bytes();
    library.set(file, "contentType", json!("application/pdf"));
    library.set(file, "md5", json!(Md5::of(&bytes).to_string()));
    library.files.insert(file.to_owned(), StoredFile { bytes, compressed: false, announced: None });
}

fn merge(library: &mut Library, kept: usize, lost: usize) {
    let is_book = |item: &Value| item["itemType"] == "book";
    let (kept, lost) = (of(library, kept, is_book), of(library, lost, is_book));
    if let (Some(kept), Some(lost)) = (kept, lost)
        && kept != lost
    {
        library.merge(&kept, &lost);
    }
}

/// Whether a collection is `within` or stands in it.
fn stands_in(library: &Library, collection: &str, within: &str) -> bool {
    let parent =
        |key: &str| library.collections.get(key)?.value["data"]["parentCollection"].as_str().map(str::to_owned);
    std::iter::successors(Some(collection.to_owned()), |key| parent(key)).any(|key| key == within)
}

fn is_child(item: &Value) -> bool {
    item.get("parentItem").is_some()
}

fn is_file(item: &Value) -> bool {
    item["itemType"] == "attachment"
}

fn any_item(library: &Library, n: usize) -> Option<String> {
    of(library, n, |item| item.get("itemType").is_some())
}

/// An item that may have children: none that is a child itself, or the tree might close to a circle.
fn parent(library: &Library, n: usize) -> Option<String> {
    of(library, n, |item| item["itemType"] == "book")
}

fn of(library: &Library, n: usize, wanted: impl Fn(&Value) -> bool) -> Option<String> {
    pick(library.items.iter().filter(|(_, item)| wanted(&item.value["data"])).map(|(key, _)| key), n)
}

fn pick<'a>(keys: impl Iterator<Item = &'a String>, n: usize) -> Option<String> {
    let keys: Vec<_> = keys.collect();
    keys.get(n % keys.len().max(1)).map(|key| (*key).clone())
}

fn with(object: Option<String>, act: impl FnOnce(String)) {
    if let Some(object) = object {
        act(object);
    }
}
