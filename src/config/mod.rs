//! Gathers the rooms' settings: `zbib.toml`, environment and flags become one checked, immutable `Config`.
//!
//! Only this room reads the environment. Flags go over environment over file over default, and each value knows where it
//! comes from. The settings themselves, their defaults and their checks stand in the rooms they belong to.

mod environment;
mod error;
mod file;
mod layers;
mod origin;
mod short;
mod site;
mod wording;

use std::path::{Path, PathBuf};

use toml::Table;

use crate::bibliography::{attachment, publish};
use crate::zotero::record::LibraryId;
use crate::zotero::source::{self, ApiKey};

pub use self::environment::Environment;
pub use self::error::ConfigError;
pub use self::file::File;
pub use self::origin::{Origin, Value};
pub use self::site::Site;

/// The name of the settings file.
pub const FILE: &str = "zbib.toml";

/// What a run was asked for, before it is checked.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `--config`; else `zbib.toml` in the working folder.
    pub file: Option<PathBuf>,
    /// The values of flags, under the names of the settings they stand for: `site.base-url`.
    pub flags: Vec<(String, String)>,
}

/// Everything that was set, checked.
#[derive(Debug)]
pub struct Config {
    /// The folder of `zbib.toml`, empty for the working folder; all other paths are relative to it.
    pub root: PathBuf,
    /// The settings as they hold.
    pub file: File,
    pub site: Site,
    pub libraries: Vec<Library>,
    pub publish: publish::Rules,
    pub attachments: attachment::Rules,
    /// Every value and where it comes from, in the order of their names.
    pub values: Vec<Value>,
}

/// One of the site's libraries.
#[derive(Debug)]
pub struct Library {
    pub settings: source::Settings,
    /// The key for Zotero's API, if the environment holds one.
    pub key: Option<ApiKey>,
    /// Where its items and collections stand in the site: empty, or `name/`.
    pub prefix: String,
}

impl Config {
    /// Reads and checks the settings.
    ///
    /// # Errors
    /// When the file cannot be read, or something in it, in the environment or among the flags cannot be meant.
    pub fn load(request: &Request, environment: &Environment) -> Result<Self, ConfigError> {
        let path = request.file.clone().unwrap_or_else(|| PathBuf::from(FILE));
        let text = read(&path)?;
        file::parse(&path, &text)?;
        let layers = layers::Layers::gather(&path, &text, environment, &request.flags)?;
        let file = layers.effective();
        let values = origin::values(&path, &text, &file, &layers);
        let root = path.parent().map(Path::to_owned).unwrap_or_default();
        match check(root, path, file, environment) {
            Ok(config) => Ok(Self { values, ..config }),
            Err(error) => Err(error.set_by(&values)),
        }
    }

    /// The folder of the cache.
    #[must_use]
    pub fn cache(&self) -> PathBuf {
        self.root.join(".zbib")
    }

    /// The libraries as the cache names them, in the order of the settings.
    #[must_use]
    pub fn library_ids(&self) -> Vec<LibraryId> {
        self.libraries.iter().map(|library| library.settings.library()).collect()
    }

    /// A text that changes when the rules do by which a sync keeps records and files.
    #[must_use]
    pub fn rules_fingerprint(&self) -> String {
        serde_json::json!([self.file.publish, self.file.attachments]).to_string()
    }

    /// The folder the site is written to.
    #[must_use]
    pub fn output(&self) -> PathBuf {
        self.root.join(&self.site.output)
    }
}

fn check(root: PathBuf, path: PathBuf, file: File, environment: &Environment) -> Result<Config, ConfigError> {
    let site = Site::check(&file.site).map_err(|error| ConfigError::value(&path, error.setting, error.reason))?;
    let checks = [file.exports.check(), file.lists.check(), file.feeds.check(), file.citations.check()];
    let fault = checks.into_iter().find_map(Result::err);
    if let Some((setting, reason)) = fault {
        return Err(ConfigError::value(&path, setting, reason));
    }
    if file.libraries.is_empty() {
        return Err(ConfigError::NoLibrary { path });
    }
    let libraries = libraries(&path, &file.libraries, environment)?;
    Ok(Config {
        root,
        site,
        libraries,
        publish: publish::Rules::compile(&file.publish)?,
        attachments: attachment::Rules::compile(&file.attachments)?,
        values: Vec::new(),
        file,
    })
}

/// One library stands at the root of the site; of several, each has a folder of its own.
fn libraries(path: &Path, all: &[source::Settings], environment: &Environment) -> Result<Vec<Library>, ConfigError> {
    let mut libraries: Vec<Library> = Vec::new();
    for settings in all {
        settings.check()?;
        let prefix = if all.len() == 1 { String::new() } else { format!("{}/", settings.place()) };
        let twice = |known: &Library| known.settings.library() == settings.library() || known.prefix == prefix;
        if libraries.iter().any(twice) {
            let reason = format!("`{}` stands there twice, or two libraries share a path", settings.library());
            return Err(ConfigError::value(path, "libraries", reason));
        }
        let key = environment.get(&settings.key_env).map(ApiKey::new).filter(|key| !key.is_empty());
        libraries.push(Library { settings: settings.clone(), key, prefix });
    }
    Ok(libraries)
}

fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => ConfigError::NoFile { path: path.to_owned() },
        _ => ConfigError::Unreadable { path: path.to_owned(), source },
    })
}

/// A value at a dotted name: `site.base-url`.
fn at<'a>(table: &'a Table, name: &str) -> Option<&'a toml::Value> {
    let mut parts = name.split('.');
    let mut value = table.get(parts.next()?)?;
    for part in parts {
        value = value.get(part)?;
    }
    Some(value)
}
