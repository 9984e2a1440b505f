//! References in the styles that were chosen.

use super::processor::{self, Item as CslItem};
use super::styles::{ChosenStyle, Read, StyleError, locales};
use super::{ArticleUrls, PLAIN, Reference, Style, Words, plain};
use crate::bibliography::csl_item;
use crate::bibliography::library::Item;

/// Makes references in the styles of the site.
#[derive(Clone, Debug)]
pub struct References {
    styles: Vec<Style>,
    /// For each style what prints it; none for the plain reference.
    processors: Vec<Option<processor::Style>>,
    article_urls: ArticleUrls,
    words: Words,
}

impl References {
    /// The plain reference alone, under a name for readers, in the words of their language.
    #[must_use]
    pub fn plain(label: impl Into<String>, words: Words) -> Self {
        let style = Style { id: PLAIN.to_owned(), label: label.into() };
        Self { styles: vec![style], processors: vec![None], article_urls: ArticleUrls::default(), words }
    }

    /// References in styles, each in its own locale if it has one, else in `locale`. Where a style prints nothing, the
    /// plain reference stands, in the words of the site's language.
    ///
    /// # Errors
    /// When a locale file of the owner's cannot be read or used.
    pub fn in_styles<E: From<StyleError>>(
        chosen: &[ChosenStyle],
        locale: &str,
        article_urls: ArticleUrls,
        words: Words,
        read: Read<'_, E>,
    ) -> Result<Self, E> {
        let mut references = Self { styles: Vec::new(), processors: Vec::new(), article_urls, words };
        for style in chosen {
            let tag = style.own_locale().unwrap_or(locale);
            let words = locales::chain(tag, read)?;
            references.styles.push(Style { id: style.id.clone(), label: style.label.clone() });
            references.processors.push(Some(processor::Style::new(&style.style, tag, &words)));
        }
        Ok(references)
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

    /// The reference to an item in a style, as the only one of a bibliography. Where the style prints none, how it cites
    /// the item in text or notes; where it does not do that either, the plain reference.
    #[must_use]
    pub fn entry(&self, item: &Item, style: &Style) -> Reference {
        let position = self.styles.iter().position(|known| known.id == style.id);
        let Some(processor) = position.and_then(|position| self.processors[position].as_ref()) else {
            return plain::reference(item, &self.words);
        };
        let mut csl = csl_item::convert(item);
        self.article_urls.apply(&mut csl);
        let csl = CslItem::new(&csl);
        let entries = [processor::Style::entry, processor::Style::citation].into_iter();
        let printed = entries.map(|print| print(processor, &csl)).find(|entry| !entry.is_empty());
        printed.map_or_else(
            || plain::reference(item, &self.words),
            |entry| Reference { html: entry.html, text: entry.text, title: entry.title },
        )
    }
}
