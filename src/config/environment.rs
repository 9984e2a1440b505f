//! The environment, read once and handed on as a value.

use std::collections::BTreeMap;

use crate::report;

/// The variables this process was started with.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The environment of this process. Variables that are not Unicode are none of ours.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn of_process() -> Self {
        let unicode = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self(std::env::vars_os().filter_map(unicode).collect())
    }

    /// An environment made for a test or an embedding program.
    #[must_use]
    pub fn of(variables: &[(&str, &str)]) -> Self {
        Self(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// The value of a variable, if it is set and not empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Variables that stand for settings, `ZBIB_SITE__BASE_URL`, with the names of the settings: `site.base-url`.
    ///
    /// `ZBIB_BASE_URL` is short for the one that every publishing pipeline sets.
    pub(super) fn settings(&self) -> impl Iterator<Item = (&str, String, &str)> {
        self.0.iter().filter(|(_, value)| !value.is_empty()).filter_map(|(variable, value)| {
            let name = match variable.strip_prefix("ZBIB_")? {
                "BASE_URL" => "site.base-url".to_owned(),
                name if name.contains("__") => name.to_lowercase().replace("__", ".").replace('_', "-"),
                _ => return None,
            };
            Some((variable.as_str(), name, value.as_str()))
        })
    }

    /// What the terminal and CI say about how to report.
    #[must_use]
    pub fn report(&self) -> report::Settings {
        let set = |name: &str| self.get(name).is_some();
        report::Settings {
            plain: set("CI") || self.get("TERM") == Some("dumb"),
            github: self.get("GITHUB_ACTIONS") == Some("true"),
            ..report::Settings::default()
        }
    }
}

/// Values may be secrets: only the names are shown.
impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}
