//! The owner's pages.

use serde::Deserialize;

use crate::bibliography::content::front_matter::{self, FrontMatter};
use crate::bibliography::content::{ContentError, Fault, Headings, Piece, markdown};

/// A page written in Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The file it stands in: `content/notes/proof.md`.
    pub file: String,
    /// Its place in the site: `notes/proof`. Empty for what `content/index.md` says on the home page.
    pub slug: String,
    /// From the front matter, else the first heading, else the slug.
    pub title: String,
    /// Whether the text begins with a heading of the first level, so that the page needs no other.
    pub brings_heading: bool,
    /// Whether it belongs in the site's menu.
    pub menu: bool,
    /// Its place among the other pages; those without one have 0.
    pub order: i64,
    /// For search engines and link previews.
    pub description: Option<String>,
    /// BCP 47, if it is not the site's.
    pub language: Option<String>,
    pub body: Vec<Piece>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Matter {
    title: Option<String>,
    slug: Option<String>,
    path: Option<String>,
    menu: Option<bool>,
    order: i64,
    description: Option<String>,
    language: Option<String>,
}

impl FrontMatter for Matter {
    const KNOWN: &'static [&'static str] = &["title", "slug", "path", "menu", "order", "description", "language"];
}

/// Reads a page. `name` is the file's path in the folder `content`, without its ending.
pub(super) fn read(file: &str, name: &str, text: &str) -> Result<Page, ContentError> {
    let (matter, body) = front_matter::read::<Matter>(file, text)?;
    let slug = slug(name, &matter);
    if !slug.is_empty() && !slug.split('/').all(is_safe) {
        return Err(ContentError::of_file(file, Fault::Slug(slug)));
    }
    let parsed = markdown::parse(file, body, Headings::Page);
    let last = slug.rsplit('/').next().unwrap_or_default();
    Ok(Page {
        file: file.to_owned(),
        title: matter.title.or(parsed.heading).unwrap_or_else(|| last.replace(['-', '_'], " ")),
        brings_heading: parsed.brings_heading,
        // Pages at the root are few and meant to be found; those below them are found from there.
        menu: matter.menu.unwrap_or(!slug.contains('/')),
        order: matter.order,
        description: matter.description,
        language: matter.language,
        body: parsed.pieces,
        slug,
    })
}

/// `path` replaces the whole place, `slug` its last part; `index` is the folder itself.
fn slug(name: &str, matter: &Matter) -> String {
    if let Some(path) = &matter.path {
        return path.trim_matches('/').to_owned();
    }
    let (folder, last) = name.rsplit_once('/').map_or(("", name), |(folder, last)| (folder, last));
    match (&matter.slug, last) {
        (Some(slug), _) if folder.is_empty() => slug.clone(),
        (Some(slug), _) => format!("{folder}/{slug}"),
        (None, "index") => folder.to_owned(),
        (None, _) => name.to_owned(),
    }
}

/// Letters of any script, digits, hyphens, underscores, and full stops within.
fn is_safe(part: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    !part.is_empty() && part.len() <= 120 && part.chars().all(fits) && !part.starts_with('.') && !part.ends_with('.')
}
