//! The measures as tables of Markdown: a row for each part of a record, a column for each format.

use std::collections::BTreeMap;

use zbib::bibliography::export::Format;
use zbib::zotero::schema::{ItemType, Schema, is_regular};

use super::measure::{Kept, formats, is_made, of_creator, of_field, others, reached};

fn types() -> impl Iterator<Item = &'static ItemType> {
    Schema::get().item_types().iter().filter(|known| is_regular(&known.name))
}

/// The fields by their base names; names of their own stand behind.
pub fn of_fields() -> String {
    let mut rows: BTreeMap<(String, &str), Vec<(&ItemType, &str)>> = BTreeMap::new();
    for known in types() {
        for field in &known.fields {
            let base = field.base.as_deref().unwrap_or(&field.name);
            rows.entry((base.to_lowercase(), base)).or_default().push((known, &field.name));
        }
    }
    let row = |((_, base), members): ((String, &str), Vec<(&'static ItemType, &str)>)| {
        let mut names: Vec<_> = members.iter().map(|(_, name)| *name).filter(|name| *name != base).collect();
        names.sort_unstable();
        names.dedup();
        let names = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
        let cells =
            formats().map(|format| cell(members.iter().map(|(known, name)| (*known, of_field(format, known, name)))));
        line(&format!("**{base}**{names}"), cells)
    };
    head("field") + &rows.into_iter().map(row).collect::<String>()
}

/// The creator types.
pub fn of_creators() -> String {
    let mut rows: BTreeMap<&str, Vec<&ItemType>> = BTreeMap::new();
    for known in types() {
        known.creators.iter().for_each(|role| rows.entry(role).or_default().push(known));
    }
    let row = |(role, members): (&str, Vec<&'static ItemType>)| {
        let cells = formats().map(|format| cell(members.iter().map(|known| (*known, of_creator(format, known, role)))));
        line(&format!("**{role}**"), cells)
    };
    head("creator") + &rows.into_iter().map(row).collect::<String>()
}

/// Everything else.
pub fn of_others() -> String {
    let row = |(name, probe): &(&str, _)| {
        let kept = |format| {
            let mut kept = reached(format, probe);
            kept.retain(|tag| name.to_lowercase().contains("citation key") || !is_made(tag));
            tags(&kept)
        };
        line(name, formats().map(kept))
    };
    head("part of a record") + &others().iter().map(row).collect::<String>()
}

fn head(first: &str) -> String {
    let labels = formats().map(|format| format.label().to_owned());
    line(first, labels) + &line("---", formats().map(|_| "---".to_owned()))
}

fn line(first: &str, cells: impl Iterator<Item = String>) -> String {
    format!("| {first} | {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

/// What most types have, then the others with their types.
fn cell<'a>(kept: impl Iterator<Item = (&'a ItemType, Kept)>) -> String {
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (known, kept) in kept {
        groups.entry(worded(&kept)).or_default().push(&known.name);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(text, types)| (std::cmp::Reverse(types.len()), text.clone()));
    let mut cell = groups[0].0.clone();
    for (text, types) in &groups[1..] {
        cell += &format!("; {text}: *{}*", types.join(", "));
    }
    cell
}

fn worded(kept: &Kept) -> String {
    let sign = if kept.beside {
        "⁺"
    } else if kept.alone {
        "⁻"
    } else {
        ""
    };
    tags(&kept.tags) + sign
}

fn tags(tags: &[String]) -> String {
    if tags.is_empty() { "–".to_owned() } else { tags.join(", ") }
}

/// The catalogue of formats.
pub fn of_formats() -> String {
    let mut table = String::from("| format | name in settings | files | media type |\n|---|---|---|---|\n");
    for format in Format::ALL {
        let (label, name, extension, media) = (format.label(), format.name(), format.extension(), format.media_type());
        table += &format!("| {label} | `\"{name}\"` | `.{extension}` | `{media}` |\n");
    }
    table
}
