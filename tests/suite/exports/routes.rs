//! Every field and creator of every type reaches the tags that it reaches in Zotero, and they stand in Zotero's order.

use serde_json::{Map, Value};
use zbib::bibliography::export::{self, Compatibility, Context, Format, Settings};
use zbib::bibliography::library::{Creator, Item, Name, Tag};

use super::item;
use super::kept::pairs::{ENTRY, KEY, pairs};

/// What every record has.
const FRAME: &[&str] = &[ENTRY, KEY, "id", "TY", "ER"];

/// A value that its field's own reading does not refuse.
fn value(field: &str) -> &'static str {
    match field {
        "language" => "en",
        "accessDate" => "2020-02-03T04:05:06Z",
        "citationKey" => "key",
        field if field.to_lowercase().contains("date") => "2020-05-17",
        field if field.to_lowercase().contains("page") && field != "numPages" => "12-19",
        _ => "7",
    }
}

fn creator(role: &str) -> Creator {
    Creator { role: role.to_owned(), name: Name::Personal { last: "Last".to_owned(), first: "First".to_owned() } }
}

/// The tags of a record in a format, in their order, each once.
fn tags(format: Format, item: &Item) -> Vec<String> {
    let settings = Settings { compatibility: Compatibility::Zotero, ..Settings::default() };
    let text = export::write(format, std::iter::once(item), &Context::default(), &settings);
    let mut once: Vec<String> = Vec::new();
    for (tag, _) in pairs(format, &text) {
        if !once.contains(&tag) && !FRAME.contains(&tag.as_str()) && (format, tag.as_str()) != (Format::Csl, "type") {
            once.push(tag);
        }
    }
    once
}

fn list(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn every_field_reaches_zoteros_tags() {
    let Some(shared) = std::env::var_os("ZBIB_SHARED") else {
        println!("not compared with Zotero's routes: ZBIB_SHARED is not set");
        return;
    };
    let routes = std::path::Path::new(&shared).join("reference/export-routes.json");
    let routes: Map<String, Value> = serde_json::from_str(&std::fs::read_to_string(routes).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for (item_type, route) in &routes {
        for format in [Format::Bibtex, Format::Biblatex, Format::Ris, Format::Csl, Format::Coins] {
            let plain = tags(format, &item(item_type, Vec::new(), Vec::new()));
            let mut check = |name: &str, item: &Item, wanted: &Value| {
                let found: Vec<_> = tags(format, item).into_iter().filter(|tag| !plain.contains(tag)).collect();
                let wanted: Vec<_> = list(wanted).into_iter().filter(|tag| !plain.contains(tag)).collect();
                if found != wanted {
                    wrong.push(format!("{} {item_type} {name}: {found:?}, not {wanted:?}", format.name()));
                }
            };
            for (name, tags) in route["fields"].as_object().unwrap() {
                let fields = vec![(name.clone(), value(name).to_owned())];
                check(name, &item(item_type, fields, Vec::new()), &tags[format.name()]);
            }
            for (role, tags) in route["creators"].as_object().unwrap() {
                check(role, &item(item_type, Vec::new(), vec![creator(role)]), &tags[format.name()]);
            }
            let fields = route["fields"].as_object().unwrap().keys().filter(|name| *name != "citationKey");
            let fields = fields.map(|name| (name.clone(), value(name).to_owned())).collect();
            let creators = route["creators"].as_object().unwrap().keys().map(|role| creator(role)).collect();
            let mut full = item(item_type, fields, creators);
            full.tags = vec![Tag { name: "tag".to_owned(), automatic: false, color: None }];
            let (found, wanted) = (tags(format, &full), list(&route["order"][format.name()]));
            if found != wanted && format != Format::Coins {
                wrong.push(format!("{} {item_type}, whole: {found:?}, not {wanted:?}", format.name()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
