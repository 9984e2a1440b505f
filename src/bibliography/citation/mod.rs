//! References and citations as text.
//!
//! One style is known: the plain reference, which needs no style file and prints something for every record. It is what
//! remains where a style has nothing to say. Nothing here fails; a record without anything is still referred to.

pub mod processor;
pub mod styles;
pub mod words;

mod composer;
mod edition;
mod linked;
mod names;
mod plain;
mod short;

use std::ops::Range;

use crate::bibliography::library::Item;
use crate::bibliography::markup::SafeHtml;

pub use self::short::short;
pub use self::words::Words;

/// The id of the plain reference among the styles.
pub const PLAIN: &str = "plain";

/// A style in which the site shows references.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// What `data-style` says in a page.
    pub id: String,
    /// Its short name for readers: "APA".
    pub label: String,
}

/// A formatted reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    pub html: SafeHtml,
    pub text: String,
    /// Where the work's title stands in the HTML, its own elements included and no link in it.
    pub title: Option<Range<usize>>,
}

/// Makes references in the styles of the site.
#[derive(Clone, Debug)]
pub struct References {
    styles: Vec<Style>,
    words: Words,
}

impl References {
    /// The plain reference alone, under a name for readers, in the words of their language.
    #[must_use]
    pub fn plain(label: impl Into<String>, words: Words) -> Self {
        Self { styles: vec![Style { id: PLAIN.to_owned(), label: label.into() }], words }
    }

    /// The styles in the order of the settings; the first is the one of lists.
    #[must_use]
    pub fn styles(&self) -> &[Style] {
        &self.styles
    }

    /// The style of lists.
    #[must_use]
    pub fn main_style(&self) -> &Style {
        &self.styles[0]
    }

    /// The reference to an item in a style.
    #[must_use]
    pub fn entry(&self, item: &Item, _style: &Style) -> Reference {
        plain::reference(item, &self.words)
    }
}
