//! Text variables, each from the first of its fields that the item has.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::extra;
use crate::bibliography::library::Item;
use crate::zotero::schema::{ItemType, Schema};

/// A variable and the fields of one type that it is taken from.
type Route = (&'static str, Vec<&'static str>);

/// Inserts the text variables in the schema's order.
pub(super) fn insert(csl: &mut Map<String, Value>, item: &Item) {
    static ROUTES: LazyLock<BTreeMap<&str, Vec<Route>>> = LazyLock::new(|| {
        Schema::get().item_types().iter().map(|known| (known.name.as_str(), routes(Some(known)))).collect()
    });
    static UNKNOWN: LazyLock<Vec<Route>> = LazyLock::new(|| routes(None));
    for (variable, fields) in ROUTES.get(item.item_type.as_str()).unwrap_or(&UNKNOWN) {
        let value = fields.iter().find_map(|field| item.field(field));
        let value = match *variable {
            "citation-key" => extra::given_key(item),
            "ISBN" => value.map(|isbns| unquoted(first_isbn(isbns))),
            _ => value.map(unquoted),
        };
        let Some(value) = value else { continue };
        csl.insert((*variable).to_owned(), value.into());
    }
}

fn routes(known: Option<&'static ItemType>) -> Vec<Route> {
    let own = |field: &'static str| known.map_or(Some(field), |known| known.field_for(field));
    // Recordings and talks have places of events where others have places of publishers.
    let event =
        known.is_some_and(|known| matches!(known.name.as_str(), "audioRecording" | "presentation" | "videoRecording"));
    let route = |(variable, fields): &'static (String, Vec<String>)| {
        let place = match variable.as_str() {
            "event-place" if event => Some("place"),
            "publisher-place" if event => return (variable.as_str(), Vec::new()),
            _ => None,
        };
        (variable.as_str(), fields.iter().map(String::as_str).chain(place).filter_map(own).collect())
    };
    let variables = Schema::get().csl_text().iter().filter(|(variable, _)| variable != "shortTitle");
    variables.map(route).filter(|(_, fields): &Route| !fields.is_empty()).collect()
}

/// Quotes around the whole are a sign not to take the text apart; they are no part of it.
pub(super) fn unquoted(text: &str) -> &str {
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).unwrap_or(text)
}

/// The first ISBN, if the field begins with one; else the field as it is.
fn first_isbn(text: &str) -> &str {
    let prefixed = ["978", "979"].iter().find_map(|prefix| text.strip_prefix(prefix));
    let with_prefix = prefixed.and_then(|rest| behind_ten_digits(rest.strip_prefix('-').unwrap_or(rest)));
    match with_prefix.or_else(|| behind_ten_digits(text)) {
        Some(behind) => &text[..text.len() - behind.len()],
        None => text,
    }
}

/// What follows ten digits with hyphens among them, if the number ends there.
fn behind_ten_digits(text: &str) -> Option<&str> {
    let mut rest = text;
    for _ in 0..9 {
        rest = rest.strip_prefix(|c: char| c.is_ascii_digit())?;
        rest = rest.strip_prefix('-').unwrap_or(rest);
    }
    let behind = rest.strip_prefix(|c: char| c.is_ascii_digit() || matches!(c, 'x' | 'X'))?;
    let goes_on = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    (!behind.starts_with(goes_on)).then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_isbn_counts() {
        assert_eq!(first_isbn("0-306-40615-2 (paperback)"), "0-306-40615-2");
        assert_eq!(first_isbn("9780306406157 9780306406158"), "9780306406157");
        assert_eq!(first_isbn("9780306406"), "9780306406");
        assert_eq!(first_isbn("ISBN 0306406152 x"), "ISBN 0306406152 x");
    }

    #[test]
    fn quotes_around_the_whole_go() {
        assert_eq!(unquoted("\"whole\""), "whole");
        assert_eq!(unquoted("\"a\" and \"b\""), "\"a\" and \"b\"");
        assert_eq!(unquoted("\""), "\"");
    }
}
