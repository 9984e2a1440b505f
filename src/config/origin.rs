//! Where each value comes from, for `zbib config`.

use std::fmt;
use std::path::Path;

use toml::Table;
use toml::de::{DeTable, DeValue};

use crate::config::layers::Layers;
use crate::config::{File, short};

/// Who set a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody; there is no default either.
    Unset,
    Default,
    /// `zbib.toml` and the line.
    File(String, usize),
    /// The variable.
    Environment(String),
    Flag,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unset => f.write_str("not set"),
            Self::Default => f.write_str("default"),
            Self::File(name, line) => write!(f, "{name}:{line}"),
            Self::Environment(variable) => write!(f, "environment variable {variable}"),
            Self::Flag => f.write_str("command line"),
        }
    }
}

/// A setting, its value as TOML writes it, and where that comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub name: String,
    /// Empty for one that is not set.
    pub value: String,
    pub origin: Origin,
}

/// Every setting there is, in the order of their names.
pub(super) fn values(path: &Path, text: &str, file: &File, layers: &Layers) -> Vec<Value> {
    let mut values = Vec::new();
    let lines = lines(text);
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    flatten("", &toml::Value::Table(Table::try_from(file).unwrap_or_default()), &mut |setting, value| {
        let line = lines.iter().find(|(known, _)| known == setting).map(|(_, line)| *line);
        let in_file = line.map(|line| Origin::File(name.clone(), line));
        let origin = layers.over(setting).cloned().or(in_file).unwrap_or(Origin::Default);
        values.push(Value { name: setting.to_owned(), value: value.to_string(), origin });
    });
    unset("", &serde_json::json!(file), &mut values);
    values.sort_by(|a, b| a.name.cmp(&b.name));
    values
}

/// TOML has no word for what is not set, JSON has.
fn unset(name: &str, value: &serde_json::Value, values: &mut Vec<Value>) {
    match value {
        serde_json::Value::Null => {
            values.push(Value { name: name.to_owned(), value: String::new(), origin: Origin::Unset });
        }
        serde_json::Value::Object(table) => {
            table.iter().for_each(|(part, value)| unset(&joined(name, part), value, values));
        }
        serde_json::Value::Array(list) => {
            list.iter().enumerate().for_each(|(at, value)| unset(&format!("{name}[{at}]"), value, values));
        }
        _ => {}
    }
}

fn flatten(name: &str, value: &toml::Value, take: &mut dyn FnMut(&str, &toml::Value)) {
    match value {
        toml::Value::Table(table) => {
            for (part, value) in table {
                flatten(&joined(name, part), value, take);
            }
        }
        toml::Value::Array(values) if values.iter().any(toml::Value::is_table) => {
            for (position, value) in values.iter().enumerate() {
                flatten(&format!("{name}[{position}]"), value, take);
            }
        }
        value => take(name, value),
    }
}

fn joined(name: &str, part: &str) -> String {
    if name.is_empty() { part.to_owned() } else { format!("{name}.{part}") }
}

/// The settings in the file with the lines they stand on.
fn lines(text: &str) -> Vec<(String, usize)> {
    let mut lines = Vec::new();
    if let Ok(table) = DeTable::parse(text) {
        walk("", table.get_ref(), text, &mut lines);
    }
    lines
}

fn walk(name: &str, table: &DeTable<'_>, text: &str, lines: &mut Vec<(String, usize)>) {
    for (part, value) in table {
        let name = joined(name, part.get_ref());
        match value.get_ref() {
            DeValue::Table(inner) => walk(&name, inner, text, lines),
            DeValue::Array(values) => {
                lines.push((short::full_name(&name, true), line(text, part.span().start)));
                for (position, value) in values.iter().enumerate() {
                    if let DeValue::Table(inner) = value.get_ref() {
                        walk(&format!("{name}[{position}]"), inner, text, lines);
                    }
                }
            }
            _ => lines.push((name, line(text, part.span().start))),
        }
    }
}

fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}
