//! The one sanitiser: what elements, attributes and schemes survive.
//!
//! Its result is read again by `note` and `text`, which replace what only serves as a hint there: `style`,
//! `data-annotation`, `data-citation`, `data-attachment-key`, links to Zotero. None of these reaches a page.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// What a note may hold. No structure of pages (`nav`, `header` …), no forms, no `id` that could clash with the page's own.
const NOTE: [&str; 60] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// What a comment on an annotation may hold: it stands within a line of its own.
const COMMENT: [&str; 7] = ["b", "br", "em", "i", "strong", "sub", "sup"];

static NOTES: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = strict(&NOTE);
    builder
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("img", HashSet::from(["alt", "data-attachment-key", "height", "src", "width"])),
            ("mark", HashSet::from(["style"])),
            ("ol", HashSet::from(["start"])),
            ("span", HashSet::from(["data-annotation", "data-citation", "style"])),
            ("td", HashSet::from(["colspan", "rowspan"])),
            ("th", HashSet::from(["colspan", "rowspan", "scope"])),
        ]))
        .allowed_classes(HashMap::from([
            ("span", HashSet::from(["citation", "citation-item", "highlight", "math", "underline"])),
            ("pre", HashSet::from(["math"])),
        ]));
    builder
});

static COMMENTS: LazyLock<Builder<'static>> = LazyLock::new(|| strict(&COMMENT));

fn strict(tags: &[&'static str]) -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(tags.iter().copied().collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .generic_attributes(HashSet::from(["dir", "lang"]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "zotero"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(None)
        .strip_comments(true);
    builder
}

/// The HTML of a note, well-formed and harmless but for its hints.
pub(super) fn note(html: &str) -> String {
    NOTES.clean(html).to_string()
}

/// The HTML of a comment.
pub(super) fn comment(html: &str) -> String {
    COMMENTS.clean(html).to_string()
}
