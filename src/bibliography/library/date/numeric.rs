//! Dates of numbers: `2020-05-17`, `5/2019`, `3.5.2019`, `1999年5月3日`.

use super::Found;

/// One to three numbers and what stands around them.
struct Numbers<'a> {
    before: &'a str,
    first: &'a str,
    second: Option<(char, &'a str)>,
    third: Option<(char, &'a str)>,
    after: &'a str,
}

/// Reads a date of numbers; None if the text has none, or one with no such month or day.
pub(super) fn find(text: &str, pivot_year: i32) -> Option<Found> {
    let numbers = scan(text)?;
    let same_separator = match (numbers.second, numbers.third) {
        (Some((a, _)), Some((b, _))) => a == b || (a == '年' && b == '月'),
        _ => true,
    };
    let complete = numbers.second.is_some() && numbers.third.is_some();
    let alone = numbers.before.is_empty() && numbers.after.is_empty();
    (same_separator && (complete || alone)).then(|| read(&numbers, pivot_year)).flatten()
}

/// The first place where a word begins with numbers that nothing but digits would continue.
fn scan(text: &str) -> Option<Numbers<'_>> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let bytes = text.as_bytes();
    (0..bytes.len())
        .filter(|&at| bytes[at].is_ascii_digit() && (at == 0 || !is_word(bytes[at - 1])))
        .find_map(|at| scan_from(text, at))
}

fn scan_from(text: &str, at: usize) -> Option<Numbers<'_>> {
    let rest = &text[at..];
    for first in lengths(rest, 4) {
        let behind = &rest[first..];
        for second in optional(behind, ['-', '/', '.', '年'], 2) {
            let behind = &behind[length(second)..];
            for third in optional(behind, ['-', '/', '.', '月'], 4) {
                let after = &behind[length(third)..];
                if !after.starts_with(|c: char| c.is_ascii_digit()) {
                    return Some(Numbers { before: &text[..at], first: &rest[..first], second, third, after });
                }
            }
        }
    }
    None
}

/// The lengths of a number of at most `most` digits, longest first.
fn lengths(text: &str, most: usize) -> impl Iterator<Item = usize> + use<> {
    let digits = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    (1..=digits).rev()
}

/// A separator and a number, longest first; at last nothing.
fn optional(text: &str, separators: [char; 4], most: usize) -> impl Iterator<Item = Option<(char, &str)>> {
    let separator = text.chars().next().filter(|c| separators.contains(c));
    let digits = &text[separator.map_or(0, char::len_utf8)..];
    let found = separator.into_iter().flat_map(move |c| lengths(digits, most).map(move |n| Some((c, &digits[..n]))));
    found.chain([None])
}

fn length(part: Option<(char, &str)>) -> usize {
    part.map_or(0, |(separator, digits)| separator.len_utf8() + digits.len())
}

fn read(numbers: &Numbers<'_>, pivot_year: i32) -> Option<Found> {
    let (second, third) = (numbers.second.map(|(_, digits)| digits), numbers.third.map(|(_, digits)| digits));
    let big_endian = numbers.first.len() >= 3 || numbers.second.is_some_and(|(separator, _)| separator == '年');
    let (year, month, day) = match second {
        _ if big_endian => (Some(numbers.first), second, third),
        None if third.is_some() => (third, Some(numbers.first), None),
        _ => (third, Some(numbers.first), second),
    };
    let number = |digits: Option<&str>| digits.and_then(|digits| digits.parse::<u16>().ok());
    let (mut month, mut day) = (number(month), number(day));
    if month.is_some_and(|month| month > 12) {
        std::mem::swap(&mut month, &mut day);
    }
    if month.is_some_and(|month| month > 12) || day.is_some_and(|day| day > 31) {
        return None;
    }
    let known = |value: Option<u16>| value.and_then(|value| u8::try_from(value).ok()).filter(|value| *value > 0);
    Some(Found {
        year: year.map(|digits| full_year(digits, pivot_year)),
        month: known(month),
        day: known(day),
        pieces: vec![Some(numbers.before.to_owned()), Some(numbers.after.to_owned())],
    })
}

fn full_year(digits: &str, pivot_year: i32) -> String {
    let year: i32 = digits.parse().unwrap_or_default();
    if digits.len() > 2 || year == 0 {
        return year.to_string();
    }
    let century = pivot_year - pivot_year % 100;
    let full = if year <= pivot_year % 100 { century + year } else { century - 100 + year };
    full.to_string()
}
