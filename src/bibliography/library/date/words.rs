//! Years, months and days among words: "circa 200 BC", "17th May".

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::char::is_combining_mark;

use super::Found;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Takes the first year out of the pieces: a number of three or four digits alone, or any with an era.
pub(super) fn take_year(found: &mut Found) {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        let era = r" ?B\.? ?C\.?(?: ?E\.?)?| ?C\.? ?E\.?| ?A\.? ?D\.?";
        let year = format!(r"(?i-u)\b((?:circa |around |about |c\.? ?)?[0-9]{{1,4}}(?:{era})|[0-9]{{3,4}})\b");
        Regex::new(&year).expect("the pattern of a year is valid")
    });
    let year = found.pieces.iter().enumerate().find_map(|(at, piece)| {
        let piece = piece.as_deref()?;
        let year = YEAR.find(piece)?;
        Some((
            at,
            year.as_str().to_owned(),
            [&piece[..year.start()], &piece[year.end()..]].map(str::to_owned).map(Some),
        ))
    });
    if let Some((at, year, around)) = year {
        found.year = Some(year);
        found.pieces.splice(at..=at, around);
    }
}

/// Takes the last month's name out of the first piece that has one.
pub(super) fn take_month(found: &mut Found) {
    let month = found.pieces.iter().enumerate().find_map(|(at, piece)| Some((at, month_in(piece.as_deref()?)?)));
    if let Some((at, (month, around))) = month {
        found.month = Some(month);
        found.pieces.splice(at..=at, around);
    }
}

/// The last name of a month that no letter stands before; any letters may follow it. Behind it, only what a space parts
/// from it is left; nothing, if there is no space.
fn month_in(piece: &str) -> Option<(u8, [Option<String>; 2])> {
    let mut later = piece.char_indices().rev().peekable();
    while let Some((at, _)) = later.next() {
        let before = later.peek().copied();
        if before.is_some_and(|(_, c)| c.is_alphabetic() && !is_combining_mark(c)) {
            continue;
        }
        let named = |name: &&str| piece[at..].get(..3).is_some_and(|start| start.eq_ignore_ascii_case(name));
        if let Some(month) = (1..).zip(&MONTHS).find_map(|(number, name)| named(name).then_some(number)) {
            let head = before.map_or("", |(start, _)| &piece[..start]);
            let tail = piece[at..].split_once(' ').map(|(_, tail)| tail.to_owned());
            return Some((month, [Some(head.to_owned()), tail]));
        }
    }
    None
}

/// Takes the day out of the first piece that begins a number of one or two digits which is one.
pub(super) fn take_day(found: &mut Found) {
    static DAY: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i-u)\b([0-9]{1,2})(?:st|nd|rd|th)?\b").expect("the pattern of a day is valid"));
    let day = found.pieces.iter().enumerate().find_map(|(at, piece)| {
        let piece = piece.as_deref()?;
        let numbers = DAY.captures(piece)?;
        let whole = numbers.get(0)?;
        let day = numbers[1].parse::<u8>().ok().filter(|day| *day <= 31)?;
        let (before, behind) = (&piece[..whole.start()], &piece[whole.end()..]);
        let gap = if before.is_empty() || behind.is_empty() { "" } else { " " };
        Some((at, day, format!("{before}{gap}{behind}")))
    });
    if let Some((at, day, rest)) = day {
        found.day = Some(day).filter(|day| *day > 0);
        found.pieces[at] = Some(rest);
    }
}
