//! A bibliography for people: the references of some records, in the style and the order of the site.
//!
//! The words of a reference are `citation`'s; here they become a document. Nothing here knows a style.

mod html;
mod markdown;
mod runs;
mod text;

use super::escape::tidy;
use super::{Context, Format, Wording};
use crate::bibliography::citation::{self, Reference, References, Words};
use crate::bibliography::library::Item;
use crate::bibliography::markup::SafeHtml;

/// A bibliography while it is made.
struct Bibliography<'a> {
    context: &'a Context<'a>,
    wording: Wording<'a>,
}

/// The file of some records in a format for people; of any other it is their plain text.
pub(super) fn file<'a>(format: Format, records: impl Iterator<Item = &'a Item>, context: &Context<'_>) -> String {
    let plain = References::plain("", Words::default());
    let unnamed = Wording { references: &plain, title: "", language: "en" };
    let bibliography = Bibliography { context, wording: context.wording.unwrap_or(unnamed) };
    match format {
        Format::Html => html::file(records, &bibliography),
        Format::Markdown => markdown::file(records, &bibliography),
        _ => text::file(records, &bibliography),
    }
}

impl Bibliography<'_> {
    /// The reference to a record. Where a style prints nothing, the record's short name stands: no record is left out.
    fn reference(&self, item: &Item) -> Reference {
        let references = self.wording.references;
        let reference = references.entry(item, references.main_style());
        if reference.text.trim().is_empty() {
            let text = citation::short(item);
            return Reference {
                html: SafeHtml::escape(&text),
                title: Some(0..SafeHtml::escape(&text).as_str().len()),
                text,
            };
        }
        reference
    }

    /// The reference as HTML, its title a link to the record's page where there is one.
    fn linked(&self, item: &Item) -> SafeHtml {
        let reference = self.reference(item);
        let Some(href) = self.context.links.item.and_then(|address| address(item)) else { return reference.html };
        let behind = || {
            let (href, name) = (SafeHtml::escape(&href), SafeHtml::escape(&citation::short(item)));
            let parts = [reference.html.as_str(), " <a href=\"", href.as_str(), "\">", name.as_str(), "</a>"];
            SafeHtml::trusted(parts.concat())
        };
        reference.linked_title(&href).unwrap_or_else(behind)
    }
}

/// Text as it stands in one line: no controls, and spaces for the ends of lines.
fn line(text: &str) -> String {
    tidy(text).trim().replace(['\n', '\t'], " ")
}
