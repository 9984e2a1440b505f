//! The search page.

use serde::Serialize;

use super::entry::Entry;
use super::{Counted, Download, View};

/// The search page as it is before, or without, its script: the ways to browse, and the newest references.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SearchView {
    /// The indexes and lists through which every reference can be reached.
    pub browse: Vec<Counted>,
    /// The whole library as files, to be searched by other programs.
    pub downloads: Vec<Download>,
    /// References in the whole site.
    pub total: u64,
    pub newest: Vec<Entry>,
}

impl View for SearchView {
    const TEMPLATE: &'static str = "search.html";
}
