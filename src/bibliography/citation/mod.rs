//! References and citations as text.
//!
//! A reference is made in a citation style, or it is the plain reference, which needs no style and prints something for
//! every record: it is what remains where a style has nothing to say. Once styles are read nothing here fails.

pub mod processor;
pub mod styles;
pub mod words;

mod composer;
mod edition;
mod linked;
mod names;
mod plain;
mod references;
mod settings;
mod short;

use std::ops::Range;

use crate::bibliography::markup::SafeHtml;

pub use self::references::References;
pub use self::settings::{ArticleUrls, Settings};
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
