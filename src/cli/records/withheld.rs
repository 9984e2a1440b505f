//! Why what is named is not published: the verdict of the owner's rules, in words.

use crate::bibliography::publish::{Reason, Verdicts};
use crate::cli::records::{RecordFailure, Scope};
use crate::zotero::cache::LibrarySnapshot;
use crate::zotero::record::ItemKey;

/// Of a record that the cache holds and the site does not show; None if the cache does not hold it.
pub(in crate::cli) fn record(key: ItemKey, scope: &Scope<'_>) -> Option<RecordFailure> {
    let (library, record) = libraries(scope)
        .find_map(|library| library.records.iter().find(|record| record.key == key).map(|record| (library, record)))?;
    let why = match verdicts(library, scope).reason(key) {
        Some(reason) => words(reason, &record.item_type),
        // Behind the rules stand the overlays only.
        None => "an overlay in content/items says `published = false`".to_owned(),
    };
    Some(RecordFailure::Withheld { what: "the record", name: key.to_string(), why })
}

/// Of a collection that the cache holds and the site does not show, by its key or its name.
pub(in crate::cli) fn collection(name: &str, scope: &Scope<'_>) -> Option<RecordFailure> {
    let (library, key) = libraries(scope).find_map(|library| {
        let called = library.collections.iter().find(|known| known.key.to_string() == name || known.name == name)?;
        Some((library, called.key))
    })?;
    let why = match verdicts(library, scope).collection_reason(key) {
        Some(reason) => words(reason, "collection"),
        None => "an overlay in content/collections says `published = false`".to_owned(),
    };
    Some(RecordFailure::Withheld { what: "the collection", name: name.to_owned(), why })
}

/// Of a tag that is not shown.
pub(in crate::cli) fn tag(name: &str) -> RecordFailure {
    let why = "`publish.tag-exclude` hides it".to_owned();
    RecordFailure::Withheld { what: "the tag", name: name.to_owned(), why }
}

fn libraries<'a>(scope: &Scope<'a>) -> impl Iterator<Item = &'a LibrarySnapshot> {
    let scope = *scope;
    let libraries = scope.snapshot.libraries.iter().enumerate();
    libraries.filter(move |(position, _)| scope.holds(*position)).map(|(_, library)| library)
}

fn verdicts(library: &LibrarySnapshot, scope: &Scope<'_>) -> Verdicts {
    scope.config.publish.judge(library.id.kind, &library.records, &library.collections)
}

/// The rule, by the name of its setting.
fn words(reason: &Reason, item_type: &str) -> String {
    let child = matches!(item_type, "note" | "attachment" | "annotation");
    let of = if child { "child" } else { "item" };
    match reason {
        Reason::Trashed => "it is in Zotero's trash".to_owned(),
        Reason::Tag(tag) => format!("`publish.{of}-exclude` withholds the tag `{tag}`"),
        Reason::NotIncluded => format!("it has no tag that `publish.{of}-include` names"),
        Reason::Collection if item_type == "collection" => {
            "`publish.collections-exclude` or `publish.collections-include` withholds it".to_owned()
        }
        Reason::Collection => "it is in collections only that `publish.collections-exclude` or \
                               `publish.collections-include` withholds"
            .to_owned(),
        Reason::Type => format!("`publish.types` does not name the type `{item_type}`"),
        Reason::Kind => format!("`publish.{item_type}s` is off"),
        Reason::Parent => "the record it belongs to is not published".to_owned(),
        Reason::Withheld => "the rules of [publish] withhold it, so the cache holds its key only".to_owned(),
    }
}
