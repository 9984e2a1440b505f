//! What a theme says of itself in `theme.toml`.

use serde::Deserialize;

use super::ThemeError;

/// A theme's own settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    pub name: String,
    /// One sentence on its look.
    pub description: String,
}

impl Settings {
    pub(super) fn parse(text: &str, file: &str) -> Result<Self, ThemeError> {
        toml::from_str(text).map_err(|error: toml::de::Error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            ThemeError::Settings { file: file.to_owned(), line, what: error.message().to_owned() }
        })
    }
}
