//! RIS dates, `YYYY/MM/DD/rest`, as people type them into Zotero.
//!
//! What is typed is put together so that Zotero, reading it again, finds year, month, day and rest where RIS had them.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The date of a record from `DA` (or `Y1`) and `PY`, one of which may be empty, and whether it has what both say: some
/// programs give the day in the one and the year in the other.
pub(super) fn whole(day: &str, year: &str) -> (String, bool) {
    let (day, year) = (typed(day), typed(year));
    if day.is_empty() {
        return (year, true);
    }
    if year.is_empty() || day.contains(&year) {
        return (day, true);
    }
    if numbers(&day).any(|number| number.len() > 2) { (day, false) } else { (format!("{day} {year}"), true) }
}

/// When a record was last looked up: a moment if the date has a time of the day.
pub(super) fn accessed(ris: &str) -> String {
    let date = typed(ris);
    let Some((day, time)) = date.split_once(' ') else { return date };
    let is_time = time.len() == 8
        && time.bytes().enumerate().all(|(at, byte)| match at {
            2 | 5 => byte == b':',
            _ => byte.is_ascii_digit(),
        });
    if is_time && day.len() == 10 { format!("{day}T{time}Z") } else { date }
}

/// A date as it would be typed; one in another shape than RIS has for it stays as it is.
fn typed(ris: &str) -> String {
    let parts: Vec<&str> = ris.splitn(4, '/').map(str::trim).collect();
    let number = |part: &&str| part.len() < 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let year = |part: &str| matches!(part.len(), 3 | 4) && part.bytes().all(|byte| byte.is_ascii_digit());
    let shaped = parts.len() > 1 && parts[1..].iter().take(2).all(number) && (parts.len() == 4 || year(parts[0]));
    if !shaped {
        return ris.trim().to_owned();
    }
    let number = |at: usize| parts.get(at).and_then(|part| part.parse::<usize>().ok()).filter(|number| *number > 0);
    // What Zotero's exporter writes where it has nothing to write.
    let rest = parts.get(3).copied().filter(|rest| *rest != "undefined").unwrap_or_default();
    compose(parts[0], number(1), number(2), rest)
}

fn compose(year: &str, month: Option<usize>, day: Option<usize>, rest: &str) -> String {
    let name = month.and_then(|month| MONTHS.get(month - 1));
    match (month, day) {
        (Some(month), Some(day)) if rest.starts_with('T') => format!("{year}-{month:02}-{day:02}{rest}"),
        (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02} {rest}"),
        (Some(month), None) if rest.is_empty() => format!("{year}-{month:02}"),
        (Some(month), None) => format!("{rest} {} {year}", name.map_or(month.to_string(), |name| (*name).to_owned())),
        // A day of a month that is not known would be read as a month, if it can be one.
        (None, Some(day)) if day < 13 => format!("{day} {year} {rest}"),
        (None, Some(day)) => format!("{year}-{day} {rest}"),
        (None, None) if rest.starts_with(|c: char| c.is_ascii_digit()) => format!("{year}/{rest}"),
        (None, None) if numbers(rest).any(|number| number.len() > 2) => format!("{year} {rest}"),
        (None, None) => format!("{rest} {year}"),
    }
    .trim()
    .to_owned()
}

fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_typed_as_people_type_them() {
        for (day, year, wanted) in [
            ("2020/05/17/", "2020", "2020-05-17"),
            ("2020/05//", "2020", "2020-05"),
            ("2020///", "2020", "2020"),
            ("", "2020///", "2020"),
            ("", "1998", "1998"),
            ("", "98", "98"),
            ("1999///Spring", "1999", "Spring 1999"),
            ("2003/02//Jan", "2003", "Jan February 2003"),
            ("1999///2000", "1999", "1999/2000"),
            ("1637///and 1662", "1637", "1637 and 1662"),
            ("2020/05/17/T10:20:30Z", "2020", "2020-05-17T10:20:30Z"),
            ("2020/03/31/undefined", "2020", "2020-03-31"),
            ("2021//13/", "2021", "2021-13"),
            ("2004//06/2006-08", "2004", "6 2004 2006-08"),
            ("n.d.", "n.d.", "n.d."),
            ("May 12", "2001", "May 12 2001"),
            ("2001/5/12", "", "2001-05-12"),
            ("2001/00/00", "", "2001"),
            ("12/05/2001", "", "12/05/2001"),
            ("4 BC///", "4 BC", "4 BC"),
        ] {
            assert_eq!(whole(day, year), (wanted.to_owned(), true));
        }
        assert_eq!(whole("2001/05/12", "1999"), ("2001-05-12".to_owned(), false));
    }

    #[test]
    fn a_moment_is_one_again() {
        assert_eq!(accessed("2020/02/03/04:05:06"), "2020-02-03T04:05:06Z");
        assert_eq!(accessed("2020/02/03/"), "2020-02-03");
        assert_eq!(accessed("yesterday"), "yesterday");
    }
}
