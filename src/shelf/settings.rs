//! Where the owner's files are.

use std::path::PathBuf;

/// Paths from the project's root. `config` fills in what `zbib.toml` names; the folders have the names they have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub content: PathBuf,
    pub themes: PathBuf,
    pub static_files: PathBuf,
    /// The theme's name, the name of a folder in `themes`.
    pub theme: String,
    /// Files and folders in `content` that belong to a local library, and are read as one.
    pub except: Vec<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            content: "content".into(),
            themes: "themes".into(),
            static_files: "static".into(),
            theme: "default".to_owned(),
            except: Vec::new(),
        }
    }
}
