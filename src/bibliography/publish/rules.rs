//! Rules: settings made ready to judge.

use std::collections::BTreeSet;

use regex::RegexSet;

use crate::bibliography::publish::Settings;
use crate::bibliography::publish::verdict::{Judge, Verdicts};
use crate::report::Hint;
use crate::zotero::record::{CollectionRecord, LibraryKind, Record, Tag};

/// The rules of `[publish]`, checked and compiled.
#[derive(Clone, Debug)]
pub struct Rules {
    item_include: Patterns,
    item_exclude: Patterns,
    child_include: Patterns,
    child_exclude: Patterns,
    tag_exclude: Patterns,
    collections_include: Patterns,
    collections_exclude: Patterns,
    types: BTreeSet<String>,
    notes: Option<bool>,
    annotations: bool,
}

/// A pattern that is no regular expression.
#[derive(Debug, thiserror::Error)]
#[error("`publish.{setting}` has a pattern zbib cannot read")]
pub struct BadPattern {
    pub setting: &'static str,
    #[source]
    source: regex::Error,
}

impl Hint for BadPattern {
    fn hint(&self) -> Option<String> {
        Some("patterns are regular expressions: put a backslash before `.`, `(`, `[`, `+`, `*` and `?` to mean the sign itself".into())
    }
}

impl Rules {
    /// # Errors
    /// When a pattern is no regular expression.
    pub fn compile(settings: &Settings) -> Result<Self, BadPattern> {
        Ok(Self {
            item_include: Patterns::compile("item-include", &settings.item_include)?,
            item_exclude: Patterns::compile("item-exclude", &settings.item_exclude)?,
            child_include: Patterns::compile("child-include", &settings.child_include)?,
            child_exclude: Patterns::compile("child-exclude", &settings.child_exclude)?,
            tag_exclude: Patterns::compile("tag-exclude", &settings.tag_exclude)?,
            collections_include: Patterns::compile("collections-include", &settings.collections_include)?,
            collections_exclude: Patterns::compile("collections-exclude", &settings.collections_exclude)?,
            types: settings.types.iter().cloned().collect(),
            notes: settings.notes,
            annotations: settings.annotations,
        })
    }

    /// Judges every record and collection of one library.
    #[must_use]
    pub fn judge(&self, kind: LibraryKind, records: &[Record], collections: &[CollectionRecord]) -> Verdicts {
        Judge::new(self, kind, records, collections).verdicts()
    }

    /// Whether a tag is kept off the site.
    #[must_use]
    pub fn hides_tag(&self, name: &str) -> bool {
        self.tag_exclude.matches(name)
    }

    /// Whether the cache does without a tag: it is kept off the site, and no rule needs it to judge a record by.
    #[must_use]
    pub fn drops_tag(&self, name: &str) -> bool {
        self.hides_tag(name) && !self.item_include.matches(name) && !self.child_include.matches(name)
    }

    /// Whether notes of a library of that kind are published.
    #[must_use]
    pub fn publishes_notes(&self, kind: LibraryKind) -> bool {
        self.notes.unwrap_or(matches!(kind, LibraryKind::Group | LibraryKind::File))
    }

    /// Whether annotations are published.
    #[must_use]
    pub fn publishes_annotations(&self) -> bool {
        self.annotations
    }

    pub(super) fn item_is_excluded(&self, tags: &[Tag]) -> Option<String> {
        self.item_exclude.first_match(tags)
    }

    pub(super) fn item_is_included(&self, tags: &[Tag]) -> bool {
        self.item_include.is_empty() || self.item_include.first_match(tags).is_some()
    }

    pub(super) fn child_is_excluded(&self, tags: &[Tag]) -> Option<String> {
        self.child_exclude.first_match(tags)
    }

    pub(super) fn child_is_included(&self, tags: &[Tag]) -> bool {
        self.child_include.is_empty() || self.child_include.first_match(tags).is_some()
    }

    pub(super) fn type_is_included(&self, item_type: &str) -> bool {
        self.types.is_empty() || self.types.contains(item_type)
    }

    pub(super) fn excludes_collection(&self, collection: &CollectionRecord) -> bool {
        self.collections_exclude.names(collection)
    }

    pub(super) fn chooses_collections(&self) -> bool {
        !self.collections_include.is_empty()
    }

    pub(super) fn includes_collection(&self, collection: &CollectionRecord) -> bool {
        self.collections_include.names(collection)
    }
}

/// Patterns anchored at the start of a name.
#[derive(Clone, Debug)]
struct Patterns(RegexSet);

impl Patterns {
    fn compile(setting: &'static str, patterns: &[String]) -> Result<Self, BadPattern> {
        let anchored = patterns.iter().map(|pattern| format!("^(?:{pattern})"));
        RegexSet::new(anchored).map(Self).map_err(|source| BadPattern { setting, source })
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn matches(&self, name: &str) -> bool {
        self.0.is_match(name)
    }

    fn first_match(&self, tags: &[Tag]) -> Option<String> {
        tags.iter().find(|tag| self.matches(&tag.name)).map(|tag| tag.name.clone())
    }

    fn names(&self, collection: &CollectionRecord) -> bool {
        self.matches(collection.key.as_str()) || self.matches(&collection.name)
    }
}
