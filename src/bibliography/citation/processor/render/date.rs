//! `cs:date`: one moment or a range, part by part.

use citationberg::taxonomy::{OtherTerm, Term};
use citationberg::{DateDayForm, DateMonthForm, DatePartName, DateStrongAnyForm, LongShortForm, TermForm};

use super::Walk;
use crate::bibliography::citation::processor::date_value::{Date, Moment};
use crate::bibliography::citation::processor::style::node::{DateNode, DatePart};

impl<'a> Walk<'a> {
    pub(super) fn date(&mut self, node: &'a DateNode) {
        self.calls.attempted = true;
        let item = self.item;
        let Some(date) = item.date(node.variable) else { return };
        if !self.take(node.variable.into()) {
            return;
        }
        if self.cite.sorting {
            let shown = |name| node.parts.iter().any(|part| part.name == name);
            let parts = usize::from(shown(DatePartName::Month)) + usize::from(shown(DatePartName::Day));
            self.out.push_str(&date.sort_text(parts));
            self.calls.succeeded = true;
            return;
        }
        let printed = if date.literal.is_empty() {
            self.wrapped(&node.look, |walk| walk.moments(node, date))
        } else {
            let asks = node.parts.iter().any(|part| part.name == DatePartName::Year);
            asks && self.wrapped(&node.look, |walk| walk.out.push_str(&date.literal))
        };
        self.calls.succeeded |= printed;
    }

    fn moments(&mut self, node: &'a DateNode, date: &Date) {
        let parts: Vec<&'a DatePart> = node.parts.iter().filter(|part| shown(part.name, date)).collect();
        let Some(to) = date.to else {
            self.parts(&parts, &node.delimiter, date.from, date.season, (false, false));
            return;
        };
        let Some(level) = differs(&parts, date.from, to) else {
            self.parts(&parts, &node.delimiter, date.from, 0, (false, false));
            return;
        };
        let ranged = |part: &&DatePart| size(part.name) <= size(level);
        let first = parts.iter().position(&ranged).unwrap_or(0);
        let last = parts.iter().rposition(ranged).unwrap_or(0);
        let delimiter = parts.iter().find(|part| part.name == level).map_or("–", |part| &part.range_delimiter);
        self.parts(&parts[..first], &node.delimiter, date.from, 0, (false, false));
        if first > 0 {
            self.affix(&node.delimiter);
        }
        self.parts(&parts[first..=last], &node.delimiter, date.from, 0, (false, true));
        self.affix(delimiter);
        self.parts(&parts[first..=last], &node.delimiter, to, 0, (true, false));
        if last + 1 < parts.len() {
            self.affix(&node.delimiter);
        }
        self.parts(&parts[last + 1..], &node.delimiter, date.from, 0, (false, false));
    }

