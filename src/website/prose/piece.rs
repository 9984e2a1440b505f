//! Pieces of the owner's texts as HTML.

use std::fmt::Write as _;

use crate::bibliography::citation::short;
use crate::bibliography::content::{Citation, Cite, ItemName, Piece, Target};
use crate::bibliography::library::CollectionIndex;
use crate::bibliography::markup::SafeHtml;
use crate::website::output::SitePath;
use crate::website::prose::problem::Lack;
use crate::website::prose::records::Lookup;
use crate::website::prose::{Prose, note};

/// A text being written for a page, and what it speaks of in vain.
pub(super) struct Text<'a> {
    prose: &'a Prose<'a>,
    at: &'a SitePath,
    pub html: String,
    pub lacks: Vec<Lack>,
    /// What ends each link that is open.
    open: Vec<&'static str>,
}

impl<'a> Text<'a> {
    pub fn new(prose: &'a Prose<'a>, at: &'a SitePath) -> Self {
        Self { prose, at, html: String::new(), lacks: Vec::new(), open: Vec::new() }
    }

    pub fn push(&mut self, piece: &Piece) {
        match piece {
            Piece::Html(html) => self.html.push_str(html),
            Piece::LinkStart { target, title } => self.link(target, title),
            Piece::LinkEnd => self.html.push_str(self.open.pop().unwrap_or_default()),
            Piece::Image { target, alt, title } => self.image(target, alt, title),
            Piece::Citation(citation) => self.citation(citation),
        }
    }

    fn link(&mut self, target: &Target, title: &str) {
        let address = self.address(target);
        let (start, end) = match address {
            Some(href) => (format!("<a href=\"{}\"{}>", escaped(&href), attribute("title", title)), "</a>"),
            None => (String::new(), ""),
        };
        self.html.push_str(&start);
        self.open.push(end);
    }

    fn image(&mut self, target: &Target, alt: &str, title: &str) {
        let Some(src) = self.address(target) else {
            self.html.push_str(&escaped(alt));
            return;
        };
        let title = attribute("title", title);
        let _ = write!(self.html, "<img src=\"{}\" alt=\"{}\"{title}>", escaped(&src), escaped(alt));
    }

    /// Where a target is, from this page. What is not in the site is noted.
    fn address(&mut self, target: &Target) -> Option<String> {
        let found = match target {
            Target::Address(address) => Some(address.clone()),
            Target::Here { fragment } => Some(format!("#{fragment}")),
            Target::Item(name) => self.item(name),
            Target::Zotero(link) => match self.prose.records.find(link) {
                Lookup::Found(record) => Some(note::address(self.prose, record, link.page, self.at)),
                Lookup::Withheld | Lookup::Elsewhere => None,
            },
            Target::File { path, fragment } => self.file(path).map(|link| with_fragment(link, fragment.as_deref())),
            Target::Site { path, fragment } => self.place(path).map(|link| with_fragment(link, fragment.as_deref())),
        };
        if found.is_none() {
            self.lacks.push(Lack::Link(named(target)));
        }
        found
    }

    fn item(&self, name: &ItemName) -> Option<String> {
        let index = self.prose.records.item(name)?;
        Some(self.prose.addresses.link(self.at, &self.prose.addresses.item(index)))
    }

    /// The page that is made from another file of the owner's.
    fn file(&self, path: &str) -> Option<String> {
        let addresses = self.prose.addresses;
        if let Some(slug) = self.prose.slugs.get(path) {
            let place = if slug.is_empty() { addresses.home() } else { addresses.prose(slug) };
            return Some(addresses.link(self.at, &place));
        }
        match path.strip_suffix(".md")?.split_once('/')? {
            ("items", name) => self.item(&ItemName::parse(name)?),
            ("collections", key) => {
                let is_it = |known: &crate::bibliography::library::Collection| known.key.as_str() == key;
                let index = self.prose.library.collections.iter().position(is_it)?;
                Some(addresses.link_to_collection(self.at, CollectionIndex(u32::try_from(index).ok()?)))
            }
            _ => None,
        }
    }

    /// A place given from the root of the site. Whether there is a file is seen when all files are known.
    fn place(&self, path: &str) -> Option<String> {
        let is_folder = path.is_empty() || path.ends_with('/');
        let path = if is_folder { format!("{path}index.html") } else { path.to_owned() };
        Some(self.prose.addresses.link(self.at, &SitePath::new(path).ok()?))
    }

    fn citation(&mut self, citation: &Citation) {
        let found: Vec<_> = citation.cites.iter().map(|cite| self.cite(cite)).collect();
        for (cite, _) in citation.cites.iter().zip(&found).filter(|(_, html)| html.is_none()) {
            let key = cite.key.clone();
            self.lacks.push(if citation.bracketed { Lack::Citation(key) } else { Lack::Mention(key) });
        }
        if found.iter().all(Option::is_none) {
            self.html.push_str(&escaped(&citation.source));
            return;
        }
        let unknown = |cite: &Cite| escaped(&format!("@{}", cite.key));
        let parts: Vec<_> =
            citation.cites.iter().zip(found).map(|(cite, html)| html.unwrap_or_else(|| unknown(cite))).collect();
        let joined = parts.join("; ");
        self.html.push_str(&if citation.bracketed { format!("({joined})") } else { joined });
    }

    /// "see Turing 1950, p. 12", the name of the record as a link.
    fn cite(&self, cite: &Cite) -> Option<String> {
        let index = self.prose.records.item(&ItemName::CitationKey(cite.key.clone()))?;
        let item = self.prose.library.item(index);
        let year = item.date.year.clone().filter(|_| cite.suppress_author);
        let name = year.unwrap_or_else(|| short(item));
        let href = self.prose.addresses.link(self.at, &self.prose.addresses.item(index));
        let prefix = if cite.prefix.is_empty() { String::new() } else { format!("{} ", escaped(&cite.prefix)) };
        let suffix = if cite.suffix.is_empty() { String::new() } else { format!(", {}", escaped(&cite.suffix)) };
        Some(format!("{prefix}<a class=\"citation\" href=\"{}\">{}</a>{suffix}", escaped(&href), escaped(&name)))
    }
}

/// A target in the owner's terms, for messages.
fn named(target: &Target) -> String {
    match target {
        Target::Address(address) => address.clone(),
        Target::Here { fragment } => format!("#{fragment}"),
        Target::File { path, .. } | Target::Site { path, .. } => path.clone(),
        Target::Item(name) => name.to_string(),
        Target::Zotero(link) => link.key.to_string(),
    }
}

fn with_fragment(link: String, fragment: Option<&str>) -> String {
    fragment.map_or(link.clone(), |fragment| format!("{link}#{fragment}"))
}

fn attribute(name: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!(" {name}=\"{}\"", escaped(value)) }
}

fn escaped(text: &str) -> String {
    SafeHtml::escape(text).as_str().to_owned()
}
