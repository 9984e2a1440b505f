//! Markdown as pieces.
//!
//! CommonMark with tables, footnotes, strikethrough, smart punctuation and heading attributes. Everything but links,
//! images and citations becomes HTML at once. They stand in it as a NUL each, a character that CommonMark lets no text
//! have, and are put in their places when the whole is HTML: so footnotes and tables stay in one hand.

use std::collections::BTreeMap;

use pulldown_cmark::{
    BrokenLink, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream, html,
};

use crate::bibliography::content::{Piece, Target, citation};

/// What the headings of a text are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headings {
    /// The page's own, with ids to link to.
    Page,
    /// Those of a part of a page: two levels lower, without ids.
    Part,
}

/// A text read.
pub(super) struct Parsed {
    pub pieces: Vec<Piece>,
    /// The words of the first heading.
    pub heading: Option<String>,
    /// Whether the text begins with a heading of the first level.
    pub brings_heading: bool,
}

/// The pieces of a text that stands in a file of the owner's.
#[must_use]
pub fn pieces(file: &str, markdown: &str, headings: Headings) -> Vec<Piece> {
    parse(file, markdown, headings).pieces
}

/// Reads a text.
pub(super) fn parse(file: &str, markdown: &str, headings: Headings) -> Parsed {
    let source = markdown.replace(['\0', ESCAPED_AT], "\u{fffd}");
    let callback = |link: BrokenLink<'_>| unknown_reference(&link).map(|text| (CowStr::from(text), CowStr::from("")));
    let parser = Parser::new_with_broken_link_callback(&source, options(), Some(callback));
    let events = parser.into_offset_iter().map(|(event, range)| marked(event, &source[..range.start]));
    let mut events: Vec<Event<'_>> = TextMergeStream::new(events).collect();
    let first = events.first();
    let brings_heading = matches!(first, Some(Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })));
    let heading = name_headings(&mut events, headings);
    let mut reader = Reader { file, events: Vec::with_capacity(events.len()), placeholders: Vec::new() };
    reader.read(events);
    let mut html = String::with_capacity(source.len() * 3 / 2);
    html::push_html(&mut html, reader.events.into_iter());
    let html = without_styles(&html).replace(ESCAPED_AT, "@");
    let heading = heading.map(|words| words.replace(ESCAPED_AT, "@"));
    Parsed { pieces: put_back(&html, reader.placeholders), heading, brings_heading }
}

/// Stands for `\@`, a sign that begins no citation, until the whole is HTML.
const ESCAPED_AT: char = '\u{1}';

