//! Everything that can stop a command.

use std::path::PathBuf;

use crate::bibliography::citation::styles::StyleError;
use crate::bibliography::content::ContentError;
use crate::cli::Exit;
use crate::cli::cite::NoStdout;
use crate::cli::export::ExportFailure;
use crate::cli::records::RecordFailure;
use crate::cli::skipped_log::LogError;
use crate::config::ConfigError;
use crate::language::LanguageError;
use crate::report::Hint;
use crate::serve::ServeError;
use crate::shelf::ShelfError;
use crate::sync::SyncError;
use crate::website::page::templates::TemplateError;
use crate::website::search::FindError;
use crate::website::theme::ThemeError;
use crate::website::writer::WriterError;
use crate::zotero::cache::CacheError;
use crate::zotero::source::{NotALibrary, SettingsError};

/// Why a command could not be done: the error of the room that could not go on.
#[derive(Debug)]
pub(super) enum Failure {
    Cache(CacheError),
    Config(ConfigError),
    Content(ContentError),
    Export(ExportFailure),
    Find(FindFailure),
    Init(InitError),
    Language(LanguageError),
    Log(LogError),
    NoStdout(NoStdout),
    NotALibrary(NotALibrary),
    Record(RecordFailure),
    Serve(ServeError),
    Settings(SettingsError),
    Shelf(ShelfError),
    Style(StyleError),
    Sync(SyncError),
    Template(TemplateError),
    Theme(ThemeError),
    UnknownLibrary(UnknownLibrary),
    Writer(WriterError),
}

/// `--library` names none of the site's.
#[derive(Debug, thiserror::Error)]
#[error("the settings name no library `{name}`")]
pub(super) struct UnknownLibrary {
    pub(super) name: String,
    pub(super) known: Vec<String>,
}

impl Hint for UnknownLibrary {
    fn hint(&self) -> Option<String> {
        Some(format!("they name {}", self.known.join(", ")))
    }
}

/// What can stop `zbib init`.
#[derive(Debug, thiserror::Error)]
pub(super) enum InitError {
    #[error("there is no file or folder `{path}`")]
    NoLibrary { path: String },
    #[error("a workflow at GitHub cannot read the Zotero on this computer")]
    DesktopAtGitHub,
    #[error("`{}` is there already", path.display())]
    Exists { path: PathBuf },
    #[error("cannot write `{}`", path.display())]
    Unwritable { path: PathBuf, source: std::io::Error },
}

impl Hint for InitError {
    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NoLibrary { .. } => {
                "a library is a group's address or number, `users/ID`, `publications/ID`, `desktop`, \
                 or a folder, .json, .jsonl, .bib or .ris file that is there"
                    .to_owned()
            }
            Self::DesktopAtGitHub => {
                "leave out `--github`, or give `users/ID` or a group: those come from Zotero's server".to_owned()
            }
            Self::Exists { .. } => "`--folder` names another folder, `--force` overwrites what is there".to_owned(),
            Self::Unwritable { .. } => {
                "check that the folder is yours to write to, and that the disk has room".to_owned()
            }
        })
    }
}

/// What can stop `zbib find`.
#[derive(Debug, thiserror::Error)]
pub(super) enum FindFailure {
    #[error("cannot read the site's search data at `{}`", path.display())]
    NoData { path: PathBuf, source: std::io::Error },
    #[error(transparent)]
    Damaged(FindError),
}

impl Hint for FindFailure {
    fn hint(&self) -> Option<String> {
        match self {
            Self::NoData { .. } => Some("run `zbib build` first".to_owned()),
            Self::Damaged(error) => error.hint(),
        }
    }
}

impl Failure {
    /// The error, which knows its own words.
    pub(super) fn error(&self) -> &dyn Hint {
        match self {
            Self::Cache(error) => error,
            Self::Config(error) => error,
            Self::Content(error) => error,
            Self::Export(error) => error,
            Self::Find(error) => error,
            Self::Init(error) => error,
            Self::Language(error) => error,
            Self::Log(error) => error,
            Self::NoStdout(error) => error,
            Self::NotALibrary(error) => error,
            Self::Record(error) => error,
            Self::Serve(error) => error,
            Self::Settings(error) => error,
            Self::Shelf(error) => error,
            Self::Style(error) => error,
            Self::Sync(error) => error,
            Self::Template(error) => error,
            Self::Theme(error) => error,
            Self::UnknownLibrary(error) => error,
            Self::Writer(error) => error,
        }
    }

    /// What the owner typed or set ends with 2, everything else with 1.
    pub(super) fn exit(&self) -> Exit {
        match self {
            Self::Export(error) => error.exit(),
            Self::Record(error) => error.exit(),
            Self::Config(_)
            | Self::Init(InitError::DesktopAtGitHub | InitError::Exists { .. } | InitError::NoLibrary { .. })
            | Self::Language(LanguageError::Tag(_) | LanguageError::Unspoken { .. } | LanguageError::Data { .. })
            | Self::NotALibrary(_)
            | Self::Settings(_)
            | Self::Style(
                StyleError::Unknown { .. }
                | StyleError::NoFile { .. }
                | StyleError::NoLocale { .. }
                | StyleError::Twice { .. },
            )
            | Self::Theme(ThemeError::Unknown { .. })
            | Self::UnknownLibrary(_)
            | Self::Writer(
                WriterError::Root { .. } | WriterError::HoldsSources { .. } | WriterError::InSources { .. },
            ) => Exit::Usage,
            _ => Exit::Failed,
        }
    }
}

/// Each room's error becomes a failure where a story calls the room.
macro_rules! from_rooms {
    ($($variant:ident($error:ty)),* $(,)?) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::$variant(error)
            }
        })*
    };
}

from_rooms! {
    UnknownLibrary(UnknownLibrary),
    Cache(CacheError),
    Config(ConfigError),
    Content(ContentError),
    Export(ExportFailure),
    Find(FindFailure),
    Init(InitError),
    Language(LanguageError),
    Log(LogError),
    NoStdout(NoStdout),
    NotALibrary(NotALibrary),
    Record(RecordFailure),
    Serve(ServeError),
    Settings(SettingsError),
    Shelf(ShelfError),
    Style(StyleError),
    Sync(SyncError),
    Template(TemplateError),
    Theme(ThemeError),
    Writer(WriterError),
}
