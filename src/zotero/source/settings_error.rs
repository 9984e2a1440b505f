//! What is wrong with a `[[libraries]]` table, and what to do.

use crate::report::Hint;

/// What is wrong with a `[[libraries]]` table.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    #[error("an API key stands in the settings of a library")]
    KeyInFile { variable: String },
    #[error("a library has no `id`")]
    NoId,
    #[error("`{id}` is no id of a Zotero {kind}, ids are numbers")]
    NotANumber { id: String, kind: &'static str },
    #[error("`{id}` cannot name a library, names are made of letters, digits and hyphens")]
    BadName { id: String },
    #[error("the library `{id}` of type \"file\" has no `path`")]
    NoPath { id: String },
    #[error("`{path}` cannot be the place of a library in the site")]
    BadPlace { path: String },
    #[error("`{api}` cannot be asked for a library")]
    BadApi { api: String },
    #[error("My Publications cannot be read from the Zotero on this computer")]
    PublicationsAtDesktop,
}

impl Hint for SettingsError {
    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::KeyInFile { variable } => format!(
                "a settings file is read by many: remove the key, make a new one at \
                 https://www.zotero.org/settings/keys, and put it into the environment variable {variable}"
            ),
            Self::NoId => {
                "set `id` to the number of the group or user, or give a file's `path` and `type = \"file\"`".into()
            }
            Self::NotANumber { kind: "group", .. } => {
                "the number stands in the group's address: zotero.org/groups/NUMBER/…".into()
            }
            Self::NotANumber { .. } => {
                "your user ID stands at https://www.zotero.org/settings/keys; it is not your user name".into()
            }
            Self::BadName { .. } => "set `id` to a short name such as `papers`".into(),
            Self::NoPath { .. } => "set `path` to a folder, or to a `.json`, `.jsonl` or `.bib` file".into(),
            Self::BadPlace { .. } => "use a short relative path such as `papers`, without `..`".into(),
            Self::PublicationsAtDesktop => {
                "leave out `api`: My Publications are public, and Zotero's server gives them \
                 without a key and without your own tags and collections"
                    .into()
            }
            Self::BadApi { .. } => "use an `https` address; `http` is for this machine only (http://localhost…)".into(),
        })
    }
}
