//! The people of a record, role by role.

use super::xml::Xml;
use crate::bibliography::library::{Creator, Item, Name};
use crate::zotero::schema::Schema;

/// The creators in the order of their roles' first appearance.
pub(super) fn write(xml: &mut Xml, item: &Item) {
    let known = Schema::get().item_type(&item.item_type).map(|known| known.creators.as_slice());
    let mut roles: Vec<(String, Vec<&Creator>)> = Vec::new();
    for creator in &item.creators {
        let element = element(&creator.role, known);
        match roles.iter_mut().find(|(known, _)| *known == element) {
            Some((_, people)) => people.push(creator),
            None => roles.push((element, vec![creator])),
        }
    }
    for (element, people) in roles {
        xml.within(&format!("{element}>rdf:Seq"), |xml| people.iter().for_each(|creator| person(xml, &creator.name)));
        xml.line();
    }
}

/// A name of one field is a surname without a given name.
fn person(xml: &mut Xml, name: &Name) {
    let (last, first) = match name {
        Name::Single(name) => (name.as_str(), ""),
        Name::Personal { last, first } => (last.as_str(), first.as_str()),
    };
    xml.within("rdf:li>foaf:Person", |xml| {
        xml.text("foaf:surname", last);
        xml.text("foaf:givenName", first);
    });
}

/// Where Zotero's reader looks for a role, <https://github.com/zotero/translators/blob/master/RDF.js>. A role that the type
/// does not have is looked for nowhere, and `z:creators` would be taken for the whole list: the people are kept, the role
/// is not.
fn element(role: &str, known: Option<&[String]>) -> String {
    let plain = !role.is_empty() && role.bytes().all(|byte| byte.is_ascii_alphabetic());
    let read = known.map_or(plain, |known| known.iter().any(|name| name == role));
    match role {
        "author" | "editor" if read => format!("bib:{role}s"),
        "castMember" if read => "video:actor".to_owned(),
        "scriptwriter" if read => "video:writer".to_owned(),
        "producer" if read => "so:producer".to_owned(),
        role if read && !matches!(role, "creator" | "contributor") => format!("z:{role}s"),
        _ => "bib:contributors".to_owned(),
    }
}
