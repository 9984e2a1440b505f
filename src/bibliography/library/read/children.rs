//! Notes, attachments and annotations, and what they hang from.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::bibliography::library::read::data::{Object, Setting};
use crate::bibliography::library::{Annotation, Attachment, Item, Note};
use crate::bibliography::markup;
use crate::zotero::record::{ItemKey, LinkMode, Record};

/// The published children of each published record.
pub(super) struct Family<'a> {
    children: BTreeMap<ItemKey, Vec<&'a Record>>,
}

impl<'a> Family<'a> {
    pub(super) fn of(published: &[&'a Record]) -> Self {
        let mut children: BTreeMap<ItemKey, Vec<&Record>> = BTreeMap::new();
        for record in published {
            if let Some(parent) = record.parent {
                children.entry(parent).or_default().push(record);
            }
        }
        Self { children }
    }

    fn of_type(&self, parent: ItemKey, item_type: &'static str) -> impl Iterator<Item = &'a Record> {
        let children = self.children.get(&parent).map(Vec::as_slice).unwrap_or_default();
        children.iter().copied().filter(move |record| record.item_type == item_type)
    }

    /// The notes of a record, oldest first.
    pub(super) fn notes_of(&self, parent: ItemKey, setting: &Setting<'_>) -> Vec<Note> {
        let mut notes: Vec<_> = self.of_type(parent, "note").map(|record| self.note(record, setting)).collect();
        notes.sort_by(|a, b| (&a.added, a.key).cmp(&(&b.added, b.key)));
        notes
    }

    /// The files and web links of a record, oldest first.
    pub(super) fn attachments_of(&self, parent: ItemKey, setting: &Setting<'_>) -> Vec<Attachment> {
        let mut attachments: Vec<_> =
            self.of_type(parent, "attachment").map(|record| self.attachment(record, setting)).collect();
        attachments.sort_by(|a, b| (&a.added, a.key).cmp(&(&b.added, b.key)));
        attachments
    }

    fn note(&self, record: &Record, setting: &Setting<'_>) -> Note {
        let object = Object(record.data());
        Note {
            key: record.key,
            html: object.text("note"),
            tags: setting.tags(&record.tags),
            added: object.timestamp("dateAdded"),
            modified: object.timestamp("dateModified"),
            images: self.attachments_of(record.key, setting),
        }
    }

    fn attachment(&self, record: &Record, setting: &Setting<'_>) -> Attachment {
        let object = Object(record.data());
        let filled = |name: &str| Some(object.text(name)).filter(|text| !text.trim().is_empty());
        Attachment {
            key: record.key,
            title: object.text("title"),
            link_mode: record.link_mode.unwrap_or(LinkMode::Unknown),
            content_type: object.text("contentType").trim().to_ascii_lowercase(),
            filename: object.text("filename"),
            md5: filled("md5").and_then(|text| text.parse().ok()),
            url: filled("url"),
            added: object.timestamp("dateAdded"),
            modified: object.timestamp("dateModified"),
            tags: setting.tags(&record.tags),
            note: object.text("note"),
            annotations: self.annotations_of(record.key, setting),
        }
    }

    fn annotations_of(&self, parent: ItemKey, setting: &Setting<'_>) -> Vec<Annotation> {
        let mut annotations: Vec<_> =
            self.of_type(parent, "annotation").map(|record| annotation(record, setting)).collect();
        annotations.sort_by(|a, b| (&a.sort_index, a.key).cmp(&(&b.sort_index, b.key)));
        annotations
    }
}

fn annotation(record: &Record, setting: &Setting<'_>) -> Annotation {
    let object = Object(record.data());
    Annotation {
        key: record.key,
        kind: object.text("annotationType"),
        text: object.text("annotationText"),
        comment: object.text("annotationComment"),
        color: object.text("annotationColor"),
        page_label: object.text("annotationPageLabel"),
        page: page(&object.text("annotationPosition")),
        sort_index: object.text("annotationSortIndex"),
        tags: setting.tags(&record.tags),
        modified: object.timestamp("dateModified"),
    }
}

/// The page out of an annotation's position, which is JSON within a string; Zotero counts pages from 0.
fn page(position: &str) -> Option<u32> {
    let position: Value = serde_json::from_str(position).ok()?;
    let page = position.get("pageIndex")?.as_u64()?;
    u32::try_from(page).ok()?.checked_add(1)
}

/// A note or file without a parent is an item of its own that holds just itself.
pub(super) fn stand_alone(item: &mut Item, record: &Record, family: &Family<'_>, setting: &Setting<'_>) {
    match record.item_type.as_str() {
        "note" => {
            let note = family.note(record, setting);
            let title = markup::note_title(&note.html);
            if !title.is_empty() {
                item.fields.set("title", &title);
            }
            item.notes = vec![note];
        }
        "attachment" => {
            let attachment = family.attachment(record, setting);
            let title = if attachment.title.is_empty() { &attachment.filename } else { &attachment.title };
            if !title.is_empty() {
                item.fields.set("title", title);
            }
            item.attachments = vec![attachment];
        }
        _ => {}
    }
}
