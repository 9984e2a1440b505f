//! What each format keeps of a record, measured part by part and held against `docs/exports.md`, in both directions.
//!
//! `ZBIB_GOLDEN=write cargo test --test suite kept` writes the tables anew; read the difference before you commit it.

mod measure;
mod others;
pub mod pairs;
mod table;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use zbib::zotero::schema::Schema;

use crate::reference;

fn document() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/exports.md")
}

/// Holds a table against the one in the document, between two comments of its name.
#[track_caller]
fn compare(name: &str, measured: &str) {
    let (start, end) = (format!("<!-- {name}: measured -->\n"), format!("<!-- end of {name} -->"));
    let text = fs::read_to_string(document()).unwrap();
    let (before, rest) = text.split_once(&start).unwrap_or_else(|| panic!("docs/exports.md has no {start}"));
    let (written, after) = rest.split_once(&end).unwrap_or_else(|| panic!("docs/exports.md has no {end}"));
    if std::env::var_os("ZBIB_GOLDEN").is_some_and(|value| value == "write") {
        fs::write(document(), [before, &start, measured, &end, after].concat()).unwrap();
        return;
    }
    for (ours, theirs) in measured.lines().zip(written.lines()) {
        assert_eq!(ours, theirs, "left: measured, right: docs/exports.md");
    }
    assert_eq!(measured.lines().count(), written.lines().count(), "rows of {name}");
}

/// Where zbib by default reaches other tags with a field than Zotero does, and why.
const RIGHT: &[(&str, &str)] = &[
    ("biblatex letterType letter type", "where the record names none, Zotero and zbib write a type of their own"),
    ("biblatex thesisType thesis type", "as with letters"),
    ("coins issueDate patent rft.appldate", "a defect: the day of its issue is not that of its application"),
];

#[test]
fn what_zotero_keeps_is_kept() {
    let left_out = "what formats keep is not compared with what Zotero's keep";
    let Some(routes) = reference::find("reference/export-routes.json", left_out) else { return };
    let routes: Map<String, Value> = serde_json::from_str(&fs::read_to_string(routes).unwrap()).unwrap();
    let mut different = BTreeSet::new();
    for (item_type, route) in &routes {
        let known = Schema::get().item_type(item_type).unwrap();
        let fields = route["fields"].as_object().unwrap().iter().map(|part| (part, true));
        let roles = route["creators"].as_object().unwrap().iter().map(|part| (part, false));
        for ((part, theirs), is_field) in fields.chain(roles) {
            for format in measure::formats().filter(|format| theirs.get(format.name()).is_some()) {
                let measured = if is_field { measure::of_field } else { measure::of_creator };
                let ours = measured(format, known, part).alone();
                let theirs =
                    theirs[format.name()].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap().to_owned());
                let name = |tag: &String| format!("{} {part} {item_type} {tag}", format.name());
                different.extend(ours.symmetric_difference(&theirs.collect()).map(name));
            }
        }
    }
    assert_eq!(different, RIGHT.iter().map(|(name, _)| (*name).to_owned()).collect());
}

/// A numbered list, one line for each point.
fn points(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut points: Vec<String> = Vec::new();
    for line in lines {
        let number = format!("{}. ", points.len() + 1);
        match (line.strip_prefix(&number), line.strip_prefix("   "), points.last_mut()) {
            (Some(point), ..) => points.push(point.to_owned()),
            (None, Some(more), Some(point)) => *point = format!("{point} {}", more.trim_start()),
            (None, None, Some(_)) => break,
            _ => {}
        }
    }
    points
}

#[test]
fn the_document_names_each_defect_that_compatibility_decides_on() {
    let code = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bibliography/export/settings.rs");
    let code = fs::read_to_string(code).unwrap();
    let comments =
        code.lines().filter_map(|line| line.strip_prefix("///")).map(|line| line.strip_prefix(' ').unwrap_or(line));
    let known = points(comments.map(str::to_owned));
    let told = points(fs::read_to_string(document()).unwrap().lines().map(str::to_owned));
    assert_eq!(told, known, "left: docs/exports.md, right: export::Compatibility");
    assert!(known.len() > 9);
}

#[test]
fn what_formats_keep_is_what_the_document_says() {
    compare("formats", &table::of_formats());
    compare("fields", &table::of_fields());
    compare("creators", &table::of_creators());
    compare("others", &table::of_others());
}
