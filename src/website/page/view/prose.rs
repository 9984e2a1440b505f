//! Pages of prose: the owner's, and the one for addresses that lead nowhere.

use serde::Serialize;

use super::{Link, Trail, View};
use crate::bibliography::markup::SafeHtml;

/// A page of the owner's, written in Markdown.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ProseView {
    pub trail: Trail,
    /// Empty if the text brings its own.
    pub heading: String,
    /// Language of the page, BCP 47, if it is not the site's.
    pub language: Option<String>,
    pub body: SafeHtml,
}

impl View for ProseView {
    const TEMPLATE: &'static str = "prose.html";
}

/// The page for addresses that lead nowhere. It is served from any depth, so all its addresses are absolute.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NotFoundView {
    /// Where to go on.
    pub links: Vec<Link>,
}

impl View for NotFoundView {
    const TEMPLATE: &'static str = "404.html";
}
