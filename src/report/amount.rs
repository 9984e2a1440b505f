//! Numbers of things, as a sentence for the owner wants them.

use std::fmt::Display;

/// `1 record`, `3 records`.
#[must_use]
pub fn counted(number: impl Display, thing: &str) -> String {
    let number = number.to_string();
    let plural = if number == "1" { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

/// `640 bytes`, `38 KB`, `9.4 MB`: in steps of 1 000, as hosts count.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => counted(bytes, "byte"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// A span of time as people tell it: `45 seconds`, `3 minutes`, `5 hours`, `12 days`.
#[must_use]
pub fn span(seconds: u64) -> String {
    match seconds {
        0..120 => counted(seconds, "second"),
        120..7_200 => counted(seconds / 60, "minute"),
        7_200..172_800 => counted(seconds / 3_600, "hour"),
        _ => counted(seconds / 86_400, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_as_words() {
        assert_eq!(
            [counted(0, "record"), counted(1, "record"), counted(2, "record")].join(" "),
            "0 records 1 record 2 records"
        );
        assert_eq!([size(1), size(999), size(38_999), size(9_450_000)].join(", "), "1 byte, 999 bytes, 38 KB, 9.4 MB");
    }

    #[test]
    fn spans_are_told_in_the_unit_that_says_most() {
        let spans: Vec<_> = [1, 119, 120, 7_199, 7_200, 172_799, 172_800, 950_400].map(span).into();
        assert_eq!(
            spans.join(", "),
            "1 second, 119 seconds, 2 minutes, 119 minutes, 2 hours, 47 hours, 2 days, 11 days"
        );
    }
}
