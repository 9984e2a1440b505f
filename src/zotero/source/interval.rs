//! Spans of time as owners write them.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A span of time: `30m`, `12h`, `7d`, `2w`; `0` for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    seconds: u64,
}

const UNITS: [(&str, u64); 5] = [("w", 604_800), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)];

impl Interval {
    #[must_use]
    pub const fn days(days: u64) -> Self {
        Self { seconds: days * 86_400 }
    }

    #[must_use]
    pub fn duration(self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}

impl FromStr for Interval {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refuse = || format!("`{text}` is no span of time: write `30m`, `12h`, `7d` or `2w`");
        let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
        let number: u64 = number.parse().map_err(|_| refuse())?;
        let seconds = match UNITS.iter().find(|(name, _)| *name == unit) {
            Some((_, seconds)) => *seconds,
            None if unit.is_empty() && number == 0 => 0,
            None => return Err(refuse()),
        };
        number.checked_mul(seconds).map(|seconds| Self { seconds }).ok_or_else(refuse)
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fits = |unit: &&(&str, u64)| self.seconds > 0 && self.seconds.is_multiple_of(unit.1);
        match UNITS.iter().skip(1).find(fits) {
            Some((name, unit)) => write!(f, "{}{name}", self.seconds / unit),
            None => f.write_str("0"),
        }
    }
}

impl Serialize for Interval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Interval {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_a_number_and_a_unit() {
        for (text, shown) in [("7d", "7d"), ("2w", "14d"), ("90m", "90m"), ("24h", "1d"), ("0", "0")] {
            assert_eq!(text.parse::<Interval>().unwrap().to_string(), shown);
        }
        for text in ["", "7", "d", "1.5h", "-1d", "1y", "99999999999999999999d"] {
            assert!(text.parse::<Interval>().is_err(), "{text}");
        }
    }
}
