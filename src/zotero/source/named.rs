//! What `zbib init` is given: an address, an id, a path.

use url::Url;

use crate::report::Hint;
use crate::zotero::record::LibraryKind;
use crate::zotero::source::{Settings, desktop};

/// Text that names no library.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotALibrary {
    #[error("the address of a personal library does not hold its number")]
    UserName { name: String },
    #[error("`{text}` names no Zotero library")]
    Unknown { text: String },
}

impl Hint for NotALibrary {
    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::UserName { name } => format!(
                "your user ID stands at https://www.zotero.org/settings/keys (signed in as {name}); then: zbib init users/ID"
            ),
            Self::Unknown { .. } => {
                "give a group's address or number, `users/ID`, `publications/ID`, `desktop`, or a folder, .json, .jsonl, .bib or .ris file".to_owned()
            }
        })
    }
}

/// The library that `text` names: a group's page, `groups/123`, `users/7`, `publications/7`, a group's number, `desktop` for
/// that of whoever is signed in to the Zotero on this computer, or a path.
///
/// # Errors
/// When it names none, or a user by name.
pub fn named(text: &str) -> Result<Settings, NotALibrary> {
    let text = text.trim();
    if text == "desktop" {
        return Ok(desktop::settings());
    }
    if let Some(address) = address(text) {
        return on_the_web(&address, text);
    }
    let parts: Vec<_> = text.split('/').filter(|part| !part.is_empty()).collect();
    if let Some(found) = by_parts(&parts) {
        return Ok(found);
    }
    if text.is_empty() {
        return Err(NotALibrary::Unknown { text: text.to_owned() });
    }
    Ok(Settings { kind: LibraryKind::File, path: Some(text.to_owned()), ..Settings::default() })
}

/// The address of a page at zotero.org, with or without its scheme.
fn address(text: &str) -> Option<Url> {
    if text.contains("://") {
        return Url::parse(text).ok();
    }
    let host = text.split('/').next().unwrap_or_default();
    (host == "zotero.org" || host.ends_with(".zotero.org")).then(|| Url::parse(&format!("https://{text}")).ok())?
}

fn on_the_web(url: &Url, text: &str) -> Result<Settings, NotALibrary> {
    let unknown = || NotALibrary::Unknown { text: text.to_owned() };
    let host = url.host_str().unwrap_or_default();
    if host != "zotero.org" && !host.ends_with(".zotero.org") {
        return Err(unknown());
    }
    let parts: Vec<_> = url.path_segments().into_iter().flatten().filter(|part| !part.is_empty()).collect();
    match (by_parts(&parts), parts.first()) {
        (Some(found), _) if parts.len() > 1 => Ok(found),
        (_, Some(name)) if !matches!(*name, "groups" | "users" | "support" | "settings" | "styles" | "user") => {
            Err(NotALibrary::UserName { name: (*name).to_owned() })
        }
        _ => Err(unknown()),
    }
}

fn by_parts(parts: &[&str]) -> Option<Settings> {
    let (kind, id) = match parts {
        ["groups", id, ..] | [id] => (LibraryKind::Group, id),
        ["users", id, "publications", ..] | ["publications", id] => (LibraryKind::Publications, id),
        ["users", id, ..] => (LibraryKind::User, id),
        _ => return None,
    };
    let number = id.bytes().all(|byte| byte.is_ascii_digit()) && !id.is_empty();
    number.then(|| Settings { id: (*id).to_owned(), kind, ..Settings::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_ids_and_paths_name_libraries() {
        for (text, id) in [
            ("https://www.zotero.org/groups/123/name", "groups-123"),
            ("www.zotero.org/groups/123/name/collections/ABCD2345", "groups-123"),
            ("https://api.zotero.org/users/7/items", "users-7"),
            ("groups/123", "groups-123"),
            ("123", "groups-123"),
            ("users/7/publications", "publications-7"),
            ("desktop", "users-0"),
            ("./desktop", "file-desktop"),
            ("data/papers.bib", "file-papers"),
            ("./library", "file-library"),
        ] {
            let settings = named(text).unwrap();
            assert_eq!(settings.library().to_string(), id, "{text}");
            settings.check().unwrap();
        }
    }

    #[test]
    fn a_user_name_is_explained() {
        let error = named("https://www.zotero.org/ida_example/library").unwrap_err();
        assert!(error.hint().unwrap().contains("users/ID"));
        assert!(matches!(named("https://example.org/groups/1"), Err(NotALibrary::Unknown { .. })));
    }
}
