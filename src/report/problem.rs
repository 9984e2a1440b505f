//! Problems: what was noticed and worked around, as data that the end of a run counts and shows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing; never counts under `--strict`.
    Note,
    /// Something the owner would want to mend; counts under `--strict`.
    Warning,
}

/// A class of problems. Each room declares its own as `static` values beside the code that finds them.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Stable name, in kebab-case: `attachment-hash`.
    pub id: &'static str,
    pub level: Level,
    /// The sentence for one case: "an attachment is left out, its content differs from Zotero's record".
    pub one: &'static str,
    /// The sentence for several, with `{n}` for their number.
    pub many: &'static str,
    /// What the owner can do about it.
    pub hint: Option<&'static str>,
}

/// One case of a [`Kind`]: where it is, and what exactly was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub kind: &'static Kind,
    /// The record, file or setting: `9ABCDEFG "On computable numbers"`.
    pub place: String,
    /// What was found there; may be empty.
    pub detail: String,
}

impl Problem {
    pub fn new(kind: &'static Kind, place: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { kind, place: place.into(), detail: detail.into() }
    }
}

/// How many cases of one kind are listed when the owner did not ask for all.
const SHOWN: usize = 3;

/// Problems gathered by kind, in the order of the kinds' names.
#[derive(Debug, Default)]
pub struct Tally {
    by_kind: BTreeMap<&'static str, Vec<Problem>>,
    /// How many problems were left out, as their places were told of before.
    repeated: usize,
}

impl Tally {
    pub fn add(&mut self, problem: Problem) {
        self.by_kind.entry(problem.kind.id).or_default().push(problem);
    }

    /// Adds those problems whose places were not told of yet: what one stage of a run met, a later one meets again.
    pub fn add_untold(&mut self, problems: impl IntoIterator<Item = Problem>) {
        let told: BTreeSet<String> = self.groups().flatten().map(|problem| problem.place.clone()).collect();
        for problem in problems {
            if told.contains(&problem.place) {
                self.repeated += 1;
            } else {
                self.add(problem);
            }
        }
    }

    /// The number of all problems, repeated ones too.
    #[must_use]
    pub fn noted(&self) -> usize {
        self.groups().map(<[_]>::len).sum::<usize>() + self.repeated
    }

    /// The number of warnings; notes are not counted.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.groups().filter(|group| group[0].kind.level == Level::Warning).map(<[_]>::len).sum()
    }

    /// The problems of each kind, none of them empty.
    pub fn groups(&self) -> impl Iterator<Item = &[Problem]> {
        self.by_kind.values().map(Vec::as_slice)
    }

    /// Everything gathered as text: a sentence, some or `all` cases, one hint a kind.
    #[must_use]
    pub fn text(&self, all: bool) -> String {
        let mut text = String::new();
        for group in self.groups() {
            describe(&mut text, group, all);
        }
        text
    }
}

/// The sentence that sums up problems of one kind.
#[must_use]
pub fn sentence(group: &[Problem]) -> String {
    match group {
        [only] => only.kind.one.to_owned(),
        several => several[0].kind.many.replace("{n}", &several.len().to_string()),
    }
}

fn describe(text: &mut String, group: &[Problem], all: bool) {
    let kind = group[0].kind;
    let label = if kind.level == Level::Warning { "warning" } else { "note" };
    let _ = writeln!(text, "{label}: {}", sentence(group));
    let shown = if all { group.len() } else { group.len().min(SHOWN) };
    for problem in &group[..shown] {
        let gap = if problem.place.is_empty() || problem.detail.is_empty() { "" } else { "  " };
        let line = format!("{}{gap}{}", problem.place, problem.detail);
        if !line.is_empty() {
            let _ = writeln!(text, "  {}", printable(&line));
        }
    }
    if shown < group.len() {
        let _ = writeln!(text, "  …and {} more (-v lists all)", group.len() - shown);
    }
    if let Some(hint) = kind.hint {
        let _ = writeln!(text, "  hint: {hint}");
    }
    text.push('\n');
}

/// Text from outside made safe for a terminal and a CI log: one line, no control characters, no ANSI escapes.
#[must_use]
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    static KIND: Kind = Kind {
        id: "no-title",
        level: Level::Warning,
        one: "a record has no title",
        many: "{n} records have no title",
        hint: Some("give it one in Zotero"),
    };

    #[test]
    fn several_problems_of_one_kind_are_one_paragraph_with_one_hint() {
        let mut tally = Tally::default();
        for key in ["A", "B", "C", "D"] {
            tally.add(Problem::new(&KIND, key, ""));
        }
        assert_eq!(
            tally.text(false),
            "warning: 4 records have no title\n  A\n  B\n  C\n  …and 1 more (-v lists all)\n  hint: give it one in Zotero\n\n"
        );
        assert_eq!(tally.warnings(), 4);
    }

    #[test]
    fn what_a_place_was_told_of_is_not_told_again_by_a_later_stage() {
        let mut tally = Tally::default();
        tally.add(Problem::new(&KIND, "A", "by the first stage"));
        tally.add_untold(["A", "B", "B"].map(|place| Problem::new(&KIND, place, "by the second")));
        assert_eq!((tally.warnings(), tally.noted()), (3, 4));
        assert!(tally.text(true).contains("A  by the first stage\n  B  by the second\n"));
    }

    #[test]
    fn one_problem_reads_as_a_sentence_and_cannot_break_the_terminal() {
        let mut tally = Tally::default();
        tally.add(Problem::new(&KIND, "K", "x\u{1b}[31m\n::error::y"));
        assert_eq!(
            tally.text(false),
            "warning: a record has no title\n  K  x [31m ::error::y\n  hint: give it one in Zotero\n\n"
        );
    }
}
