//! Assets under names that change with their content, so that a browser may keep them for ever.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use xxhash_rust::xxh3::xxh3_64;

use super::{File, STATIC, ThemeError};

/// A file to be published as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// In the site: `static/theme.0123456789.css`.
    pub path: String,
    pub bytes: Vec<u8>,
}

static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(url\(\s*["']?|@import\s+["'])([^"')\s]+)"#).expect("the pattern is constant and valid")
});

/// Assets by their path in `static/`. Stylesheets refer to the others by their new names.
pub fn hashed(files: BTreeMap<&str, &File<'_>>) -> Result<BTreeMap<String, Asset>, ThemeError> {
    let mut assets = Hashing { files, done: BTreeMap::new(), open: Vec::new() };
    let paths: Vec<&str> = assets.files.keys().copied().collect();
    for path in paths {
        assets.hash(path)?;
    }
    Ok(assets.done)
}

struct Hashing<'a> {
    files: BTreeMap<&'a str, &'a File<'a>>,
    done: BTreeMap<String, Asset>,
    /// Stylesheets whose references are being looked up.
    open: Vec<String>,
}

impl Hashing<'_> {
    /// The published path of a file, which is hashed after everything it refers to.
    fn hash(&mut self, path: &str) -> Result<Option<String>, ThemeError> {
        if let Some(asset) = self.done.get(path) {
            return Ok(Some(asset.path.clone()));
        }
        let Some(file) = self.files.get(path).copied() else { return Ok(None) };
        if self.open.iter().any(|open| open == path) {
            return Err(ThemeError::Circle { file: file.place.clone() });
        }
        self.open.push(path.to_owned());
        let bytes =
            if path.ends_with(".css") { self.stylesheet(path, file)?.into_bytes() } else { file.bytes.to_vec() };
        self.open.pop();
        let asset = Asset { path: name(path, &bytes), bytes };
        let published = asset.path.clone();
        self.done.insert(path.to_owned(), asset);
        Ok(Some(published))
    }

    fn stylesheet(&mut self, path: &str, file: &File<'_>) -> Result<String, ThemeError> {
        let text = file.text()?;
        let mut failure = None;
        let rewritten = REFERENCE.replace_all(text, |found: &Captures<'_>| {
            let reference = &found[2];
            let line = || text[..found.get(0).map_or(0, |whole| whole.start())].matches('\n').count() + 1;
            match self.reference(path, file, reference, line) {
                Ok(new) => format!("{}{new}", &found[1]),
                Err(error) => {
                    failure.get_or_insert(error);
                    String::new()
                }
            }
        });
        failure.map_or(Ok(rewritten.into_owned()), Err)
    }

    /// A reference of a stylesheet by its new name; what does not lead into the theme stays as it is.
    fn reference(
        &mut self,
        from: &str,
        file: &File<'_>,
        reference: &str,
        line: impl Fn() -> usize,
    ) -> Result<String, ThemeError> {
        let end = reference.find(['?', '#']).unwrap_or(reference.len());
        let (target, rest) = reference.split_at(end);
        if target.is_empty() || target.starts_with('/') || target.contains(':') {
            return Ok(reference.to_owned());
        }
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let published = match joined(folder, target) {
            Some(path) => self.hash(&path)?,
            None => None,
        };
        let missing =
            || ThemeError::MissingAsset { file: file.place.clone(), line: line(), reference: reference.to_owned() };
        let published = published.ok_or_else(missing)?;
        // Both names are in the same folders as before, so only the last part changes.
        let name = published.rsplit('/').next().unwrap_or_default();
        let kept = target.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        Ok(format!("{kept}{name}{rest}"))
    }
}

/// A relative path from a folder, `None` if it leaves `static/`.
fn joined(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn name(path: &str, bytes: &[u8]) -> String {
    let hash = format!("{:016x}", xxh3_64(bytes));
    let (folder, file) = path.rsplit_once('/').map_or(("", path), |(folder, file)| (folder, file));
    let slash = if folder.is_empty() { "" } else { "/" };
    match file.split_once('.') {
        Some((stem, extension)) => format!("{STATIC}{folder}{slash}{stem}.{}.{extension}", &hash[..10]),
        None => format!("{STATIC}{folder}{slash}{file}.{}", &hash[..10]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashed_files(files: &[(&str, &str)]) -> Result<BTreeMap<String, Asset>, ThemeError> {
        let files: Vec<File<'_>> = files
            .iter()
            .map(|(path, text)| File { path, place: format!("static/{path}"), bytes: text.as_bytes() })
            .collect();
        hashed(files.iter().map(|file| (file.path, file)).collect())
    }

    #[test]
    fn stylesheets_refer_to_hashed_names() {
        let css = "a { background: url(\"../img/dot.svg#x\") }\n@import 'more.css';\nb { src: url(data:x) }";
        let assets = hashed_files(&[("css/a.css", css), ("css/more.css", "c {}"), ("img/dot.svg", "<svg/>")]).unwrap();
        let text = String::from_utf8(assets["css/a.css"].bytes.clone()).unwrap();
        let dot = assets["img/dot.svg"].path.strip_prefix("static/img/").unwrap();
        let more = assets["css/more.css"].path.strip_prefix("static/css/").unwrap();
        assert!(text.contains(&format!("url(\"../img/{dot}#x\")")), "{text}");
        assert!(text.contains(&format!("@import '{more}'")) && text.contains("url(data:x)"), "{text}");
    }

    #[test]
    fn a_change_of_an_image_changes_the_name_of_the_stylesheet() {
        let path =
            |image| hashed_files(&[("a.css", "a { b: url(i.svg) }"), ("i.svg", image)]).unwrap()["a.css"].path.clone();
        assert_ne!(path("<svg/>"), path("<svg></svg>"));
    }

    #[test]
    fn a_reference_to_nothing_is_told_with_file_and_line() {
        let error = hashed_files(&[("a.css", "a {}\nb { c: url(nothing.png) }")]).unwrap_err();
        assert!(matches!(error, ThemeError::MissingAsset { line: 2, ref reference, .. } if reference == "nothing.png"));
    }

    #[test]
    fn a_circle_of_imports_is_refused() {
        let error = hashed_files(&[("a.css", "@import 'b.css';"), ("b.css", "@import 'a.css';")]).unwrap_err();
        assert!(matches!(error, ThemeError::Circle { .. }));
    }
}
