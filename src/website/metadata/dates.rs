//! Dates as precise as they are known.

use crate::bibliography::library::Date;

/// Year, month and day with a sign between them: `2024/03/05` for Highwire, `2024-03` for ISO 8601. None without a year of
/// our era in four digits, which is all that their readers take. A day that its month does not have is left out.
pub(super) fn precise(date: &Date, sign: char) -> Option<String> {
    let year = date.year_number().filter(|year| (1..=9999).contains(year))?;
    let mut text = format!("{year:04}");
    if let Some(month) = date.month.filter(|month| (1..=12).contains(month)) {
        text += &format!("{sign}{month:02}");
        if let Some(day) = date.day.filter(|day| (1..=days(year, month)).contains(day)) {
            text += &format!("{sign}{day:02}");
        }
    }
    Some(text)
}

fn days(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_precise_as_known() {
        for (raw, wanted) in [
            ("2024-03-05", Some("2024/03/05")),
            ("March 2024", Some("2024/03")),
            ("1843", Some("1843")),
            ("2023-02-30", Some("2023/02")),
            ("44 BC", None),
            ("n.d.", None),
        ] {
            assert_eq!(precise(&Date::parse(raw, 2030), '/').as_deref(), wanted, "{raw}");
        }
    }
}
