//! The layers of settings: the file, the environment over it, flags over both.

use std::path::Path;

use serde::Deserialize as _;
use toml::{Table, Value};

use crate::config::{ConfigError, Environment, File, Origin, at, short, wording};

/// What was set, and by whom.
pub(super) struct Layers {
    /// The file, with what goes over it.
    table: Table,
    /// Names that were set elsewhere than in the file; a later one goes over an earlier one.
    over: Vec<(String, Origin)>,
}

impl Layers {
    pub(super) fn gather(
        path: &Path,
        text: &str,
        environment: &Environment,
        flags: &[(String, String)],
    ) -> Result<Self, ConfigError> {
        let mut table = text.parse().map_err(|error| ConfigError::in_file(path, text, &error))?;
        short::spell_out(&mut table);
        let mut layers = Self { table, over: Vec::new() };
        for (variable, name, value) in environment.settings() {
            layers.set(&name, value, Origin::Environment(variable.to_owned()))?;
        }
        for (name, value) in flags {
            layers.set(name, value, Origin::Flag)?;
        }
        Ok(layers)
    }

    /// The settings as all layers together make them.
    pub(super) fn effective(&self) -> File {
        File::deserialize(self.table.clone()).expect("the file was read alone, and again with each layer over it")
    }

    /// Which layer over the file set a name.
    pub(super) fn over(&self, name: &str) -> Option<&Origin> {
        self.over.iter().rev().find(|(known, _)| known == name).map(|(_, origin)| origin)
    }

    /// Each is tried at once, so that the one at fault is known.
    fn set(&mut self, name: &str, text: &str, origin: Origin) -> Result<(), ConfigError> {
        let value = value(text, at(&default_table(), name));
        let full_name = short::full_name(name, value.is_array());
        if put(&mut self.table, &full_name, value) {
            self.over.push((full_name, origin.clone()));
        }
        match File::deserialize(self.table.clone()) {
            Ok(_) => Ok(()),
            Err(error) => {
                let wording::Wording { problem, hint } = wording::of(error.message());
                Err(ConfigError::Layered { layer: origin, setting: name.to_owned(), problem, hint })
            }
        }
    }
}

/// The defaults as a table, by which the type of a value is known.
fn default_table() -> Table {
    Table::try_from(File::default()).unwrap_or_default()
}

/// A value out of text: what TOML reads in it where a number, truth value or list is wanted; else the text.
fn value(text: &str, default: Option<&Value>) -> Value {
    if matches!(default, None | Some(Value::String(_))) {
        return Value::String(text.to_owned());
    }
    let parsed: Option<Value> = format!("x = {text}").parse::<Table>().ok().and_then(|mut table| table.remove("x"));
    parsed.unwrap_or_else(|| Value::String(text.to_owned()))
}

/// Puts a value at a dotted name. False if something on the way is no table.
fn put(table: &mut Table, name: &str, value: Value) -> bool {
    let (first, rest) = name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)));
    let Some(rest) = rest else {
        table.insert(first.to_owned(), value);
        return true;
    };
    let inner = table.entry(first).or_insert_with(|| Value::Table(Table::new()));
    inner.as_table_mut().is_some_and(|inner| put(inner, rest, value))
}
