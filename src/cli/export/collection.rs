//! The collection that a name, a path or a key names.

use crate::bibliography::library::{CollectionIndex, Library};
use crate::cli::Failure;
use crate::cli::export::ExportFailure;
use crate::cli::export::choice::Asked;
use crate::cli::records::withheld;
use crate::report;
use crate::website::outline::ListIndex;

/// The list of a collection: by its key; else by its name, or the end of its path, or behind a slash its whole path.
///
/// Names may hold slashes themselves, so paths are compared as text, and not by their parts.
///
/// # Errors
/// When no published collection is called so, or several are.
pub(super) fn find(name: &str, asked: &Asked<'_>) -> Result<ListIndex, Failure> {
    let library = asked.scope.published;
    let all =
        || (0..).map(CollectionIndex).zip(&library.collections).filter(|(_, known)| asked.scope.holds(known.holding));
    let by_key: Vec<_> = all().filter(|(_, known)| known.key.to_string() == name).map(|(index, _)| index).collect();
    let by_path = || all().map(|(index, _)| index).filter(|index| is_called(&names(*index, library), name)).collect();
    let found = if by_key.is_empty() { by_path() } else { by_key };
    match found.as_slice() {
        [only] => Ok(asked.downloads.outline.collection(*only)),
        [] => Err(withheld::collection(name, &asked.scope).map_or_else(|| unknown(name, asked).into(), Into::into)),
        several => {
            let collections = several.iter().map(|index| place(*index, asked)).collect();
            Err(ExportFailure::SeveralCollections { name: name.to_owned(), collections }.into())
        }
    }
}

/// The names on the way to a collection, from the top down.
fn names(index: CollectionIndex, library: &Library) -> Vec<&str> {
    let parent = |index: &CollectionIndex| library.collection(*index).parent;
    let mut names: Vec<_> = std::iter::successors(Some(index), parent)
        .take(library.collections.len())
        .map(|index| library.collection(index).name.as_str())
        .collect();
    names.reverse();
    names
}

fn is_called(names: &[&str], name: &str) -> bool {
    let (wanted, whole) = (spaced(name), spaced(&names.join("/")));
    let from = |start: usize| spaced(&names[start..].join("/"));
    (0..names.len()).any(|start| from(start) == wanted) || format!("/{whole}") == wanted
}

/// A path without the spaces around its slashes.
fn spaced(path: &str) -> String {
    path.split('/').map(str::trim).collect::<Vec<_>>().join("/")
}

fn unknown(name: &str, asked: &Asked<'_>) -> ExportFailure {
    let collections = &asked.scope.published.collections;
    let known: Vec<_> = collections.iter().map(|known| known.name.as_str()).collect();
    let last = name.rsplit('/').next().unwrap_or(name).trim();
    let nearest = report::nearest(last, &known).map(str::to_owned);
    ExportFailure::NoCollection { name: name.to_owned(), nearest }
}

/// The key and the path, as they can be typed, and of several libraries which.
fn place(index: CollectionIndex, asked: &Asked<'_>) -> String {
    let library = asked.scope.published;
    let known = library.collection(index);
    let path = format!("/{}", names(index, library).join("/"));
    match asked.scope.config.libraries.get(known.holding) {
        Some(holding) if library.holdings.len() > 1 => {
            format!("{} ({path}, in {})", known.key, holding.settings.library())
        }
        _ => format!("{} ({path})", known.key),
    }
}

#[cfg(test)]
mod tests {
    use super::is_called;

    #[test]
    fn a_collection_is_called_by_the_end_of_its_path() {
        let names = ["Protocols", "TCP/IP", "Drafts"];
        for name in
            ["Drafts", "TCP/IP/Drafts", "TCP/IP / Drafts", "Protocols/TCP/IP/Drafts", "/Protocols / TCP/IP / Drafts"]
        {
            assert!(is_called(&names, name), "{name}");
        }
        for name in ["drafts", "IP / Drafts", "/Drafts", "Protocols", "Protocols / Drafts", "", "/"] {
            assert!(!is_called(&names, name), "{name}");
        }
    }
}
