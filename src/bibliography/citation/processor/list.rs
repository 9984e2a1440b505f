//! Whole bibliographies: their order, numbers, the letters behind years, and what stands for repeated authors.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use citationberg::SubsequentAuthorSubstituteRule;
use citationberg::taxonomy::Variable;

use super::item::Item;
use super::marks::is_mark;
use super::output::Entry;
use super::render::{Cite, Walk};
use super::style::{Area, SortBy, SortKey, Style};

/// How two texts stand to each other in the order of a language.
pub type Compare<'c> = &'c dyn Fn(&str, &str) -> Ordering;

/// More names than this are never added to tell two works apart.
const MOST_NAMES: usize = 30;

impl Style {
    /// The bibliography of some works in the style's order: the place of each among `items`, and its entry. Works of which
    /// the style says nothing have an empty one.
    #[must_use]
    pub fn bibliography(&self, items: &[&Item], compare: Compare<'_>) -> Vec<(usize, Entry)> {
        let order = self.order(items, compare);
        let suffixes = self.year_suffixes(items, &order);
        let mut before: Option<String> = None;
        let mut list = Vec::with_capacity(order.len());
        for (position, index) in order.into_iter().enumerate() {
            let suffix = suffixes.get(&index).map_or("", String::as_str);
            let cite = Cite { number: position + 1, year_suffix: suffix, ..Cite::default() };
            let mut walk = Walk::new(self, items[index], &cite, Area::Bibliography).layout();
            self.repeat(&mut walk, &mut before);
            list.push((index, self.finish(&walk.out, Area::Bibliography)));
        }
        list
    }

    /// Replaces names that are those of the entry before.
    fn repeat(&self, walk: &mut Walk<'_>, before: &mut Option<String>) {
        let Some((text, rule)) = &self.repeated_authors else { return };
        let range = walk.first_names.clone().unwrap_or_default();
        // A name that a macro's case changed, or that its group took back, is no longer there.
        let Some(names) = walk.out.get(range.clone()).filter(|names| !names.is_empty()).map(str::to_owned) else {
            *before = None;
            return;
        };
        if before.as_ref() == Some(&names) {
            // Rules that replace names one by one differ only where a part of the names is the same.
            let text = match rule {
                SubsequentAuthorSubstituteRule::CompleteEach => {
                    let count = walk.first_names_count.max(1);
                    vec![&**text; count].join(", ")
                }
                _ => text.to_string(),
            };
            walk.out.replace_range(range, &text);
        }
        *before = Some(names);
    }

    /// The works in the order of the style's keys; those without a value stand last, and ties stay as they were.
    fn order(&self, items: &[&Item], compare: Compare<'_>) -> Vec<usize> {
        let keys = &self.layout(Area::Bibliography).sort;
        let mut sorted: Vec<(usize, Vec<String>)> = items
            .iter()
            .enumerate()
            .map(|(index, item)| (index, keys.iter().map(|key| self.sort_text(key, item, index)).collect()))
            .collect();
        sorted.sort_by(|(_, a), (_, b)| {
            let pairs = a.iter().zip(b).zip(keys);
            let differs = |((a, b), key): ((&String, &String), &SortKey)| match (a.is_empty(), b.is_empty()) {
                (true, true) => Ordering::Equal,
                (true, false) => Ordering::Greater,
                (false, true) => Ordering::Less,
                _ if key.descending => compare(b, a),
                _ => compare(a, b),
            };
            pairs.map(differs).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        });
        sorted.into_iter().map(|(index, _)| index).collect()
    }

    /// What a work is sorted by.
    fn sort_text(&self, key: &SortKey, item: &Item, index: usize) -> String {
        let cite = Cite { number: index + 1, sorting: true, ..Cite::default() };
        let mut walk = Walk::new(self, item, &cite, Area::Bibliography);
        walk.cut = Some(key.names);
        match key.by {
            SortBy::Macro(index) => walk.nodes(&self.macros[index], "", &mut false),
            SortBy::Variable(variable) => walk.sort_variable(variable),
        }
        let text: String = walk.out.chars().filter(|c| !is_mark(*c) && !matches!(c, '\'' | '’')).collect();
        text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '-').trim_end().to_owned()
    }

    /// The letters behind the years of works whose citations look alike, by their places among `items`.
    fn year_suffixes(&self, items: &[&Item], order: &[usize]) -> BTreeMap<usize, String> {
        let mut suffixes = BTreeMap::new();
        if !self.year_suffixes {
            return suffixes;
        }
        for alike in self.alike(items, order, 0, false) {
            for (letter, index) in
                self.told_apart(items, alike).into_iter().flat_map(|rest| rest.into_iter().enumerate())
            {
                suffixes.insert(index, letters(letter));
            }
        }
        suffixes
    }

    /// Works whose citations are the same text, in their order; only groups of several.
    fn alike(&self, items: &[&Item], order: &[usize], more_names: usize, full_given: bool) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for index in order {
            let cite = Cite { more_names, full_given, ..Cite::default() };
            let text = Walk::new(self, items[*index], &cite, Area::Citation).layout().out;
            let group = *known.entry(text).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[group].push(*index);
        }
        groups.retain(|group| group.len() > 1);
        groups
    }

    /// What is still alike in a group when more names and whole given names are shown, as the style allows.
    fn told_apart(&self, items: &[&Item], group: Vec<usize>) -> Vec<Vec<usize>> {
        let mut alike = vec![group];
        if self.disambiguation.add_given {
            alike = alike.iter().flat_map(|group| self.alike(items, group, 0, true)).collect();
        }
        if self.disambiguation.add_names {
            let full = self.disambiguation.add_given;
            alike = alike.iter().flat_map(|group| self.alike(items, group, MOST_NAMES, full)).collect();
        }
        alike
    }
}

/// a, b … z, aa, ab …
fn letters(mut index: usize) -> String {
    let mut text = Vec::new();
    loop {
        text.insert(0, char::from(b'a' + u8::try_from(index % 26).unwrap_or(0)));
        if index < 26 {
            return text.into_iter().collect();
        }
        index = index / 26 - 1;
    }
}

impl Walk<'_> {
    /// A variable as a sort key of its own.
    fn sort_variable(&mut self, variable: Variable) {
        match variable {
            Variable::Date(date) => {
                if let Some(date) = self.item.date(date) {
                    self.out.push_str(&date.sort_text(2));
                }
            }
            Variable::Name(names) => {
                for name in self.item.names(names) {
                    self.out.push_str(&[name.family.as_str(), &name.literal, " ", &name.given, "  "].concat());
                }
            }
            variable => {
                if let Some(text) = self.number_text(variable) {
                    self.out.push_str(&padded(&text));
                }
            }
        }
    }
}

/// Numbers with zeros before them, so that texts compare as numbers do.
pub(super) fn padded(text: &str) -> String {
    match text.trim().parse::<u32>() {
        Ok(number) => format!("{number:08}"),
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_go_on_behind_z() {
        let all: Vec<_> = [0, 1, 25, 26, 27, 51, 52, 701, 702].map(letters).to_vec();
        assert_eq!(all, ["a", "b", "z", "aa", "ab", "az", "ba", "zz", "aaa"]);
    }
}
