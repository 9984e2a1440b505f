//! Moments as Zotero writes them.

use std::fmt;

/// A moment in UTC, `2020-01-02T03:04:05Z`. Compares by time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(String);

impl Timestamp {
    /// Reads `2020-01-02T03:04:05Z`; an ISO date alone is taken as its midnight. Anything else is no timestamp.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let full = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.replacen(' ', "T", 1) };
        let full = if full.len() == 19 { full + "Z" } else { full };
        let shape = b"dddd-dd-ddTdd:dd:ddZ";
        let fits = |(byte, wanted): (u8, &u8)| if *wanted == b'd' { byte.is_ascii_digit() } else { byte == *wanted };
        let valid = full.len() == shape.len() && full.bytes().zip(shape).all(fits);
        let stamp = Self(full);
        (valid && matches!(stamp.month(), 1..=12) && matches!(stamp.day(), 1..=31)).then_some(stamp)
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The day: `2020-01-02`.
    #[must_use]
    pub fn date(&self) -> &str {
        &self.0[..10]
    }

    #[must_use]
    pub fn year(&self) -> i32 {
        self.0[..4].parse().unwrap_or_default()
    }

    /// 1 to 12.
    #[must_use]
    pub fn month(&self) -> u8 {
        self.0[5..7].parse().unwrap_or_default()
    }

    /// 1 to 31.
    #[must_use]
    pub fn day(&self) -> u8 {
        self.0[8..10].parse().unwrap_or_default()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zoteros_shapes_are_read_and_others_refused() {
        for (text, wanted) in [
            ("2020-01-02T03:04:05Z", Some("2020-01-02T03:04:05Z")),
            ("2020-01-02 03:04:05", Some("2020-01-02T03:04:05Z")),
            ("2020-01-02", Some("2020-01-02T00:00:00Z")),
            ("2020-13-02", None),
            ("yesterday", None),
            ("", None),
            ("２０２０-01-02", None),
        ] {
            assert_eq!(Timestamp::parse(text).as_ref().map(Timestamp::as_str), wanted, "{text}");
        }
    }
}
