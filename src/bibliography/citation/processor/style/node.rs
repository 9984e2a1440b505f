//! A style as the walk reads it: names looked up, options inherited, terms in place.

use citationberg::taxonomy::{
    DateVariable, Kind, Locator, NameVariable, NumberOrPageVariable, StandardVariable, Term, Variable,
};
use citationberg::{
    ChooseMatch, DatePartName, DateStrongAnyForm, DelimiterBehavior, Display, LabelPluralize, NameAsSortOrder,
    NameForm, NumberForm, TermForm, TestPosition, TextCase,
};

use crate::bibliography::citation::processor::marks::Format;

/// What surrounds and shapes an element's text.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Look {
    pub format: Format,
    pub prefix: Box<str>,
    pub suffix: Box<str>,
    pub case: Option<TextCase>,
    pub quotes: bool,
    pub strip_periods: bool,
    pub display: Option<Display>,
}

/// An element of a layout.
#[derive(Clone, Debug)]
pub(in super::super) enum Node {
    Variable {
        variable: Variable,
        short: bool,
        look: Look,
    },
    /// A macro by its place in the style.
    Macro {
        index: usize,
        look: Look,
    },
    /// A term or a value: words of the style.
    Words {
        text: Box<str>,
        look: Look,
    },
    Number {
        variable: Variable,
        form: NumberForm,
        look: Look,
    },
    Label {
        variable: NumberOrPageVariable,
        label: Label,
    },
    Date(Box<DateNode>),
    Names(Box<NamesNode>),
    Group {
        children: Vec<Node>,
        delimiter: Box<str>,
        look: Look,
    },
    Choose(Vec<Branch>),
}

#[derive(Clone, Debug)]
pub(in super::super) struct Label {
    pub form: TermForm,
    pub plural: LabelPluralize,
    pub look: Look,
}

#[derive(Clone, Debug)]
pub(in super::super) struct DateNode {
    pub variable: DateVariable,
    pub parts: Vec<DatePart>,
    pub delimiter: Box<str>,
    pub look: Look,
}

#[derive(Clone, Debug)]
pub(in super::super) struct DatePart {
    pub name: DatePartName,
    pub form: DateStrongAnyForm,
    pub range_delimiter: Box<str>,
    pub look: Look,
}

#[derive(Clone, Debug)]
pub(in super::super) struct NamesNode {
    pub variables: Vec<NameVariable>,
    /// The rules in citations and in bibliographies.
    pub rules: [NameRules; 2],
    /// It has a `cs:name` of its own, so that it inherits none within a substitute.
    pub has_name: bool,
    pub label: Option<NamesLabel>,
    pub et_al: Option<(Term, Format)>,
    /// Stands between the lists of two variables.
    pub delimiter: [Box<str>; 2],
    pub substitute: Vec<Node>,
    pub look: Look,
}

#[derive(Clone, Debug)]
pub(in super::super) struct NamesLabel {
    pub label: Label,
    pub before: bool,
}

/// How a list of names and each name in it is written.
#[derive(Clone, Debug)]
pub(in super::super) struct NameRules {
    /// The word before the last name.
    pub and: Option<Box<str>>,
    pub delimiter: Box<str>,
    pub precedes_et_al: DelimiterBehavior,
    pub precedes_last: DelimiterBehavior,
    /// From how many names on a list is cut, and to how many; for first and later citations.
    pub et_al: [Option<(usize, usize)>; 2],
    pub use_last: bool,
    pub form: NameForm,
    pub initialize: bool,
    pub initialize_with: Option<Box<str>>,
    pub sort_order: Option<NameAsSortOrder>,
    pub sort_separator: Box<str>,
    pub family: Look,
    pub given: Look,
    pub look: Look,
}

/// A branch of a choice; the last one may have no tests.
#[derive(Clone, Debug)]
pub(in super::super) struct Branch {
    pub matching: ChooseMatch,
    pub tests: Vec<Test>,
    pub children: Vec<Node>,
}

#[derive(Clone, Debug)]
pub(in super::super) enum Test {
    /// One of these types.
    Kinds(Vec<Kind>),
    Has(Variable),
    Numeric(Variable),
    Uncertain(DateVariable),
    /// One of these labels.
    Locators(Vec<Locator>),
    /// One of these positions.
    Positions(Vec<TestPosition>),
    Disambiguate(bool),
}

impl Node {
    /// Whether the letter behind a year is somewhere in it; macros are not followed.
    pub fn prints_year_suffix(&self) -> bool {
        let any = |nodes: &[Self]| nodes.iter().any(Self::prints_year_suffix);
        match self {
            Self::Variable { variable, .. } => *variable == Variable::Standard(StandardVariable::YearSuffix),
            Self::Group { children, .. } => any(children),
            Self::Names(names) => any(&names.substitute),
            Self::Choose(branches) => branches.iter().any(|branch| any(&branch.children)),
            _ => false,
        }
    }
}
