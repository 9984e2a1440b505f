//! The home page.

use serde::Serialize;

use super::entry::Group;
use super::histogram::Histogram;
use super::{Counted, Link, View};
use crate::bibliography::markup::SafeHtml;

/// The home page: what this library is, how much there is, what is new.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HomeView {
    /// Empty where the owner's text brings a heading of its own.
    pub heading: String,
    /// The owner's description.
    pub lede: Option<SafeHtml>,
    pub counts: Counts,
    /// ISO date of the library's last change.
    pub updated: Option<String>,
    /// The newest references, by the day they were added.
    pub newest: Vec<Group>,
    /// The page of all references by date added, if there is one.
    pub newest_all: Option<String>,
    pub years: Option<Histogram>,
    pub types: Vec<Counted>,
    pub collections: Vec<Counted>,
    pub tags: Vec<Counted>,
    /// The index of all tags, if more exist than are shown.
    pub tags_all: Option<Counted>,
    /// Feeds and files for other programs.
    pub reuse: Vec<Link>,
}

impl View for HomeView {
    const TEMPLATE: &'static str = "home.html";
}

/// How much there is; what is 0 is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub references: u64,
    pub collections: u64,
    pub files: u64,
    pub creators: u64,
}
