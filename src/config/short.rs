//! Settings that have a short form: a list that stands for one member of a table.
//!
//! Layers and origins know settings by their full names; spelled out, a short form in the file and a variable beside it
//! meet in one table instead of one hiding the other.

use toml::{Table, Value};

/// The short names and the members they stand for.
const SHORT: &[(&str, &str)] = &[("exports.list", "collections")];

/// The full name of a setting with a value of a kind.
pub(super) fn full_name(name: &str, is_list: bool) -> String {
    match SHORT.iter().find(|(short, _)| is_list && *short == name) {
        Some((_, member)) => format!("{name}.{member}"),
        None => name.to_owned(),
    }
}

/// Puts the full forms into a table of all settings.
pub(super) fn spell_out(table: &mut Table) {
    for (name, member) in SHORT {
        let (parent, child) = name.rsplit_once('.').unwrap_or(("", name));
        let Some(value) = table.get_mut(parent).and_then(|parent| parent.get_mut(child)) else { continue };
        if value.is_array() {
            let list = std::mem::replace(value, Value::Table(Table::new()));
            if let Value::Table(table) = value {
                table.insert((*member).to_owned(), list);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_spelled_out_and_a_table_stays() {
        let spelled = |text: &str| {
            let mut table: Table = text.parse().unwrap();
            spell_out(&mut table);
            table
        };
        assert_eq!(spelled("exports.list = [\"ris\"]"), spelled("exports.list.collections = [\"ris\"]"));
        assert_eq!(spelled("site.title = \"x\"")["site"]["title"].as_str(), Some("x"));
        assert_eq!(full_name("exports.list", true), "exports.list.collections");
        assert_eq!(full_name("exports.list", false), "exports.list");
        assert_eq!(full_name("exports.item", true), "exports.item");
    }
}
