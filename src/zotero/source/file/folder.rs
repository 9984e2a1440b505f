//! A folder that looks like one library of the cache.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde_json::Value;

use crate::zotero::record::{CollectionRecord, ItemKey, Skipped};
use crate::zotero::source::SourceError;
use crate::zotero::source::file::{FileLibrary, json};
use crate::zotero::source::one_line::one_line;
use crate::zotero::source::web::setting_tag_colors;

pub(super) fn read(dir: &Path) -> Result<FileLibrary, SourceError> {
    let items = dir.join("items.jsonl");
    let Some(text) = text(&items)? else {
        let reason = "it has no `items.jsonl`".to_owned();
        return Err(SourceError::Format { path: dir.to_owned(), reason, place: None });
    };
    let mut library = json::lines(&text, "items.jsonl");
    read_collections(dir, &mut library)?;
    library.tag_colors = tag_colors(dir)?;
    for entry in fs::read_dir(dir.join("fulltext")).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let key = name.to_str().and_then(|name| name.strip_suffix(".txt")).and_then(|stem| stem.parse().ok());
        if let Some(key) = key {
            library.texts.insert(key);
        }
    }
    Ok(library)
}

fn read_collections(dir: &Path, library: &mut FileLibrary) -> Result<(), SourceError> {
    let text = text(&dir.join("collections.jsonl"))?.unwrap_or_default();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match CollectionRecord::parse(&one_line(line)) {
            Ok(collection) => library.collections.push(collection),
            Err(reason) => library.skipped.push(Skipped::at(format!("collections.jsonl:{}", at + 1), line, &reason)),
        }
    }
    Ok(())
}

/// As the cache keeps them, or as the API sends them.
fn tag_colors(dir: &Path) -> Result<Vec<(String, String)>, SourceError> {
    let text = text(&dir.join("settings.json"))?.unwrap_or_default();
    let settings: Value = serde_json::from_str(&text).unwrap_or_default();
    let entry = |entry: &Value| Some((entry["name"].as_str()?.to_owned(), entry["color"].as_str()?.to_owned()));
    let own = settings["tag-colors"].as_array().map(|list| list.iter().filter_map(entry).collect());
    Ok(own.or_else(|| setting_tag_colors(&settings)).unwrap_or_default())
}

pub(super) fn text(path: &Path) -> Result<Option<String>, SourceError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(SourceError::Read { path: path.to_owned(), source }),
    }
}

/// `files/KEY/NAME`, where the name is one plain part of a path.
pub(super) fn file(dir: &Path, key: ItemKey, name: &str) -> Option<PathBuf> {
    let mut parts = Path::new(name).components();
    let plain =
        matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None)) && !name.contains(['\\', '/']);
    let path = dir.join("files").join(key.as_str()).join(name);
    // A link could lead out of the folder.
    let there = fs::symlink_metadata(&path).is_ok_and(|data| data.is_file());
    (plain && there).then_some(path)
}
