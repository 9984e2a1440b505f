//! One `[[libraries]]` table of `zbib.toml`.

use std::path::{Path, PathBuf};

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};
use url::{Host, Url};

use crate::zotero::record::{LibraryId, LibraryKind};
use crate::zotero::source::{Interval, SettingsError};

/// A library of the site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Settings {
    /// Zotero's number of the group or user. At the Zotero on this computer, 0 or nothing is whoever is signed in there.
    /// For a file, a name made of letters, digits and hyphens; without one, the file's own name serves.
    #[serde(deserialize_with = "text_or_number")]
    pub id: String,
    /// `group`, `user`, `publications` or `file`.
    #[serde(rename = "type")]
    pub kind: LibraryKind,
    /// The address of the API. `http` only on this machine, and `/api` there is that of the Zotero desktop program.
    pub api: Url,
    /// The environment variable that holds the API key. Public libraries need none.
    pub key_env: String,
    /// For a file, where it is: a folder like the cache, or one `.json`, `.jsonl` or `.bib`. For all others, the
    /// library's place in a site of several, `papers` in `papers/items/KEY/`; without one, its id.
    pub path: Option<String>,
    /// The name the site gives it, instead of Zotero's.
    pub name: Option<String>,
    /// Ask Zotero no more often than this.
    pub interval: Option<Interval>,
    /// Keys do not belong in a file: one found here is refused, and never kept.
    #[serde(rename = "key", alias = "api-key", skip_serializing)]
    pub refused_key: Option<IgnoredAny>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            id: String::new(),
            kind: LibraryKind::Group,
            api: Url::parse("https://api.zotero.org").expect("a constant address"),
            key_env: "ZOTERO_API_KEY".to_owned(),
            path: None,
            name: None,
            interval: None,
            refused_key: None,
        }
    }
}

impl Settings {
    /// Whether they make sense together.
    ///
    /// # Errors
    /// The first thing that does not.
    pub fn check(&self) -> Result<(), SettingsError> {
        if looks_like_a_key(&self.key_env) {
            return Err(SettingsError::KeyInFile { variable: "ZOTERO_API_KEY".to_owned() });
        }
        if self.refused_key.is_some() {
            return Err(SettingsError::KeyInFile { variable: self.key_env.clone() });
        }
        if self.kind == LibraryKind::File {
            return self.check_file();
        }
        if self.is_desktop() && self.kind == LibraryKind::Publications {
            return Err(SettingsError::PublicationsAtDesktop);
        }
        if !self.is_of_whoever_is_signed_in() {
            self.check_number()?;
        }
        let place = self.path.as_deref().unwrap_or("x");
        if !place.split('/').all(is_name) {
            return Err(SettingsError::BadPlace { path: place.to_owned() });
        }
        if self.api.scheme() == "https" || (self.api.scheme() == "http" && is_loopback(&self.api)) {
            Ok(())
        } else {
            Err(SettingsError::BadApi { api: self.api.to_string() })
        }
    }

    fn check_number(&self) -> Result<(), SettingsError> {
        if self.id.is_empty() {
            return Err(SettingsError::NoId);
        }
        if !self.id.bytes().all(|byte| byte.is_ascii_digit()) || self.id.starts_with('0') || self.id.len() > 18 {
            let kind = if self.kind == LibraryKind::Group { "group" } else { "user" };
            return Err(SettingsError::NotANumber { id: self.id.clone(), kind });
        }
        Ok(())
    }

    fn check_file(&self) -> Result<(), SettingsError> {
        if self.path.as_deref().unwrap_or_default().is_empty() {
            return Err(SettingsError::NoPath { id: self.id.clone() });
        }
        if self.id.is_empty() || is_name(&self.id) {
            Ok(())
        } else {
            Err(SettingsError::BadName { id: self.id.clone() })
        }
    }

    /// The library's identity in the cache.
    #[must_use]
    pub fn library(&self) -> LibraryId {
        let id = match self.id.as_str() {
            _ if self.is_of_whoever_is_signed_in() => "0".to_owned(),
            "" => self.stem(),
            id => id.to_owned(),
        };
        LibraryId { kind: self.kind, id }
    }

    /// Whether the library is asked of the Zotero desktop program: its local API is `/api` on this machine.
    #[must_use]
    pub fn is_desktop(&self) -> bool {
        self.kind != LibraryKind::File && is_loopback(&self.api) && self.api.path().trim_end_matches('/') == "/api"
    }

