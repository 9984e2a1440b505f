//! `[publish]` in `zbib.toml`.

use serde::{Deserialize, Serialize};

/// What is published. Patterns are regular expressions on names, anchored at the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// Only items with a tag that matches one of these; empty: all.
    pub item_include: Vec<String>,
    /// No items with a tag that matches one of these.
    pub item_exclude: Vec<String>,
    /// Only notes, files and annotations with a tag that matches one of these; empty: all.
    pub child_include: Vec<String>,
    /// No notes, files and annotations with a tag that matches one of these.
    pub child_exclude: Vec<String>,
    /// Tags that are not shown.
    pub tag_exclude: Vec<String>,
    /// Only collections with one of these keys or a matching name, their parts, and the items in them; empty: all.
    pub collections_include: Vec<String>,
    /// No collections with one of these keys or a matching name, nor their parts, nor items that are in no others.
    pub collections_exclude: Vec<String>,
    /// Only items of these types, by Zotero's names; empty: all.
    pub types: Vec<String>,
    /// Notes. Unset: those of groups and files, not those of personal libraries.
    pub notes: Option<bool>,
    /// Annotations made in published files.
    pub annotations: bool,
}

impl Default for Settings {
    fn default() -> Self {
        let hidden = || vec!["^_".to_owned()];
        Self {
            item_include: Vec::new(),
            item_exclude: Vec::new(),
            child_include: Vec::new(),
            child_exclude: hidden(),
            tag_exclude: hidden(),
            collections_include: Vec::new(),
            collections_exclude: hidden(),
            types: Vec::new(),
            notes: None,
            annotations: false,
        }
    }
}
