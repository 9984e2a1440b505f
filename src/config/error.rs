//! What can be wrong with the settings.

use std::path::{Path, PathBuf};

use crate::bibliography::{attachment, publish};
use crate::config::{Origin, Value, wording};
use crate::report::Hint;
use crate::zotero::source;

/// Settings that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("there is no `{}` here", path.display())]
    NoFile { path: PathBuf },
    #[error("cannot read `{}`", path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("`{}` has {problem}", path.display())]
    InFile { path: PathBuf, problem: String, place: String, hint: String },
    #[error("the {layer} gives {problem}")]
    Layered { layer: Origin, setting: String, problem: String, hint: String },
    #[error("`{setting}` cannot be meant: {reason}")]
    Value { path: PathBuf, setting: String, reason: String, origin: Option<Origin> },
    #[error("no setting is called `{name}`, or begins so")]
    NoSetting { name: String, nearest: Option<String> },
    #[error("`{}` names no library", path.display())]
    NoLibrary { path: PathBuf },
    #[error(transparent)]
    Library(#[from] source::SettingsError),
    #[error(transparent)]
    Publish(#[from] publish::BadPattern),
    #[error(transparent)]
    Attachments(#[from] attachment::BadSize),
}

impl Hint for ConfigError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::NoFile { .. } => {
                Some("`zbib init https://www.zotero.org/groups/…` writes one; `--config` names another".into())
            }
            Self::Unreadable { .. } => Some("check that the file is yours to read, and is UTF-8 text".into()),
            Self::InFile { hint, .. } | Self::Layered { hint, .. } => Some(hint.clone()),
            Self::Value { path, setting, origin, .. } => Some(match origin {
                Some(origin @ (Origin::Environment(_) | Origin::Flag)) => {
                    format!("it was set by the {origin}, which goes over {}", path.display())
                }
                _ => format!("change `{setting}` in {}; `zbib config` shows where a value comes from", path.display()),
            }),
            Self::NoSetting { nearest, .. } => Some(match nearest {
                Some(name) => format!("did you mean `{name}`?"),
                None => "`zbib config` shows them all".into(),
            }),
            Self::NoLibrary { .. } => Some("add a table: [[libraries]] with id = NUMBER and type = \"group\"".into()),
            Self::Library(error) => error.hint(),
            Self::Publish(error) => error.hint(),
            Self::Attachments(error) => error.hint(),
        }
    }

    fn place(&self) -> Option<String> {
        match self {
            Self::InFile { place, .. } => Some(place.clone()),
            Self::Layered { setting, .. } => Some(format!("`{setting}`")),
            _ => None,
        }
    }
}

impl ConfigError {
    pub(super) fn value(path: &Path, setting: &str, reason: String) -> Self {
        Self::Value { path: path.to_owned(), setting: setting.to_owned(), reason, origin: None }
    }

    /// The same, with who set the value that cannot be meant.
    pub(super) fn set_by(mut self, values: &[Value]) -> Self {
        if let Self::Value { setting, origin, .. } = &mut self {
            *origin = values.iter().find(|value| value.name == *setting).map(|value| value.origin.clone());
        }
        self
    }

    /// What TOML's reader says, with line, column and, for an unknown name, the nearest known one.
    pub(super) fn in_file(path: &Path, text: &str, error: &toml::de::Error) -> Self {
        let span = error.span().unwrap_or_default();
        let before = &text[..span.start.min(text.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let shown = text.get(span.clone()).unwrap_or_default().lines().next().unwrap_or_default();
        let shown = if contains_secret(before, shown) { "" } else { shown };
        let place = format!("{}:{line}:{column}  {shown}", path.display());
        let wording = wording::of(error.message());
        Self::InFile {
            path: path.to_owned(),
            problem: wording.problem,
            place: place.trim_end().to_owned(),
            hint: wording.hint,
        }
    }
}

/// A key that was written into the file is not shown once more.
fn contains_secret(before: &str, shown: &str) -> bool {
    let line = format!("{}{shown}", before.rsplit('\n').next().unwrap_or_default());
    line.trim_start().to_lowercase().contains("key")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::file;
    use crate::report::failure;

    fn message(text: &str) -> String {
        failure::text(&file::parse(Path::new("zbib.toml"), text).unwrap_err())
    }

    #[test]
    fn an_unknown_setting_is_told_with_its_place_and_the_nearest_name() {
        assert_eq!(
            message("[site]\ntitle = \"x\"\nbase_url = \"y\"\n"),
            "error: `zbib.toml` has a setting zbib does not know\n  at: zbib.toml:3:1  base_url\n\nhint: did you mean `base-url`?\n"
        );
    }

    #[test]
    fn broken_toml_is_told_with_its_place() {
        let message = message("[site]\ntitle = x\n");
        assert!(message.contains("at: zbib.toml:2:9"), "{message}");
    }

    #[test]
    fn a_secret_in_the_file_is_not_shown() {
        let message = message("[site]\napi-key = \"P9NiFoyLeZu2bZNvvuQPDWsd\"\n");
        assert!(!message.contains("P9Ni"), "{message}");
    }
}