    /// Writes parts of a moment; `cut` leaves off the first prefix and the last suffix, where a range's delimiter stands.
    fn parts(&mut self, parts: &[&'a DatePart], delimiter: &'a str, at: Moment, season: u8, cut: (bool, bool)) {
        let filled: Vec<_> = parts.iter().filter_map(|part| Some((*part, self.part(part, at, season)?))).collect();
        let count = filled.len();
        for (index, (part, text)) in filled.into_iter().enumerate() {
            if index > 0 {
                self.affix(delimiter);
            }
            let start = self.out.len();
            self.wrapped(&part.look, |walk| {
                walk.out.push_str(&text);
                if part.name == DatePartName::Year {
                    walk.append_year_suffix();
                }
            });
            let end = self.out.len();
            if cut.1 && index + 1 == count {
                self.drop_suffix(start, end, &part.look.suffix);
            }
            if cut.0 && index == 0 && !part.look.prefix.is_empty() {
                let prefix = part.look.prefix.len() + 6;
                self.out.replace_range(start..start + prefix, "");
            }
        }
    }

    /// The letter behind the first year, where the style has no other place for it.
    fn append_year_suffix(&mut self) {
        if !self.cite.year_suffix.is_empty() && !self.style.prints_year_suffix && !self.year_suffix_printed {
            self.year_suffix_printed = true;
            self.out.push_str(self.cite.year_suffix);
        }
    }

    /// Takes back the suffix that was written last.
    fn drop_suffix(&mut self, start: usize, end: usize, suffix: &str) {
        if !suffix.is_empty() {
            // Six bytes: the two marks around an affix.
            self.out.truncate(end.saturating_sub(suffix.len() + 6).max(start));
        }
    }

    fn part(&self, part: &DatePart, at: Moment, season: u8) -> Option<String> {
        let locale = &self.style.locale;
        match part.form {
            DateStrongAnyForm::Year(form) => (at.year != 0).then(|| self.year(at.year, form)),
            DateStrongAnyForm::Month(form) if at.month != 0 => Some(self.month(at.month, form)),
            DateStrongAnyForm::Month(_) => {
                let seasons = [OtherTerm::Season01, OtherTerm::Season02, OtherTerm::Season03, OtherTerm::Season04];
                let term = seasons.get(usize::from(season).checked_sub(1)?)?;
                Some(locale.word(Term::Other(*term)).to_owned())
            }
            DateStrongAnyForm::Day(_) if at.day == 0 => None,
            DateStrongAnyForm::Day(form) => Some(match form {
                DateDayForm::Numeric => at.day.to_string(),
                DateDayForm::NumericLeadingZeros => format!("{:02}", at.day),
                DateDayForm::Ordinal if locale.limit_day_ordinals && at.day > 1 => at.day.to_string(),
                DateDayForm::Ordinal => {
                    let month = OtherTerm::month(at.month.saturating_sub(1)).map(Term::Other);
                    let gender = month.and_then(|month| locale.gender(month));
                    format!("{}{}", at.day, locale.ordinal(u32::from(at.day), gender))
                }
            }),
        }
    }

    fn year(&self, year: i32, form: LongShortForm) -> String {
        let era = match year {
            ..0 => self.style.locale.word(Term::Other(OtherTerm::Bc)),
            0..500 => self.style.locale.word(Term::Other(OtherTerm::Ad)),
            _ => "",
        };
        let number = year.unsigned_abs();
        let number = if form == LongShortForm::Short && number >= 100 {
            format!("{:02}", number % 100)
        } else {
            number.to_string()
        };
        [number.as_str(), era].concat()
    }

    fn month(&self, month: u8, form: DateMonthForm) -> String {
        let form = match form {
            DateMonthForm::Numeric => return month.to_string(),
            DateMonthForm::NumericLeadingZeros => return format!("{month:02}"),
            DateMonthForm::Long => TermForm::Long,
            DateMonthForm::Short => TermForm::Short,
        };
        let words = OtherTerm::month(month - 1).and_then(|term| self.style.locale.term(Term::Other(term), form));
        words.map(|words| words.one.to_string()).unwrap_or_default()
    }
}

/// Whether a date has something for a part.
fn shown(name: DatePartName, date: &Date) -> bool {
    let has = |at: Moment| match name {
        DatePartName::Year => at.year != 0,
        DatePartName::Month => at.month != 0 || date.season != 0,
        DatePartName::Day => at.day != 0,
    };
    has(date.from) || date.to.is_some_and(has)
}

const fn size(name: DatePartName) -> u8 {
    match name {
        DatePartName::Day => 0,
        DatePartName::Month => 1,
        DatePartName::Year => 2,
    }
}

/// The largest part in which two moments differ, of those that are shown.
fn differs(parts: &[&DatePart], from: Moment, to: Moment) -> Option<DatePartName> {
    [DatePartName::Year, DatePartName::Month, DatePartName::Day].into_iter().find(|name| {
        let differs = match name {
            DatePartName::Year => from.year != to.year,
            DatePartName::Month => from.month != to.month,
            DatePartName::Day => from.day != to.day,
        };
        differs && parts.iter().any(|part| part.name == *name)
    })
}
