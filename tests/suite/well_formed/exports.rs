//! Files for other programs, read as those programs read them. Each gives the number of records in it.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

/// BibTeX and BibLaTeX, through a reader that is not ours.
pub fn bib(text: &str) -> Result<usize, String> {
    let parsed = biblatex::Bibliography::parse(text).map_err(|error| format!("{error:?}"))?;
    let entries = text.lines().filter(|line| line.starts_with('@') && line.ends_with(',')).count();
    if parsed.len() == entries { Ok(entries) } else { Err(format!("{} of {entries} entries are read", parsed.len())) }
}

/// Whole lines, each a tag with a value or the next line of the value before; every record has a type first, an end last,
/// and each of them once.
pub fn ris(text: &str) -> Result<usize, String> {
    static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new("^[A-Z][A-Z0-9]  - ?").unwrap());
    let mut open = false;
    let mut records = 0;
    for (number, line) in text.split("\r\n").enumerate() {
        let tag = TAG.is_match(line).then(|| &line[..2]);
        match (tag, open) {
            (Some("TY"), false) => open = true,
            (Some("ER"), true) => (open, records) = (false, records + 1),
            (Some("TY" | "ER"), _) | (Some(_), false) => {
                return Err(format!("line {}: {line:?} is out of place", number + 1));
            }
            (None, false) if !line.is_empty() => return Err(format!("line {}: {line:?} is in no record", number + 1)),
            _ => {}
        }
    }
    if open { Err("the last record has no end".to_owned()) } else { Ok(records) }
}

/// An array of objects, each with an `id` of its own and a type; names and dates in CSL's shapes.
pub fn csl(text: &str) -> Result<usize, String> {
    let items: Vec<serde_json::Map<String, Value>> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut ids = std::collections::BTreeSet::new();
    for item in &items {
        let id = item.get("id").and_then(Value::as_str).ok_or("an item has no id")?;
        if !ids.insert(id) {
            return Err(format!("two items are called {id}"));
        }
        if !item.get("type").is_some_and(Value::is_string) {
            return Err(format!("{id} has no type"));
        }
    }
    Ok(items.len())
}
