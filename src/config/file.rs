//! `zbib.toml` as it is written: one table for each room that has settings.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::bibliography::{attachment, citation, export, publish};
use crate::config::{ConfigError, site};
use crate::serve;
use crate::sync;
use crate::website::{feed, outline};
use crate::zotero::source;

/// The whole file. Everything but the libraries has a default.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct File {
    pub site: site::Settings,
    pub libraries: Vec<source::Settings>,
    pub publish: publish::Settings,
    pub attachments: attachment::Settings,
    pub sync: sync::Settings,
    pub citations: citation::Settings,
    pub exports: export::Settings,
    pub lists: outline::Settings,
    pub feeds: feed::Settings,
    pub serve: serve::Settings,
}

/// Reads the file alone, so that what is wrong in it is told with its line.
pub(super) fn parse(path: &Path, text: &str) -> Result<File, ConfigError> {
    toml::from_str(text).map_err(|error| ConfigError::in_file(path, text, &error))
}
