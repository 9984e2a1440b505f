//! First and last page as one range.

/// The range from `SP` to `EP`. Programs part pages at the first hyphen or space, whatever stands there; where the first
/// part is no page of its own, such as "p.", it was a space.
pub(super) fn range(first: &str, last: &str) -> String {
    if first.is_empty() || last.is_empty() || first == last {
        return if first.is_empty() { last } else { first }.to_owned();
    }
    if first.strip_suffix(last).is_some_and(|rest| rest.ends_with(['-', '–'])) {
        return first.to_owned();
    }
    let roman = |text: &str| text.chars().all(|c| "ivxlcdmIVXLCDM".contains(c));
    let number = |text: &str| text.contains(|c: char| c.is_ascii_digit()) || roman(text);
    let whole = number(first) && !first.ends_with(['.', ',', ';', ':', '-', '–']);
    format!("{first}{}{last}", if whole && last.starts_with(char::is_alphanumeric) { '-' } else { ' ' })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_joined_where_they_were_parted() {
        for (first, last, wanted) in [
            ("12", "19", "12-19"),
            ("12", "19, 25-30", "12-19, 25-30"),
            ("iv", "x", "iv-x"),
            ("S12", "S15", "S12-S15"),
            ("p.", "5", "p. 5"),
            ("iv,", "230 p", "iv, 230 p"),
            ("12-19", "19", "12-19"),
            ("7", "7", "7"),
            ("", "19", "19"),
            ("12", "", "12"),
            ("123", "+", "123 +"),
        ] {
            assert_eq!(range(first, last), wanted);
        }
    }
}
