//! The record that a KEY names.

use crate::bibliography::library::{Item, ItemIndex};
use crate::cli::records::{RecordFailure, Scope, withheld};
use crate::report;
use crate::zotero::record::ItemKey;

/// The published record of a name: a key of Zotero's, else a citation key; behind `@` a citation key only.
///
/// # Errors
/// When no published record has the name, or records of several libraries have it.
pub(in crate::cli) fn find(name: &str, scope: &Scope<'_>) -> Result<ItemIndex, RecordFailure> {
    let (citation_key, key) = match name.strip_prefix('@') {
        Some(citation_key) => (citation_key, None),
        None => (name, name.parse::<ItemKey>().ok()),
    };
    let named = |found: &dyn Fn(&Item) -> bool| -> Vec<(ItemIndex, &Item)> {
        scope.published.indexed().filter(|(_, item)| scope.holds(item.holding) && found(item)).collect()
    };
    let by_key = key.map(|key| named(&|item| item.key == key)).unwrap_or_default();
    let found = if by_key.is_empty() { named(&|item| item.citation_key == citation_key) } else { by_key };
    match found.as_slice() {
        [(index, item)] if item.is_regular() => Ok(*index),
        [(_, item)] => Err(RecordFailure::NoReference { name: name.to_owned(), what: what(item), record: None }),
        [] => Err(unknown(name, key, scope)),
        several => {
            let records = several.iter().map(|(_, item)| place(item, scope)).collect();
            Err(RecordFailure::SeveralRecords { name: name.to_owned(), records })
        }
    }
}

/// A note or file that stands alone, or hangs from a record.
fn what(item: &Item) -> &'static str {
    if item.item_type == "note" { "a note" } else { "a file" }
}

/// The record with its library, as `--library` takes it, and its citation key, which is the only one of its kind.
fn place(item: &Item, scope: &Scope<'_>) -> String {
    let library = scope.config.libraries.get(item.holding).map(|library| library.settings.library().to_string());
    format!("@{} (in {})", item.citation_key, library.unwrap_or_default())
}

fn unknown(name: &str, key: Option<ItemKey>, scope: &Scope<'_>) -> RecordFailure {
    let child = key.and_then(|key| child(name, key, scope));
    let withheld = || key.and_then(|key| withheld::record(key, scope));
    child.or_else(withheld).unwrap_or_else(|| {
        let items = || scope.published.items.iter().filter(|item| item.is_regular() && scope.holds(item.holding));
        let keys: Vec<_> = items().map(|item| item.key.to_string()).collect();
        let citation_keys = items().map(|item| item.citation_key.as_str());
        let known: Vec<_> = citation_keys.chain(keys.iter().map(String::as_str)).collect();
        let nearest = report::nearest(name.trim_start_matches('@'), &known).map(str::to_owned);
        RecordFailure::NoRecord { name: name.to_owned(), nearest }
    })
}

/// A published note or file is in the exports of its record, where the format has such things.
fn child(name: &str, key: ItemKey, scope: &Scope<'_>) -> Option<RecordFailure> {
    scope.published.items.iter().filter(|item| scope.holds(item.holding)).find_map(|item| {
        let note = item.notes.iter().any(|note| note.key == key).then_some("a note");
        let file = || item.attachments.iter().any(|file| file.key == key).then_some("a file");
        let (what, record) = (note.or_else(file)?, Some(item.key.to_string()));
        Some(RecordFailure::NoReference { name: name.to_owned(), what, record })
    })
}
