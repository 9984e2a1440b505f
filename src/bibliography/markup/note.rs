//! Notes and comments as they may stand in a page.
//!
//! What Zotero marks in notes is described at <https://www.zotero.org/support/dev/client_coding/note_html>; hostile HTML
//! is the sanitiser's matter, which has been over a note before anything here looks at it.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt::Write as _;

use serde_json::Value;

use crate::bibliography::markup::tags::{Tag, Token, tokens};
use crate::bibliography::markup::{ItemLink, SafeHtml, color, sanitiser, text, web_address};
use crate::zotero::record::ItemKey;

/// Where the site has what a note speaks of.
pub struct Resolver<'a> {
    /// Where a link to a record leads.
    pub item: &'a dyn Fn(&ItemLink) -> Destination,
    /// The address of an image of the note; None if it is not published.
    pub image: &'a dyn Fn(ItemKey) -> Option<String>,
}

/// Where a link to a record leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To this address within the site.
    Here(String),
    /// To a record that this site does not publish: its words stay, its address does not.
    Withheld,
    /// To a library that is not part of this site.
    Elsewhere,
}

/// A note as HTML for a page on which it stands beneath headings of the first and second level.
#[must_use]
pub fn note(html: &str, resolver: &Resolver<'_>) -> SafeHtml {
    SafeHtml::trusted(written(html, resolver, false))
}

/// A note for Zotero to read again: its headings and colours are as they were. What it names of a library are words only, as
/// not all of that library may be published.
#[must_use]
pub fn note_source(html: &str) -> String {
    written(html, &Resolver { item: &|_| Destination::Withheld, image: &|_| None }, true)
}

fn written(html: &str, resolver: &Resolver<'_>, for_zotero: bool) -> String {
    let clean = sanitiser::note(&text::bounded(&text::paragraphs(html)));
    let html = String::with_capacity(clean.len());
    let mut page = Page { html, open: Vec::new(), cited: VecDeque::new(), resolver, for_zotero };
    for token in tokens(&clean) {
        match token {
            Token::Text(text) => page.html.push_str(text),
            Token::Open(tag) => page.open(&tag),
            Token::Close(_) => page.close(),
        }
    }
    page.html
}

/// The comment on an annotation: a few inline tags, lines kept.
#[must_use]
pub fn comment(html: &str) -> SafeHtml {
    let lines = html.trim().replace("\r\n", "\n").replace(['\r', '\n'], "<br>");
    SafeHtml::trusted(sanitiser::comment(&lines))
}

/// A note being written anew, with its hints read.
struct Page<'a> {
    html: String,
    /// The elements that are open: what ends each, and whether it is a link.
    open: Vec<(Cow<'static, str>, bool)>,
    /// Records cited by the `span.citation` that is open, for the `span.citation-item`s in it.
    cited: VecDeque<Option<ItemLink>>,
    resolver: &'a Resolver<'a>,
    /// Headings and colours stay as Zotero has them.
    for_zotero: bool,
}

