//! The walk: a layout's elements, one after another, write a record's text with marks.

mod conditions;
mod date;
mod label;
mod name;
mod names;
mod number;
mod variable;

use citationberg::Display;
use citationberg::taxonomy::{Locator, StandardVariable, Variable};

use super::item::{Item, slot};
use super::marks::{self, AFFIX, CLOSE, DIVISIONS, END_AFFIX, END_DIVISION, PREFIX, QUOTE, UNQUOTE, is_blank};
use super::style::node::{Look, NamesNode, Node};
use super::style::{Area, Style};
use super::text::case;

/// Where a citation stands among those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Position {
    #[default]
    First,
    Subsequent,
    Ibid,
    IbidWithLocator,
}

/// What is known of one citation or entry beside its record.
#[derive(Clone, Debug)]
pub(super) struct Cite<'c> {
    /// Its number in the list, from 1.
    pub number: usize,
    pub year_suffix: &'c str,
    pub position: Position,
    /// It follows the last citation of the same work closely.
    pub near_note: bool,
    pub locator: Option<(Locator, &'c str)>,
    /// The note in which the work was first cited.
    pub first_note: Option<usize>,
    pub suppress_author: bool,
    /// Choices that ask for it take the way that tells works apart.
    pub disambiguate: bool,
    /// How many names more than the style says are shown, and how much of given names.
    pub more_names: usize,
    pub full_given: bool,
    /// The work is a list's own sort key, not something to read.
    pub sorting: bool,
}

impl Default for Cite<'_> {
    fn default() -> Self {
        Self {
            number: 1,
            year_suffix: "",
            position: Position::First,
            near_note: false,
            locator: None,
            first_note: None,
            suppress_author: false,
            disambiguate: false,
            more_names: 0,
            full_given: false,
            sorting: false,
        }
    }
}

/// What a group has met so far: it prints only if a variable it called was there.
#[derive(Clone, Copy, Debug, Default)]
struct Calls {
    attempted: bool,
    succeeded: bool,
    /// A term or value was printed.
    intended: bool,
}

/// Deeper than any style that was checked goes; a macro that calls itself ends here.
const DEEPEST: usize = 300;

/// The walk through one layout for one record.
pub(super) struct Walk<'a> {
    pub style: &'a Style,
    pub item: &'a Item,
    pub cite: &'a Cite<'a>,
    pub area: Area,
    pub out: String,
    calls: Calls,
    /// How deep in groups and macros the walk is.
    depth: usize,
    /// Variables that stood in for others and are not printed again.
    done: u128,
    /// Variables printed since this was last emptied.
    used: u128,
    /// The names whose substitute is being tried.
    inherited: Option<&'a NamesNode>,
    /// Where the first list of names stands, for what replaces repeated ones.
    pub first_names: Option<std::ops::Range<usize>>,
    /// How many names that list shows.
    pub first_names_count: usize,
    /// The suffix of the year was printed by the style itself.
    pub year_suffix_printed: bool,
    /// Names that a sort key cuts its lists to.
    pub cut: Option<(Option<u32>, Option<u32>, Option<bool>)>,
}

impl<'a> Walk<'a> {
    pub fn new(style: &'a Style, item: &'a Item, cite: &'a Cite<'a>, area: Area) -> Self {
        Self {
            style,
            item,
            cite,
            area,
            out: String::with_capacity(512),
            calls: Calls::default(),
            depth: 0,
            done: 0,
            used: 0,
            inherited: None,
            first_names: None,
            first_names_count: 0,
            year_suffix_printed: false,
            cut: None,
        }
    }

    /// Writes the whole layout, without the affixes that stand around all citations of a group.
    pub fn layout(mut self) -> Self {
        let style = self.style;
        let nodes = &style.layout(self.area).nodes;
        if style.second_field_align && self.area == Area::Bibliography {
            self.columns(nodes);
        } else {
            self.nodes(nodes, "", &mut false);
        }
        self
    }

    /// The first field in a column of its own, the others beside it.
    fn columns(&mut self, nodes: &'a [Node]) {
        let Some((first, others)) = nodes.split_first() else { return };
        self.out.push(division(Display::LeftMargin));
        self.nodes(std::slice::from_ref(first), "", &mut false);
        self.out.push(END_DIVISION);
        self.out.push(division(Display::RightInline));
        self.nodes(others, "", &mut false);
        // The layout's suffix stands within the second column.
        let suffix = &self.style.layout(self.area).look.suffix;
        self.affix(suffix);
        self.out.push(END_DIVISION);
    }

    /// Writes elements with a delimiter between those that print something. A choice is not an element of its own.
    pub(super) fn nodes(&mut self, nodes: &'a [Node], delimiter: &'a str, printed: &mut bool) {
        for node in nodes {
            if let Node::Choose(branches) = node {
                if let Some(branch) = branches.iter().find(|branch| self.holds(branch)) {
                    self.nodes(&branch.children, delimiter, printed);
                }
                continue;
            }
            let before = self.out.len();
            if *printed {
                self.affix(delimiter);
            }
            let start = self.out.len();
            self.node(node);
            if self.out.len() == start {
                self.out.truncate(before);
            } else {
                *printed = true;
            }
        }
    }

