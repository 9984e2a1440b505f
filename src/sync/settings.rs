//! The table `[sync]` of `zbib.toml`.

use serde::{Deserialize, Serialize};

use crate::zotero::source::Interval;

/// How libraries are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Settings {
    /// What of the records that the rules do not publish stays in the cache.
    pub store: Store,
    /// How often a library is compared whole with its copy, at up to four requests: `7d`; `0` for every sync.
    pub audit: Interval,
}

impl Default for Settings {
    fn default() -> Self {
        Self { store: Store::default(), audit: Interval::days(7) }
    }
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
