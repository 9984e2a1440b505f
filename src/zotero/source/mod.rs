//! Where records come from: the Web API, the Zotero program on this computer, or the owner's local file.
//!
//! This room and `serve` alone name the network. Nothing here knows the cache, decides what is published or writes a
//! file, and the API key never leaves this room. Time and waiting are values ([`Clock`]), so tests wait for nothing.

mod clock;
pub mod desktop;
mod error;
pub mod file;
mod interval;
mod key;
mod named;
mod one_line;
mod origin;
mod settings;
mod settings_error;
pub mod web;

use std::sync::Arc;

pub use self::clock::Clock;
pub use self::error::{Fault, SourceError};
pub use self::interval::Interval;
pub use self::key::ApiKey;
pub use self::named::{NotALibrary, named};
pub use self::origin::origin;
pub use self::settings::Settings;
pub use self::settings_error::SettingsError;

use self::desktop::Desktop;
use self::file::FileSource;
use self::web::{Http, Web};
use crate::report::problem::{Kind, Level, Problem};

/// Where one library comes from.
#[derive(Debug)]
pub enum Source {
    Web(Arc<Web>),
    Desktop(Arc<Desktop>),
    File(FileSource),
}

impl Source {
    /// The source that `settings` name. `key` is the value of the environment variable they name, `root` the folder
    /// that relative paths start from.
    ///
    /// # Errors
    /// When the settings make no sense.
    pub fn new(
        settings: &Settings,
        key: Option<ApiKey>,
        root: &std::path::Path,
        http: &Arc<Http>,
    ) -> Result<Self, SettingsError> {
        settings.check()?;
        Ok(match settings.location() {
            Some(path) => Self::File(FileSource::new(root.join(path))),
            None if settings.is_desktop() => Self::Desktop(Arc::new(Desktop::new(settings, Arc::clone(http)))),
            None => Self::Web(Arc::new(Web::new(settings, key, Arc::clone(http)))),
        })
    }
}

static SET_ASIDE: Kind = Kind {
    id: "record-set-aside",
    level: Level::Warning,
    one: "a record is left out, it is not one zbib can read",
    many: "{n} records are left out, they are not ones zbib can read",
    hint: Some("mend them where they come from; all others are used"),
};

/// The problem of an object that cannot be read: where it stands, and why.
#[must_use]
pub fn set_aside(place: impl Into<String>, reason: &dyn std::fmt::Display) -> Problem {
    Problem::new(&SET_ASIDE, place, reason.to_string())
}
