//! What `zbib init` writes.

use crate::zotero::record::LibraryKind;
use crate::zotero::source::Settings;

/// What is made anew by every build does not belong into a repository.
pub(super) const GITIGNORE: &str = "/public/\n/.zbib/\n";

/// A first page of the owner's own.
pub(super) const ABOUT: &str =
    "+++\ntitle = \"About\"\nmenu = true\n+++\n\nSay here who keeps this bibliography, and what for.\n";

/// The workflow that publishes the site every night.
pub(super) const WORKFLOW: &str = include_str!("workflow.yml");

/// `zbib.toml` for one library, with the settings that most owners change.
pub(super) fn settings(library: &Settings) -> String {
    let mut text = String::from(HEAD);
    text.push_str("\n[[libraries]]\n");
    let kind = match library.kind {
        LibraryKind::Group => "group",
        LibraryKind::User => "user",
        LibraryKind::Publications => "publications",
        LibraryKind::File => "file",
    };
    text.push_str(&format!("type = \"{kind}\"\n"));
    if !library.id.is_empty() {
        text.push_str(&format!("id = {}\n", toml::Value::from(library.id.clone())));
    }
    if let Some(path) = &library.path {
        text.push_str(&format!("path = {}\n", toml::Value::from(path.clone())));
    }
    if library.is_desktop() {
        text.push_str(&format!("api = {}\n{DESKTOP}", toml::Value::from(library.api.as_str())));
    } else if library.kind != LibraryKind::File {
        text.push_str(KEY);
    }
    text.push_str(TAIL);
    text
}

/// `zbib.toml` for the demonstration library.
pub(super) fn demo() -> String {
    let library = Settings { kind: LibraryKind::File, path: Some("content/library".into()), ..Settings::default() };
    settings(&library).replace("# title = \"\"", "title = \"Foundations of Computing\"")
}

const HEAD: &str = "\
# Settings of this site. `zbib config` shows every setting there is, its value, and where that comes from.

[site]
# title = \"\"                      # without one, the library's own name
# description = \"\"                # a sentence or two for the home page, in Markdown
# base-url = \"https://…\"          # the address the site will have; feeds and the sitemap need it
language = \"en\"                   # en, de, es, fr or pt
";

const KEY: &str = "\
# A private library needs a key that may read it: make one at https://www.zotero.org/settings/keys
# and put it into the environment variable ZOTERO_API_KEY. It never belongs in this file.
";

const DESKTOP: &str = "\
# The Zotero on this computer must run while zbib reads it, and let it: Settings → Advanced → \"Allow other applications
# on this computer to communicate with Zotero\". It asks for no key.
";

const TAIL: &str = "
[publish]
# item-exclude = [\"^private\"]     # records with such a tag are left out
# notes = false                   # notes of groups are published unless this is false
# annotations = true              # what was marked in published files

[attachments]
# publish = false                 # files are published unless this is false
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::File;

    #[test]
    fn what_is_written_can_be_read() {
        for text in ["https://www.zotero.org/groups/123/lab", "users/7", "desktop", "my \"papers\".bib"] {
            let settings = settings(&crate::zotero::source::named(text).unwrap());
            let file: File = toml::from_str(&settings).unwrap();
            assert_eq!(file.libraries.len(), 1, "{settings}");
            assert!(file.libraries[0].check().is_ok(), "{settings}");
        }
    }
}
