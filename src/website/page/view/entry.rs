//! One reference in a list, and lists of them.

use serde::Serialize;

use super::Link;
use crate::bibliography::markup::SafeHtml;

/// One reference in a list.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Entry {
    /// Key of the record.
    pub key: String,
    /// The formatted reference; its title may already be an `<a class="ref-title">`.
    pub reference: SafeHtml,
    /// The record's page, if no part of the reference leads there: then the whole reference does.
    pub href: Option<String>,
    /// Id of the CSL style of the reference.
    pub style: String,
    /// Language of the record, BCP 47, where it is known and not the site's.
    pub language: Option<String>,
    /// The item type in words.
    pub kind: Option<String>,
    /// The record's published files.
    pub files: Vec<EntryFile>,
    /// The record's DOI as an address.
    pub doi: Option<String>,
    /// Another address of the record; its label is the host.
    pub link: Option<Link>,
    /// The record as an empty COinS element, if this is the page of a list and the owner wants it there.
    pub coins: Option<SafeHtml>,
}

/// A published file of a reference, in short.
#[derive(Clone, Debug, Default, Serialize)]
pub struct EntryFile {
    /// `PDF`, `EPUB`, `HTML` …
    pub format: String,
    pub href: String,
    /// In bytes.
    pub size: Option<u64>,
}

/// References under a side-head: a year, a day, a letter, or nothing.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Group {
    /// The side-head in words; empty if the references stand without one.
    pub heading: String,
    /// The same as an ISO date, if it is a day.
    pub date: Option<String>,
    pub entries: Vec<Entry>,
}

/// The way through a list that is cut into pages. One page needs none.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Pager {
    pub previous: Option<String>,
    pub next: Option<String>,
    /// The first pages, those around the current one, the last; gaps between them stand as pages without an address.
    pub pages: Vec<PageLink>,
}

/// One page of a [`Pager`].
#[derive(Clone, Debug, Default, Serialize)]
pub struct PageLink {
    pub number: u64,
    /// `None` stands for the pages left out.
    pub href: Option<String>,
    pub current: bool,
}
