//! `[attachments]` in `zbib.toml`.

use serde::{Deserialize, Serialize};

use crate::bibliography::attachment::media;
use crate::report::Hint;

/// Which files are published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// Whether files are published at all.
    pub publish: bool,
    /// Their media types.
    pub types: Vec<String>,
    /// The largest file that is published: `"50 MB"`.
    pub max_size: String,
    /// What all files together may come to: `"800 MB"`.
    pub budget: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            publish: true,
            types: vec!["application/pdf".to_owned()],
            max_size: "50 MB".to_owned(),
            budget: "800 MB".to_owned(),
        }
    }
}

/// The settings, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    publish: bool,
    types: Vec<String>,
    max_size: u64,
    budget: u64,
}

/// A setting that cannot be meant.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSize {
    #[error("`attachments.{setting}` is `{value}`, which is no size")]
    Size { setting: &'static str, value: String },
    #[error("`attachments.types` has `{0}`, which zbib does not publish")]
    Type(String),
}

impl Hint for BadSize {
    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Size { .. } => "write a number and a unit: \"500 KB\", \"50 MB\", \"1.5 GB\"".to_owned(),
            Self::Type(_) => format!(
                "pages, drawings and programs can run in readers' browsers; these types can be published: {}",
                media::names().collect::<Vec<_>>().join(", ")
            ),
        })
    }
}

impl Rules {
    /// # Errors
    /// When a size is none, or a type is one that could run in a reader's browser or is unknown.
    pub fn compile(settings: &Settings) -> Result<Self, BadSize> {
        let types: Vec<_> = settings.types.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
        if let Some(unknown) = types.iter().find(|name| !media::names().any(|known| known == name.as_str())) {
            return Err(BadSize::Type(unknown.clone()));
        }
        let size =
            |setting, value: &String| bytes(value).ok_or_else(|| BadSize::Size { setting, value: value.clone() });
        Ok(Self {
            publish: settings.publish,
            types,
            max_size: size("max-size", &settings.max_size)?,
            budget: size("budget", &settings.budget)?,
        })
    }

    /// Whether files are published at all.
    #[must_use]
    pub fn publishes(&self) -> bool {
        self.publish
    }

    pub(super) fn takes(&self, media_type: &str) -> bool {
        self.types.iter().any(|known| known == media_type)
    }

    pub(super) fn max_size(&self) -> u64 {
        self.max_size
    }

    pub(super) fn budget(&self) -> u64 {
        self.budget
    }
}

/// A size in words: a number, and B, KB, MB or GB (of 1 000).
fn bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number: f64 = text[..digits].parse().ok()?;
    let factor = match text[digits..].trim().to_ascii_uppercase().as_str() {
        "" | "B" => 1.0,
        "KB" => 1e3,
        "MB" => 1e6,
        "GB" => 1e9,
        _ => return None,
    };
    let size = number * factor;
    // The range is checked, and fractions of a byte mean nothing.
    (0.0..1e15).contains(&size).then_some(size as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_in_words() {
        for (text, wanted) in [
            ("50 MB", Some(50_000_000)),
            ("1.5gb", Some(1_500_000_000)),
            ("7", Some(7)),
            ("x", None),
            ("5 TB", None),
            ("-1 MB", None),
        ] {
            assert_eq!(bytes(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_runs_in_a_browser_cannot_be_chosen() {
        let settings = Settings { types: vec!["text/html".into()], ..Settings::default() };
        assert_eq!(Rules::compile(&settings).unwrap_err(), BadSize::Type("text/html".into()));
    }
}
