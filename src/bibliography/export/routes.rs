//! Which field or creator of a type reaches which tag of a format, read from the tables in `routes/`.
//!
//! The tables say what Zotero's exporters say in <https://github.com/zotero/translators>. Nothing here writes.

use std::collections::BTreeMap;

use crate::bibliography::library::{Creator, Item};
use crate::zotero::schema::{ItemType, Schema};

/// How a tag's value is written; each format has its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    Text,
    /// Text whose capitals are kept.
    Title,
    Abstract,
    /// An address or a DOI.
    Address,
    Type,
    Names,
    /// The first name of the creator who is named first.
    FirstName,
    /// The last name of the creator who is named first.
    LastName,
    /// Those who did not make the work itself.
    Contributors,
    Accessed,
    Date,
    /// The day a patent was applied for.
    Filed,
    Year,
    Month,
    Issue,
    Pages,
    Eprint,
    Language,
    /// The short form of a journal's title, if that is there too.
    Abbreviation,
    /// What Extra says.
    Extra,
    Keywords,
    Files,
}

/// One tag in one type of item.
#[derive(Debug)]
pub(super) struct Route {
    pub tag: &'static str,
    pub writing: Writing,
    /// The fields it may be taken from, best first.
    fields: Vec<&'static str>,
    /// The creator types it names.
    roles: Vec<&'static str>,
    /// It names all whom no other route of the type does.
    others: bool,
}

/// The tags of one type of item, in the order of the format.
#[derive(Debug)]
pub(super) struct TypeRoutes {
    /// What the format calls the type.
    pub name: &'static str,
    routes: Vec<Route>,
}

/// The tags of all types in one format.
pub(super) struct Routes {
    types: BTreeMap<&'static str, TypeRoutes>,
    unknown: TypeRoutes,
}

impl Route {
    /// The first of its fields that the item has.
    pub fn value<'a>(&self, item: &'a Item) -> Option<&'a str> {
        self.fields.iter().find_map(|field| item.field(field))
    }
}

impl TypeRoutes {
    pub fn iter(&self) -> impl Iterator<Item = &Route> {
        self.routes.iter()
    }

    /// The creators a route names, in the item's order.
    pub fn creators<'a>(&self, route: &Route, item: &'a Item) -> impl Iterator<Item = &'a Creator> {
        let named = |role: &str| self.routes.iter().any(|route| route.roles.contains(&role));
        let takes = move |role: &str| route.roles.contains(&role) || (route.others && !named(role));
        item.creators.iter().filter(move |creator| takes(&creator.role))
    }
}

impl Routes {
    /// Reads a table; `column` is the format's place in the table of types.
    pub fn parse(table: &'static str, column: usize) -> Self {
        let names = lines(include_str!("routes/types.tsv")).map(|line| line.split('\t').collect::<Vec<_>>());
        let names: BTreeMap<_, _> = names.map(|cells| (cells[0], cells[column])).collect();
        let routes = |known: Option<&'static ItemType>, name| TypeRoutes {
            name,
            routes: lines(table).filter_map(|line| route(line, known)).collect(),
        };
        let known = |(zotero, name)| (zotero, routes(Schema::get().item_type(zotero), name));
        let unknown = routes(None, names["document"]);
        Self { types: names.into_iter().map(known).collect(), unknown }
    }

    /// The tags of a type; for one the schema does not know, those of all fields by their base names.
    pub fn of(&self, item_type: &str) -> &TypeRoutes {
        self.types.get(item_type).unwrap_or(&self.unknown)
    }
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// A line of a table as it applies to a type; None if the type has nothing for it.
fn route(line: &'static str, known: Option<&'static ItemType>) -> Option<Route> {
    let mut cells = line.split('\t');
    let tag = cells.next()?;
    let writing = writing(cells.next()?);
    let mut route = Route { tag, writing, fields: Vec::new(), roles: Vec::new(), others: false };
    let sources = cells.next();
    for source in sources.into_iter().flat_map(|cell| cell.split(' ')) {
        let Some(name) = applies(source, known) else { continue };
        match name.strip_prefix('@') {
            Some("primary") => route.roles.push(known.and_then(ItemType::primary_creator).unwrap_or("author")),
            Some("others") => route.others = true,
            Some(role) => route.roles.push(role),
            None => route.fields.extend(known.map_or(Some(name), |known| known.field_for(name))),
        }
    }
    let unused = route.fields.is_empty() && route.roles.is_empty() && !route.others;
    (sources.is_none() || writing == Writing::Type || !unused).then_some(route)
}

/// The name in a source such as `place+map,film` or `place-map`, if it holds for the type.
fn applies(source: &'static str, known: Option<&ItemType>) -> Option<&'static str> {
    let listed = |types: &str| known.is_some_and(|known| types.split(',').any(|name| name == known.name));
    if let Some((name, types)) = source.split_once('+') {
        return listed(types).then_some(name);
    }
    match source.split_once('-') {
        Some((name, types)) => (!listed(types)).then_some(name),
        None => Some(source),
    }
}

fn writing(word: &str) -> Writing {
    match word {
        "text" => Writing::Text,
        "title" => Writing::Title,
        "abstract" => Writing::Abstract,
        "address" => Writing::Address,
        "type" => Writing::Type,
        "names" => Writing::Names,
        "first-name" => Writing::FirstName,
        "last-name" => Writing::LastName,
        "contributors" => Writing::Contributors,
        "accessed" => Writing::Accessed,
        "date" => Writing::Date,
        "filed" => Writing::Filed,
        "year" => Writing::Year,
        "month" => Writing::Month,
        "issue" => Writing::Issue,
        "pages" => Writing::Pages,
        "eprint" => Writing::Eprint,
        "language" => Writing::Language,
        "abbreviation" => Writing::Abbreviation,
        "extra" => Writing::Extra,
        "keywords" => Writing::Keywords,
        "files" => Writing::Files,
        _ => unreachable!("the embedded tables of routes name known ways of writing: {word}"),
    }
}
