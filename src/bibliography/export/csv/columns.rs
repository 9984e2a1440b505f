//! The columns of a CSV file, read from their table in `routes/`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::bibliography::library::Item;
use crate::zotero::schema::{ItemType, Schema};

pub(super) static COLUMNS: LazyLock<Vec<Column>> = LazyLock::new(|| columns(include_str!("../routes/csv.tsv")));

/// A column: what it is called, what it holds, and where from.
pub(super) struct Column {
    pub label: &'static str,
    pub holds: Holds,
    /// A field, or creator types.
    pub sources: Vec<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Key,
    Type,
    Year,
    Date,
    Added,
    Modified,
    Accessed,
    Abstract,
    Field,
    Names,
    Files,
    Links,
    ManualTags,
    AutomaticTags,
    /// Notes are HTML, and no cell holds them.
    Nothing,
}

/// The field that a type fills each column with, under its own name there; empty for columns of something else.
pub(super) fn fields_of(item_type: &str) -> &'static [&'static str] {
    static TYPES: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
        Schema::get().item_types().iter().map(|known| (known.name.as_str(), own_names(Some(known)))).collect()
    });
    static UNKNOWN: LazyLock<Vec<&str>> = LazyLock::new(|| own_names(None));
    TYPES.get(item_type).unwrap_or(&UNKNOWN)
}

fn own_names(known: Option<&'static ItemType>) -> Vec<&'static str> {
    let own = |base: &'static str| known.and_then(|known| known.field_for(base)).unwrap_or(base);
    let name = |column: &Column| match column.holds {
        Holds::Date => own("date"),
        Holds::Abstract => own("abstractNote"),
        Holds::Accessed => "accessDate",
        Holds::Field => column.sources.first().map_or("", |base| own(base)),
        _ => "",
    };
    COLUMNS.iter().map(name).collect()
}

/// The one column of a creator type: its own before that of the type it is taken for; else that of the makers, or of all
/// others.
pub(super) fn column_of(role: &str, item: &Item) -> Option<&'static Column> {
    let primary = Schema::get().item_type(&item.item_type).and_then(ItemType::primary_creator);
    let rest = if primary == Some(role) { "@primary" } else { "@others" };
    let naming = |name: &str| COLUMNS.iter().rfind(|column| column.sources.contains(&name));
    naming(role).or_else(|| naming(rest))
}

fn columns(table: &'static str) -> Vec<Column> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(column).collect()
}

fn column(line: &'static str) -> Option<Column> {
    let mut cells = line.split('\t');
    let (label, holds) = (cells.next()?, holds(cells.next()?));
    Some(Column { label, holds, sources: cells.next().map_or(Vec::new(), |names| names.split(' ').collect()) })
}

fn holds(word: &str) -> Holds {
    match word {
        "key" => Holds::Key,
        "type" => Holds::Type,
        "year" => Holds::Year,
        "date" => Holds::Date,
        "added" => Holds::Added,
        "modified" => Holds::Modified,
        "accessed" => Holds::Accessed,
        "abstract" => Holds::Abstract,
        "field" => Holds::Field,
        "names" => Holds::Names,
        "files" => Holds::Files,
        "links" => Holds::Links,
        "manual-tags" => Holds::ManualTags,
        "automatic-tags" => Holds::AutomaticTags,
        "nothing" => Holds::Nothing,
        _ => unreachable!("the embedded table of columns names known contents: {word}"),
    }
}
