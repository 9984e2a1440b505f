//! What pages are made from.

use url::Url;

use crate::bibliography::attachment::Files;
use crate::bibliography::citation::References;
use crate::bibliography::content::Content;
use crate::bibliography::library::Library;
use crate::language::Language;
use crate::website::address::Addresses;
use crate::website::outline::{self, ListIndex, ListKind, Outline, Subject};
use crate::website::page::templates::Templates;
use crate::website::prose::Prose;
use crate::website::theme::Theme;
use crate::website::{download, feed, metadata};
use crate::zotero::schema::Labels;

/// Everything that pages are made from. Nothing in it changes while they are made.
pub struct Site<'a> {
    pub about: &'a About,
    pub library: &'a Library,
    pub outline: &'a Outline,
    pub lists: &'a outline::Settings,
    pub addresses: &'a Addresses<'a>,
    pub files: &'a Files,
    pub content: &'a Content,
    pub references: &'a References,
    pub prose: &'a Prose<'a>,
    pub downloads: download::Context<'a>,
    pub metadata: metadata::Context<'a>,
    pub feeds: feed::Context<'a>,
    pub language: &'a Language,
    pub labels: &'a Labels,
    pub theme: &'a Theme,
    pub templates: &'a Templates,
}

/// What the owner says about the site as a whole.
#[derive(Clone, Debug, Default)]
pub struct About {
    pub title: String,
    /// Markdown; may be empty.
    pub description: String,
    pub licence: Option<Licence>,
    /// Paths in `static/` that pages load after the theme's stylesheet.
    pub stylesheets: Vec<String>,
    /// A path in `static/` instead of the theme's icon.
    pub icon: Option<String>,
}

/// How the records may be reused.
#[derive(Clone, Debug)]
pub struct Licence {
    pub name: String,
    pub url: Option<Url>,
}

impl Site<'_> {
    /// What a list is called in the site's language.
    pub(super) fn list_name(&self, list: ListIndex) -> String {
        self.subject_name(&self.outline.list(list).subject)
    }

    pub(super) fn subject_name(&self, subject: &Subject) -> String {
        match subject {
            Subject::Collection(index) => match self.library.collection(*index).name.trim() {
                "" => self.say("untitled"),
                name => name.to_owned(),
            },
            Subject::Tag(name) => name.clone(),
            Subject::Creator(name) => name.direct(),
            Subject::Year(Some(year)) => self.year(*year),
            Subject::Year(None) => self.say("undated"),
            Subject::Type(name) => self.labels.item_type(name).to_owned(),
        }
    }

    /// A year in words: "1843", "44 BC".
    pub(super) fn year(&self, year: i32) -> String {
        if year < 0 {
            let number = (-year).to_string();
            return self.language.say("year-before", &[("year", crate::language::Argument::Text(&number))]);
        }
        year.to_string()
    }

    /// A decade by its first year: "1840s".
    pub(super) fn decade(&self, year: i32) -> String {
        if year < 0 {
            return self.year(year);
        }
        self.language.say("decade", &[("year", crate::language::Argument::Text(&year.to_string()))])
    }

    /// A phrase without variables.
    pub(super) fn say(&self, key: &str) -> String {
        self.language.say(key, &[])
    }

    /// What a kind of lists is called.
    pub(super) fn kind_name(&self, kind: ListKind) -> String {
        self.say(match kind {
            ListKind::Collections => "collections",
            ListKind::Tags => "tags",
            ListKind::Creators => "creators",
            ListKind::Years => "years",
            ListKind::Types => "types",
        })
    }
}
