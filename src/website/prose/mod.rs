//! Notes and Markdown as `SafeHtml`, links resolved.
//!
//! Here the texts of owner and library meet the places of the site. What leads nowhere stays as words, and the owner is
//! told of it once for each place, whatever pages are made. Nothing here parses Markdown or sanitises.

mod note;
mod piece;
mod problem;
mod records;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::bibliography::attachment::Files;
use crate::bibliography::content::{Content, Headings, Page, Piece, pieces};
use crate::bibliography::library::{ItemIndex, Library, Note};
use crate::bibliography::markup::{SafeHtml, plain_text_of_html};
use crate::report::Problem;
use crate::website::address::Addresses;
use crate::website::output::SitePath;

use self::records::Records;

/// Makes prose for the pages of a site.
pub struct Prose<'a> {
    library: &'a Library,
    addresses: &'a Addresses<'a>,
    files: &'a Files,
    content: &'a Content,
    records: Records<'a>,
    /// The slug of each page by the path of its file in `content`.
    slugs: BTreeMap<&'a str, &'a str>,
}

impl<'a> Prose<'a> {
    #[must_use]
    pub fn new(library: &'a Library, addresses: &'a Addresses<'a>, files: &'a Files, content: &'a Content) -> Self {
        let pages = content.home.iter().chain(&content.pages);
        let slugs = pages.map(|page| (inside(&page.file), page.slug.as_str())).collect();
        Self { library, addresses, files, content, records: Records::of(library), slugs }
    }

    /// A page of the owner's, for the place where it stands.
    #[must_use]
    pub fn page(&self, page: &Page, at: &SitePath) -> SafeHtml {
        self.pieces(&page.body, at)
    }

    /// A text of the owner's, such as an overlay's, for a page.
    #[must_use]
    pub fn pieces(&self, pieces: &[Piece], at: &SitePath) -> SafeHtml {
        let mut text = piece::Text::new(self, at);
        pieces.iter().for_each(|piece| text.push(piece));
        SafeHtml::trusted(text.html.trim_end().to_owned())
    }

    /// Markdown from the settings, for a page.
    #[must_use]
    pub fn markdown(&self, markdown: &str, at: &SitePath) -> SafeHtml {
        self.pieces(&pieces(SETTINGS, markdown, Headings::Part), at)
    }

    /// Markdown from the settings as one line of plain text.
    #[must_use]
    pub fn plain(&self, markdown: &str) -> String {
        let html = self.markdown(markdown, &self.addresses.home());
        plain_text_of_html(html.as_str()).lines().collect::<Vec<_>>().join(" ")
    }

    /// A note of an item, for a page.
    #[must_use]
    pub fn note(&self, item: ItemIndex, note: &Note, at: &SitePath) -> SafeHtml {
        note::html(self, item, note, at)
    }

    /// What the texts of the owner speak of and the site does not have.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let pages = self.content.home.iter().chain(&self.content.pages);
        let pages = pages.map(|page| (&page.file, &page.body));
        let items = self.library.items.iter().filter_map(|item| item.overlay.as_ref());
        let items = items.map(|overlay| (&overlay.file, &overlay.body));
        let collections = self.library.collections.iter().filter_map(|collection| collection.overlay.as_ref());
        let collections = collections.map(|overlay| (&overlay.file, &overlay.body));
        let home = self.addresses.home();
        let of = |(file, body): (&String, &Vec<Piece>)| {
            let mut text = piece::Text::new(self, &home);
            body.iter().for_each(|piece| text.push(piece));
            text.lacks.into_iter().map(|lack| lack.in_file(file)).collect::<Vec<_>>()
        };
        pages.chain(items).chain(collections).flat_map(of).collect()
    }
}

/// The file that settings stand in.
const SETTINGS: &str = "zbib.toml";

/// A file's path inside the folder `content`.
fn inside(file: &str) -> &str {
    file.strip_prefix("content/").unwrap_or(file)
}
