//! What is asked of the Web API, and at which address: the one maker of addresses, for asking and for telling beforehand.

use std::fmt;

use crate::zotero::record::{ItemKey, LibraryKind, LibraryVersion};
use crate::zotero::source::web::Web;
use crate::zotero::source::web::http::{Ask, shown};
use crate::zotero::source::web::pages::{Items, Range};

/// Something to ask about a library.
#[derive(Clone, Copy, Debug)]
pub enum Question<'a> {
    /// What the key may do.
    Rights,
    /// What is known of a group itself.
    Group,
    /// A page of the items.
    Items(Items, Range),
    /// The items with these keys.
    ItemsByKey(&'a [ItemKey]),
    /// Keys and versions of the items that changed after a version.
    ItemVersions(LibraryVersion),
    /// The collections that changed after a version, from a place in their list on.
    Collections(LibraryVersion, u64),
    /// Keys and versions of all collections.
    CollectionVersions,
    /// What was deleted after a version.
    Deleted(LibraryVersion),
    /// Settings that changed after a version, tag colours among them.
    Settings(LibraryVersion),
    /// Keys and versions of the full texts that changed after a version.
    TextVersions(LibraryVersion),
    /// The full text of an attachment.
    Text(ItemKey),
    /// Where the file of an attachment is.
    File(ItemKey),
}

/// A request that is not sent: method, address and condition. It holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub method: &'static str,
    pub url: String,
    /// `If-Modified-Since-Version`.
    pub unless_newer_than: Option<LibraryVersion>,
}

impl fmt::Display for Planned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.url)?;
        match self.unless_newer_than {
            Some(version) => write!(f, " If-Modified-Since-Version: {version}"),
            None => Ok(()),
        }
    }
}

impl Web {
    /// The request that asks `question`, for telling it.
    #[must_use]
    pub fn planned(&self, question: Question<'_>) -> Planned {
        let ask = self.asking(question);
        Planned { method: "GET", url: shown(&ask.url), unless_newer_than: ask.unless_newer_than }
    }

    /// The request that asks `question`, for sending it.
    pub(super) fn asking(&self, question: Question<'_>) -> Ask<'_> {
        match question {
            Question::Rights => self.at(&self.api, "keys/current"),
            Question::Group => self.at(&self.base, ""),
            Question::Items(items, range) => self.page_of_items(items, range),
            Question::ItemsByKey(keys) => {
                let list = keys.iter().map(ItemKey::as_str).collect::<Vec<_>>().join(",");
                self.ask("items", &[("format", "json"), ("includeTrashed", "1"), ("itemKey", &list)])
            }
            Question::ItemVersions(since) => {
                self.ask("items", &[("format", "versions"), ("includeTrashed", "1"), ("since", &since.to_string())])
            }
            Question::Collections(since, start) => {
                let (since, start) = (since.to_string(), start.to_string());
                let place = [("since", &*since), ("start", &start), ("limit", "100")];
                self.ask("collections", &[&[("format", "json"), ("includeTrashed", "1")], &place[..]].concat())
            }
            Question::CollectionVersions => self.ask("collections", &[("format", "versions"), ("includeTrashed", "1")]),
            Question::Deleted(since) => self.ask("deleted", &[("since", &since.to_string())]),
            Question::Settings(since) => self.ask("settings", &[("since", &since.to_string())]),
            Question::TextVersions(since) => self.ask("fulltext", &[("since", &since.to_string())]),
            Question::Text(key) => self.ask(&format!("items/{key}/fulltext"), &[]),
            Question::File(key) => self.ask(&format!("items/{key}/file"), &[]),
        }
    }

    fn page_of_items(&self, items: Items, range: Range) -> Ask<'_> {
        let (start, limit, since) = (range.0.to_string(), range.1.to_string(), items.since.to_string());
        let mut ask = self.ask(
            "items",
            &[
                ("format", "json"),
                ("includeTrashed", "1"),
                ("since", &since),
                // What is added meanwhile comes last, and no edit moves a record from page to page.
                ("sort", "dateAdded"),
                ("direction", "asc"),
                ("start", &start),
                ("limit", &limit),
            ],
        );
        ask.unless_newer_than = items.unless_newer_than;
        ask.splittable = range.1 > 1;
        ask
    }

    /// An address that is not below the library's own.
    fn at(&self, base: &url::Url, path: &str) -> Ask<'_> {
        let mut ask = self.ask("", &[]);
        ask.url = base.clone();
        let place = format!("{}/{path}", base.path().trim_end_matches('/'));
        ask.url.set_path(place.trim_end_matches('/'));
        ask
    }

    /// Whether the library has a name of its own to ask for.
    #[must_use]
    pub fn is_group(&self) -> bool {
        self.library().kind == LibraryKind::Group
    }
}
