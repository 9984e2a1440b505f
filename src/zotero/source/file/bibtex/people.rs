//! The people of an entry.

use biblatex::{Entry, Person};

use super::text::{text, unmarked};
use crate::zotero::source::file::draft::Draft;

/// The roles that people have in an entry, and what Zotero may call them, best first; `@` is whoever a type names first.
const ROLES: [(&str, &[&str]); 12] = [
    ("author", &["author", "@"]),
    ("editor", &["editor", "seriesEditor"]),
    ("translator", &["translator"]),
    ("bookauthor", &["bookAuthor"]),
    ("commentator", &["commenter", "contributor"]),
    ("collaborator", &["contributor"]),
    ("editora", &["contributor"]),
    ("editorb", &["contributor"]),
    ("editorc", &["contributor"]),
    ("annotator", &["contributor"]),
    ("introduction", &["contributor"]),
    ("foreword", &["contributor"]),
];

/// What editors of another kind are, by the field of their kind: Zotero has no redactors, and writes editors of series so.
const EDITORS: [(&str, &[&str]); 4] = [
    ("redactor", &["seriesEditor", "editor"]),
    ("organizer", &["organizer", "contributor"]),
    ("compiler", &["editor"]),
    ("editor", &["editor"]),
];

/// Adds all people, the authors first.
pub(super) fn people(entry: &Entry, draft: &mut Draft) {
    for (role, creator_types) in ROLES {
        let kind = entry.get(&format!("{role}type")).map(text).unwrap_or_default();
        let editors = EDITORS.iter().find(|(known, _)| *known == kind).map(|(_, creator_types)| *creator_types);
        with_role(entry, draft, role, editors.unwrap_or(creator_types));
    }
}

fn with_role(entry: &Entry, draft: &mut Draft, role: &str, creator_types: &[&str]) {
    let Some(chunks) = entry.get(role) else { return };
    let known = &draft.item_type.creators;
    let of_type = |creator_type: &&str| match *creator_type {
        "@" => known.first().cloned(),
        creator_type => known.iter().find(|known| *known == creator_type).cloned(),
    };
    let Some(creator_type) = creator_types.iter().find_map(of_type) else {
        return draft.extra(&format!("tex.{role}: {}", text(chunks)));
    };
    for person in entry.get_as::<Vec<Person>>(role).unwrap_or_default() {
        if person.given_name.is_empty() && person.name.eq_ignore_ascii_case("others") {
            continue;
        }
        let gap = if person.suffix.is_empty() { "" } else { ", " };
        let last = format!("{} {}", person.prefix, person.name);
        let first = format!("{}{gap}{}", person.given_name, person.suffix);
        draft.creator(&creator_type, &unmarked(&first), &unmarked(&last));
    }
}
