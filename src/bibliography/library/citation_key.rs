//! Citation keys: given by the owner, else made by Zotero's pattern, unique over the whole site.
//!
//! A given key is never altered, unless another record has it already. What BibTeX cannot take in a key is no reason to
//! change it here: [`usable`] says what stands for it in `.bib` files, and keys are unique in that form too.

mod pattern;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::bibliography::library::Creator;
use crate::report::{Kind, Level, Problem};

/// Two records have the same key, given by their owner.
pub static SHARED: Kind = Kind {
    id: "citation-key-shared",
    level: Level::Warning,
    one: "two records are given the same citation key; the later one gets a number behind it",
    many: "{n} records are given a citation key that another one has; they get a number behind it",
    hint: Some("change `Citation Key:` in Extra, or the field Citation Key, of one of them"),
};

/// A given key has characters that end or break an entry in BibTeX.
pub static UNUSABLE: Kind = Kind {
    id: "citation-key-unusable",
    level: Level::Warning,
    one: "a citation key cannot stand in a .bib file as it is; hyphens replace what cannot",
    many: "{n} citation keys cannot stand in a .bib file as they are; hyphens replace what cannot",
    hint: Some("give it letters, digits and `-_:.+/` only"),
};

/// What a record's citation key is made from.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The owner's own key: see [`given`].
    pub given: Option<&'a str>,
    pub creators: &'a [Creator],
    /// The title, with Zotero's markup.
    pub title: Option<&'a str>,
    /// The year as [`Date`](super::Date) has it.
    pub year: Option<&'a str>,
    /// The year the record was added: before 2020 Zotero allowed more characters.
    pub added_year: Option<i32>,
    /// How a problem names the record.
    pub place: String,
}

/// The key the owner gave: the first filled line `Citation Key:` of Extra in any case, else the field `citationKey`.
#[must_use]
pub fn given<'a>(extra: Option<&'a str>, field: Option<&'a str>) -> Option<&'a str> {
    let lines = extra.unwrap_or_default().split(['\r', '\n']);
    let mut labelled = lines.filter_map(|line| line.split_once(':'));
    let key = |(label, value): (&str, &'a str)| {
        label.trim().eq_ignore_ascii_case("citation key").then(|| value.trim()).filter(|value| !value.is_empty())
    };
    labelled.find_map(key).or_else(|| field.map(str::trim).filter(|key| !key.is_empty()))
}

/// The key as a `.bib` file has it: each run of spaces, control characters and `{ } ( ) , = % # \ " ' ~ @` is a hyphen,
/// and none stands at an end. A key of nothing else is `key`.
#[must_use]
pub fn usable(key: &str) -> String {
    let breaks = |c: char| c.is_whitespace() || c.is_control() || "{}(),=%#\\\"'~@\u{feff}".contains(c);
    let words: Vec<_> = key.split(breaks).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [] => "key".to_owned(),
        words => words.join("-"),
    }
}

