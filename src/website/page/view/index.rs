//! The indexes: all tags, creators, years or types, with what stands under each.

use serde::Serialize;

use super::histogram::Histogram;
use super::{Trail, View};
use crate::bibliography::markup::SafeHtml;

/// What an index lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum IndexKind {
    #[default]
    Tags,
    Creators,
    Years,
    Types,
}

/// An index of the whole site.
#[derive(Clone, Debug, Default, Serialize)]
pub struct IndexView {
    pub kind: IndexKind,
    pub trail: Trail,
    /// How many values there are.
    pub total: u64,
    /// The years' index begins with its picture.
    pub histogram: Option<Histogram>,
    pub groups: Vec<IndexGroup>,
}

impl View for IndexView {
    const TEMPLATE: &'static str = "index.html";
}

/// A letter or decade of an index.
#[derive(Clone, Debug, Default, Serialize)]
pub struct IndexGroup {
    /// Empty if the index is not divided.
    pub heading: String,
    /// Anchor of the group, for the jump list.
    pub anchor: String,
    pub values: Vec<IndexValue>,
}

/// A value of an index. With several references it leads to their page; with one there is no page, and the reference stands here.
#[derive(Clone, Debug, Default, Serialize)]
pub struct IndexValue {
    pub label: String,
    pub href: Option<String>,
    /// Anchor of a value without a page of its own.
    pub anchor: Option<String>,
    pub count: u64,
    /// Name of the tag's colour: `red`, `orange`, `gray`, `green`, `teal`, `blue`, `indigo`, `purple` or `plum`.
    pub color: Option<String>,
    /// The one reference of a value without a page.
    pub only: Option<Only>,
}

/// A reference as short as an index needs it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Only {
    pub key: String,
    pub title: SafeHtml,
    pub href: String,
    /// Whose it is, and from when: `Turing 1937`, as far as that is known.
    pub short: Option<String>,
}
