//! `[lists]` in `zbib.toml`.

use serde::{Deserialize, Serialize};

/// How lists are cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// References on one page of a list, 10 to 500.
    pub page_size: usize,
    /// References on the home page, 0 to 200.
    pub home: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { page_size: 50, home: 20 }
    }
}

impl Settings {
    /// What is wrong with the values, if anything: the setting and the reason.
    ///
    /// # Errors
    /// When a number is out of its range.
    pub fn check(&self) -> Result<(), (&'static str, String)> {
        if !(10..=500).contains(&self.page_size) {
            return Err(("lists.page-size", format!("{} is not between 10 and 500", self.page_size)));
        }
        if self.home > 200 {
            return Err(("lists.home", format!("{} is more than 200", self.home)));
        }
        Ok(())
    }
}
