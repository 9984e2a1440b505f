//! References that lead to their record.

use crate::bibliography::citation::Reference;
use crate::bibliography::markup::SafeHtml;

/// The reference with its title as a link; None if it does not say where its title is.
#[must_use]
pub fn linked_title(reference: &Reference, href: &str) -> Option<SafeHtml> {
    let html = reference.html.as_str();
    let title = reference.title.clone()?;
    let (before, inner, after) = (html.get(..title.start)?, html.get(title.clone())?, html.get(title.end..)?);
    let href = SafeHtml::escape(href);
    let linked = [before, "<a class=\"ref-title\" href=\"", href.as_str(), "\">", inner, "</a>", after].concat();
    Some(SafeHtml::trusted(linked))
}
