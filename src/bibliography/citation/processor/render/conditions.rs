//! The tests of `cs:choose`.

use citationberg::TestPosition;
use citationberg::taxonomy::{NumberVariable, StandardVariable, Variable};

use super::{Position, Walk};
use crate::bibliography::citation::processor::style::Area;
use crate::bibliography::citation::processor::style::node::{Branch, Test};
use crate::bibliography::citation::processor::text::number;

impl Walk<'_> {
    pub(super) fn holds(&self, branch: &Branch) -> bool {
        branch.tests.is_empty() || branch.matching.test(branch.tests.iter().map(|test| self.test(test)))
    }

    fn test(&self, test: &Test) -> bool {
        match test {
            Test::Kinds(kinds) => kinds.contains(&self.item.kind),
            Test::Has(variable) => self.has(*variable),
            Test::Numeric(variable) => self.is_numeric(*variable),
            Test::Uncertain(variable) => self.item.date(*variable).is_some_and(|date| date.circa),
            Test::Locators(labels) => self.cite.locator.is_some_and(|(label, _)| labels.contains(&label)),
            Test::Positions(positions) => {
                self.area == Area::Citation && positions.iter().any(|position| self.stands(*position))
            }
            Test::Disambiguate(wanted) => self.cite.disambiguate == *wanted,
        }
    }

    fn has(&self, variable: Variable) -> bool {
        match variable {
            Variable::Number(NumberVariable::Locator) => self.cite.locator.is_some(),
            Variable::Number(NumberVariable::CitationNumber) => true,
            Variable::Number(NumberVariable::FirstReferenceNoteNumber) => self.cite.first_note.is_some(),
            Variable::Standard(StandardVariable::YearSuffix) => !self.cite.year_suffix.is_empty(),
            variable => self.item.has(variable),
        }
    }

    fn is_numeric(&self, variable: Variable) -> bool {
        match variable {
            Variable::Number(NumberVariable::Locator) => {
                self.cite.locator.is_some_and(|(_, text)| number::is_numeric(text))
            }
            Variable::Number(NumberVariable::CitationNumber) => true,
            variable => self.item.text(variable).is_some_and(number::is_numeric),
        }
    }

    /// Ibid is subsequent, too.
    fn stands(&self, position: TestPosition) -> bool {
        let own = self.cite.position;
        match position {
            TestPosition::First => own == Position::First,
            TestPosition::Subsequent => own != Position::First,
            TestPosition::Ibid => matches!(own, Position::Ibid | Position::IbidWithLocator),
            TestPosition::IbidWithLocator => own == Position::IbidWithLocator,
            TestPosition::NearNote => self.cite.near_note,
        }
    }
}
