//! The dates of an entry.

use biblatex::Entry;

use super::text::text;
use crate::zotero::source::file::draft::Draft;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

pub(super) fn dates(entry: &Entry, draft: &mut Draft) {
    let value = |name: &str| entry.get(name).map(text).unwrap_or_default();
    let date = match value("date") {
        date if date.is_empty() => joined(&value("year"), &value("month"), &value("day")),
        date => date,
    };
    if !draft.set("date", &date) {
        draft.extra(&format!("tex.date: {date}"));
    }
    draft.set("accessDate", &accessed(&value("urldate")));
    let original = value("origdate");
    if !draft.set("originalDate", &original) {
        draft.extra(&format!("Original Date: {original}"));
    }
}

/// Year, month and day as one date: in numbers if they are numbers, else as they are written.
fn joined(year: &str, month: &str, day: &str) -> String {
    let number = |text: &str| text.parse::<u8>().ok();
    let name = |month: &str| MONTHS.iter().position(|name| month.to_ascii_lowercase().starts_with(name));
    let whole = month.chars().all(char::is_alphabetic);
    let in_year = number(month).or_else(|| name(month).filter(|_| whole).and_then(|at| u8::try_from(at + 1).ok()));
    let plain = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    match (in_year, number(day)) {
        (Some(month), Some(day)) if plain => format!("{year}-{month:02}-{day:02}"),
        (Some(month), None) if plain => format!("{year}-{month:02}"),
        _ => [day, month, year].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "),
    }
}

/// A moment as Zotero has it, if there is a time of the day.
fn accessed(date: &str) -> String {
    match date.split_once(' ') {
        Some((day, time)) if day.len() == 10 && time.len() == 8 => format!("{day}T{time}Z"),
        _ => date.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_months_and_days_become_one_date() {
        for (year, month, day, wanted) in [
            ("1936", "November", "12", "1936-11-12"),
            ("1936", "nov", "", "1936-11"),
            ("1936", "11", "", "1936-11"),
            ("1936", "", "", "1936"),
            ("44 BC", "", "", "44 BC"),
            ("", "May", "", "May"),
            ("2003", "nov/dec", "", "nov/dec 2003"),
            ("in press", "", "", "in press"),
        ] {
            assert_eq!(joined(year, month, day), wanted);
        }
    }
}
