//! Creators as schema.org has them.

use serde_json::Value;

use super::Thing;
use crate::bibliography::library::{Item, Name};

/// What a creator type of Zotero is in schema.org; None if nothing there means it, and it would be wrong to call the person
/// one who made the work.
fn property(role: &str) -> Option<&'static str> {
    let found = ROLES.iter().find(|(known, _)| *known == role);
    Some(found.map_or("contributor", |(_, property)| property)).filter(|property| !property.is_empty())
}

const ROLES: &[(&str, &str)] = &[
    ("artist", "creator"),
    ("author", "author"),
    ("bookAuthor", ""),
    ("cartographer", "creator"),
    ("castMember", "actor"),
    ("cosponsor", "sponsor"),
    ("creator", "creator"),
    ("director", "director"),
    ("editor", "editor"),
    ("executiveProducer", "producer"),
    ("interviewee", "author"),
    ("inventor", "creator"),
    ("originalCreator", "creator"),
    ("performer", "byArtist"),
    ("podcaster", "author"),
    ("presenter", "author"),
    ("producer", "producer"),
    ("programmer", "author"),
    ("recipient", "recipient"),
    ("reviewedAuthor", ""),
    ("scriptwriter", "author"),
    ("seriesCreator", "creator"),
    ("seriesEditor", ""),
    ("sponsor", "sponsor"),
    ("translator", "translator"),
];

/// Adds everybody, each property with its people in the record's order.
pub(super) fn put(thing: &mut Thing, item: &Item) {
    let mut by_property: Vec<(&str, Vec<Value>)> = Vec::new();
    for creator in &item.creators {
        let Some(property) = property(&creator.role) else { continue };
        let person = person(&creator.name);
        match by_property.iter_mut().find(|(known, _)| *known == property) {
            Some((_, people)) => people.push(person),
            None => by_property.push((property, vec![person])),
        }
    }
    for (property, people) in by_property {
        thing.put(property, people);
    }
}

/// The people of one role.
pub(super) fn of_role(item: &Item, role: &str) -> Vec<Value> {
    item.creators.iter().filter(|creator| creator.role == role).map(|creator| person(&creator.name)).collect()
}

fn person(name: &Name) -> Value {
    let mut thing = Thing::new(if name.is_single() { "Organization" } else { "Person" });
    thing.put("name", name.direct());
    if let Name::Personal { last, first } = name {
        thing.put("givenName", first.as_str());
        thing.put("familyName", last.as_str());
    }
    thing.into()
}
