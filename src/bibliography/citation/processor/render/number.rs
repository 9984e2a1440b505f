//! Numbers: as digits, ordinals or Roman numerals, and the ranges in them.

use std::borrow::Cow;

use citationberg::taxonomy::{Locator, NumberVariable, Term, Variable};
use citationberg::{NumberForm, TextCase};

use super::Walk;
use crate::bibliography::citation::processor::list::padded;
use crate::bibliography::citation::processor::marks::is_mark;
use crate::bibliography::citation::processor::style::node::Look;
use crate::bibliography::citation::processor::text::{case, number, roman};

impl<'a> Walk<'a> {
    /// `cs:text` with a variable that holds numbers.
    pub(super) fn plain_number(&mut self, variable: Variable, look: &'a Look) {
        self.number(variable, NumberForm::Numeric, look);
    }

    /// `cs:number`.
    pub(super) fn number(&mut self, variable: Variable, form: NumberForm, look: &'a Look) {
        self.calls.attempted = true;
        let Some(text) = self.number_text(variable) else { return };
        if !self.take(variable) {
            return;
        }
        self.calls.succeeded = true;
        let text = if self.cite.sorting { padded(&text) } else { self.formed(&text, variable, form) };
        let cased = look.case == Some(TextCase::CapitalizeFirst) && number::numbers(&text).is_none();
        self.wrapped(
            look,
            |walk| {
                if cased { walk.out.push_str(&each_capitalized(&text)) } else { walk.out.push_str(&text) }
            },
        );
    }

    /// The value of a variable that holds numbers.
    pub(in super::super) fn number_text(&self, variable: Variable) -> Option<Cow<'a, str>> {
        if let Variable::Number(of_cite) = variable
            && let Some(text) = self.number_of_cite(of_cite)
        {
            return Some(text.into());
        }
        let item = self.item;
        item.text(variable).map(Cow::Borrowed)
    }

    fn formed(&self, text: &str, variable: Variable, form: NumberForm) -> String {
        let locale = &self.style.locale;
        if let Some(single) = single(text) {
            let gender = locale.gender(noun(variable));
            match form {
                NumberForm::Numeric => {}
                NumberForm::Roman => return roman::roman(single).unwrap_or_else(|| text.to_owned()),
                NumberForm::LongOrdinal if locale.long_ordinal(single).is_some() => {
                    return locale.long_ordinal(single).unwrap_or_default().to_owned();
                }
                NumberForm::Ordinal | NumberForm::LongOrdinal => {
                    return [text.trim(), locale.ordinal(single, gender)].concat();
                }
            }
        }
        let format = match variable {
            Variable::Page(_) => self.style.page_range_format,
            Variable::Number(NumberVariable::Locator) if self.is_page_locator() => self.style.page_range_format,
            _ => None,
        };
        if !has_ranges(variable) || !text.contains(['-', '–', '—', '‐', '‑', ',', '&']) {
            return text.to_owned();
        }
        let visible: String = text.chars().filter(|c| !is_mark(*c)).collect();
        let pages = matches!(variable, Variable::Page(_)) || self.is_page_locator_variable(variable);
        if pages || number::numbers(&visible).is_some() {
            number::ranges(text, &locale.range_delimiter, format)
        } else {
            text.to_owned()
        }
    }

    fn is_page_locator(&self) -> bool {
        self.cite.locator.is_some_and(|(label, _)| label == Locator::Page)
    }

    fn is_page_locator_variable(&self, variable: Variable) -> bool {
        variable == Variable::Number(NumberVariable::Locator) && self.is_page_locator()
    }
}

/// A number that is nothing but digits.
fn single(text: &str) -> Option<u32> {
    let text = text.trim();
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// The noun that a number belongs to, for its gender.
fn noun(variable: Variable) -> Term {
    match variable {
        Variable::Number(NumberVariable::ChapterNumber) => Term::Locator(Locator::Chapter),
        Variable::Number(NumberVariable::CollectionNumber | NumberVariable::NumberOfVolumes) => {
            Term::NumberVariable(NumberVariable::Volume)
        }
        Variable::Number(NumberVariable::NumberOfPages) | Variable::Page(_) => Term::PageVariable,
        Variable::Number(variable) => Term::NumberVariable(variable),
        _ => Term::PageVariable,
    }
}

/// Versions and sections are names rather than numbers: "2021-05" is no range.
const fn has_ranges(variable: Variable) -> bool {
    !matches!(variable, Variable::Number(NumberVariable::Version | NumberVariable::Section))
}

/// "revised and expanded" → "Revised and Expanded": each part between "and", ampersands and commas.
fn each_capitalized(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        let next = [" and ", " & ", ", "].iter().filter_map(|joint| rest.find(joint).map(|at| (at, *joint))).min();
        let Some((at, joint)) = next else {
            out.push_str(&case::capitalize_first(rest));
            return out;
        };
        out.push_str(&case::capitalize_first(&rest[..at]));
        out.push_str(joint);
        rest = &rest[at + joint.len()..];
    }
}
