//! The table `[sync]` of `zbib.toml`.

use serde::{Deserialize, Serialize};

use crate::zotero::source::Interval;

/// How libraries are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Settings {
    /// What of the records that the rules do not publish stays in the cache.
    pub store: Store,
    /// How often the whole copy is compared with Zotero; `0` for never.
    pub audit: Interval,
}

impl Default for Settings {
    fn default() -> Self {
        Self { store: Store::Publishable, audit: Interval::days(7) }
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
