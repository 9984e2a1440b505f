//! One name.

use citationberg::{DemoteNonDroppingParticle, NameForm};

use super::Walk;
use crate::bibliography::citation::processor::name_value::Name;
use crate::bibliography::citation::processor::style::node::{Look, NameRules};
use crate::bibliography::citation::processor::text::initials::Initials;

impl<'a> Walk<'a> {
    pub(super) fn name(&mut self, name: &'a Name, rules: &'a NameRules, inverted: bool) {
        self.wrapped(&rules.look, |walk| walk.parts_of(name, rules, inverted));
    }

    fn parts_of(&mut self, name: &'a Name, rules: &'a NameRules, inverted: bool) {
        if name.family.is_empty() {
            self.wrapped(&rules.family, |walk| walk.out.push_str(&name.literal));
            return;
        }
        if name.east_asian || self.is_of_east_asia() {
            return self.east_asian(name, rules);
        }
        if rules.form == NameForm::Short {
            return self.family(name, rules, true);
        }
        let given = self.given(name, rules);
        let suffix = suffix(name, rules);
        if inverted {
            return self.inverted(name, rules, &given, &suffix);
        }
        let before = joined(&[&given, &name.dropping]);
        if !before.is_empty() {
            self.wrapped(&rules.given, |walk| walk.out.push_str(&before));
            if !ends_tight(&before) {
                self.out.push(' ');
            }
        }
        self.family(name, rules, true);
        if !suffix.is_empty() {
            self.out.push_str(if name.comma_suffix { ", " } else { " " });
            self.out.push_str(&suffix);
        }
    }

    /// The family name first, what follows it behind the separator.
    fn inverted(&mut self, name: &'a Name, rules: &'a NameRules, given: &str, suffix: &str) {
        let demoted = match self.style.demote_particles {
            DemoteNonDroppingParticle::Never => false,
            DemoteNonDroppingParticle::SortOnly => self.cite.sorting,
            DemoteNonDroppingParticle::DisplayAndSort => true,
        };
        self.family(name, rules, !demoted);
        let mut behind = vec![given, name.dropping.as_str()];
        if demoted {
            behind.push(&name.non_dropping);
        }
        let behind = joined(&behind);
        if !behind.is_empty() {
            self.affix(&rules.sort_separator);
            self.wrapped(&rules.given, |walk| walk.out.push_str(&behind));
        }
        if !suffix.is_empty() {
            self.affix(&rules.sort_separator);
            self.out.push_str(suffix);
        }
    }

    /// Names in Chinese, Japanese or Korean letters: no space, no comma. Others in such a record: the family first.
    fn east_asian(&mut self, name: &'a Name, rules: &'a NameRules) {
        self.family(name, rules, true);
        if rules.form == NameForm::Short || name.given.is_empty() {
            return;
        }
        if name.east_asian {
            self.wrapped(&rules.given, |walk| walk.out.push_str(&name.given));
            return;
        }
        let given = joined(&[&self.given(name, rules), &name.dropping]);
        self.out.push(' ');
        self.wrapped(&rules.given, |walk| walk.out.push_str(&given));
    }

    fn is_of_east_asia(&self) -> bool {
        matches!(self.item.language.as_deref(), Some("ja" | "zh"))
    }

    /// The family name, with its particle before it or without.
    fn family(&mut self, name: &'a Name, rules: &'a NameRules, particle: bool) {
        let look: &'a Look = &rules.family;
        let text = match (particle, self.cite.sorting) {
            (false, _) => name.family.clone(),
            (true, false) => joined(&[&name.non_dropping, &name.family]),
            // "d’ Alembert" stands before "da Costa".
            (true, true) => [name.non_dropping.as_str(), " ", &name.family].concat().trim_start().to_owned(),
        };
        self.wrapped(look, |walk| walk.out.push_str(&text));
    }

    fn given(&self, name: &Name, rules: &NameRules) -> String {
        match &rules.initialize_with {
            Some(with) if !self.cite.full_given => {
                let hyphen = self.style.initialize_with_hyphen;
                Initials { with, initialize: rules.initialize, hyphen }.of(&name.given)
            }
            _ => name.given.clone(),
        }
    }
}

/// The suffix; where initials have no points it has none either.
fn suffix(name: &Name, rules: &NameRules) -> String {
    match &rules.initialize_with {
        Some(with) if !with.contains('.') => name.suffix.replace('.', ""),
        _ => name.suffix.clone(),
    }
}

/// Parts with spaces between them, but none behind an apostrophe or hyphen.
fn joined(parts: &[&str]) -> String {
    let mut out = String::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !out.is_empty() && !ends_tight(&out) {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// "d’", "al-": nothing stands between it and the name.
fn ends_tight(text: &str) -> bool {
    text.ends_with(['’', '\'', '-', '‘', '\u{2010}'])
}
