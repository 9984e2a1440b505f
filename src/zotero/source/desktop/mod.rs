//! The local API of the Zotero desktop program, version 3: it gives its libraries without a key, while it runs.
//!
//! It speaks the Web API's JSON with differences that this room keeps to itself:
//!
//! - One library is one profile's. Zotero 10 and newer name it in `Zotero-Server-ID`, and count versions of their own; so
//!   all answers must come from the program that is expected, else everything is asked for again. Older ones name nothing,
//!   and report the versions of the last synchronisation: an edit that was not synchronised yet does not raise them.
//! - There is no log of deletions, and trashed collections are not listed.
//! - Files are addresses on this disk. Their MD5 is that of the disk, not of Zotero's server.
//! - Nothing is paged unless that is asked for. There are no limits of rate, but one request is answered at a time.
//!
//! No key is ever sent: there is none to send. What to ask when is `sync`'s.

mod answer;
mod ask;
mod error;
mod file;
mod items;
mod lists;

use std::sync::{Arc, Mutex};

use url::Url;

pub use self::error::DesktopError;
pub use self::file::LocalFile;
pub use self::items::{Batch, PAGE};
pub use self::lists::{Condition, Versions};

use crate::zotero::record::{LibraryId, LibraryKind};
use crate::zotero::source::Settings;
use crate::zotero::source::web::Http;

/// Where the program answers unless its owner has moved it (`extensions.zotero.httpServer.port`).
const ADDRESS: &str = "http://localhost:23119/api/";

/// One library of the Zotero program on this computer.
#[derive(Debug)]
pub struct Desktop {
    http: Arc<Http>,
    library: LibraryId,
    /// The address that everything of this library starts with, with a `/` at its end.
    base: Url,
    /// Whose answers are taken; None until the first one came.
    server: Mutex<Option<Server>>,
}

/// Whose data a desktop program shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Server {
    /// Versions are the program's own, and rise with every edit.
    Named(String),
    /// A program older than Zotero 10. Versions are those of the last synchronisation.
    Unnamed,
}

/// The settings of a library at the program as it is installed, of whoever is signed in there.
pub(super) fn settings() -> Settings {
    let api = Url::parse(ADDRESS).expect("a constant address");
    Settings { id: "0".to_owned(), kind: LibraryKind::User, api, ..Settings::default() }
}

impl Desktop {
    pub(super) fn new(settings: &Settings, http: Arc<Http>) -> Self {
        let library = settings.library();
        let prefix = match library.kind {
            LibraryKind::User => "users",
            LibraryKind::Group | LibraryKind::Publications | LibraryKind::File => "groups",
        };
        let mut base = settings.api.clone();
        base.set_path(&format!("{}/{prefix}/{}/", base.path().trim_end_matches('/'), library.id));
        Self { http, library, base, server: Mutex::default() }
    }

    #[must_use]
    pub fn library(&self) -> &LibraryId {
        &self.library
    }

    /// The connection, its clock and its count of requests.
    #[must_use]
    pub fn http(&self) -> &Http {
        &self.http
    }
}

impl Server {
    /// As it is written down beside a copy: an empty text for a program without a name.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Named(id) => id.clone(),
            Self::Unnamed => String::new(),
        }
    }

    /// What [`Server::to_text`] has written.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        if text.is_empty() { Self::Unnamed } else { Self::Named(text.to_owned()) }
    }
}
