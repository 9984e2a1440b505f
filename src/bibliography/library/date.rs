//! Dates as people type them, read as Zotero reads them.
//!
//! The rules are those of `strToDate` in <https://github.com/zotero/utilities/blob/master/date.js>, for its locale en-US
//! and without the words "today" and "yesterday": there is no clock here, so years of two digits need a pivot.

mod numeric;
mod words;

use std::cmp::Ordering;
use std::fmt::Write as _;

use super::white_space::is_space;

/// A date: the text as typed, and what Zotero's `strToDate` finds in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Date {
    /// As typed: "Spring 1999", "n.d."; empty if there is none.
    pub raw: String,
    /// The year as text, with its era: "1999", "44 BC".
    pub year: Option<String>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
    /// What is left of the text: "Spring".
    pub part: Option<String>,
}

/// Year, month and day, and the pieces of text around them. A piece is None where Zotero's own reader has `undefined`.
#[derive(Debug, Default, PartialEq, Eq)]
struct Found {
    year: Option<String>,
    month: Option<u8>,
    day: Option<u8>,
    pieces: Vec<Option<String>>,
}

impl Date {
    /// Reads a date. Years of two digits up to those of `pivot_year` are of its century, others of the one before.
    #[must_use]
    pub fn parse(raw: &str, pivot_year: i32) -> Self {
        let found = find(raw, pivot_year);
        let part = trimmed(&found.pieces.iter().flatten().fold(String::new(), |text, piece| text + piece + " "));
        Self { raw: raw.to_owned(), year: found.year, month: found.month, day: found.day, part }
    }

    /// `strToISO`: `1999`, `1999-05`, `1999-05-17`; a year with an era stays text. None without a year.
    #[must_use]
    pub fn iso(&self) -> Option<String> {
        let mut iso = format!("{:0>4}", self.year.as_deref()?);
        if let Some(month) = self.month {
            let _ = write!(iso, "-{month:02}");
            if let Some(day) = self.day {
                let _ = write!(iso, "-{day:02}");
            }
        }
        Some(iso)
    }

    /// The year as a number, negative before Christ: "44 BC" is -44. There never was a year 0: it stands for one that nobody
    /// knows.
    #[must_use]
    pub fn year_number(&self) -> Option<i32> {
        let year = self.year.as_deref()?;
        let digits: String =
            year.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        let number = digits.parse::<i32>().ok().filter(|number| *number != 0)?;
        let era = |text: &str| text.to_ascii_uppercase().replace(['.', ' '], "").contains("BC");
        let before =
            era(year) || self.raw.trim_start().starts_with('-') || self.part.as_deref().is_some_and(ends_in_era);
        Some(if before { -number } else { number })
    }

    /// Earlier dates before later ones, a year before its months, what has no year before everything.
    #[must_use]
    pub fn chronological(&self, other: &Self) -> Ordering {
        let key = |date: &Self| date.year_number().map(|year| (year, date.month, date.day));
        key(self).cmp(&key(other))
    }
}

/// Zotero's left-over text with its slip: the word `undefined` behind a month that ends the text.
#[must_use]
pub fn part_with_undefined(raw: &str) -> Option<String> {
    let pieces = find(raw, 0).pieces;
    trimmed(&pieces.iter().fold(String::new(), |text, piece| text + piece.as_deref().unwrap_or("undefined") + " "))
}

fn find(raw: &str, pivot_year: i32) -> Found {
    let text = raw.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Found::default();
    }
    let mut found =
        numeric::find(&text, pivot_year).unwrap_or_else(|| Found { pieces: vec![Some(text)], ..Found::default() });
    if found.year.as_deref().is_none_or(|year| year == "0") {
        words::take_year(&mut found);
    }
    if found.month.is_none() {
        words::take_month(&mut found);
    }
    if found.day.is_none() {
        words::take_day(&mut found);
    }
    found
}

fn trimmed(text: &str) -> Option<String> {
    let part = text.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    (!part.is_empty()).then(|| part.to_owned())
}

fn ends_in_era(part: &str) -> bool {
    let last = part.rsplit(' ').next().unwrap_or_default();
    ["BC", "BCE", "B.C", "B.C.E"].iter().any(|era| last.eq_ignore_ascii_case(era))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text | year month day part`, measured on Zotero's own reader.
    const MEASURED: &str = include_str!("date/measured.txt");

    #[test]
    fn dates_are_read_as_zotero_reads_them() {
        for line in MEASURED.lines() {
            let (text, wanted) = line.split_once(" | ").unwrap();
            let date = Date::parse(text, 2026);
            let number = |value: Option<u8>| value.map_or(String::new(), |number| number.to_string());
            let found = [
                date.year.clone().unwrap_or_default(),
                number(date.month),
                number(date.day),
                date.part.clone().unwrap_or_default(),
            ];
            assert_eq!(found.join("·"), wanted, "{text}");
        }
    }

    #[test]
    fn iso_dates_have_four_digits_and_stop_where_knowledge_stops() {
        for (text, wanted) in [
            ("May 17, 2020", Some("2020-05-17")),
            ("13/2021", Some("2021")),
            ("300", Some("0300")),
            ("44 BC", Some("44 BC")),
            ("0000-00-00", Some("0000")),
            ("May 5", None),
        ] {
            assert_eq!(Date::parse(text, 2026).iso().as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn two_digit_years_turn_at_the_pivot() {
        let year = |text: &str, pivot| Date::parse(text, pivot).year.unwrap();
        assert_eq!([year("1/1/26", 2026), year("1/1/27", 2026), year("1/1/27", 2031)], ["2026", "1927", "2027"]);
    }

    #[test]
    fn time_runs_from_before_christ_to_now_and_the_undated_come_first() {
        let texts = ["n.d.", "1000-900 BCE", "-0044", "44 BC", "AD 429", "2020", "May 2020", "2020-05-17", "2021"];
        let dates: Vec<_> = texts.iter().map(|text| Date::parse(text, 2026)).collect();
        assert!(dates.windows(2).all(|pair| pair[0].chronological(&pair[1]).is_le()));
        assert_eq!(dates[1].year_number(), Some(-1000));
        assert_eq!(dates[2].year_number(), Some(-44));
        assert_eq!(Date::parse("0000-00-00", 2026).year_number(), None);
    }

    #[test]
    fn zoteros_undefined_appears_only_where_it_is_asked_for() {
        assert_eq!(Date::parse("31 2020 March", 2026).part, None);
        assert_eq!(part_with_undefined("31 2020 March").as_deref(), Some("undefined"));
        assert_eq!(part_with_undefined("Jan-Feb 2003").as_deref(), Some("Jan"));
    }
}
