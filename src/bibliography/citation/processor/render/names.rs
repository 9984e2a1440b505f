//! `cs:names`: lists of people, cut and joined, with their labels; what stands in for them if there are none.

use citationberg::taxonomy::{NameVariable, OtherTerm, Term};
use citationberg::{DelimiterBehavior, NameAsSortOrder, NameForm};

use super::Walk;
use crate::bibliography::citation::processor::item::slot;
use crate::bibliography::citation::processor::marks::{self, CLOSE, Format};
use crate::bibliography::citation::processor::name_value::Name;
use crate::bibliography::citation::processor::style::EDITOR_TRANSLATOR;
use crate::bibliography::citation::processor::style::node::{NameRules, NamesNode, Node};

/// People in one role.
type List<'a> = (NameVariable, &'a [Name]);

impl<'a> Walk<'a> {
    pub(super) fn names(&mut self, node: &'a NamesNode) {
        self.calls.attempted = true;
        let base = if node.has_name { node } else { self.inherited.unwrap_or(node) };
        let lists = self.lists(&node.variables);
        if lists.is_empty() || (self.cite.suppress_author && self.first_names.is_none()) {
            if lists.is_empty() {
                self.substitute(node, base);
            } else {
                self.first_names = Some(0..0);
                for (variable, _) in lists {
                    self.done |= 1 << slot(variable.into());
                }
            }
            return;
        }
        let printed = self.wrapped(&node.look, |walk| {
            for (index, list) in lists.iter().enumerate() {
                if index > 0 {
                    let delimiter = &base.delimiter[walk.area as usize];
                    walk.affix(delimiter);
                }
                walk.labelled(node, base, *list);
            }
        });
        if printed {
            self.calls.succeeded = true;
            for (variable, _) in &lists {
                self.used |= bits(*variable);
            }
        }
    }

