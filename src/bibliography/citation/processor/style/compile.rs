//! A parsed style becomes nodes: macros by their index, words of terms in place, options of names inherited.

use std::collections::HashMap;

use citationberg::taxonomy::{DateVariable, Term, Variable};
use citationberg::{
    Affixes, ChooseBranch, ChooseMatch, Date, Display, FontStyle, FontVariant, FontWeight, Formatting,
    InheritableNameOptions, LayoutRenderingElement, LongShortForm, Text, TextCase, TextDecoration, TextTarget,
    ToAffixes, ToFormatting, VariablelessLabel, VerticalAlign,
};

use super::node::{Branch, DateNode, Label, Look, Node, Test};
use super::{dates, names};
use crate::bibliography::citation::processor::locale::Locale;
use crate::bibliography::citation::processor::marks::Format;
use crate::bibliography::citation::processor::text::markup;

/// What compiling needs to know of the whole style.
pub(super) struct Compiler<'s> {
    pub locale: &'s Locale,
    pub macros: HashMap<&'s str, usize>,
    /// The name options of citations and of bibliographies.
    pub areas: [InheritableNameOptions; 2],
}

impl Compiler<'_> {
    pub fn nodes(&mut self, elements: &[LayoutRenderingElement]) -> Vec<Node> {
        elements.iter().filter_map(|element| self.node(element)).collect()
    }

    fn node(&mut self, element: &LayoutRenderingElement) -> Option<Node> {
        Some(match element {
            LayoutRenderingElement::Text(text) => return self.text(text),
            LayoutRenderingElement::Number(number) => Node::Number {
                variable: number.variable.into(),
                form: number.form,
                look: look(number, number.text_case, number.display),
            },
            LayoutRenderingElement::Label(node) => Node::Label { variable: node.variable, label: label(&node.label) },
            LayoutRenderingElement::Date(date) => return self.date(date),
            LayoutRenderingElement::Names(node) => Node::Names(Box::new(names::compile(self, node))),
            LayoutRenderingElement::Group(group) => Node::Group {
                children: self.nodes(&group.children),
                delimiter: group.delimiter.as_deref().unwrap_or_default().into(),
                look: look(group, None, group.display),
            },
            LayoutRenderingElement::Choose(choose) => {
                let mut branches: Vec<_> = choose.branches().map(|branch| self.branch(branch)).collect();
                if let Some(last) = &choose.otherwise {
                    let children = self.nodes(&last.children);
                    branches.push(Branch { matching: ChooseMatch::All, tests: Vec::new(), children });
                }
                Node::Choose(branches)
            }
        })
    }

    fn text(&mut self, text: &Text) -> Option<Node> {
        let mut look = look(text, text.text_case, text.display);
        look.quotes = text.quotes;
        look.strip_periods = text.strip_periods;
        Some(match &text.target {
            TextTarget::Variable { var, form } => {
                Node::Variable { variable: *var, short: *form == LongShortForm::Short, look }
            }
            TextTarget::Macro { name } => Node::Macro { index: *self.macros.get(name.as_str())?, look },
            TextTarget::Term { term, form, plural } => {
                let words = self.locale.term(*term, *form)?;
                let text = if *plural { &words.many } else { &words.one };
                Node::Words { text: markup::read(text).into(), look }
            }
            TextTarget::Value { val } => Node::Words { text: markup::read(val).into(), look },
        })
    }

    fn date(&self, date: &Date) -> Option<Node> {
        let variable: DateVariable = date.variable?;
        let (parts, delimiter) = dates::parts(date, self.locale);
        let look = look(date, date.text_case, date.display);
        Some(Node::Date(Box::new(DateNode { variable, parts, delimiter, look })))
    }

    fn branch(&mut self, branch: &ChooseBranch) -> Branch {
        let mut tests = Vec::new();
        let each = |list: &Option<Vec<Variable>>| list.clone().unwrap_or_default();
        tests.extend(branch.type_.clone().map(Test::Kinds));
        tests.extend(each(&branch.variable).into_iter().map(Test::Has));
        tests.extend(each(&branch.is_numeric).into_iter().map(Test::Numeric));
        tests.extend(branch.is_uncertain_date.iter().flatten().copied().map(Test::Uncertain));
        tests.extend(branch.locator.clone().map(Test::Locators));
        tests.extend(branch.position.clone().map(Test::Positions));
        tests.extend(branch.disambiguate.map(Test::Disambiguate));
        Branch { matching: branch.match_, tests, children: self.nodes(&branch.children) }
    }

    pub fn word(&self, term: Term) -> Box<str> {
        self.locale.word(term).into()
    }
}

pub(super) fn label(label: &VariablelessLabel) -> Label {
    let mut look = look(label, label.text_case, None);
    look.strip_periods = label.strip_periods;
    Label { form: label.form, plural: label.plural, look }
}

/// Formatting, affixes, case and display of an element.
pub(super) fn look(
    element: &(impl ToFormatting + ToAffixes),
    case: Option<TextCase>,
    display: Option<Display>,
) -> Look {
    let Affixes { prefix, suffix } = element.to_affixes();
    let text = |affix: Option<String>| affix.unwrap_or_default().into();
    Look {
        format: format(element.to_formatting()),
        prefix: text(prefix),
        suffix: text(suffix),
        case,
        display,
        ..Look::default()
    }
}

pub(super) fn format(formatting: Formatting) -> Format {
    let mut format = Format::default();
    let mut add = |more: Format| format = format.and(more);
    match formatting.font_style {
        Some(FontStyle::Italic) => add(Format::ITALIC),
        Some(FontStyle::Normal) => add(Format::ITALIC.off()),
        None => {}
    }
    match formatting.font_weight {
        Some(FontWeight::Bold) => add(Format::BOLD),
        Some(FontWeight::Normal | FontWeight::Light) => add(Format::BOLD.off()),
        None => {}
    }
    match formatting.font_variant {
        Some(FontVariant::SmallCaps) => add(Format::SMALL_CAPS),
        Some(FontVariant::Normal) => add(Format::SMALL_CAPS.off()),
        None => {}
    }
    match formatting.text_decoration {
        Some(TextDecoration::Underline) => add(Format::UNDERLINE),
        Some(TextDecoration::None) => add(Format::UNDERLINE.off()),
        None => {}
    }
    match formatting.vertical_align {
        Some(VerticalAlign::Sup) => add(Format::SUPERSCRIPT),
        Some(VerticalAlign::Sub) => add(Format::SUBSCRIPT),
        Some(VerticalAlign::Baseline) => add(Format::SUPERSCRIPT.and(Format::SUBSCRIPT).off()),
        Some(VerticalAlign::None) | None => {}
    }
    format
}
