//! The owner's files, read once and handed on as text: `content/`, styles, `themes/`, `static/`.
//!
//! Nothing here interprets what it reads, follows a symlink, or writes. Files that are only copied stay where they are:
//! their paths are handed on.

mod error;
mod settings;
mod walk;

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

pub use self::error::ShelfError;
pub use self::settings::Settings;

use self::walk::{Found, files};
use crate::report::Problem;
use crate::report::problem::{Kind, Level};

/// Everything the owner put beside `zbib.toml`. Lists are sorted by path.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// The Markdown files of `content/`.
    pub pages: Vec<Text>,
    /// The owner's files of the theme, by their path in its folder; none if the theme is the embedded one, unchanged.
    pub theme: BTreeMap<String, Vec<u8>>,
    /// The citation styles and locale files that [`Shelf::style`] read, in the order in which they were asked for.
    pub styles: Vec<Text>,
    /// The files of `static/`.
    pub statics: Vec<StaticFile>,
    pub problems: Vec<Problem>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// With slashes on every system: for a page its path in `content/`, for a style the path it was asked for by.
    pub path: String,
    /// Where it stands from the project's root, for messages: `content/about.md`.
    pub place: String,
    /// Without a byte order mark.
    pub text: String,
}

/// A file to be published as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaticFile {
    /// Its path in `static/`, with slashes on every system and accents composed.
    pub path: String,
    /// Where it stands from the project's root, for messages: `static/logo.svg`.
    pub place: String,
    pub from: PathBuf,
}

/// A page is written by people.
const LARGEST_PAGE: u64 = 4 << 20;
const LARGEST_STYLE: u64 = 4 << 20;
/// A theme's files are held in memory; the largest that make sense are fonts.
const LARGEST_THEME_FILE: u64 = 16 << 20;

static NOT_A_PAGE: Kind = Kind {
    id: "content-not-a-page",
    level: Level::Note,
    one: "a file in `content/` is no Markdown page and is not published",
    many: "{n} files in `content/` are no Markdown pages and are not published",
    hint: Some("files to publish belong into `static/`"),
};

impl Shelf {
    /// Reads what the settings name. Folders that are not there are empty.
    ///
    /// # Errors
    /// When a file cannot be read, is too large, or has a name or text that is not UTF-8.
    pub fn read(root: &Path, settings: &Settings) -> Result<Self, ShelfError> {
        let mut shelf = Self::default();
        shelf.read_content(root, settings)?;
        shelf.read_theme(root, settings)?;
        let found = files(root, &settings.static_files, &[], &mut shelf.problems)?;
        shelf.statics = found.into_iter().map(StaticFile::from).collect();
        Ok(shelf)
    }

    /// Reads a citation style or a locale file by its path from the project's root; none if there is no such file.
    ///
    /// Which files a style needs beside itself only a reader of styles knows, so they are read as they are asked for.
    ///
    /// # Errors
    /// When it cannot be read, is too large, or is not UTF-8.
    pub fn style(&mut self, root: &Path, path: &str) -> Result<Option<String>, ShelfError> {
        let (place, from) = (path.to_owned(), root.join(path));
        match fs::metadata(&from) {
            Ok(metadata) if metadata.is_file() => {
                let file = Found { path: place.clone(), place, from }.text(LARGEST_STYLE)?;
                let text = file.text.clone();
                self.styles.push(file);
                Ok(Some(text))
            }
            Ok(_) => Err(ShelfError::NoStyle { place, source: ErrorKind::IsADirectory.into() }),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(source) => Err(ShelfError::NoStyle { place, source }),
        }
    }

    fn read_content(&mut self, root: &Path, settings: &Settings) -> Result<(), ShelfError> {
        let found = files(root, &settings.content, &settings.except, &mut self.problems)?;
        for file in found {
            if file.path.ends_with(".md") {
                self.pages.push(file.text(LARGEST_PAGE)?);
            } else {
                self.problems.push(Problem::new(&NOT_A_PAGE, file.place, ""));
            }
        }
        Ok(())
    }

    fn read_theme(&mut self, root: &Path, settings: &Settings) -> Result<(), ShelfError> {
        let name = &settings.theme;
        if matches!(name.as_str(), "" | "." | "..") || name.contains(['/', '\\', ':']) {
            return Err(ShelfError::ThemeName { name: name.clone() });
        }
        let found = files(root, &settings.themes.join(name), &[], &mut self.problems)?;
        let read = |file: Found| Ok((file.path.clone(), file.bytes(LARGEST_THEME_FILE)?));
        self.theme = found.into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(())
    }
}

impl From<Found> for StaticFile {
    fn from(found: Found) -> Self {
        Self { path: found.path, place: found.place, from: found.from }
    }
}

#[cfg(test)]
mod tests;
