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
}
