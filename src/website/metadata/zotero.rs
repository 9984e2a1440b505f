//! Tags in Zotero's own vocabulary, for items that have no Highwire tags.
//!
//! Zotero's reader of embedded metadata copies what is named `z:FIELD` onto the item, but puts the first letter of the name
//! in lower case: so identifiers go by Dublin Core. Roles have the names under which its reader of RDF looks for them, see
//! <https://github.com/zotero/translators/blob/master/RDF.js>. The abstract is not repeated here.

use super::{Subject, tag, text};
use crate::bibliography::markup::SafeHtml;
use crate::zotero::schema::Schema;

/// Fields that are said otherwise, once on the page, or overwritten by every reader.
const OMITTED: &[&str] = &["abstractNote", "libraryCatalog", "DOI", "ISBN", "ISSN"];

/// The tags of a record; a note or file that stands alone has none.
pub(super) fn tags(subject: &Subject<'_>) -> Vec<SafeHtml> {
    let item = subject.item;
    if !item.is_regular() {
        return Vec::new();
    }
    let mut tags = vec![tag::meta("z:itemType", &item.item_type)];
    tags.extend(subject.title().map(|title| tag::meta("dc:title", &title)));
    for creator in &item.creators {
        tags.push(tag::meta(&role(&creator.role), &text::lines(&creator.name.inverted())));
    }
    for prefix in ["DOI", "ISBN", "ISSN"] {
        let value = if prefix == "DOI" { item.doi() } else { subject.field(prefix) };
        tags.extend(value.map(|value| tag::meta("dc:identifier", &format!("{prefix} {value}"))));
    }
    let known = Schema::get().item_type(&item.item_type);
    let title = known.and_then(|known| known.field_for("title")).unwrap_or("title");
    for (field, value) in item.fields.iter() {
        let own = known.is_none_or(|known| known.fields.iter().any(|known| known.name == field));
        if own && field != title && !OMITTED.contains(&field) {
            tags.push(tag::meta(&format!("z:{field}"), &text::lines(value)));
        }
    }
    tags
}

/// Where Zotero looks for a role. It takes `z:creators` for the whole list, so that role is given up for the people.
fn role(creator_type: &str) -> String {
    match creator_type {
        "author" | "editor" => format!("bib:{creator_type}s"),
        "contributor" | "creator" => "bib:contributors".to_owned(),
        "castMember" => "video:actor".to_owned(),
        "scriptwriter" => "video:writer".to_owned(),
        "producer" => "so:producer".to_owned(),
        other => format!("z:{other}s"),
    }
}