    /// The lists that have names; editors who are the translators, too, are one list.
    fn lists(&self, variables: &[NameVariable]) -> Vec<List<'a>> {
        let item = self.item;
        let free = |variable: NameVariable| self.done & (1 << slot(variable.into())) == 0;
        let mut lists: Vec<List<'a>> = Vec::with_capacity(variables.len());
        for variable in variables {
            let names = item.names(*variable);
            if !names.is_empty() && free(*variable) {
                lists.push((*variable, names));
            }
        }
        if let [(NameVariable::Editor, editors), (NameVariable::Translator, translators)]
        | [(NameVariable::Translator, translators), (NameVariable::Editor, editors)] = lists.as_slice()
            && editors == translators
        {
            return vec![(EDITOR_TRANSLATOR, editors)];
        }
        lists
    }

    /// Tries what stands in for missing names, until something prints.
    fn substitute(&mut self, node: &'a NamesNode, base: &'a NamesNode) {
        let inherited = self.inherited.replace(base);
        let used = std::mem::take(&mut self.used);
        let start = self.out.len();
        if self.first_of(&node.substitute) {
            self.done |= self.used;
            self.calls.succeeded = true;
            if self.first_names.is_none() {
                // Something else than names: nothing that can be repeated.
                self.first_names = Some(start..start);
            }
        }
        self.used |= used;
        self.inherited = inherited;
    }

    /// Writes the first of several elements that prints something; so are those of a choice's branch.
    fn first_of(&mut self, nodes: &'a [Node]) -> bool {
        for child in nodes {
            if let Node::Choose(branches) = child {
                let branch = branches.iter().find(|branch| self.holds(branch));
                if branch.is_some_and(|branch| self.first_of(&branch.children)) {
                    return true;
                }
                continue;
            }
            let start = self.out.len();
            self.used = 0;
            self.nodes(std::slice::from_ref(child), "", &mut false);
            if self.out.len() > start {
                return true;
            }
        }
        false
    }

    fn labelled(&mut self, node: &'a NamesNode, base: &'a NamesNode, (variable, names): List<'a>) {
        // Lists are sorted by names alone.
        let label = node.label.as_ref().or(base.label.as_ref()).filter(|_| !self.cite.sorting);
        let term = Term::NameVariable(variable);
        let several = names.len() > 1;
        if let Some(label) = label.filter(|label| label.before) {
            self.term(term, &label.label, several);
        }
        let start = self.out.len();
        self.list(base, names);
        if self.first_names.is_none() {
            self.first_names = Some(start..self.out.len());
            self.first_names_count = names.len();
        }
        if let Some(label) = label.filter(|label| !label.before) {
            self.term(term, &label.label, several);
        }
    }

    /// A list of names, cut as the style says.
    fn list(&mut self, node: &'a NamesNode, names: &'a [Name]) {
        let rules = &node.rules[self.area as usize];
        let (shown, last) = self.cut_of(rules, names.len());
        if rules.form == NameForm::Count {
            let count = shown + usize::from(last);
            self.out.push_str(&count.to_string());
            return;
        }
        let all = shown == names.len();
        // A list that is cut is formatted as one, with "et al."; else each name by itself.
        let as_one = !all && !last && !rules.look.format.is_empty();
        if as_one {
            self.out.push(marks::open(rules.look.format));
        }
        for (index, name) in names[..shown].iter().enumerate() {
            if index > 0 {
                self.joint(rules, index, shown, all);
            }
            self.name(name, rules, self.cite.sorting || inverted(rules, index));
        }
        if last && let Some(name) = names.last() {
            self.affix(&rules.delimiter);
            self.affix("… ");
            self.name(name, rules, inverted(rules, names.len() - 1));
        } else if !all && !self.cite.sorting {
            self.et_al(node, rules, shown);
        }
        if as_one {
            self.out.push(CLOSE);
        }
    }

    /// How many names stand at the beginning, and whether the last one follows them.
    fn cut_of(&self, rules: &NameRules, count: usize) -> (usize, bool) {
        let later = usize::from(self.cite.position != super::Position::First);
        let mut cut = rules.et_al[later];
        let mut use_last = rules.use_last;
        if let Some((least, first, last)) = self.cut {
            cut = least.zip(first).map(|(least, first)| (least as usize, first as usize)).or(cut);
            use_last = last.unwrap_or(use_last);
        }
        match cut {
            Some((least, first)) if count >= least && count > first => {
                let shown = (first.max(1) + self.cite.more_names).min(count);
                (shown, use_last && count >= shown + 2)
            }
            _ => (count, false),
        }
    }

    /// What stands before the name at `index` of `count` shown ones.
    fn joint(&mut self, rules: &'a NameRules, index: usize, count: usize, all: bool) {
        let is_last = all && index + 1 == count;
        let Some(and) = rules.and.as_ref().filter(|_| is_last && !self.cite.sorting) else {
            return self.affix(&rules.delimiter);
        };
        let delimited = match rules.precedes_last {
            DelimiterBehavior::Contextual => count > 2,
            DelimiterBehavior::AfterInvertedName => inverted(rules, index - 1),
            DelimiterBehavior::Always => true,
            DelimiterBehavior::Never => false,
        };
        let delimiter = if delimited { &*rules.delimiter } else { " " };
        self.affix(delimiter);
        if !delimiter.ends_with(char::is_whitespace) {
            self.affix(" ");
        }
        self.affix(&[and, " "].concat());
    }

    fn et_al(&mut self, node: &'a NamesNode, rules: &'a NameRules, shown: usize) {
        let (term, format) = node.et_al.unwrap_or((Term::Other(OtherTerm::EtAl), Format::default()));
        let style = self.style;
        let word = style.locale.word(term);
        if word.is_empty() {
            return;
        }
        let delimited = match rules.precedes_et_al {
            DelimiterBehavior::Contextual => shown > 1,
            DelimiterBehavior::AfterInvertedName => inverted(rules, shown - 1),
            DelimiterBehavior::Always => true,
            DelimiterBehavior::Never => false,
        };
        self.affix(if delimited { &rules.delimiter } else { " " });
        if format.is_empty() {
            self.out.push_str(word);
        } else {
            self.out.push(marks::open(format));
            self.out.push_str(word);
            self.out.push(CLOSE);
        }
    }
}

/// The variables that are printed with one: both roles of those who edited and translated.
fn bits(variable: NameVariable) -> u128 {
    let bit = |variable: NameVariable| 1_u128 << slot(variable.into());
    match variable {
        EDITOR_TRANSLATOR => bit(variable) | bit(NameVariable::Editor) | bit(NameVariable::Translator),
        variable => bit(variable),
    }
}

const fn inverted(rules: &NameRules, index: usize) -> bool {
    match rules.sort_order {
        Some(NameAsSortOrder::All) => true,
        Some(NameAsSortOrder::First) => index == 0,
        None => false,
    }
}
