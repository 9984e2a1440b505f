//! Lists of references: collections, tags, creators, years, types; and the tree of all collections.

use serde::Serialize;

use super::entry::{Group, Pager};
use super::{Choice, Counted, Download, Trail, View};
use crate::bibliography::markup::SafeHtml;

/// What a list is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ListKind {
    #[default]
    Collection,
    Tag,
    Creator,
    Year,
    Type,
}

/// One page of a list of references.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ListView {
    pub kind: ListKind,
    /// What the page's unAPI server is asked for, in the one `abbr` of the class `unapi-id`: Zotero reads this page's
    /// records there.
    pub unapi: Option<String>,
    pub trail: Trail,
    pub heading: String,
    /// A few words about the list, by the owner.
    pub lede: Option<SafeHtml>,
    /// Beside the list: the branch of the collection tree it stands in.
    pub tree: Vec<TreeRow>,
    /// Beside the list: others of its kind, such as the years around this one.
    pub siblings: Vec<Choice>,
    /// The page of all lists of this kind.
    pub all: Option<String>,
    /// What the list consists of: the collections right under it.
    pub parts: Vec<Counted>,
    /// References in the whole list, on all its pages.
    pub total: u64,
    /// Number of the first reference on this page, from 1.
    pub first: u64,
    /// Number of the last reference on this page.
    pub last: u64,
    /// The whole list as files.
    pub downloads: Vec<Download>,
    /// Absolute address of the list's `.bib`, for other programs to load.
    pub bib_address: Option<String>,
    pub feed: Option<String>,
    /// The search page, confined to this list.
    pub search_within: Option<String>,
    /// The same list in other orders, each a page of its own.
    pub orders: Vec<Choice>,
    pub groups: Vec<Group>,
    pub pager: Option<Pager>,
}

impl View for ListView {
    const TEMPLATE: &'static str = "list.html";
}

/// All collections of the site.
#[derive(Clone, Debug, Default, Serialize)]
pub struct CollectionsView {
    pub trail: Trail,
    pub lede: Option<SafeHtml>,
    pub tree: Vec<TreeRow>,
    /// How many references stand in no collection.
    pub unfiled: u64,
    /// Number of collections.
    pub total: u64,
}

impl View for CollectionsView {
    const TEMPLATE: &'static str = "collections.html";
}

/// A collection in a tree. A tree is written row by row, each before its parts: templates cannot nest without end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TreeRow {
    pub label: String,
    pub href: String,
    /// References in it and in its parts; beside a list, for the list's own collection and its parts only.
    pub count: Option<u64>,
    /// This is where the reader is.
    pub current: bool,
    /// Its parts are to be seen at once.
    pub open: bool,
    /// The rows that follow are its parts, until one of them ends them.
    pub has_parts: bool,
    /// How many lists of parts end behind this row.
    pub ends: usize,
}
