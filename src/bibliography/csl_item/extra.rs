//! Extra as CSL's `note`: labels in CSL's form, dates that it names as variables, the owner's citation key out of it.
//!
//! Other lines such as `type: dataset` stay in the note, where processors read them.
//! See <https://www.zotero.org/support/kb/item_types_and_fields#citing_fields_from_extra>.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde_json::{Map, Value, json};

use super::dates::quoted;
use super::edtf::{self, Reading};
use crate::bibliography::library::Item;
use crate::zotero::schema::Schema;

/// Variables that keep their name but for case and hyphens.
const VARIABLES: &str = include_str!("variables.txt");

/// Date variables that a line of Extra may give.
const DATES: [&str; 6] = ["issued", "event-date", "original-date", "publication-date", "available-date", "submitted"];

/// Rewrites `note`, and adds the dates it names.
pub(super) fn apply(csl: &mut Map<String, Value>) {
    let Some(Value::String(extra)) = csl.get("note") else { return };
    let mut note = relabelled(&without_citation_key(extra)).into_owned();
    if note.is_empty() {
        csl.shift_remove("note");
        return;
    }
    take_dates(csl, &mut note);
    csl.insert("note".to_owned(), note.into());
}

/// The citation key the owner gave the item, as CSL-JSON takes it: one in Extra has no spaces. It is the site's own for the
/// item, with the number that makes it unique, unless that is another.
pub(super) fn given_key(item: &Item) -> Option<&str> {
    let in_extra = item.field("extra").and_then(|extra| KEY_LINE.captures(extra)?.get(1));
    let given = in_extra.map(|key| key.as_str()).or_else(|| item.field("citationKey"))?;
    Some(if item.citation_key.starts_with(given.trim()) { &item.citation_key } else { given })
}

/// The first line `Citation Key:` with a key without spaces, which ends the line.
static KEY_LINE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)(?:^|\n)citation key\s*:\s*(\S+)(?:\n|$)"));

/// The text without the line of the citation key.
fn without_citation_key(extra: &str) -> Cow<'_, str> {
    match KEY_LINE.find(extra) {
        Some(line) => format!("{}\n{}", &extra[..line.start()], &extra[line.end()..]).trim().to_owned().into(),
        None => extra.into(),
    }
}

/// The text with the labels at the heads of its lines in CSL's form.
fn relabelled(note: &str) -> Cow<'_, str> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)^([A-Za-z -]+)(:\s*.+)"));
    LABEL.replace_all(note, |found: &Captures<'_>| format!("{}{}", label(&found[1]), &found[2]))
}

/// A label in CSL's form: a variable's own name, or that of the variable a Zotero field goes to; else as it is.
fn label(label: &str) -> Cow<'_, str> {
    let folded = label.to_lowercase().replace(' ', "-");
    if VARIABLES.lines().any(|known| known == folded) {
        return folded.into();
    }
    match folded.as_str() {
        "doi" | "isbn" | "issn" | "pmid" | "pmcid" | "url" => return folded.to_uppercase().into(),
        "archive-location" => return "archive_location".into(),
        _ => {}
    }
    FIELDS.get(field_name(label).as_str()).map_or(label.into(), |variable| (*variable).into())
}

/// The variables that Zotero's fields go to; where a field has several, the last.
static FIELDS: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let schema = Schema::get();
    let text =
        schema.csl_text().iter().flat_map(|(variable, fields)| fields.iter().map(move |field| (field, variable)));
    let dates = schema.csl_dates().iter().map(|(variable, field)| (field, variable));
    text.chain(dates).map(|(field, variable)| (field.as_str(), variable.as_str())).collect()
});

/// The field that a label in words may mean: "Publication Title" is `publicationTitle`.
fn field_name(label: &str) -> String {
    let mut name = label.to_owned();
    if let Some(gap) = label.as_bytes().windows(2).position(|pair| pair[0] == b' ' && pair[1].is_ascii_uppercase()) {
        name.remove(gap);
    }
    if name.as_bytes().get(1).is_some_and(u8::is_ascii_lowercase) {
        name[..1].make_ascii_lowercase();
    }
    name
}

/// Takes lines that name a date out of the head of the note, and leaves them empty.
fn take_dates(csl: &mut Map<String, Value>, note: &mut String) {
    static LINE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([-_a-z]+|[A-Z]+):\s*([^}]+)$"));
    let mut lines: Vec<&str> = note.split('\n').collect();
    let mut taken = Vec::new();
    for (at, line) in lines.iter_mut().enumerate() {
        let Some(found) = LINE.captures(line) else {
            if at > 0 && !line.trim().is_empty() {
                break;
            }
            continue;
        };
        let value = found.get(2).map_or("", |value| value.as_str()).trim();
        if let Some(date) = DATES.contains(&&found[1]).then(|| date(value)).flatten() {
            taken.push((found[1].to_owned(), date));
            *line = "";
        }
    }
    if !taken.is_empty() {
        *note = lines.join("\n");
        csl.extend(taken);
    }
}

/// A date that is quoted or EDTF.
fn date(value: &str) -> Option<Value> {
    if let Some(inner) = quoted(value) {
        return Some(json!({ "literal": inner }));
    }
    match edtf::read(value) {
        Reading::Date(date) => Some(date),
        Reading::Broken | Reading::Other => None,
    }
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is valid")
}
