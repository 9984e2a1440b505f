//! What every page has around its content.

use serde::Serialize;

use super::{Choice, Download, Link};
use crate::bibliography::markup::SafeHtml;

/// Everything outside `<main>`. Templates see it as `page`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Frame {
    /// Language of the interface, BCP 47: `en`.
    pub language: String,
    /// Direction of that language: `ltr` or `rtl`.
    pub direction: String,
    /// The page's own title in plain text; empty on the home page, whose title is the site's name.
    pub title: String,
    pub site_name: String,
    /// For search engines and link previews; plain text.
    pub description: Option<String>,
    /// Path from this page to the site's root, ending in a slash: `./`, `../../`; absolute on the page for addresses not found.
    pub root: String,
    /// The page's absolute address, where the site knows its own.
    pub canonical: Option<String>,
    /// `noindex` where search engines should stay away.
    pub robots: Option<String>,
    /// The page before this one in a list cut into pages.
    pub previous: Option<String>,
    /// The page after this one in a list cut into pages.
    pub next: Option<String>,
    /// Further tags of the head, each complete: citation metadata, alternate formats, structured data.
    pub head: Vec<SafeHtml>,
    pub assets: Assets,
    /// Feeds that this page announces to feed readers: the site's, and its own if it has one.
    pub feeds: Vec<Feed>,
    /// Address of the OpenSearch description, if there is one.
    pub opensearch: Option<String>,
    pub navigation: Vec<Choice>,
    pub search: SearchForm,
    pub footer: Footer,
}

/// The theme's and the owner's files that a page loads, by their names with a hash.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Assets {
    pub stylesheet: String,
    /// Loaded after the theme's own, so that its rules win.
    pub owner_stylesheets: Vec<String>,
    pub script: String,
    /// The script behind the search field, where the site has a search.
    pub finder: Option<String>,
    pub icon: String,
}

/// A feed announced in the head.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Feed {
    pub title: String,
    pub href: String,
    /// `application/atom+xml` or `application/feed+json`.
    pub media_type: String,
}

/// The search form, and the addresses its script needs.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SearchForm {
    /// The search page.
    pub action: String,
    /// The first part of the quick finder's index.
    pub quick: Option<String>,
    /// The list of the search data's files.
    pub manifest: Option<String>,
}

/// The foot of every page: nothing that changes with a sync.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Footer {
    /// The whole library, one file per format.
    pub downloads: Vec<Download>,
    pub feeds: Vec<Link>,
    /// How the records may be reused.
    pub licence: Option<Licence>,
    /// The owner's pages that belong in the footer.
    pub links: Vec<Link>,
}

/// A licence by its name, with its text if it has an address.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Licence {
    pub name: String,
    pub href: Option<String>,
}
