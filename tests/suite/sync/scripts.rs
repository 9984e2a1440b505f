//! Random edits between and during syncs, under random faults: the copy ends equal to the library.

use proptest::prelude::*;

use super::*;

/// What somebody does in Zotero, to whichever object the number picks.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Add(usize),
    AddChild(usize),
    Rename(usize),
    Trash(usize),
    Restore(usize),
    Delete(usize),
    File(usize, usize),
    AddCollection(usize, usize),
    DeleteCollection(usize),
    TrashCollection(usize),
}

fn edits(most: usize) -> impl Strategy<Value = Vec<Edit>> {
    let n = || 0..400_usize;
    let edit = prop_oneof![
        4 => n().prop_map(Edit::Add),
        2 => n().prop_map(Edit::AddChild),
        4 => n().prop_map(Edit::Rename),
        2 => n().prop_map(Edit::Trash),
        1 => n().prop_map(Edit::Restore),
        3 => n().prop_map(Edit::Delete),
        3 => (n(), n()).prop_map(|(item, collection)| Edit::File(item, collection)),
        2 => (n(), n()).prop_map(|(own, parent)| Edit::AddCollection(own, parent)),
        1 => n().prop_map(Edit::DeleteCollection),
        1 => n().prop_map(Edit::TrashCollection),
    ];
    proptest::collection::vec(edit, 0..most)
}

fn pick<T>(objects: &BTreeMap<String, T>, n: usize) -> Option<String> {
    objects.keys().nth(n % objects.len().max(1)).cloned()
}

fn apply(library: &mut Library, edit: Edit) {
    let item = |library: &Library, n| pick(&library.items, n);
    match edit {
        Edit::Add(n) => library.book(&key(10_000 + n), "Added"),
        Edit::AddChild(n) => {
            let Some(parent) = item(library, n) else { return };
            library.put(&key(20_000 + n), json!({"itemType": "note", "parentItem": parent, "note": "A note"}));
        }
        Edit::Rename(n) => {
            let title = format!("Edited at {}", library.version);
            item(library, n).into_iter().for_each(|key| library.set(&key, "title", json!(title)));
        }
        Edit::Trash(n) => item(library, n).into_iter().for_each(|key| library.trash(&key)),
        Edit::Restore(n) => item(library, n).into_iter().for_each(|key| library.restore(&key)),
        Edit::Delete(n) => item(library, n).into_iter().for_each(|key| library.delete(&key)),
        Edit::File(n, collection) => {
            if let (Some(item), Some(collection)) = (item(library, n), pick(&library.collections, collection)) {
                library.set(&item, "collections", json!([collection]));
            }
        }
        Edit::AddCollection(n, parent) => {
            let parent = pick(&library.collections, parent);
            library.collection(
                &key(30_000 + n),
                "Collected",
                parent.as_deref().filter(|parent| **parent != key(30_000 + n)),
            );
        }
        Edit::DeleteCollection(n) => {
            pick(&library.collections, n).into_iter().for_each(|key| library.delete_collection(&key));
        }
        Edit::TrashCollection(n) => {
            let key = pick(&library.collections, n);
            key.into_iter().for_each(|key| library.set_on_collection(&key, "deleted", json!(true)));
        }
    }
}

fn fault(kind: u8, edits: Vec<Edit>) -> Fault {
    match kind {
        0 => Fault::Drop,
        1 => Fault::Status(500),
        2 => Fault::Truncated,
        3 => Fault::HalfJson,
        4 => Fault::Status(504),
        5 => Fault::Html,
        6 => Fault::Backoff(3),
        _ => Fault::Edit(Box::new(move |library| edits.into_iter().for_each(|edit| apply(library, edit)))),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn whatever_happens_between_and_during_syncs_the_copy_ends_equal_to_the_library(
        books in 0..320_usize,
        rounds in proptest::collection::vec((edits(8), proptest::collection::vec((1..14_usize, 0..12_u8, edits(4)), 0..5)), 1..5),
    ) {
        let owner = Owner::of(Library::of_books(books));
        for (edits, faults) in rounds {
            owner.fake.edit(|library| edits.into_iter().for_each(|edit| apply(library, edit)));
            owner.fake.forget_requests();
            faults.into_iter().for_each(|(n, kind, edits)| owner.fake.fault(n, fault(kind, edits)));
            let _ = owner.try_sync();
        }
        let owner = Owner { fake: FakeZotero::serve(owner.fake_library()), ..owner };
        owner.sync();
        owner.assert_equal();
        owner.sync();
        prop_assert_eq!(owner.fake.requests().len(), 1);
    }
}
