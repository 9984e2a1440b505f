//! What a text consists of, before anybody knows where things live.

use crate::bibliography::content::{Citation, ItemName, inside};
use crate::bibliography::markup::ItemLink;

/// A part of a text in its order. Links hold the pieces between their start and end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// HTML of the owner's Markdown; raw HTML in it is theirs, kept as it is.
    Html(String),
    LinkStart {
        target: Target,
        /// Shown on hovering; mostly empty.
        title: String,
    },
    LinkEnd,
    Image {
        target: Target,
        alt: String,
        title: String,
    },
    Citation(Citation),
}

/// Where a link leads, in the owner's terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An address as it was written.
    Address(String),
    /// A place on the same page.
    Here { fragment: String },
    /// Another Markdown file: its path in the folder `content`.
    File { path: String, fragment: Option<String> },
    /// A place of the site, from its root: `static/plan.pdf`.
    Site { path: String, fragment: Option<String> },
    /// `@citekey`
    Item(ItemName),
    /// `zotero://select/…`
    Zotero(ItemLink),
}

impl Target {
    /// Reads what stands in a link of the file.
    pub(super) fn parse(file: &str, destination: &str) -> Self {
        if let Some(name) = destination.strip_prefix('@').and_then(|_| ItemName::parse(destination)) {
            return Self::Item(name);
        }
        if destination.starts_with("zotero:")
            && let Some(link) = ItemLink::parse(destination)
        {
            return Self::Zotero(link);
        }
        if let Some(fragment) = destination.strip_prefix('#') {
            return Self::Here { fragment: fragment.to_owned() };
        }
        let is_address = destination.starts_with("//") || has_scheme(destination);
        let local = if is_address { None } else { local(file, destination) };
        local.unwrap_or_else(|| Self::Address(destination.to_owned()))
    }
}

/// A path to another file of the owner's: relative to the file it stands in, or from the root of the site.
fn local(file: &str, destination: &str) -> Option<Target> {
    let (path, fragment) =
        destination.split_once('#').map_or((destination, None), |(path, id)| (path, Some(id.to_owned())));
    if let Some(path) = path.strip_prefix('/') {
        let is_page = path.ends_with(".md");
        let path = joined("", path)?;
        return Some(if is_page { Target::File { path, fragment } } else { Target::Site { path, fragment } });
    }
    let folder = format!("content/{}", inside(file));
    let joined = joined(folder.rsplit_once('/').map_or("", |(folder, _)| folder), path)?;
    match joined.strip_prefix("content/") {
        Some(path) if path.ends_with(".md") => Some(Target::File { path: path.to_owned(), fragment }),
        _ if joined.starts_with("static/") => Some(Target::Site { path: joined, fragment }),
        _ => None,
    }
}

/// A relative path from a folder, its dots followed; None if it leads out of the project.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut segments: Vec<&str> = folder.split('/').filter(|segment| !segment.is_empty()).collect();
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." => {
                segments.pop()?;
            }
            segment => segments.push(segment),
        }
    }
    Some(segments.join("/"))
}

fn has_scheme(text: &str) -> bool {
    let scheme = text.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_what_it_leads_to() {
        let site = |path: &str| Target::Site { path: path.into(), fragment: None };
        let page = |path: &str, fragment: Option<&str>| Target::File {
            path: path.into(),
            fragment: fragment.map(str::to_owned),
        };
        for (destination, wanted) in [
            ("https://example.org/x.md", Target::Address("https://example.org/x.md".into())),
            ("mailto:a@example.org", Target::Address("mailto:a@example.org".into())),
            ("proof.md", page("notes/proof.md", None)),
            ("../about.md#who", page("about.md", Some("who"))),
            ("/about.md", page("about.md", None)),
            ("../../static/plan.pdf", site("static/plan.pdf")),
            ("/static/plan.pdf", site("static/plan.pdf")),
            ("/", site("")),
            ("../../../etc/passwd", Target::Address("../../../etc/passwd".into())),
            ("#top", Target::Here { fragment: "top".into() }),
            ("@turing1950", Target::Item(ItemName::CitationKey("turing1950".into()))),
            ("x.html", Target::Address("x.html".into())),
        ] {
            assert_eq!(Target::parse("content/notes/index.md", destination), wanted, "{destination}");
        }
        assert!(matches!(Target::parse("a.md", "zotero://select/library/items/ABCD2345"), Target::Zotero(_)));
    }
}
