//! References that lead to their record.

use super::Reference;
use crate::bibliography::markup::SafeHtml;

impl Reference {
    /// The HTML with its title as a link; None if it does not say where its title is.
    #[must_use]
    pub fn linked_title(&self, href: &str) -> Option<SafeHtml> {
        let html = self.html.as_str();
        let title = self.title.clone()?;
        let (before, inner, after) = (html.get(..title.start)?, html.get(title.clone())?, html.get(title.end..)?);
        let href = SafeHtml::escape(href);
        let linked = [before, "<a class=\"ref-title\" href=\"", href.as_str(), "\">", inner, "</a>", after].concat();
        Some(SafeHtml::trusted(linked))
    }
}