impl Page<'_> {
    fn open(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "a" => self.link(tag),
            "img" => self.image(tag),
            "span" | "mark" => self.span(tag),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(tag),
            name => {
                self.start(name, tag, "");
                if !tag.is_void() {
                    self.open.push((format!("</{name}>").into(), false));
                }
            }
        }
    }

    fn close(&mut self) {
        if let Some((end, _)) = self.open.pop() {
            self.html.push_str(&end);
        }
    }

    /// The start of an element with those of its attributes that are no hints, and `extra` behind them.
    fn start(&mut self, name: &str, tag: &Tag<'_>, extra: &str) {
        let _ = write!(self.html, "<{name}");
        for (attribute, value) in tag.attributes() {
            let kept = match attribute {
                "class" | "dir" | "lang" | "scope" => true,
                "colspan" | "rowspan" | "start" | "width" | "height" => is_small_number(value),
                _ => false,
            };
            if kept && !value.is_empty() {
                let _ = write!(self.html, " {attribute}=\"{value}\"");
            }
        }
        let _ = write!(self.html, "{extra}>");
    }

    /// Two levels down: the page itself has the first, the part "Notes" the second.
    fn heading(&mut self, tag: &Tag<'_>) {
        let level = tag.name[1..].parse::<u8>().unwrap_or(6);
        let deeper = if self.for_zotero { 0 } else { 2 };
        let name = format!("h{}", level.saturating_add(deeper).min(6));
        self.start(&name, tag, "");
        self.open.push((format!("</{name}>").into(), false));
    }

    fn link(&mut self, tag: &Tag<'_>) {
        let href = tag.attribute("href").and_then(|href| self.target(&href));
        self.open_link(href.filter(|_| !self.in_link()), tag);
    }

    /// The attributes of a link, if there is anything to link to.
    fn target(&self, href: &str) -> Option<String> {
        if let Some(link) = ItemLink::parse(href) {
            match (self.resolver.item)(&link) {
                Destination::Here(href) => return Some(inner_link(&href)),
                Destination::Withheld => return None,
                Destination::Elsewhere => {}
            }
        }
        web_address(href).map(|href| outer_link(&href))
    }

    /// A link, or a mere span where it leads nowhere.
    fn open_link(&mut self, attributes: Option<String>, tag: &Tag<'_>) {
        let is_link = attributes.is_some();
        let (name, end) = if is_link { ("a", "</a>") } else { ("span", "</span>") };
        self.start(name, tag, &attributes.unwrap_or_default());
        self.open.push((end.into(), is_link));
    }

    fn in_link(&self) -> bool {
        self.open.iter().any(|(_, is_link)| *is_link)
    }

    /// An image of the note's own is shown, one from elsewhere becomes a link: readers are not to be seen by third parties.
    fn image(&mut self, tag: &Tag<'_>) {
        let alt = tag.attribute("alt").unwrap_or_default();
        let own = tag.attribute("data-attachment-key").and_then(|key| key.parse().ok());
        if let Some(key) = own {
            if let Some(src) = (self.resolver.image)(key) {
                let extra = format!(" src=\"{}\" alt=\"{}\" loading=\"lazy\"", escaped(&src), escaped(&alt));
                self.start("img", tag, &extra);
            }
            return;
        }
        let Some(address) = tag.attribute("src").and_then(|src| web_address(&src)) else { return };
        let label = if alt.trim().is_empty() { address.as_str() } else { alt.trim() };
        if self.in_link() {
            self.html.push_str(&escaped(label));
        } else {
            let _ = write!(self.html, "<a{}>{}</a>", outer_link(&address), escaped(label));
        }
    }

    fn span(&mut self, tag: &Tag<'_>) {
        let class = tag.attribute("class").unwrap_or_default();
        if class.split(' ').any(|name| name == "citation") {
            self.cited = tag.attribute("data-citation").map(|data| cited(&data)).unwrap_or_default();
        }
        if class.split(' ').any(|name| name == "citation-item")
            && let Some(Some(link)) = self.cited.pop_front()
            && let Destination::Here(href) = (self.resolver.item)(&link)
            && !self.in_link()
        {
            self.open_link(Some(inner_link(&href)), tag);
            return;
        }
        let painted = tag.attribute("style").and_then(|style| background(&style));
        let annotated = tag.attribute("data-annotation").and_then(|data| color_of(&data));
        let extra = match painted.or(annotated) {
            Some(name) if self.for_zotero => format!(" style=\"background-color: {}80\"", color::of_annotation(name)),
            Some(name) => format!(" data-color=\"{name}\""),
            None => String::new(),
        };
        let name = if tag.name == "mark" || (painted.is_some() && !self.for_zotero) { "mark" } else { "span" };
        self.start(name, tag, &extra);
        self.open.push((format!("</{name}>").into(), false));
    }
}

fn inner_link(href: &str) -> String {
    format!(" href=\"{}\"", escaped(href))
}

fn outer_link(href: &str) -> String {
    format!(" href=\"{}\" rel=\"nofollow noopener noreferrer ugc\"", escaped(href))
}

fn escaped(text: &str) -> String {
    SafeHtml::escape(text).as_str().to_owned()
}

fn is_small_number(value: &str) -> bool {
    value.len() <= 5 && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// The name of the background colour that a style sets, if it sets one.
fn background(style: &str) -> Option<&'static str> {
    let declarations = style.split(';').filter_map(|declaration| declaration.split_once(':'));
    let is_background = |name: &str| matches!(name.trim(), "background" | "background-color");
    declarations.filter(|(name, _)| is_background(name)).find_map(|(_, value)| color::annotation(value))
}

/// The colour of the annotation that a passage was copied from.
fn color_of(data: &str) -> Option<&'static str> {
    color::annotation(decoded(data)?.get("color")?.as_str()?)
}

/// The records that a citation names, in the order of its items.
fn cited(data: &str) -> VecDeque<Option<ItemLink>> {
    let Some(citation) = decoded(data) else { return VecDeque::new() };
    let items = citation.get("citationItems").and_then(Value::as_array).cloned().unwrap_or_default();
    let link = |item: &Value| {
        let addresses = item.get("uris")?.as_array()?.iter().filter_map(Value::as_str);
        addresses.filter_map(ItemLink::parse).next()
    };
    items.iter().map(link).collect()
}

/// JSON that was percent-encoded for an attribute.
fn decoded(data: &str) -> Option<Value> {
    let (text, _) = url::form_urlencoded::parse(data.as_bytes()).next()?;
    serde_json::from_str(&text).ok()
}

#[cfg(test)]
mod tests;
