//! The contract with theme authors: what each template is given.
//!
//! Views hold what is true, in the reader's order and words; how it looks is the template's business. Three rules hold throughout:
//! an `href` is ready to be printed (nobody joins paths in a template), a date is ISO 8601 (`2024-03-11`, the filter `date` words
//! it), a count or size is a number (the filters `number` and `size` word it). What is absent is `None` or empty, and its section
//! is left out. Nothing here reads the library.

pub mod entry;
pub mod frame;
pub mod histogram;
pub mod home;
pub mod index;
pub mod item;
pub mod list;
pub mod prose;
pub mod search;

use serde::Serialize;

/// What one page shows beside its frame. A template sees the frame as `page` and this as `view`.
pub trait View: Serialize {
    /// The template that shows it, relative to the theme's `templates/`.
    const TEMPLATE: &'static str;
}

/// Words that lead somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Link {
    pub label: String,
    pub href: String,
}

/// One of several links beside each other, of which one may be the page itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Choice {
    pub label: String,
    pub href: String,
    /// This is where the reader is.
    pub current: bool,
}

/// Words that lead somewhere if there is a page for them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Term {
    pub label: String,
    pub href: Option<String>,
}

/// A line of a table of contents: where it leads and how many references are there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
    pub label: String,
    pub href: String,
    pub count: u64,
}

/// A file of references in one format.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Download {
    /// Name of the format: `BibTeX`.
    pub label: String,
    pub href: String,
    /// How the file's name ends, with its dot: `.biblatex.bib`.
    pub extension: String,
    /// In bytes, where it is worth saying.
    pub size: Option<u64>,
}

/// Where the page stands: the pages above it, then itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Trail {
    /// From the home page down; empty where no trail is shown.
    pub steps: Vec<Link>,
    /// Plain title of this page.
    pub here: String,
}
