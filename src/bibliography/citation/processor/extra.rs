//! CSL variables in a record's note: lines `variable: value` at its beginning.
//!
//! The rules are those of Zotero's processor: lower-case names of CSL only, the first line may be something else, the
//! first other line that is none ends them; what is filled already stays, dates excepted. `{:variable: value}` says the
//! same within a sentence.

use citationberg::taxonomy::{StandardVariable, Variable};
use serde_json::{Map, Value, json};

use super::item::variable;

/// The object with the variables of its note in their places, or none if it has none.
pub(super) fn variables(csl: &Map<String, Value>) -> Option<Map<String, Value>> {
    let note = csl.get("note").and_then(Value::as_str)?;
    let lines = lines(note);
    let mut changed = csl.clone();
    let mut rest = Vec::new();
    let mut names: Vec<(&str, Vec<Value>)> = Vec::new();
    let mut reading = true;
    let mut found = false;
    for (index, line) in lines.iter().enumerate() {
        let pair = reading.then(|| pair(line)).flatten();
        let Some((name, value)) = pair else {
            reading &= index == 0 || line.trim().is_empty();
            rest.push(*line);
            continue;
        };
        if !take(&mut changed, csl, &mut names, name, value) {
            rest.push(*line);
            continue;
        }
        found = true;
    }
    for (name, list) in names {
        changed.insert(name.to_owned(), Value::Array(list));
    }
    if !found {
        return None;
    }
    changed.insert("note".to_owned(), rest.join("\n").trim().into());
    Some(changed)
}

/// The note's lines, with what stands in `{:…}` on lines of its own.
fn lines(note: &str) -> Vec<&str> {
    note.lines().flat_map(|line| line.split("{:").flat_map(|piece| piece.split('}'))).collect()
}

fn pair(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.trim_start().split_once(':')?;
    let lower = name.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '_');
    let upper = name.chars().all(|c| c.is_ascii_uppercase());
    (!name.is_empty() && (lower || upper)).then(|| (name, value.trim()))
}

/// Puts a variable in its place; false if that is taken or no such variable is known.
fn take<'n>(
    changed: &mut Map<String, Value>,
    csl: &Map<String, Value>,
    names: &mut Vec<(&'n str, Vec<Value>)>,
    name: &'n str,
    value: &'n str,
) -> bool {
    if name == "type" {
        changed.insert("type".to_owned(), value.into());
        return true;
    }
    let Some(known) = variable(name) else { return false };
    if matches!(known, Variable::Date(_)) {
        changed.insert(name.to_owned(), json!({ "raw": value }));
        return true;
    }
    if csl.contains_key(name) || known == Variable::Standard(StandardVariable::Note) {
        return false;
    }
    if matches!(known, Variable::Name(_)) {
        let name_value = name_of(value);
        match names.iter_mut().find(|(other, _)| *other == name) {
            Some((_, list)) => list.push(name_value),
            None => names.push((name, vec![name_value])),
        }
    } else {
        changed.insert(name.to_owned(), value.into());
    }
    true
}

/// "Family || Given" with its particles split off, or a whole name.
fn name_of(text: &str) -> Value {
    let Some((family, given)) = text.split_once("||") else { return json!({ "literal": text }) };
    let (mut family, mut given) = (family.trim(), given.trim());
    let mut particle = Vec::new();
    while let Some((word, rest)) = family.split_once(' ')
        && word.starts_with(char::is_lowercase)
    {
        particle.push(word);
        family = rest.trim_start();
    }
    let mut dropping = Vec::new();
    while let Some((rest, word)) = given.rsplit_once(' ')
        && word.starts_with(char::is_lowercase)
    {
        dropping.insert(0, word);
        given = rest.trim_end();
    }
    json!({
        "family": family,
        "given": given,
        "non-dropping-particle": particle.join(" "),
        "dropping-particle": dropping.join(" "),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(note: &str) -> Value {
        let csl = json!({"id": "x", "title": "Filled", "issued": {"date-parts": [[1900]]}, "note": note});
        let csl = csl.as_object().unwrap();
        Value::Object(variables(csl).unwrap_or_else(|| csl.clone()))
    }

    #[test]
    fn lines_of_a_note_fill_variables() {
        assert_eq!(read("genre: Letter\nmedium: paper\nA remark.\nscale: 1")["note"], "A remark.\nscale: 1");
        assert_eq!(read("A remark.\ngenre: Letter")["genre"], "Letter");
        assert_eq!(read("Seen {:genre: Letter} there")["genre"], "Letter");
        assert_eq!(read("title: Other")["title"], "Filled");
        assert_eq!(read("issued: 1998-05/1998-07")["issued"]["raw"], "1998-05/1998-07");
        let editors = &read("editor: Okonjo || Ada\neditor: de Wit || Jan\neditor: The Society")["editor"];
        assert_eq!(editors[0]["family"], "Okonjo");
        assert_eq!((&editors[1]["non-dropping-particle"], &editors[1]["family"]), (&json!("de"), &json!("Wit")));
        assert_eq!(editors[2]["literal"], "The Society");
    }

    #[test]
    fn a_note_without_variables_is_left_alone() {
        for note in ["", "Original Date: 1890", "A remark: not a variable", "unknown-name: x"] {
            assert_eq!(read(note)["note"], note);
        }
    }
}