/// Gives every record its key, in the order of the requests; given keys before made ones.
#[must_use]
pub fn assign(requests: &[Request<'_>]) -> (Vec<String>, Vec<Problem>) {
    let mut keys = vec![String::new(); requests.len()];
    let mut problems = Vec::new();
    let mut taken = Taken::default();
    for (at, request) in requests.iter().enumerate() {
        let Some(given) = request.given else { continue };
        if usable(given) != given {
            problems.push(Problem::new(&UNUSABLE, &request.place, format!("`{given}` → `{}`", usable(given))));
        }
        if let Some(holder) = taken.holder(given) {
            let detail = format!("`{given}`, like {}", requests[holder].place);
            problems.push(Problem::new(&SHARED, &request.place, detail));
        }
        keys[at] = taken.take(given, at);
    }
    for (at, request) in requests.iter().enumerate().filter(|(_, request)| request.given.is_none()) {
        keys[at] = taken.take(&pattern::make(request), at);
    }
    (keys, problems)
}

/// The keys that are taken, in the form of `.bib` files and without regard to case, as BibTeX compares them.
#[derive(Default)]
struct Taken {
    holders: BTreeMap<String, usize>,
    /// The number that was last put behind a key.
    numbers: BTreeMap<String, usize>,
}

impl Taken {
    fn holder(&self, key: &str) -> Option<usize> {
        self.holders.get(&usable(key).to_lowercase()).copied()
    }

    /// The key itself if it is free, else with the first number that makes it so.
    fn take(&mut self, key: &str, by: usize) -> String {
        let base = usable(key).to_lowercase();
        if Self::hold(&mut self.holders, base.clone(), by) {
            return key.to_owned();
        }
        let number = self.numbers.entry(base.clone()).or_default();
        loop {
            *number += 1;
            if Self::hold(&mut self.holders, format!("{base}-{number}"), by) {
                return format!("{key}-{number}");
            }
        }
    }

    /// Takes a key for a record, unless another has it.
    fn hold(holders: &mut BTreeMap<String, usize>, key: String, by: usize) -> bool {
        match holders.entry(key) {
            Entry::Occupied(_) => false,
            Entry::Vacant(free) => {
                free.insert(by);
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(given: Option<&'static str>, title: &'static str) -> Request<'static> {
        let place = title.to_owned();
        Request { given, creators: &[], title: Some(title), year: Some("2001"), added_year: None, place }
    }

    #[test]
    fn given_keys_win_and_made_ones_get_numbers() {
        let requests = [
            request(None, "Apples"),
            request(Some("noauthor_apples_2001"), "Pears"),
            request(None, "Apples"),
            request(Some("Knuth"), "Plums"),
        ];
        let (keys, problems) = assign(&requests);
        assert_eq!(keys, ["noauthor_apples_2001-1", "noauthor_apples_2001", "noauthor_apples_2001-2", "Knuth"]);
        assert!(problems.is_empty());
    }

    #[test]
    fn a_number_is_not_given_to_two_records() {
        let requests = [request(Some("a"), "x"), request(Some("a-1"), "y"), request(Some("a"), "z")];
        assert_eq!(assign(&requests).0, ["a", "a-1", "a-2"]);
    }

    #[test]
    fn two_records_with_one_given_key_are_both_named() {
        let (keys, problems) = assign(&[request(Some("knuth"), "Plums"), request(Some("knuth"), "Figs")]);
        assert_eq!(keys, ["knuth", "knuth-1"]);
        assert_eq!((problems[0].kind.id, problems[0].place.as_str()), ("citation-key-shared", "Figs"));
        assert!(problems[0].detail.contains("Plums"));
        let (keys, problems) = assign(&[request(Some("knuth"), "Plums"), request(Some("Knuth"), "Figs")]);
        assert_eq!((keys.join(" ").as_str(), problems.len()), ("knuth Knuth-1", 1), "BibTeX does not tell case apart");
    }

    #[test]
    fn keys_that_break_an_entry_stay_and_have_a_form_that_does_not() {
        assert_eq!(usable(" with space, {1}"), "with-space-1");
        assert_eq!(usable("doi:10.1/x_y+z"), "doi:10.1/x_y+z");
        assert_eq!(usable("{}"), "key");
        let (keys, problems) = assign(&[request(Some("a b"), "x"), request(Some("a-b"), "y")]);
        assert_eq!(keys, ["a b", "a-b-1"]);
        assert_eq!(
            problems.iter().map(|problem| problem.kind.id).collect::<Vec<_>>(),
            ["citation-key-unusable", "citation-key-shared"]
        );
    }

    #[test]
    fn the_line_of_extra_goes_before_the_field() {
        assert_eq!(given(Some("free: text\nCITATION KEY : foo bar "), Some("field")), Some("foo bar"));
        assert_eq!(given(Some("Citation Key:\ntex.citation key: x"), Some(" field ")), Some("field"));
        assert_eq!(given(None, Some("")), None);
    }
}
