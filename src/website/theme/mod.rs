//! Templates and assets: the owner's file if there is one, else the embedded one; hashed names.
//!
//! A theme is text and bytes here. What a template means is the business of `page`, what a phrase means that of `language`.
//! Nothing here reads the disk: the owner's files come in as a value.

mod asset;
mod settings;

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

use crate::language::Layer;
use crate::report::Hint;

pub use self::asset::Asset;
pub use self::settings::Settings;

static DEFAULT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The name of the theme that comes with the program.
pub const DEFAULT_NAME: &str = "default";

const TEMPLATES: &str = "templates/";
const STATIC: &str = "static/";
const LOCALES: &str = "locales/";
const SETTINGS: &str = "theme.toml";

/// A theme that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    #[error("there is no theme `{name}`")]
    Unknown { name: String },
    #[error("a file of the theme is not UTF-8 text")]
    NotText { file: String },
    #[error("cannot read the theme's settings: {what}")]
    Settings { file: String, line: usize, what: String },
    #[error("a stylesheet of the theme refers to `{reference}`, which the theme does not have")]
    MissingAsset { file: String, line: usize, reference: String },
    #[error("stylesheets of the theme import each other in a circle")]
    Circle { file: String },
}

impl Hint for ThemeError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::Unknown { name } => Some(format!(
                "put its files into `themes/{name}/`, or leave `theme` out of `[site]` for the default theme"
            )),
            Self::NotText { .. } => Some("save it as UTF-8".to_owned()),
            Self::Settings { .. } => Some("its keys are `name` and `description`".to_owned()),
            Self::MissingAsset { .. } => {
                Some("addresses in a stylesheet are relative to its own place in the theme's `static/`".to_owned())
            }
            Self::Circle { .. } => Some("take one of the `@import` rules out".to_owned()),
        }
    }

    fn place(&self) -> Option<String> {
        match self {
            Self::Unknown { .. } => None,
            Self::NotText { file } | Self::Circle { file } => Some(file.clone()),
            Self::Settings { file, line, .. } | Self::MissingAsset { file, line, .. } => Some(format!("{file}:{line}")),
        }
    }
}

/// Files of a theme by their path in it: `templates/home.html`, `static/theme.css`, `locales/de.ftl`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Everything that gives the site its look.
#[derive(Clone, Debug)]
pub struct Theme {
    pub settings: Settings,
    templates: Vec<Template>,
    assets: BTreeMap<String, Asset>,
    layers: Vec<Layer>,
}

/// A template as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its path in `templates/`, by which others include and extend it: `partials/entry.html`.
    pub name: String,
    /// Where it stands, for messages: `themes/mine/templates/home.html`.
    pub file: String,
    pub text: String,
}

impl Theme {
    /// The theme of this name: `owner`'s files over the embedded ones. The default theme may be changed by the owner in the same way.
    pub fn load(name: &str, owner: &Files) -> Result<Self, ThemeError> {
        if owner.is_empty() && name != DEFAULT_NAME {
            return Err(ThemeError::Unknown { name: name.to_owned() });
        }
        let files = merged(name, owner);
        Ok(Self {
            settings: settings(&files)?,
            templates: templates(&files)?,
            assets: asset::hashed(
                files.iter().filter_map(|file| Some((file.path.strip_prefix(STATIC)?, file))).collect(),
            )?,
            layers: layers(name, owner)?,
        })
    }

    /// All templates, by name.
    #[must_use]
    pub fn templates(&self) -> &[Template] {
        &self.templates
    }

    /// Locale files, those of the default theme before the owner's.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Files to be published.
    pub fn assets(&self) -> impl Iterator<Item = &Asset> {
        self.assets.values()
    }

    /// The published path of an asset by its path in `static/`: `theme.css` → `static/theme.0123456789.css`.
    #[must_use]
    pub fn asset(&self, path: &str) -> Option<&str> {
        self.assets.get(path).map(|asset| asset.path.as_str())
    }
}

/// A file of a theme with the place it comes from.
#[derive(Clone, Debug)]
struct File<'a> {
    path: &'a str,
    place: String,
    bytes: &'a [u8],
}

impl<'a> File<'a> {
    fn text(&self) -> Result<&'a str, ThemeError> {
        std::str::from_utf8(self.bytes).map_err(|_| ThemeError::NotText { file: self.place.clone() })
    }
}