    /// The desktop program calls the user who is signed in there 0.
    fn is_of_whoever_is_signed_in(&self) -> bool {
        self.is_desktop() && self.kind == LibraryKind::User && matches!(self.id.as_str(), "" | "0")
    }

    /// Where a file library is; None for all others.
    #[must_use]
    pub fn location(&self) -> Option<PathBuf> {
        (self.kind == LibraryKind::File).then(|| self.path.clone().unwrap_or_default().into())
    }

    /// The library's place in a site of several.
    #[must_use]
    pub fn place(&self) -> String {
        let own = (self.kind != LibraryKind::File).then(|| self.path.clone()).flatten();
        own.unwrap_or_else(|| match self.kind {
            LibraryKind::File => self.library().id,
            _ => self.library().to_string(),
        })
    }

    /// A name made from the file's own.
    fn stem(&self) -> String {
        let path = Path::new(self.path.as_deref().unwrap_or_default());
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let plain: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let plain = plain.trim_matches('-');
        if plain.is_empty() { "library".to_owned() } else { plain.to_owned() }
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 60 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Zotero's keys are 24 letters and digits; the names of variables are not made so.
fn looks_like_a_key(name: &str) -> bool {
    let mixed = name.bytes().any(|byte| byte.is_ascii_lowercase()) && name.bytes().any(|byte| byte.is_ascii_digit());
    name.len() == 24 && mixed && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Whether a host is this machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a library's id is a number or a name")]
    enum Id {
        Number(u64),
        Text(String),
    }
    Ok(match Id::deserialize(deserializer)? {
        Id::Number(number) => number.to_string(),
        Id::Text(text) => text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Hint;

    fn read(text: &str) -> Settings {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn everything_has_a_default_but_the_id() {
        let settings = read("id = 123");
        settings.check().unwrap();
        assert_eq!(settings.library().to_string(), "groups-123");
        assert_eq!(settings.place(), "groups-123");
        assert_eq!(read("").check(), Err(SettingsError::NoId));
        let file = read("type = 'file'\npath = 'data/My papers.bib'");
        file.check().unwrap();
        assert_eq!(file.library().to_string(), "file-My-papers");
    }

    #[test]
    fn a_key_in_the_settings_is_refused_and_forgotten() {
        for name in ["key", "api-key"] {
            let settings = read(&format!("id = 1\n{name} = 'q7Zt0n3XkVbR2m9WcYdL5sHa'"));
            assert!(!format!("{settings:?}").contains("q7Zt"));
            let error = settings.check().unwrap_err();
            assert_eq!(error, SettingsError::KeyInFile { variable: "ZOTERO_API_KEY".into() });
        }
    }

    #[test]
    fn each_mistake_has_its_own_sentence() {
        for (text, says) in [
            ("id = 'ida_example'\ntype = 'user'", "ids are numbers"),
            ("id = 1\napi = 'http://example.org'", "cannot be asked"),
            ("id = 1\npath = '../x'", "cannot be the place"),
            ("id = 0\ntype = 'user'", "ids are numbers"),
            ("id = 0\napi = 'http://localhost:23119/api'", "ids are numbers"),
            ("id = 7\ntype = 'publications'\napi = 'http://localhost:23119/api'", "My Publications"),
            ("type = 'file'", "has no `path`"),
            ("type = 'file'\nid = 'a/b'\npath = 'x'", "cannot name a library"),
        ] {
            let error = read(text).check().unwrap_err();
            assert!(error.to_string().contains(says) && error.hint().is_some(), "{error}");
        }
        read("id = 1\napi = 'http://127.0.0.1:8080'").check().unwrap();
    }

    #[test]
    fn the_zotero_on_this_computer_is_known_by_its_address_and_needs_no_id() {
        for (text, id) in [
            ("type = 'user'\napi = 'http://localhost:23119/api/'", "users-0"),
            ("type = 'user'\nid = 0\napi = 'http://127.0.0.1:23119/api'", "users-0"),
            ("type = 'user'\nid = 7\napi = 'http://[::1]:23119/api/'", "users-7"),
            ("id = 7\napi = 'http://localhost:23119/api/'", "groups-7"),
        ] {
            let settings = read(text);
            settings.check().unwrap();
            assert!(settings.is_desktop(), "{text}");
            assert_eq!((settings.library().to_string(), settings.place()), (id.to_owned(), id.to_owned()));
        }
        for text in ["id = 1\napi = 'http://localhost:8080/'", "id = 1\napi = 'https://example.org/api/'"] {
            assert!(!read(text).is_desktop(), "{text}");
        }
    }
}
