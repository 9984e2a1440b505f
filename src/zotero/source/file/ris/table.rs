//! What the codes and tags of RIS are in Zotero, read from the tables beside this file.
//!
//! The tables are those of Zotero's own import, <https://github.com/zotero/translators/blob/master/RIS.js>, with types and
//! fields that Zotero has gained since, and a field for what it leaves out where the type has one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::zotero::schema::ItemType;

/// How the value of a tag is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Text,
    Names,
    Date,
    /// A date that may be no more than the year of another.
    Year,
    Accessed,
    FirstPage,
    LastPage,
    /// A journal's name, short or not.
    Journal,
    Keywords,
    Note,
    Link,
    Key,
}

/// A line of the table of tags.
#[derive(Debug)]
pub(super) struct Row {
    pub reading: Reading,
    /// It has a say only where the tags that are not so have none.
    pub later: bool,
    targets: Vec<Target>,
}

/// A base field, or a creator type behind `@`.
#[derive(Debug)]
struct Target {
    name: &'static str,
    only: Vec<&'static str>,
    never: Vec<&'static str>,
}

/// What a code of the format stands for.
#[derive(Debug)]
pub(super) struct Kind {
    item_type: &'static str,
    /// Types it is instead if one of these tags is there.
    instead: Vec<(Vec<&'static str>, &'static str)>,
    /// What its authors are, if no authors.
    pub authors: Option<&'static str>,
}

impl Row {
    /// The base fields of a type that it may be put into, best first.
    pub fn fields(&self, item_type: &'static ItemType) -> impl Iterator<Item = &'static str> {
        self.names(item_type).filter(|name| !name.starts_with('@'))
    }

    /// The creator type that it names in a type.
    pub fn creator(&self, item_type: &'static ItemType) -> Option<&'static str> {
        let role = |name: &'static str| match name.strip_prefix('@')? {
            "primary" => item_type.primary_creator(),
            role => item_type.creators.iter().find(|known| *known == role).map(String::as_str),
        };
        self.names(item_type).find_map(role)
    }

    fn names(&self, item_type: &'static ItemType) -> impl Iterator<Item = &'static str> {
        let listed = |types: &[&str]| types.contains(&item_type.name.as_str());
        let holds = move |target: &&Target| (target.only.is_empty() || listed(&target.only)) && !listed(&target.never);
        self.targets.iter().filter(holds).map(|target| target.name)
    }
}

impl Kind {
    /// The item type of a record with certain tags.
    pub fn item_type(&self, has: impl Fn(&str) -> bool) -> &'static str {
        let fits = self.instead.iter().find(|(tags, _)| tags.iter().any(|tag| has(tag)));
        fits.map_or(self.item_type, |(_, item_type)| item_type)
    }
}

/// What a code stands for, in capitals.
pub(super) fn kind(code: &str) -> Option<&'static Kind> {
    static KINDS: LazyLock<BTreeMap<&str, Kind>> = LazyLock::new(|| {
        let kind = |cells: Vec<&'static str>| {
            let mut kind = Kind { item_type: cells[1], instead: Vec::new(), authors: None };
            for (tags, name) in
                cells.get(2).into_iter().flat_map(|cell| cell.split(' ')).filter_map(|rule| rule.split_once('='))
            {
                match tags {
                    "AU" => kind.authors = Some(name),
                    tags => kind.instead.push((tags.split(',').collect(), name)),
                }
            }
            (cells[0], kind)
        };
        lines(include_str!("types.tsv")).map(kind).collect()
    });
    KINDS.get(code)
}

/// The lines of the table for a tag; none if it is not known.
pub(super) fn rows(tag: &str) -> &'static [Row] {
    static ROWS: LazyLock<BTreeMap<&str, Vec<Row>>> = LazyLock::new(|| {
        let mut rows: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
        for cells in lines(include_str!("tags.tsv")) {
            let targets = cells.get(2).into_iter().flat_map(|cell| cell.split(' ')).filter(|name| !name.is_empty());
            let later = cells.get(3) == Some(&"later");
            let row = Row { reading: reading(cells[1]), later, targets: targets.map(target).collect() };
            rows.entry(cells[0]).or_default().push(row);
        }
        rows
    });
    ROWS.get(tag).map_or(&[], Vec::as_slice)
}

fn lines(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn target(source: &'static str) -> Target {
    let types = |list: &'static str| list.split(',').collect();
    match (source.split_once('+'), source.split_once('-')) {
        (Some((name, list)), _) => Target { name, only: types(list), never: Vec::new() },
        (None, Some((name, list))) => Target { name, only: Vec::new(), never: types(list) },
        (None, None) => Target { name: source, only: Vec::new(), never: Vec::new() },
    }
}

fn reading(word: &str) -> Reading {
    match word {
        "text" => Reading::Text,
        "names" => Reading::Names,
        "date" => Reading::Date,
        "year" => Reading::Year,
        "accessed" => Reading::Accessed,
        "first" => Reading::FirstPage,
        "last" => Reading::LastPage,
        "journal" => Reading::Journal,
        "keywords" => Reading::Keywords,
        "note" => Reading::Note,
        "link" => Reading::Link,
        "key" => Reading::Key,
        _ => unreachable!("the embedded table of tags knows its ways of reading: {word}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zotero::schema::Schema;

    #[test]
    fn every_code_is_a_type_and_every_target_one_of_some_type() {
        let types = Schema::get().item_types();
        let known = |name: &str| {
            let role = name.strip_prefix('@');
            types.iter().any(|known| match role {
                Some(role) => role == "primary" || known.creators.iter().any(|creator| creator == role),
                None => known.field_for(name).is_some(),
            })
        };
        for cells in lines(include_str!("types.tsv")) {
            let kind = kind(cells[0]).unwrap();
            let instead = kind.instead.iter().map(|(_, name)| *name);
            assert!(instead.chain([kind.item_type]).all(|name| Schema::get().item_type(name).is_some()), "{kind:?}");
        }
        for cells in lines(include_str!("tags.tsv")) {
            for target in rows(cells[0]).iter().flat_map(|row| &row.targets) {
                assert!(known(target.name), "{target:?}");
                let named = target.only.iter().chain(&target.never);
                assert!(named.into_iter().all(|name| Schema::get().item_type(name).is_some()), "{target:?}");
            }
        }
    }

    #[test]
    fn a_record_without_a_type_of_its_own_is_known_by_its_tags() {
        assert_eq!(kind("GEN").unwrap().item_type(|_| false), "document");
        assert_eq!(kind("GEN").unwrap().item_type(|tag| tag == "JF"), "journalArticle");
        assert_eq!(kind("EDBOOK").unwrap().authors, Some("editor"));
        assert!(kind("ZZZ").is_none() && rows("ZZ").is_empty());
    }
}
