//! The Web API of one library, version 3: <https://www.zotero.org/support/dev/web_api/v3/basics>.
//!
//! Answers are checked before anything is made of them: a status, a type, a version, and whole JSON. Nothing here decides
//! what to ask next; that is `sync`'s.

pub mod archive;
mod by_key;
mod download;
pub(super) mod http;
pub(super) mod lists;
mod luck;
mod pacing;
pub(super) mod pages;
mod question;
mod rights;
mod so_far;

use std::sync::Arc;

use url::Url;

pub use self::by_key::KEYS;
pub use self::download::{Announced, FileAnswer};
pub use self::http::{Http, Network};
pub(super) use self::lists::tag_colors as setting_tag_colors;
pub use self::lists::{Deleted, Listed};
pub use self::pages::{Items, Page, Range};
pub use self::question::{Planned, Question};
pub use self::rights::Rights;
pub use self::so_far::{Piece, SoFar};

use self::http::Ask;
use crate::zotero::record::{LibraryId, LibraryKind};
use crate::zotero::source::key::Bound;
use crate::zotero::source::{ApiKey, Settings};

/// One library at an API.
#[derive(Debug)]
pub struct Web {
    http: Arc<Http>,
    library: LibraryId,
    /// The address that everything of this library starts with, with a `/` at its end.
    base: Url,
    key: Option<Bound>,
    /// The environment variable the key came from.
    key_variable: String,
    /// The address of the API.
    api: Url,
}

impl Web {
    pub(super) fn new(settings: &Settings, key: Option<ApiKey>, http: Arc<Http>) -> Self {
        let library = settings.library();
        let prefix = match library.kind {
            LibraryKind::User => format!("users/{}/", library.id),
            LibraryKind::Publications => format!("users/{}/publications/", library.id),
            LibraryKind::Group | LibraryKind::File => format!("groups/{}/", library.id),
        };
        let mut base = settings.api.clone();
        base.set_path(&format!("{}/{prefix}", base.path().trim_end_matches('/')));
        let key = key.filter(|key| !key.is_empty()).map(|key| Bound::new(key, &settings.api));
        let (key_variable, api) = (settings.key_env.clone(), settings.api.clone());
        Self { http, library, base, key, key_variable, api }
    }

    #[must_use]
    pub fn library(&self) -> &LibraryId {
        &self.library
    }

    /// Whether the library has collections, deletions, settings and full texts of its own. My Publications is a view of a
    /// personal library and has none of them.
    #[must_use]
    pub fn is_whole_library(&self) -> bool {
        self.library.kind != LibraryKind::Publications
    }

    /// Whether requests carry a key.
    #[must_use]
    pub fn has_key(&self) -> bool {
        self.key.is_some()
    }

    /// The connection, its clock and its count of requests.
    #[must_use]
    pub fn http(&self) -> &Http {
        &self.http
    }

    fn ask(&self, path: &str, query: &[(&str, &str)]) -> Ask<'_> {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{path}", self.base.path()));
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ask {
            url,
            key: self.key.as_ref(),
            unless_newer_than: None,
            splittable: false,
            attempts: u32::MAX,
            library: &self.library,
        }
    }
}
