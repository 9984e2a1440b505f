//! Zotero RDF: the one format from which Zotero reads back all of a record, with its notes, tags and files.
//!
//! The elements are those of Zotero's own exporter, <https://github.com/zotero/translators/blob/master/Zotero%20RDF.js>,
//! written so that its reader, `RDF.js` beside it, finds every field and person again; what the reader overlooks is written
//! as a field of its own, `z:NAME`. The file also names the format it is in, as an unAPI server would, so on a server of
//! files it is the answer to both of unAPI's questions. See <https://en.wikipedia.org/wiki/UnAPI>.

mod children;
mod creators;
mod fields;
mod xml;

#[cfg(test)]
mod tests;

use self::fields::{Elements, Fact, Place};
use self::xml::Xml;
use super::{Links, Settings};
use crate::bibliography::library::{Item, RelationKind};

/// What an unAPI server says when it is asked for its formats.
const UNAPI: &str = "<rdf:Description rdf:about=\"#unapi\"><u:formats rdf:parseType=\"Literal\">\
                     <format name=\"rdf_zotero\" type=\"application/rdf+xml\"/></u:formats></rdf:Description>";

/// The file of some records.
pub(super) fn file<'a>(records: impl Iterator<Item = &'a Item>, links: &Links<'_>, settings: &Settings) -> String {
    let records: Vec<_> = records.map(|item| (item, about(item, links))).collect();
    let mut xml = Xml::default();
    for (item, about) in &records {
        record(&mut xml, item, about, links, settings);
    }
    if let Some(library) = links.library {
        children::collections(&mut xml, &records, library);
    }
    xml.document(UNAPI)
}

/// What a record is called in the file: its page, where there is one.
fn about(item: &Item, links: &Links<'_>) -> String {
    links.item.and_then(|address| address(item)).unwrap_or_else(|| format!("#{}", item.key))
}

fn record(xml: &mut Xml, item: &Item, about: &str, links: &Links<'_>, settings: &Settings) {
    let elements = fields::elements(&item.item_type);
    let (notes, files) = (children::notes(item), children::files(item, links));
    xml.about(elements.record, about);
    xml.line();
    xml.text("z:itemType", &item.item_type);
    xml.line();
    described(xml, &fields::facts(item, settings), elements);
    creators::write(xml, item);
    children::tags(xml, &item.tags);
    relations(xml, item, links);
    files.iter().for_each(|file| xml.resource("link:link", &file.about()));
    notes.iter().for_each(|(note, _)| xml.resource("dcterms:isReferencedBy", &format!("#{}", note.key)));
    xml.line();
    xml.close(elements.record);
    xml.line();
    files.iter().for_each(|file| children::file(xml, file));
    notes.iter().for_each(|(note, html)| children::note(xml, note, html));
}

/// The fields: those of the record, then what it is a part of, then who published it.
fn described(xml: &mut Xml, facts: &[Fact<'_>], elements: Elements) {
    let of = |place: Place| facts.iter().filter(move |fact| fact.place == place);
    let write = |xml: &mut Xml, place| of(place).for_each(|fact| xml.text(&fact.path, &fact.value));
    for fact in of(Place::Own) {
        xml.text(&fact.path, &fact.value);
        xml.line();
    }
    let series = |xml: &mut Xml| xml.within("dcterms:isPartOf>bib:Series", |xml| write(xml, Place::Series));
    let container = |xml: &mut Xml| match elements.container {
        Some(name) => xml.within(&format!("dcterms:isPartOf>{name}"), |xml| {
            write(xml, Place::Container);
            series(xml);
        }),
        None => series(xml),
    };
    if of(Place::Section).next().is_some() {
        xml.within("dcterms:isPartOf>bib:Part", |xml| {
            write(xml, Place::Section);
            container(xml);
        });
    } else {
        container(xml);
    }
    xml.line();
    xml.within("dc:publisher>foaf:Organization", |xml| write(xml, Place::Publisher));
    xml.line();
}

/// "Related" in Zotero. The same work in another library is another record there.
fn relations(xml: &mut Xml, item: &Item, links: &Links<'_>) {
    let Some(library) = links.library else { return };
    for relation in item.relations.iter().filter(|relation| relation.kind == RelationKind::Related) {
        xml.resource("dc:relation", &about(library.item(relation.target), links));
    }
    xml.line();
}