    fn node(&mut self, node: &'a Node) {
        match node {
            Node::Variable { variable, short, look } => self.variable(*variable, *short, look),
            Node::Macro { index, look } => {
                let style = self.style;
                self.group(&style.macros[*index], "", look);
            }
            Node::Words { text, look } => {
                self.calls.intended = true;
                self.wrapped_in(look, self.language_of_terms(), |walk| walk.out.push_str(text));
            }
            Node::Number { variable, form, look } => self.number(*variable, *form, look),
            Node::Label { variable, label } => self.label(*variable, label),
            Node::Date(date) => self.date(date),
            Node::Names(names) => self.names(names),
            Node::Group { children, delimiter, look } => self.group(children, delimiter, look),
            Node::Choose(_) => self.nodes(std::slice::from_ref(node), "", &mut false),
        }
    }

    /// A group, or a macro: nothing at all if it called variables and none was there.
    fn group(&mut self, children: &'a [Node], delimiter: &'a str, look: &'a Look) {
        if self.depth >= DEEPEST {
            return;
        }
        self.depth += 1;
        let outer = std::mem::take(&mut self.calls);
        let (before, done) = (self.out.len(), self.done);
        let printed = self.wrapped(look, |walk| walk.nodes(children, delimiter, &mut false));
        self.depth -= 1;
        let inner = std::mem::replace(&mut self.calls, outer);
        if inner.succeeded || (inner.intended && !inner.attempted) {
            self.calls.succeeded = true;
            if inner.intended && !inner.attempted && !printed {
                self.calls.succeeded = outer.succeeded;
            }
            return;
        }
        self.calls.attempted |= inner.attempted;
        self.out.truncate(before);
        self.done = done;
    }

    /// Text of the style: a prefix, suffix or delimiter.
    pub(super) fn affix(&mut self, text: &str) {
        if !text.is_empty() {
            self.out.push(AFFIX);
            self.out.push_str(text);
            self.out.push(END_AFFIX);
        }
    }

    /// Writes what `body` writes with an element's look around it; nothing if that is nothing.
    fn wrapped(&mut self, look: &'a Look, body: impl FnOnce(&mut Self)) -> bool {
        self.wrapped_in(look, self.language(), body)
    }

    /// The same for text of a known language.
    fn wrapped_in(&mut self, look: &'a Look, language: case::Language, body: impl FnOnce(&mut Self)) -> bool {
        let before = self.out.len();
        if let Some(display) = look.display {
            self.out.push(division(display));
        }
        if !look.prefix.is_empty() {
            self.out.push(PREFIX);
            self.out.push_str(&look.prefix);
            self.out.push(END_AFFIX);
        }
        if look.quotes {
            self.out.push(QUOTE);
        }
        if !look.format.is_empty() {
            self.out.push(marks::open(look.format));
        }
        let start = self.out.len();
        body(self);
        if is_blank(&self.out[start..]) {
            self.out.truncate(before);
            return false;
        }
        self.reshape(start, look, language);
        if !look.format.is_empty() {
            self.out.push(CLOSE);
        }
        if look.quotes {
            self.out.push(UNQUOTE);
        }
        self.affix(&look.suffix);
        if look.display.is_some() {
            self.out.push(END_DIVISION);
        }
        true
    }

    /// Case and periods of what was written last.
    fn reshape(&mut self, start: usize, look: &Look, language: case::Language) {
        if look.strip_periods && self.out[start..].contains('.') {
            let stripped = self.out[start..].replace('.', "");
            self.out.replace_range(start.., &stripped);
        }
        if let Some(wanted) = look.case {
            let changed = case::apply(wanted, &self.out[start..], language);
            self.out.replace_range(start.., &changed);
        }
    }

    /// The language of the record for questions of case: what is no code counts as the style's.
    fn language(&self) -> case::Language {
        let own = self.item.language.as_deref();
        // Zotero's processor takes a record with a jurisdiction for one in that jurisdiction's language.
        let elsewhere = self.item.has(StandardVariable::Jurisdiction.into());
        case::Language {
            english: !elsewhere && own.map_or_else(|| self.style.locale.is("en"), |own| own == "en"),
            turkish: own.is_some_and(|own| matches!(own, "tr" | "az")),
        }
    }

    /// Terms have the case of English titles in every language; the record's own language still shapes its letters.
    fn language_of_terms(&self) -> case::Language {
        case::Language { english: true, ..self.language() }
    }

    /// Whether a variable still may be printed; it then counts as printed.
    fn take(&mut self, variable: Variable) -> bool {
        let bit = 1_u128 << slot(variable);
        self.used |= bit;
        self.done & bit == 0
    }
}

const fn division(display: Display) -> char {
    DIVISIONS[match display {
        Display::Block => 0,
        Display::LeftMargin => 1,
        Display::RightInline => 2,
        Display::Indent => 3,
    }]
}
