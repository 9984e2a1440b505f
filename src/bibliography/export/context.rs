//! What an export is made with beside its records.

use super::Links;
use crate::bibliography::citation::References;

/// What an export is made with beside its records and settings. The default names no addresses and words references in
/// English.
#[derive(Clone, Copy, Default)]
pub struct Context<'a> {
    pub links: Links<'a>,
    /// How bibliographies are worded; programs' formats have no use for it.
    pub wording: Option<Wording<'a>>,
}

/// How a bibliography is worded.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    /// Makes the references; the main style is the one of bibliographies.
    pub references: &'a References,
    /// What the document is called, in plain text.
    pub title: &'a str,
    /// The language of title and references, BCP 47.
    pub language: &'a str,
}

impl<'a> From<Links<'a>> for Context<'a> {
    fn from(links: Links<'a>) -> Self {
        Self { links, wording: None }
    }
}
