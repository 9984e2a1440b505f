//! A style or locale file as XML, measured before anything recursive reads it.
//!
//! The reader of styles follows nested elements down its own stack, and compares all attributes of an element with each
//! other. A file of the owner's may come from anywhere, so this walk without recursion goes first: what is too large, too
//! deep or has entities of its own is refused with its line. What passes is kept as a flat tree, in which `macros` looks
//! for calls, and in which later errors find their lines.

use style_xml::Reader;
use style_xml::escape::resolve_predefined_entity;
use style_xml::events::{BytesStart, Event};

use super::Fault;

/// The largest style of the Zotero style repository has a quarter of a megabyte.
pub(super) const MOST_BYTES: usize = 2 << 20;
/// Chicago's notes, which nest deeper than any other style, need a fifth of this.
pub(super) const MOST_DEPTH: usize = 100;
/// Chicago's notes, the longest style of all, have a tenth of these.
pub(super) const MOST_ELEMENTS: usize = 60_000;
/// An element of CSL has two dozen attributes at most.
const MOST_ATTRIBUTES: usize = 60;

/// An element of the file.
#[derive(Debug)]
pub(super) struct Element {
    /// Without a prefix: `cs:group` is `group`.
    pub name: String,
    /// Where it begins, from 1.
    pub line: usize,
    /// How many elements it stands in.
    pub depth: usize,
    /// The element it stands in, by its position; the root's is its own.
    pub parent: usize,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The elements of a file in the order in which they begin; the first is the root.
#[derive(Debug)]
pub(super) struct Tree {
    pub elements: Vec<Element>,
}

/// What is wrong with a file, and in which line.
pub(super) type Found = (Option<usize>, Fault);

impl Tree {
    /// Reads a file whose root is `root`.
    pub fn read(text: &str, root: &'static str) -> Result<Self, Found> {
        if text.len() > MOST_BYTES {
            return Err((None, Fault::TooLarge { limit: MOST_BYTES >> 20 }));
        }
        let mut lines = Lines { text, line: 1, at: 0 };
        let mut walk = Walk { elements: Vec::new(), open: Vec::new() };
        let mut reader = Reader::from_str(text);
        loop {
            let line = lines.of(reader.buffer_position());
            match reader.read_event() {
                Ok(Event::Eof) => break,
                Ok(event) => walk.take(&event).map_err(|fault| (Some(line), fault))?,
                Err(error) => return Err((Some(lines.of(reader.error_position())), Fault::not_xml(&error))),
            }
            walk.at(line);
        }
        walk.finish(root)
    }

    /// All elements inside one, by their positions.
    pub fn below(&self, position: usize) -> impl Iterator<Item = usize> {
        let depth = self.elements[position].depth;
        (position + 1..self.elements.len()).take_while(move |inner| self.elements[*inner].depth > depth)
    }

    /// The elements directly inside one, by their positions.
    pub fn inside(&self, position: usize) -> impl Iterator<Item = usize> {
        let depth = self.elements[position].depth + 1;
        self.below(position).filter(move |inner| self.elements[*inner].depth == depth)
    }

    /// The first element of a name directly inside another.
    pub fn child(&self, position: usize, name: &str) -> Option<usize> {
        self.inside(position).find(|inner| self.elements[*inner].name == name)
    }
}

/// Counts lines up to positions that only grow, so that a file is counted once.
struct Lines<'a> {
    text: &'a str,
    line: usize,
    at: usize,
}

impl Lines<'_> {
    fn of(&mut self, byte: u64) -> usize {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX).clamp(self.at, self.text.len());
        self.line += self.text.as_bytes()[self.at..byte].iter().filter(|byte| **byte == b'\n').count();
        self.at = byte;
        self.line
    }
}

struct Walk {
    elements: Vec<Element>,
    /// The elements that were not closed yet, by their positions.
    open: Vec<usize>,
}

impl Walk {
    fn take(&mut self, event: &Event<'_>) -> Result<(), Fault> {
        match event {
            Event::Start(tag) => {
                self.element(tag)?;
                self.open.push(self.elements.len() - 1);
            }
            Event::Empty(tag) => self.element(tag)?,
            Event::End(_) => {
                self.open.pop();
            }
            Event::DocType(declared) if declared.trim_ascii_start().to_ascii_lowercase().starts_with(b"html") => {
                return Err(Fault::WebPage);
            }
            Event::DocType(_) => return Err(Fault::DocumentType),
            Event::GeneralRef(entity) if !entity.is_char_ref() => {
                let name = String::from_utf8_lossy(entity);
                if resolve_predefined_entity(&name).is_none() {
                    return Err(Fault::Entity { name: name.into_owned() });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn element(&mut self, tag: &BytesStart<'_>) -> Result<(), Fault> {
        let name = String::from_utf8_lossy(tag.local_name().into_inner()).into_owned();
        let limits = [
            (self.open.len() >= MOST_DEPTH, Fault::TooDeep { limit: MOST_DEPTH }),
            (self.elements.len() >= MOST_ELEMENTS, Fault::TooMany { limit: MOST_ELEMENTS }),
            (self.elements.is_empty() && name.eq_ignore_ascii_case("html"), Fault::WebPage),
            (self.open.is_empty() && !self.elements.is_empty(), Fault::SecondRoot { name: name.clone() }),
        ];
        if let Some((_, fault)) = limits.into_iter().find(|(beyond, _)| *beyond) {
            return Err(fault);
        }
        let parent = self.open.last().copied().unwrap_or_default();
        self.elements.push(Element { name, line: 0, depth: self.open.len(), parent, attributes: attributes(tag)? });
        Ok(())
    }

    /// The element that was just begun stands in this line.
    fn at(&mut self, line: usize) {
        if let Some(last) = self.elements.last_mut().filter(|element| element.line == 0) {
            last.line = line;
        }
    }

    fn finish(self, root: &'static str) -> Result<Tree, Found> {
        let tree = Tree { elements: self.elements };
        if let Some(open) = self.open.last().map(|open| &tree.elements[*open]) {
            return Err((Some(open.line), Fault::NotClosed { name: open.name.clone() }));
        }
        match tree.elements.first() {
            Some(first) if first.name == root => Ok(tree),
            Some(first) => Err((Some(first.line), Fault::OtherRoot { name: first.name.clone(), root })),
            None => Err((None, Fault::Empty)),
        }
    }
}

fn attributes(tag: &BytesStart<'_>) -> Result<Vec<(String, String)>, Fault> {
    // The reader compares each attribute with all others, so they are counted first, without that check.
    if tag.attributes().with_checks(false).take(MOST_ATTRIBUTES + 1).count() > MOST_ATTRIBUTES {
        return Err(Fault::TooManyAttributes { limit: MOST_ATTRIBUTES });
    }
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| Fault::not_xml(&error))?;
        let value = attribute.unescape_value().map_err(|error| Fault::not_xml(&error))?;
        let name = String::from_utf8_lossy(attribute.key.into_inner()).into_owned();
        attributes.push((name, value.into_owned()));
    }
    Ok(attributes)
}
