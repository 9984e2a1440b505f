//! What hangs from records: tags, notes, files, collections.

use std::collections::BTreeMap;

use super::xml::Xml;
use crate::bibliography::export::Links;
use crate::bibliography::library::{Attachment, CollectionIndex, Item, Library, Note, Tag};
use crate::bibliography::markup;
use crate::zotero::record::LinkMode;

pub(super) fn tags(xml: &mut Xml, tags: &[Tag]) {
    for tag in tags {
        xml.text(if tag.automatic { "dc:subject>z:AutomaticTag>rdf:value" } else { "dc:subject" }, &tag.name);
        xml.line();
    }
}

/// A note that is more than images, as it may be shown: what it cites of a library stays words, as not all of that library
/// may be published.
pub(super) fn notes<'a>(item: &'a Item) -> Vec<(&'a Note, String)> {
    let text = |note: &'a Note| (note, markup::note_source(&note.html));
    item.notes.iter().map(text).filter(|(_, html)| !html.trim().is_empty()).collect()
}

pub(super) fn note(xml: &mut Xml, note: &Note, html: &str) {
    xml.about("bib:Memo", &format!("#{}", note.key));
    xml.text("rdf:value", html);
    xml.line();
    tags(xml, &note.tags);
    xml.close("bib:Memo");
    xml.line();
}

/// A published file or a web link, with its address.
pub(super) struct File<'a> {
    attachment: &'a Attachment,
    address: String,
    /// Zotero's number for what the address is.
    mode: &'static str,
}

impl File<'_> {
    pub fn about(&self) -> String {
        format!("#{}", self.attachment.key)
    }
}

/// Those that have an address, in the record's order.
pub(super) fn files<'a>(item: &'a Item, links: &Links<'_>) -> Vec<File<'a>> {
    let file = |attachment: &'a Attachment| {
        let (address, mode) = match attachment.link_mode {
            LinkMode::LinkedUrl => (markup::web_address(attachment.url.as_deref()?), "3"),
            _ => (links.file.and_then(|address| address(item, attachment)), "1"),
        };
        Some(File { attachment, address: address?, mode })
    };
    item.attachments.iter().filter_map(file).collect()
}

pub(super) fn file(xml: &mut Xml, file: &File<'_>) {
    xml.about("z:Attachment", &file.about());
    xml.text("z:itemType", "attachment");
    xml.text("dc:title", &file.attachment.title);
    xml.text("dc:identifier>dcterms:URI>rdf:value", &file.address);
    xml.text("z:linkMode", file.mode);
    xml.text("link:type", &file.attachment.content_type);
    xml.line();
    tags(xml, &file.attachment.tags);
    xml.close("z:Attachment");
    xml.line();
}

/// The collections that some records are in, each with its parts and with those records.
pub(super) fn collections(xml: &mut Xml, records: &[(&Item, String)], library: &Library) {
    let mut members: BTreeMap<CollectionIndex, Vec<&str>> = BTreeMap::new();
    for (item, about) in records {
        for collection in &item.collections {
            members.entry(*collection).or_default().push(about);
        }
    }
    let address = |index: CollectionIndex| format!("#collection-{}", library.collection(index).key);
    for (index, records) in &members {
        let collection = library.collection(*index);
        xml.about("z:Collection", &address(*index));
        xml.text("dc:title", &collection.name);
        let parts = collection.parts.iter().filter(|part| members.contains_key(part));
        parts.for_each(|part| xml.resource("dcterms:hasPart", &address(*part)));
        records.iter().for_each(|record| xml.resource("dcterms:hasPart", record));
        xml.close("z:Collection");
        xml.line();
    }
}
