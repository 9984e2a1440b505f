//! The table `[sync]` of `zbib.toml`.

use serde::{Deserialize, Serialize};

/// How libraries are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Settings {
    /// What of the records that the rules do not publish stays in the cache.
    pub store: Store,
}

/// What the cache keeps. Anybody can read the CI cache of a public repository.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Store {
    /// Of what the rules withhold, only that it exists.
    #[default]
    Publishable,
    /// Everything as Zotero has it.
    All,
}
