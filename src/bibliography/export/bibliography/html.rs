//! A bibliography as a small HTML document, which needs no style sheet and runs nothing.
//!
//! Its classes are those of citeproc, <https://citeproc-js.readthedocs.io/en/latest/running.html#makebibliography>, so that
//! it looks right wherever references do.

use std::collections::BTreeSet;

use super::super::escape::tidy;
use super::{Bibliography, line};
use crate::bibliography::library::Item;
use crate::bibliography::markup::SafeHtml;
use crate::language::direction_of;

/// Search engines find the same references on the pages of the site.
const HEAD: &str = "<meta charset=\"utf-8\">\n\
                    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'\">\n\
                    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
                    <meta name=\"robots\" content=\"noindex, follow\">\n";

pub(super) fn file<'a>(records: impl Iterator<Item = &'a Item>, bibliography: &Bibliography<'_>) -> String {
    let (language, title) = (bibliography.wording.language, line(bibliography.wording.title));
    let (tag, heading) = (SafeHtml::escape(language), SafeHtml::escape(&title));
    let (tag, heading, direction) = (tag.as_str(), heading.as_str(), direction_of(language));
    let mut file = format!("<!doctype html>\n<html lang=\"{tag}\" dir=\"{direction}\">\n<head>\n{HEAD}");
    file += &format!("<title>{heading}</title>\n</head>\n<body>\n<main>\n");
    if !title.is_empty() {
        file += &format!("<h1 dir=\"auto\">{heading}</h1>\n");
    }
    file += "<div class=\"csl-bib-body\">\n";
    let mut ids = BTreeSet::new();
    for item in records {
        entry(&mut file, item, &mut ids, bibliography);
    }
    file + "</div>\n</main>\n</body>\n</html>\n"
}

fn entry(file: &mut String, item: &Item, ids: &mut BTreeSet<String>, bibliography: &Bibliography<'_>) {
    let style = SafeHtml::escape(&bibliography.wording.references.main_style().id);
    *file += &format!("<div class=\"csl-entry\" data-style=\"{}\" data-key=\"{}\"", style.as_str(), item.key);
    let id = id(item, bibliography);
    if ids.insert(id.clone()) {
        *file += &format!(" id=\"{id}\"");
    }
    if let Some(language) = language(item, bibliography.wording.language) {
        *file += &format!(" lang=\"{language}\"");
    }
    *file += &format!(" dir=\"auto\">{}</div>\n", tidy(bibliography.linked(item).as_str()));
}

/// What one can link to: the record's key, behind the name of its library where the site has several.
fn id(item: &Item, bibliography: &Bibliography<'_>) -> String {
    let library = bibliography.context.links.library;
    let prefix = library.and_then(|library| library.holdings.get(item.holding)).map_or("", |holding| &holding.prefix);
    format!("{}{}", SafeHtml::escape(&prefix.replace('/', "-")).as_str(), item.key)
}

/// The record's language, where it is another than the document's.
fn language(item: &Item, document: &str) -> Option<String> {
    let primary = |tag: &str| tag.split('-').next().map(str::to_lowercase);
    item.language_tag().filter(|tag| primary(tag) != primary(document))
}