fn marked<'a>(event: Event<'a>, before: &str) -> Event<'a> {
    match event {
        Event::Text(text) if text.starts_with('@') && before.ends_with('\\') => {
            Event::Text(text.replacen('@', ESCAPED_AT.encode_utf8(&mut [0; 4]), 1).into())
        }
        event => event,
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// What CommonMark takes for brackets without a meaning may be a citation, `[@key]`, or a link to a record, `[words][@key]`.
fn unknown_reference(link: &BrokenLink<'_>) -> Option<String> {
    let text = link.reference.to_string();
    let is_ours = match link.link_type {
        LinkType::Reference => text.starts_with('@'),
        _ => citation::bracketed(&text).is_some(),
    };
    is_ours.then_some(text)
}

/// Gives headings ids or moves them down; returns the words of the first.
fn name_headings(events: &mut [Event<'_>], headings: Headings) -> Option<String> {
    let mut first = None;
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for at in 0..events.len() {
        if !matches!(events[at], Event::Start(Tag::Heading { .. })) {
            if let Event::End(TagEnd::Heading(level)) = &mut events[at] {
                *level = lowered(*level, headings);
            }
            continue;
        }
        let words = words(&events[at + 1..], |event| matches!(event, Event::End(TagEnd::Heading(_))));
        if let Event::Start(Tag::Heading { level, id, .. }) = &mut events[at] {
            *level = lowered(*level, headings);
            *id = match (headings, id.take()) {
                (Headings::Part, _) => None,
                (Headings::Page, Some(own)) => Some(own),
                (Headings::Page, None) => Some(free_id(&words, &mut taken).into()),
            };
        }
        first.get_or_insert(words);
    }
    first
}

fn lowered(level: HeadingLevel, headings: Headings) -> HeadingLevel {
    match headings {
        Headings::Page => level,
        Headings::Part => HeadingLevel::try_from((level as usize + 2).min(6)).unwrap_or(HeadingLevel::H6),
    }
}

/// The text of events up to the one that ends them.
fn words(events: &[Event<'_>], is_end: impl Fn(&Event<'_>) -> bool) -> String {
    let mut words = String::new();
    for event in events.iter().take_while(|event| !is_end(event)) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words.trim().to_owned()
}

/// The words in lower case joined by hyphens; a number behind those that were there before.
fn free_id(words: &str, taken: &mut BTreeMap<String, usize>) -> String {
    let lower = words.to_lowercase();
    let parts: Vec<_> = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let id = if parts.is_empty() { "section".to_owned() } else { parts.join("-") };
    let count = taken.entry(id.clone()).or_default();
    *count += 1;
    if *count == 1 { id } else { format!("{id}-{count}") }
}

/// Takes links, images and citations out of the events.
struct Reader<'a> {
    file: &'a str,
    events: Vec<Event<'a>>,
    /// What each NUL stands for, in their order.
    placeholders: Vec<Piece>,
}

impl<'a> Reader<'a> {
    fn read(&mut self, events: Vec<Event<'a>>) {
        // Within links and code a key is only text.
        let mut literal = 0_usize;
        let mut events = events.into_iter();
        while let Some(event) = events.next() {
            match event {
                Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                    if self.is_citation(link_type, &dest_url) {
                        skip_to(&mut events, |event| matches!(event, Event::End(TagEnd::Link)));
                        continue;
                    }
                    literal += 1;
                    let destination =
                        if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                    let target = Target::parse(self.file, &destination);
                    self.put(Piece::LinkStart { target, title: title.to_string() });
                }
                Event::End(TagEnd::Link) => {
                    literal = literal.saturating_sub(1);
                    self.put(Piece::LinkEnd);
                }
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let inner = skip_to(&mut events, |event| matches!(event, Event::End(TagEnd::Image)));
                    let target = Target::parse(self.file, &dest_url);
                    let alt = words(&inner, |_| false).replace(ESCAPED_AT, "@");
                    self.put(Piece::Image { target, alt, title: title.to_string() });
                }
                Event::Text(text) if literal == 0 => self.text(&text),
                event => {
                    literal += usize::from(matches!(event, Event::Start(Tag::CodeBlock(_))));
                    literal -= usize::from(matches!(event, Event::End(TagEnd::CodeBlock))).min(literal);
                    self.events.push(event);
                }
            }
        }
    }

    fn is_citation(&mut self, link_type: LinkType, text: &str) -> bool {
        if !matches!(link_type, LinkType::ShortcutUnknown | LinkType::CollapsedUnknown) {
            return false;
        }
        let found = citation::bracketed(text);
        let is_citation = found.is_some();
        found.into_iter().for_each(|citation| self.put(Piece::Citation(citation)));
        is_citation
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some((range, citation)) = citation::first_in_text(rest) {
            self.events.push(Event::Text(rest[..range.start].to_owned().into()));
            self.put(Piece::Citation(citation));
            rest = &rest[range.end..];
        }
        self.events.push(Event::Text(rest.to_owned().into()));
    }

    fn put(&mut self, piece: Piece) {
        self.placeholders.push(piece);
        self.events.push(Event::InlineHtml("\0".into()));
    }
}

/// The events up to the one that ends them, which is passed over too. Links cannot hold links, but images can hold images.
fn skip_to<'a>(events: &mut impl Iterator<Item = Event<'a>>, is_end: impl Fn(&Event<'a>) -> bool) -> Vec<Event<'a>> {
    let mut depth = 0_usize;
    let mut inner = Vec::new();
    for event in events {
        if is_end(&event) {
            if depth == 0 {
                break;
            }
            depth -= 1;
        } else if matches!(event, Event::Start(Tag::Image { .. } | Tag::Link { .. })) && is_end(&end_of(&event)) {
            depth += 1;
        }
        inner.push(event);
    }
    inner
}

fn end_of<'a>(event: &Event<'_>) -> Event<'a> {
    Event::End(if matches!(event, Event::Start(Tag::Image { .. })) { TagEnd::Image } else { TagEnd::Link })
}

/// The alignment of table cells as classes: the site's policy forbids inline styles.
fn without_styles(html: &str) -> String {
    ["left", "center", "right"].iter().fold(html.to_owned(), |html, side| {
        html.replace(&format!(" style=\"text-align: {side}\""), &format!(" class=\"align-{side}\""))
    })
}

fn put_back(html: &str, placeholders: Vec<Piece>) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(placeholders.len() * 2 + 1);
    let mut placeholders = placeholders.into_iter();
    for text in html.split('\0') {
        if !text.is_empty() {
            pieces.push(Piece::Html(text.to_owned()));
        }
        pieces.extend(placeholders.next());
    }
    pieces
}
