//! `[site]` in `zbib.toml`: what holds for the site as a whole.

use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use url::Url;

/// `[site]` as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The site's name; empty: the name of its first library.
    pub title: String,
    /// A sentence or two about the library, in Markdown, for the home page.
    pub description: String,
    /// The address the site will have: `https://lab.example.org/papers/`.
    pub base_url: Option<String>,
    /// The language of the interface: `en`, `de`, `es`, `fr` or `pt`.
    pub language: String,
    /// The folder under `themes/` whose files go before the built-in ones.
    pub theme: String,
    /// The folder the site is written to.
    pub output: PathBuf,
    /// How the records may be reused, in words: `CC0 1.0`.
    pub licence: String,
    /// The address of that licence.
    pub licence_url: String,
    /// Stylesheets in `static/` that every page loads after the theme's.
    pub stylesheets: Vec<String>,
    /// The site's icon in `static/`, instead of the theme's.
    pub icon: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            title: String::new(),
            description: String::new(),
            base_url: None,
            language: "en".to_owned(),
            theme: "default".to_owned(),
            output: PathBuf::from("public"),
            licence: String::new(),
            licence_url: String::new(),
            stylesheets: Vec::new(),
            icon: String::new(),
        }
    }
}

/// `[site]`, checked.
#[derive(Clone, Debug)]
pub struct Site {
    pub title: Option<String>,
    pub description: String,
    pub base_url: Option<Url>,
    pub language: String,
    pub theme: String,
    pub output: PathBuf,
    pub licence: Option<Licence>,
    pub stylesheets: Vec<String>,
    pub icon: Option<String>,
}

/// How the records may be reused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    pub name: String,
    pub url: Option<Url>,
}

/// What cannot be meant.
pub(super) struct Fault {
    pub(super) setting: &'static str,
    pub(super) reason: String,
}

impl Site {
    pub(super) fn check(settings: &Settings) -> Result<Self, Fault> {
        let filled = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let base_url =
            settings.base_url.as_ref().and_then(filled).map(|text| web("site.base-url", &text)).transpose()?;
        let licence_url = filled(&settings.licence_url).map(|text| web("site.licence-url", &text)).transpose()?;
        let name = filled(&settings.licence).or_else(|| licence_url.as_ref().map(Url::to_string));
        if settings.theme.is_empty() || settings.theme.contains(['/', '\\']) || settings.theme.starts_with('.') {
            let reason = format!("`{}` is no name of a folder under themes/", settings.theme);
            return Err(Fault { setting: "site.theme", reason });
        }
        Ok(Self {
            title: filled(&settings.title),
            description: settings.description.clone(),
            base_url,
            language: settings.language.clone(),
            theme: settings.theme.clone(),
            output: output(&settings.output)?,
            licence: name.map(|name| Licence { name, url: licence_url }),
            stylesheets: settings.stylesheets.clone(),
            icon: filled(&settings.icon),
        })
    }
}

fn web(setting: &'static str, text: &str) -> Result<Url, Fault> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let fault = || Fault { setting, reason: format!("`{text}` is no web address; it begins with https://") };
    url.ok_or_else(fault)
}

/// The project's own folder and those above it cannot be the output: a build may remove what it once wrote.
fn output(path: &Path) -> Result<PathBuf, Fault> {
    let named = path.components().any(|part| matches!(part, Component::Normal(_)));
    let last = path.components().next_back();
    if !named || matches!(last, Some(Component::ParentDir)) {
        let reason = format!("`{}` is not a folder of its own", path.display());
        return Err(Fault { setting: "site.output", reason });
    }
    Ok(path.to_owned())
}
