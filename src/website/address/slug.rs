//! Folders of lists: keys for collections, slugs for words.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

use crate::bibliography::library::Library;
use crate::website::address::subject_name;
use crate::website::outline::{List, ListKind, Outline, Subject};

/// The folder of a kind's lists.
pub(super) fn kind(kind: ListKind) -> &'static str {
    match kind {
        ListKind::Collections => "collections",
        ListKind::Tags => "tags",
        ListKind::Creators => "creators",
        ListKind::Years => "years",
        ListKind::Types => "types",
    }
}

/// The folder of every list, with a final slash.
///
/// Words become ASCII slugs; where that loses something (accents, other scripts, signs) or two words would meet, a hash
/// of the word follows, so that the folder of a word never depends on which other words exist unless they differ in case
/// alone.
pub(super) fn folders(library: &Library, outline: &Outline) -> Vec<String> {
    let mut takers: BTreeMap<(ListKind, String), usize> = BTreeMap::new();
    for list in &outline.lists {
        // A word that lost something has a hash, so it is in nobody's way.
        if let Some((slug, false)) = subject_name(&list.subject).map(|name| slug(&name)) {
            *takers.entry((list.kind(), slug)).or_default() += 1;
        }
    }
    let alone = |kind, slug: &str| takers.get(&(kind, slug.to_owned())).is_none_or(|count| *count == 1);
    outline.lists.iter().map(|list| folder(library, list, &alone)).collect()
}

fn folder(library: &Library, list: &List, alone: &dyn Fn(ListKind, &str) -> bool) -> String {
    let kind_folder = kind(list.kind());
    match &list.subject {
        Subject::Collection(index) => {
            let collection = library.collection(*index);
            format!("{}{kind_folder}/{}/", library.holdings[collection.holding].prefix, collection.key)
        }
        Subject::Year(year) => format!("{kind_folder}/{}/", year.map_or("undated".to_owned(), |year| year.to_string())),
        subject => {
            let name = subject_name(subject).unwrap_or_else(|| type_name(subject));
            let (slug, lossy) = if matches!(subject, Subject::Type(_)) { type_slug(&name) } else { slug(&name) };
            let reserved = matches!(slug.as_str(), "" | "page" | "index");
            match lossy || reserved || !alone(list.kind(), &slug) {
                true if slug.is_empty() => format!("{kind_folder}/{}/", hash(&name)),
                true => format!("{kind_folder}/{slug}-{}/", hash(&name)),
                false => format!("{kind_folder}/{slug}/"),
            }
        }
    }
}

fn type_name(subject: &Subject) -> String {
    if let Subject::Type(name) = subject { name.clone() } else { String::new() }
}

/// Zotero's own names of types are kept as they are.
fn type_slug(name: &str) -> (String, bool) {
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return (name.to_owned(), false);
    }
    slug(name)
}

/// A word in lower-case ASCII letters, digits and hyphens, 60 at most, and whether that lost something.
fn slug(name: &str) -> (String, bool) {
    let mut slug = String::new();
    let mut lossy = false;
    for c in name.nfkd() {
        match c {
            'A'..='Z' | 'a'..='z' | '0'..='9' => slug.push(c.to_ascii_lowercase()),
            ' ' | '-' | ',' | '.' | '\'' if slug.ends_with('-') || slug.is_empty() => {}
            ' ' | '-' => slug.push('-'),
            ',' | '.' | '\'' => {}
            _ if is_combining_mark(c) => lossy = true,
            _ => {
                lossy = true;
                if !slug.ends_with('-') && !slug.is_empty() {
                    slug.push('-');
                }
            }
        }
    }
    lossy |= slug.len() > 60;
    slug.truncate(60);
    (slug.trim_matches('-').to_owned(), lossy)
}

fn hash(name: &str) -> String {
    format!("{:08x}", xxh3_64(name.as_bytes()) >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_plain_and_says_when_it_lost_something() {
        for (name, wanted, lossy) in [
            ("information theory", "information-theory", false),
            ("Lovelace, Ada", "lovelace-ada", false),
            ("Turing, A. M.", "turing-a-m", false),
            ("Gödel, Kurt", "godel-kurt", true),
            ("C++", "c", true),
            ("文学", "", true),
            ("../../etc", "etc", true),
            ("CON", "con", false),
            (".", "", false),
        ] {
            assert_eq!(slug(name), (wanted.to_owned(), lossy), "{name}");
        }
    }
}
