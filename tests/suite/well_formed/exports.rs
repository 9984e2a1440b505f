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

/// Lines of as many cells as the first has, each cell in quotes, none of them a formula.
pub fn csv(text: &str) -> Result<usize, String> {
    let rows = csv_rows(text)?;
    for (number, row) in rows.iter().enumerate() {
        if row.len() != rows[0].len() {
            return Err(format!("row {}: {} cells, not {}", number + 1, row.len(), rows[0].len()));
        }
        if let Some(cell) = row.iter().find(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r'])) {
            return Err(format!("row {}: {cell:?} is a formula", number + 1));
        }
    }
    Ok(rows.len() - 1)
}

/// The cells of a CSV file as RFC 4180 has it; every one stands in quotes.
pub fn csv_rows(text: &str) -> Result<Vec<Vec<String>>, String> {
    let mut rest = text.strip_prefix('\u{feff}').ok_or("there is no byte order mark")?;
    let mut rows = vec![Vec::new()];
    loop {
        rest = rest.strip_prefix('"').ok_or_else(|| format!("no quote before {rest:?}"))?;
        let mut cell = String::new();
        loop {
            let (part, behind) = rest.split_once('"').ok_or("the last quote is open")?;
            cell.push_str(part);
            rest = behind;
            let Some(behind) = rest.strip_prefix('"') else { break };
            cell.push('"');
            rest = behind;
        }
        rows.last_mut().expect("there is one from the start").push(cell);
        match rest.chars().next() {
            None => return Ok(rows),
            Some(',') => {}
            Some('\n') => rows.push(Vec::new()),
            Some(other) => return Err(format!("{other:?} behind a cell")),
        }
        rest = &rest[1..];
    }
}
