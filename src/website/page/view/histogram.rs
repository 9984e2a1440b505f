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
    pub width: i32,
    /// The years under the picture in words: its beginning, its middle, its end.
    pub ticks: [String; 3],
    /// The first and the last decade, and that with the highest bar.
    pub first: String,
    pub last: String,
    pub peak: String,
    /// References from before the picture begins.
    pub earlier: u64,
    pub bars: Vec<Bar>,
}

/// The references of one decade.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Bar {
    /// The decade in words: `1840s`.
    pub label: String,
    pub count: u64,
    pub x: i32,
    pub y: f64,
    pub height: f64,
}

/// How years and decades, each by its first year, are worded.
pub struct Words<'a> {
    pub year: &'a dyn Fn(i32) -> String,
    pub decade: &'a dyn Fn(i32) -> String,
}

const HEIGHT: f64 = 50.0;
/// Room above the highest bar, and the least height of a bar.
const AIR: f64 = 2.0;
const LEAST: f64 = 1.5;
/// One reference in so many may stand before the picture begins.
const SHARE: u64 = 10;

impl Histogram {
    /// Bars for references by year; `None` if they are all of one decade.
    #[must_use]
    pub fn of(years: &BTreeMap<i32, u64>, words: &Words<'_>) -> Option<Self> {
        let mut decades: BTreeMap<i32, u64> = BTreeMap::new();
        for (year, count) in years.iter().filter(|(_, count)| **count > 0) {
            *decades.entry(year.div_euclid(10) * 10).or_default() += count;
        }
        let (from, to) = (beginning(&decades)?, decades.keys().next_back()? + 10);
        let earlier = decades.range(..from).map(|(_, count)| count).sum();
        let shown = decades.split_off(&from);
        if shown.len() < 2 {
            return None;
        }
        let (peak, most) = shown.iter().max_by_key(|(decade, count)| (**count, -**decade))?;
        let bars = shown.iter().map(|(decade, count)| bar((words.decade)(*decade), *count, decade - from, *most));
        Some(Self {
            from,
            to,
            width: to - from,
            ticks: [from, from + (to - from) / 20 * 10, to].map(words.year),
            first: (words.decade)(from),
            last: (words.decade)(to - 10),
            peak: (words.decade)(*peak),
            earlier,
            bars: bars.collect(),
        })
    }
}

/// The first decade; but where the earliest tenth of the references takes more than half of the time, the first after them. For a
/// library with one work of antiquity would else show nothing but that it has one.
fn beginning(decades: &BTreeMap<i32, u64>) -> Option<i32> {
    let (first, last) = (*decades.keys().next()?, *decades.keys().next_back()?);
    let all: u64 = decades.values().sum();
    let mut before = 0;
    let late = decades.iter().find(|(_, count)| {
        before += *count;
        before > all / SHARE
    });
    let late = late.map_or(first, |(decade, _)| *decade);
    Some(if (last - late) * 2 < last - first && late < last { late } else { first })
}

fn bar(label: String, count: u64, years: i32, most: u64) -> Bar {
    let share = count as f64 / most as f64;
    let height = ((HEIGHT - AIR) * share).max(LEAST);
    let tenth = |value: f64| (value * 10.0).round() / 10.0;
    Bar { label, count, x: years + 1, y: tenth(HEIGHT - tenth(height)), height: tenth(height) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn histogram<const N: usize>(years: [(i32, u64); N]) -> Option<Histogram> {
        let words = Words { year: &|year| year.to_string(), decade: &|year| format!("{year}s") };
        Histogram::of(&BTreeMap::from(years), &words)
    }

    #[test]
    fn years_become_decades_with_the_highest_bar_leaving_air() {
        let histogram = histogram([(1843, 1), (1936, 2), (1937, 2), (1950, 2)]).unwrap();
        assert_eq!((histogram.from, histogram.to, histogram.earlier), (1840, 1960, 0));
        assert_eq!(histogram.ticks, ["1840", "1900", "1960"]);
        assert_eq!(
            [histogram.first.as_str(), &histogram.last, &histogram.peak],
            ["1840s", "1950s", "1930s"],
            "what is said of it"
        );
        assert_eq!(histogram.bars[1], Bar { label: "1930s".to_owned(), count: 4, x: 91, y: 2.0, height: 48.0 });
    }

    #[test]
    fn a_few_works_of_antiquity_do_not_squeeze_the_rest() {
        let with_aristotle = histogram([(-350, 1), (1931, 4), (1936, 9), (1948, 7)]).unwrap();
        assert_eq!((with_aristotle.from, with_aristotle.to, with_aristotle.earlier), (1930, 1950, 1));
        let ancient = histogram([(-350, 5), (-300, 5), (1931, 4)]).unwrap();
        assert_eq!((ancient.from, ancient.earlier), (-350, 0), "they are no few");
        let near = histogram([(1900, 1), (1910, 10), (1930, 9)]).unwrap();
        assert_eq!((near.from, near.earlier), (1900, 0), "they take little room");
        let alone = histogram([(-350, 1), (1931, 20)]).unwrap();
        assert_eq!((alone.from, alone.earlier), (-350, 0), "without them there is no picture");
    }

    #[test]
    fn one_decade_is_no_picture() {
        assert_eq!(histogram([(1931, 3), (1938, 1)]), None);
        assert_eq!(histogram([]), None);
    }
}
