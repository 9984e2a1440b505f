//! `cs:label`: the word for a number, for one or several.

use citationberg::LabelPluralize;
use citationberg::taxonomy::{Locator, NumberOrPageVariable, NumberVariable, Term, Variable};

use super::Walk;
use crate::bibliography::citation::processor::style::node::Label;
use crate::bibliography::citation::processor::text::number;

impl<'a> Walk<'a> {
    pub(super) fn label(&mut self, variable: NumberOrPageVariable, label: &'a Label) {
        let is_locator = variable == NumberOrPageVariable::Number(NumberVariable::Locator);
        // A label stands by itself, too: whether it is wanted, its group knows.
        let Some(text) = self.number_text(variable.into()).or((!is_locator).then(|| "".into())) else { return };
        let term = match (is_locator, self.cite.locator) {
            (true, Some((Locator::Custom, _))) => return,
            (true, Some((locator, _))) => Term::Locator(locator),
            _ => Term::from(variable),
        };
        let several = is_several(variable.into(), &text);
        self.term(term, label, several);
    }

    /// A label's term, for one or several.
    pub(super) fn term(&mut self, term: Term, label: &'a Label, several: bool) {
        let several = match label.plural {
            LabelPluralize::Always => true,
            LabelPluralize::Never => false,
            LabelPluralize::Contextual => several,
        };
        let style = self.style;
        let Some(words) = style.locale.term(term, label.form) else { return };
        let text = if several { &words.many } else { &words.one };
        self.wrapped_in(&label.look, self.language_of_terms(), |walk| walk.out.push_str(text));
    }
}

/// Several pages, volumes …: a range or a list; a number of things unless it is one.
fn is_several(variable: Variable, text: &str) -> bool {
    if variable.is_number_of_variable() {
        return text.trim() != "1";
    }
    number::is_plural(text)
}
