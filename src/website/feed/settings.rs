//! `[feeds]` in `zbib.toml`.

use serde::{Deserialize, Serialize};

/// Which feeds there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The newest references in a feed, 1 to 1000.
    pub entries: usize,
    /// Whether every collection has a feed of its own.
    pub collections: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { entries: 50, collections: true }
    }
}

impl Settings {
    /// What is wrong with the values, if anything: the setting and the reason.
    ///
    /// # Errors
    /// When a number is out of its range.
    pub fn check(&self) -> Result<(), (&'static str, String)> {
        if (1..=1000).contains(&self.entries) {
            return Ok(());
        }
        Err(("feeds.entries", format!("{} is not between 1 and 1000", self.entries)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_checked() {
        assert!(Settings::default().check().is_ok());
        assert_eq!(Settings { entries: 0, ..Settings::default() }.check().unwrap_err().0, "feeds.entries");
        assert!(toml::from_str::<Settings>("entires = 3").is_err());
    }
}
