//! A published item: what the site knows of one record.

use std::sync::Arc;

use serde_json::Value;

use crate::bibliography::content::Overlay;
use crate::bibliography::library::{Attachment, CollectionIndex, Creator, Date, Extra, Note, Timestamp};
use crate::zotero::record::{ItemKey, LibraryVersion};
use crate::zotero::schema::Schema;

/// The position of an item in [`Library::items`](super::Library::items), which is the site's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemIndex(pub u32);

/// A published record with everything that hangs from it.
#[derive(Clone, Debug)]
pub struct Item {
    pub key: ItemKey,
    pub version: LibraryVersion,
    /// The position of its library among the holdings.
    pub holding: usize,
    /// Zotero's type: `journalArticle`; `note` or `attachment` for one that stands alone; maybe one unknown to the schema.
    pub item_type: String,
    /// The fields that are filled, under the names of the item's type.
    pub fields: Fields,
    pub creators: Vec<Creator>,
    /// The base field `date`, parsed.
    pub date: Date,
    /// The tags that are published, in the record's order.
    pub tags: Vec<Tag>,
    /// Direct memberships in published collections.
    pub collections: Vec<CollectionIndex>,
    /// The lines of the field Extra.
    pub extra: Extra,
    /// Unique over the whole site, the same in every file of it.
    pub citation_key: String,
    /// Whether the owner gave the citation key, in Extra or in its field.
    pub citation_key_given: bool,
    pub added: Option<Timestamp>,
    pub modified: Option<Timestamp>,
    pub notes: Vec<Note>,
    pub attachments: Vec<Attachment>,
    /// Links to other published items, both ways.
    pub relations: Vec<Relation>,
    /// Keys of records that were merged into this one.
    pub replaces: Vec<ItemKey>,
    /// What the owner's overlay adds.
    pub overlay: Option<Overlay>,
    /// The item as a CSL-JSON source had it.
    pub csl: Option<Arc<Value>>,
}

/// A tag of a published item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub name: String,
    /// It came with an import.
    pub automatic: bool,
    /// The colour the library gives it: `#ff6666`.
    pub color: Option<String>,
}

/// A link from one published item to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relation {
    pub kind: RelationKind,
    pub target: ItemIndex,
}

/// What a relation says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RelationKind {
    /// "Related" in Zotero (`dc:relation`).
    Related,
    /// The same work in another of the site's libraries (`owl:sameAs`).
    Same,
}

impl Item {
    /// A field under its name in this type; empty ones are absent.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name)
    }

    /// The field of this type that stands for `base`: a thesis's university for `publisher`.
    #[must_use]
    pub fn base(&self, base: &str) -> Option<&str> {
        let schema_name = Schema::get().item_type(&self.item_type).and_then(|known| known.field_for(base));
        self.field(schema_name.unwrap_or(base))
    }

    /// The title with Zotero's markup; None if the record has none.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.base("title")
    }

    /// The creators of the type's primary role; if there are none, its editors; if there are none, everybody else.
    #[must_use]
    pub fn leading_creators(&self) -> Vec<&Creator> {
        let primary =
            Schema::get().item_type(&self.item_type).and_then(|known| known.primary_creator()).unwrap_or("author");
        for role in [primary, "author", "editor"] {
            let found: Vec<_> = self.creators.iter().filter(|creator| creator.role == role).collect();
            if !found.is_empty() {
                return found;
            }
        }
        self.creators.iter().collect()
    }

    /// The DOI without resolver or prefix: the field's, else that of a line in Extra.
    #[must_use]
    pub fn doi(&self) -> Option<String> {
        self.field("DOI").or_else(|| self.extra.get("DOI")).and_then(bare_doi)
    }

    /// When it was last changed, or added if that was later.
    #[must_use]
    pub fn changed(&self) -> Option<&Timestamp> {
        self.modified.as_ref().max(self.added.as_ref())
    }

    /// The language as the record names it; often no code.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.field("language")
    }

    /// The language as a BCP 47 tag, if the record names one.
    #[must_use]
    pub fn language_tag(&self) -> Option<String> {
        self.language().and_then(super::language_tag::language_tag)
    }

    /// Whether it is a citable item, and not a note or file that stands alone.
    #[must_use]
    pub fn is_regular(&self) -> bool {
        crate::zotero::schema::is_regular(&self.item_type)
    }
}

/// `10.…/…` out of whatever a field holds: a bare DOI, one with `doi:` or a resolver's address.
#[must_use]
pub fn bare_doi(text: &str) -> Option<String> {
    let at = text.find("10.").filter(|at| *at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric())?;
    let doi: String = text[at..].chars().take_while(|c| !c.is_whitespace() && !c.is_control()).collect();
    let doi = if text[..at].contains("//") { percent_decoded(&doi) } else { doi };
    let registrant = doi.split('/').next().unwrap_or_default();
    let valid = registrant.len() > 3 && registrant[3..].bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (valid && doi.len() > registrant.len() + 1).then_some(doi)
}

fn percent_decoded(text: &str) -> String {
    let bytes: Vec<u8> =
        url::form_urlencoded::parse(text.replace('+', "%2B").replace('&', "%26").replace('=', "%3D").as_bytes())
            .next()
            .map(|(name, _)| name.into_owned().into_bytes())
            .unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Filled fields in the order of the type's schema, unknown ones behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Fields as given; empty values are dropped.
    #[must_use]
    pub fn new(fields: Vec<(String, String)>) -> Self {
        Self(fields.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect())
    }

    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        // Names of one length that begin alike are rare: most are told apart without being compared.
        let begins = |known: &str| known.len() == name.len() && known.bytes().next() == name.bytes().next();
        self.0.iter().find(|(known, _)| begins(known) && known == name).map(|(_, value)| value.as_str())
    }

    /// Replaces a field's value, or adds the field at the end.
    pub fn set(&mut self, name: &str, value: &str) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some(field) => value.clone_into(&mut field.1),
            None => self.0.push((name.to_owned(), value.to_owned())),
        }
    }

    /// Name and value of each.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doi_is_found_in_every_form_people_write_it() {
        for (text, wanted) in [
            ("10.5555/ex.2019.7", Some("10.5555/ex.2019.7")),
            ("doi: 10.5555/Ex", Some("10.5555/Ex")),
            ("https://doi.org/10.1002/(SICI)1%3C2", Some("10.1002/(SICI)1<2")),
            ("10.1002/a<b>c#d e", Some("10.1002/a<b>c#d")),
            ("110.5/x", None),
            ("10.5555", None),
            ("10.x/y", None),
            ("", None),
        ] {
            assert_eq!(bare_doi(text).as_deref(), wanted, "{text}");
        }
    }
}
