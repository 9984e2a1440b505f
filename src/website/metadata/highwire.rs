//! Highwire tags, which Google Scholar and Zotero read.
//!
//! After <https://scholar.google.com/intl/en/scholar/inclusion.html#indexing>: without title, first author and year a page
//! counts as untagged, so there are none then. The abstract is not repeated here.

use super::{Subject, dates, tag, text};
use crate::bibliography::library::Name;
use crate::bibliography::markup::SafeHtml;
use crate::zotero::schema::Schema;

/// The tags, if the item's type has any and the three values without which they do not count are there.
pub(super) fn tags(subject: &Subject<'_>) -> Option<Vec<SafeHtml>> {
    let highwire = subject.facts().highwire.as_ref()?;
    if highwire.needs.is_some_and(|field| subject.item.field(field).is_none()) {
        return None;
    }
    let title = subject.title()?;
    let authors = authors(subject);
    let date = dates::precise(&subject.item.date, '/')?;
    if authors.is_empty() {
        return None;
    }
    // Without this Zotero would take for a journal article whatever no tag below names the type of.
    let mut tags = Tags(vec![tag::meta("z:itemType", &subject.item.item_type)]);
    tags.add("citation_title", [title]);
    tags.add("citation_author", authors);
    tags.add("citation_editor", names(subject, "editor").map(Name::inverted));
    tags.add("citation_publication_date", [date]);
    for (name, fields) in highwire.tags {
        tags.add(name, fields.iter().find_map(|field| subject.field(field)));
    }
    tags.numbers(subject, highwire.issn);
    tags.add("citation_publisher", subject.field("publisher").filter(|_| highwire.publisher));
    tags.places(subject);
    Some(tags.0)
}

/// The creators of the type's primary role. Zotero takes a lone "García Márquez, Gabriel José" for two people, because there
/// are two words on each side of the comma; so such a name is written the other way round.
fn authors(subject: &Subject<'_>) -> Vec<String> {
    let known = Schema::get().item_type(&subject.item.item_type);
    let primary = known.and_then(|known| known.primary_creator()).unwrap_or("author");
    let names: Vec<_> = names(subject, primary).collect();
    match names.as_slice() {
        [Name::Personal { last, first }] if last.contains(' ') && first.contains(' ') => vec![names[0].direct()],
        several => several.iter().map(|name| name.inverted()).collect(),
    }
}

fn names<'a>(subject: &Subject<'a>, role: &str) -> impl Iterator<Item = &'a Name> {
    subject.item.creators.iter().filter(move |creator| creator.role == role).map(|creator| &creator.name)
}

struct Tags(Vec<SafeHtml>);

impl Tags {
    fn add(&mut self, name: &str, values: impl IntoIterator<Item = String>) {
        let filled = values.into_iter().filter(|value| !value.trim().is_empty());
        self.0.extend(filled.map(|value| tag::meta(name, &value)));
    }

    /// Pages and what identifies the work.
    fn numbers(&mut self, subject: &Subject<'_>, issn: bool) {
        let (first, last) = text::page_range(&subject.field("pages").unwrap_or_default());
        self.add("citation_firstpage", first);
        self.add("citation_lastpage", last);
        let several = |field| subject.field(field).map(|value| text::numbers(&value)).unwrap_or_default();
        if issn {
            self.add("citation_issn", several("ISSN"));
        }
        self.add("citation_isbn", several("ISBN"));
        self.add("citation_doi", subject.item.doi());
        self.add("citation_pmid", subject.pmid());
        self.add("citation_arxiv_id", subject.arxiv_id());
    }

    /// Language, subjects, and where the page and the text are.
    fn places(&mut self, subject: &Subject<'_>) {
        self.add("citation_language", subject.field("language"));
        let tags: Vec<_> = subject.item.tags.iter().map(|tag| tag.name.as_str()).collect();
        self.add("citation_keywords", [tags.join("; ")]);
        self.add("citation_abstract_html_url", subject.permalink());
        let pdf = subject.files().find(|file| file.media_type == "application/pdf");
        self.add("citation_pdf_url", pdf.and_then(|file| subject.file_address(file)));
    }
}
