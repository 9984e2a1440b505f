//! A picture of the years: one bar a decade.

use std::collections::BTreeMap;

use serde::Serialize;

/// Bars over time, in a drawing of `width` × 50 units, one unit a year.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Histogram {
    /// First year of the first decade.
    pub from: i32,
    /// First year after the last decade.
    pub to: i32,
    pub middle: i32,
    pub width: i32,
    /// First year of the decade with the highest bar.
    pub peak: i32,
    pub bars: Vec<Bar>,
}

/// The references of one decade.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Bar {
    /// First year of the decade.
    pub decade: i32,
    pub count: u64,
    pub x: i32,
    pub y: f64,
    pub height: f64,
}

const HEIGHT: f64 = 50.0;
/// Room above the highest bar, and the least height of a bar.
const AIR: f64 = 2.0;
const LEAST: f64 = 1.5;

impl Histogram {
    /// Bars for references by year; `None` if they are all of one decade.
    #[must_use]
    pub fn of(years: &BTreeMap<i32, u64>) -> Option<Self> {
        let mut decades: BTreeMap<i32, u64> = BTreeMap::new();
        for (year, count) in years.iter().filter(|(_, count)| **count > 0) {
            *decades.entry(year.div_euclid(10) * 10).or_default() += count;
        }
        let (first, last) = (*decades.keys().next()?, *decades.keys().next_back()?);
        if first == last {
            return None;
        }
        let (from, to) = (first, last + 10);
        let (peak, most) = decades.iter().max_by_key(|(decade, count)| (**count, -**decade))?;
        let bars = decades.iter().map(|(decade, count)| bar(*decade, *count, from, *most)).collect();
        Some(Self { from, to, middle: from + (to - from) / 20 * 10, width: to - from, peak: *peak, bars })
    }
}

fn bar(decade: i32, count: u64, from: i32, most: u64) -> Bar {
    let share = count as f64 / most as f64;
    let height = ((HEIGHT - AIR) * share).max(LEAST);
    let tenth = |value: f64| (value * 10.0).round() / 10.0;
    Bar { decade, count, x: decade - from + 1, y: tenth(HEIGHT - tenth(height)), height: tenth(height) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_become_decades_with_the_highest_bar_leaving_air() {
        let years = BTreeMap::from([(1843, 1), (1936, 2), (1937, 2), (1950, 2)]);
        let histogram = Histogram::of(&years).unwrap();
        assert_eq!((histogram.from, histogram.to, histogram.peak, histogram.middle), (1840, 1960, 1930, 1900));
        assert_eq!(histogram.bars[1], Bar { decade: 1930, count: 4, x: 91, y: 2.0, height: 48.0 });
    }

    #[test]
    fn one_decade_is_no_picture() {
        assert_eq!(Histogram::of(&BTreeMap::from([(1931, 3), (1938, 1)])), None);
        assert_eq!(Histogram::of(&BTreeMap::new()), None);
    }
}
