//! The page of one record.

use serde::Serialize;

use super::entry::Entry;
use super::{Download, Link, Term, Trail, View};
use crate::bibliography::markup::SafeHtml;

/// The page of one record. Of its parts only the key and the title are sure to be there.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ItemView {
    pub key: String,
    /// What the page's unAPI server is asked for, in the one `abbr` of the class `unapi-id`: Zotero reads the record there.
    pub unapi: Option<String>,
    pub trail: Trail,
    /// The item type.
    pub kind: Term,
    pub year: Option<Term>,
    pub title: SafeHtml,
    /// Language of the record, BCP 47, where it is known and not the site's.
    pub language: Option<String>,
    pub creators: Vec<Role>,
    /// Where it appeared, as a line: "In *Mind*, vol. 59, pages 433–460."
    pub source: Option<SafeHtml>,
    pub read: Option<Read>,
    /// The record as files.
    pub exports: Vec<Download>,
    /// The formatted reference in each style of the site; eight with the BibTeX at most.
    pub references: Vec<Reference>,
    /// The record's BibTeX, shown among the styles.
    pub bibtex: Option<String>,
    /// Paragraphs of the abstract, plain text.
    pub abstract_paragraphs: Vec<String>,
    /// What the owner wrote about this record.
    pub overlay: Option<SafeHtml>,
    pub fields: Vec<Field>,
    pub files: Vec<File>,
    pub annotations: Vec<Annotation>,
    pub notes: Vec<Note>,
    pub relations: Vec<Relation>,
    pub collections: Vec<Link>,
    pub tags: Vec<Tag>,
    /// Other places on the web.
    pub links: Vec<Link>,
    /// The page's absolute address; its label leaves the scheme out.
    pub permalink: Option<Link>,
    pub citation_key: Option<String>,
    /// The record as an empty COinS element, if the owner wants it in pages.
    pub coins: Option<SafeHtml>,
    /// ISO date.
    pub added: Option<String>,
    /// ISO date.
    pub changed: Option<String>,
}

impl View for ItemView {
    const TEMPLATE: &'static str = "item.html";
}

/// Creators who did the same for the record.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Role {
    /// What they did, as a phrase: "edited by"; `None` for those who made the work itself.
    pub phrase: Option<String>,
    pub creators: Vec<Term>,
}

/// The way to the text itself.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Read {
    pub href: String,
    /// Format of a published file: `PDF`. Without one the text is elsewhere, at `host`.
    pub format: Option<String>,
    /// `doi.org`
    pub host: String,
    /// In bytes.
    pub size: Option<u64>,
}

/// The reference in one style.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Reference {
    /// Id of the CSL style.
    pub style: String,
    /// Short name of the style: `APA`.
    pub label: String,
    pub html: SafeHtml,
}

/// A field of the record.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Field {
    pub label: String,
    /// Several for creators; one otherwise.
    pub values: Vec<Value>,
}

/// A value of a field.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Value {
    pub html: SafeHtml,
    pub href: Option<String>,
    /// The address is outside of this site.
    pub external: bool,
    /// It is read digit by digit, as dates and numbers are.
    pub number: bool,
}

/// A published file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct File {
    /// `PDF`, `EPUB`, `HTML` …
    pub format: String,
    /// The attachment's title.
    pub name: String,
    pub href: String,
    /// In bytes.
    pub size: Option<u64>,
}

/// A passage that was marked in a file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Annotation {
    /// `yellow`, `red`, `green`, `blue`, `purple`, `magenta`, `orange` or `gray`.
    pub color: Option<String>,
    /// The page as it is printed: `694`, `xii`.
    pub page: Option<String>,
    /// The file at that page.
    pub href: Option<String>,
    /// The marked text.
    pub text: Option<String>,
    pub comment: Option<SafeHtml>,
}

/// A note on the record.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Note {
    /// Anchor of the note.
    pub anchor: String,
    /// Its text, sanitised, headings below the page's own.
    pub html: SafeHtml,
    /// ISO date.
    pub changed: Option<String>,
}

/// Records that stand in one relation to this one.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Relation {
    /// The relation in words: "Related", "Cites".
    pub heading: String,
    pub entries: Vec<Entry>,
}

/// A tag of the record.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Tag {
    pub label: String,
    pub href: Option<String>,
    /// Name of the tag's colour: `red`, `orange`, `gray`, `green`, `teal`, `blue`, `indigo`, `purple` or `plum`.
    pub color: Option<String>,
}
