//! `[serve]` in `zbib.toml`.

use serde::{Deserialize, Serialize};

/// How the preview is served.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The port on this computer; 0 takes a free one.
    pub port: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self { port: 1111 }
    }
}