fn embedded() -> Vec<File<'static>> {
    let mut files = Vec::new();
    let mut folders = vec![&DEFAULT];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(folder.files().filter_map(|file| {
            let path = file.path().to_str()?;
            Some(File { path, place: format!("themes/{DEFAULT_NAME}/{path}"), bytes: file.contents() })
        }));
    }
    files
}

fn owned<'a>(name: &str, owner: &'a Files) -> impl Iterator<Item = File<'a>> {
    let folder = format!("themes/{name}");
    owner.iter().map(move |(path, bytes)| File { path, place: format!("{folder}/{path}"), bytes })
}

/// One file per path, by path; the owner's wins.
fn merged<'a>(name: &str, owner: &'a Files) -> Vec<File<'a>> {
    let files: BTreeMap<&str, File<'_>> =
        embedded().into_iter().chain(owned(name, owner)).map(|file| (file.path, file)).collect();
    files.into_values().collect()
}

fn settings(files: &[File<'_>]) -> Result<Settings, ThemeError> {
    match files.iter().find(|file| file.path == SETTINGS) {
        Some(file) => Settings::parse(file.text()?, &file.place),
        None => Ok(Settings::default()),
    }
}

fn templates(files: &[File<'_>]) -> Result<Vec<Template>, ThemeError> {
    let templates = files.iter().filter_map(|file| Some((file.path.strip_prefix(TEMPLATES)?, file)));
    templates
        .map(|(name, file)| {
            Ok(Template { name: name.to_owned(), file: file.place.clone(), text: file.text()?.to_owned() })
        })
        .collect()
}

/// Phrases are merged one by one, so both files of a language are layers.
fn layers(name: &str, owner: &Files) -> Result<Vec<Layer>, ThemeError> {
    let mut layers = Vec::new();
    for file in embedded().into_iter().chain(owned(name, owner)) {
        let language = file.path.strip_prefix(LOCALES).and_then(|name| name.strip_suffix(".ftl"));
        if let Some(language) = language {
            let text = file.text()?.to_owned();
            layers.push(Layer { language: language.to_owned(), file: file.place.clone(), text });
        }
    }
    Ok(layers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(files: &[(&str, &str)]) -> Files {
        files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn the_default_theme_is_whole() {
        let theme = Theme::load(DEFAULT_NAME, &Files::new()).unwrap();
        assert!(theme.templates().iter().any(|template| template.name == "partials/entry.html"));
        let stylesheet = theme.asset("theme.css").unwrap();
        assert!(stylesheet.starts_with("static/theme.") && stylesheet.ends_with(".css"), "{stylesheet}");
        assert_eq!(stylesheet.len(), "static/theme.0123456789.css".len());
        assert_eq!(theme.settings.name, "default");
    }

    #[test]
    fn a_file_of_the_owner_replaces_the_embedded_one_alone() {
        let theme =
            Theme::load("mine", &owner(&[("templates/home.html", "<p>Mine"), ("static/logo.svg", "<svg/>")])).unwrap();
        let home = theme.templates().iter().find(|template| template.name == "home.html").unwrap();
        assert_eq!((home.text.as_str(), home.file.as_str()), ("<p>Mine", "themes/mine/templates/home.html"));
        assert!(theme.templates().iter().any(|template| template.file == "themes/default/templates/item.html"));
        assert!(theme.asset("logo.svg").is_some() && theme.asset("theme.js").is_some());
    }

    #[test]
    fn phrases_of_the_owner_are_a_second_layer() {
        let theme = Theme::load("mine", &owner(&[("locales/de.ftl", "menu = Inhalt\n")])).unwrap();
        let german: Vec<_> =
            theme.layers().iter().filter(|layer| layer.language == "de").map(|layer| &layer.file).collect();
        assert_eq!(german, ["themes/default/locales/de.ftl", "themes/mine/locales/de.ftl"]);
    }

    #[test]
    fn a_theme_without_files_is_refused() {
        let error = Theme::load("mine", &Files::new()).unwrap_err();
        assert_eq!(error.to_string(), "there is no theme `mine`");
        assert!(error.hint().unwrap().starts_with("put its files into `themes/mine/`"));
    }

    #[test]
    fn wrong_settings_are_told_with_their_line() {
        let error = Theme::load("mine", &owner(&[("theme.toml", "name = \"x\"\ncolour = \"red\"\n")])).unwrap_err();
        assert_eq!(error.place().unwrap(), "themes/mine/theme.toml:2");
    }
}
