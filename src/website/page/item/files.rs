//! The files of a record, and what was marked in them.

use crate::bibliography::attachment::Published;
use crate::bibliography::library::{Annotation, Attachment, ItemIndex};
use crate::bibliography::markup;
use crate::website::output::SitePath;
use crate::website::page::view::item::{self as view, File};
use crate::website::page::{Site, entry};

/// The published files with the titles of their attachments.
pub(super) fn files(site: &Site<'_>, index: ItemIndex, at: &SitePath) -> Vec<File> {
    let item = site.library.item(index);
    let file = |attachment: &Attachment| {
        let published = site.files.find(index, attachment.key)?;
        let title = attachment.title.trim();
        Some(File {
            format: entry::format(&published.name),
            name: if title.is_empty() { published.name.clone() } else { title.to_owned() },
            href: href(site, published, at),
            size: Some(published.size),
        })
    };
    item.attachments.iter().filter_map(file).collect()
}

fn href(site: &Site<'_>, file: &Published, at: &SitePath) -> String {
    site.addresses.link(at, &site.addresses.item_file(file.item, &file.name))
}

/// What was marked in any of the record's files, file by file in the order of the pages.
pub(super) fn annotations(site: &Site<'_>, index: ItemIndex, at: &SitePath) -> Vec<view::Annotation> {
    let attachments = site.library.item(index).attachments.iter();
    let marked = attachments.flat_map(|attachment| {
        let file = site.files.find(index, attachment.key).map(|file| href(site, file, at));
        attachment.annotations.iter().filter_map(move |annotation| one(annotation, file.as_deref()))
    });
    marked.collect()
}

/// Marks without words, such as drawings, say nothing outside of the file.
fn one(annotation: &Annotation, file: Option<&str>) -> Option<view::Annotation> {
    let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let comment = filled(&annotation.comment).map(|comment| markup::comment(&comment)).filter(|html| !html.is_empty());
    let text = filled(&annotation.text);
    if text.is_none() && comment.is_none() {
        return None;
    }
    let page = filled(&annotation.page_label).or_else(|| annotation.page.map(|page| page.to_string()));
    let href = file.map(|file| annotation.page.map_or_else(|| file.to_owned(), |page| format!("{file}#page={page}")));
    Some(view::Annotation {
        color: markup::color::annotation(&annotation.color).map(str::to_owned),
        page,
        href,
        text,
        comment,
    })
}
