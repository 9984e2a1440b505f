//! Dates in words.

use std::fmt;

use icu::calendar::Gregorian;
use icu::datetime::FixedCalendarDateTimeFormatter;
use icu::datetime::fieldsets::{MD, YM, YMD};
use icu::locale::{Locale, subtags::region};

/// A day, a month or a year of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    pub year: i32,
    pub month: Option<u8>,
    /// Means nothing without a month.
    pub day: Option<u8>,
}

/// How a date is worded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Length {
    /// `20 November 2026`
    #[default]
    Long,
    /// `20 Nov 2026`
    Medium,
    /// `20/11/26`
    Short,
    /// `20 Nov`: where the year is known.
    Day,
}

impl Date {
    /// Reads `2026`, `2026-11`, `2026-11-20`; a time after the day is left aside.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, rest) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let date = rest.split(['T', ' ']).next()?;
        let mut parts = date.split('-');
        let year = parts.next()?.parse::<u16>().ok()?;
        let mut number = || parts.next().map(|part| part.parse::<u8>().ok());
        let (month, day) = (number(), number());
        Some(Self { year: sign * i32::from(year), month: optional(month)?, day: optional(day)? })
    }
}

/// An absent part is fine, an unreadable one is not.
fn optional(part: Option<Option<u8>>) -> Option<Option<u8>> {
    part.map_or(Some(None), |value| value.map(Some))
}

/// Words dates in one language.
pub struct Dates {
    long: Formatter<YMD>,
    medium: Formatter<YMD>,
    short: Formatter<YMD>,
    day: Formatter<MD>,
    long_month: Formatter<YM>,
    medium_month: Formatter<YM>,
}

type Formatter<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;
type Day = icu::calendar::Date<Gregorian>;

impl Dates {
    pub fn new(locale: &Locale) -> Result<Self, impl fmt::Display + use<>> {
        let locale = &international(locale);
        let days = |fields| Formatter::<YMD>::try_new(locale.into(), fields);
        let months = |fields| Formatter::<YM>::try_new(locale.into(), fields);
        let load = || {
            Ok(Self {
                long: days(YMD::long())?,
                medium: days(YMD::medium())?,
                short: days(YMD::short())?,
                day: Formatter::<MD>::try_new(locale.into(), MD::medium())?,
                long_month: months(YM::long())?,
                medium_month: months(YM::medium())?,
            })
        };
        load().map_err(|error: icu::datetime::DateTimeFormatterLoadError| error)
    }

    /// What no calendar has, such as 30 February, is worded as far as it makes sense.
    pub fn text(&self, date: Date, length: Length) -> String {
        let Some(month) = date.month else { return date.year.to_string() };
        let Ok(first) = Day::try_new_gregorian(date.year, month, 1) else { return date.year.to_string() };
        match date.day.and_then(|day| Day::try_new_gregorian(date.year, month, day).ok()) {
            Some(day) => self.day(&day, length),
            None if length == Length::Long => self.long_month.format(&first).to_string(),
            None => self.medium_month.format(&first).to_string(),
        }
    }

    fn day(&self, day: &Day, length: Length) -> String {
        match length {
            Length::Long => self.long.format(day).to_string(),
            Length::Medium => self.medium.format(day).to_string(),
            Length::Short => self.short.format(day).to_string(),
            Length::Day => self.day.format(day).to_string(),
        }
    }
}

/// English of no country is that of the world: day before month.
fn international(locale: &Locale) -> Locale {
    let mut locale = locale.clone();
    if locale.id.language.as_str() == "en" && locale.id.region.is_none() {
        locale.id.region = Some(region!("001"));
    }
    locale
}

impl fmt::Debug for Dates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dates").finish_non_exhaustive()
    }
}
