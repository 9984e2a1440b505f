//! One record of a RIS file as Zotero's: the item, then its notes and links.

use super::lines::{Entry, Field};
use super::table::{self, Reading, Row};
use super::{LOCAL, UNKNOWN_TYPE, children, dates, pages};
use crate::report::Problem;
use crate::zotero::record::Record;
use crate::zotero::source::file::draft::{Draft, is_citation_key};
use crate::zotero::source::file::keys::{Keys, envelope};

/// What most is known of is a document: it has no fields that would be wrong.
const UNKNOWN: &str = "GEN";

/// A record while its tags are read.
struct Reader<'e> {
    draft: Draft,
    /// What authors are, if no authors.
    authors: Option<&'static str>,
    day: &'e str,
    year: &'e str,
    first_page: &'e str,
    last_page: &'e str,
    keywords: Vec<&'e str>,
    notes: Vec<&'e str>,
    links: Vec<(&'e str, &'e str)>,
    journal: &'e str,
}

/// The item that an entry becomes and the records below it; `at` counts the records before. `place` names its line.
pub(super) fn records(
    entry: &Entry,
    keys: &mut Keys,
    at: usize,
    place: &str,
    problems: &mut Vec<Problem>,
) -> Vec<Record> {
    let code = entry.code.as_deref().unwrap_or(UNKNOWN);
    let kind = table::kind(code).or_else(|| {
        problems.push(Problem::new(&UNKNOWN_TYPE, place, format!("TY  - {code}")));
        table::kind(UNKNOWN)
    });
    let Some(kind) = kind else { return Vec::new() };
    let item_type = kind.item_type(|tag| entry.fields.iter().any(|field| field.tag == tag));
    let mut reader = Reader::new(Draft::new(item_type), kind.authors);
    for later in [false, true] {
        entry.fields.iter().for_each(|field| reader.field(field, later));
    }
    let (notes, links) = (std::mem::take(&mut reader.notes), std::mem::take(&mut reader.links));
    let key = keys.key_for(&name(entry));
    let mut records = vec![envelope(key, at, reader.finish(), None)];
    let mut children: Vec<_> = notes.iter().map(|note| children::note(key.as_str(), note)).collect();
    for (tag, address) in links {
        match children::link(key.as_str(), tag, address) {
            Some(link) => children.push(link),
            None => problems.push(Problem::new(&LOCAL, place, "")),
        }
    }
    for (number, child) in children.into_iter().enumerate() {
        let key = keys.key_for(&format!("{key}/{number}"));
        records.push(envelope(key, at + records.len(), child, None));
    }
    records
}

/// What an entry is called in every run: its own name, else what tells it from others.
fn name(entry: &Entry) -> String {
    let first = |tags: &[&str]| {
        let found =
            entry.fields.iter().find(|field| tags.contains(&field.tag.as_str()) && !field.value.trim().is_empty());
        found.map_or("", |field| field.value.trim())
    };
    match first(&["ID"]) {
        "" => [first(&["DO"]), first(&["TI", "T1", "CT", "BT"]), first(&["AU", "A1"]), first(&["PY", "Y1", "DA"])]
            .join("\n"),
        id => id.to_owned(),
    }
}

impl<'e> Reader<'e> {
    fn new(draft: Draft, authors: Option<&'static str>) -> Self {
        let (keywords, notes, links) = (Vec::new(), Vec::new(), Vec::new());
        let [day, year, first_page, last_page, journal] = [""; 5];
        Self { draft, authors, day, year, first_page, last_page, keywords, notes, links, journal }
    }

    /// Takes a field in, if this is its turn. What has no place goes to Extra.
    fn field(&mut self, field: &'e Field, later: bool) {
        let (rows, value) = (table::rows(&field.tag), field.value.trim());
        if value.is_empty() || rows.first().is_some_and(|row| row.later) != later {
            return;
        }
        if !rows.iter().any(|row| self.put(row, &field.tag, value)) {
            self.rest(&field.tag, value);
        }
    }

    /// False if the type has no place for it, or only one that is taken.
    fn put(&mut self, row: &Row, tag: &'e str, value: &'e str) -> bool {
        let once = |place: &mut &'e str| {
            let free = place.is_empty() || *place == value;
            *place = if place.is_empty() { value } else { place };
            free
        };
        match row.reading {
            Reading::Text => self.set(row, value),
            Reading::Names => self.name(row, tag, value),
            Reading::Date => once(&mut self.day),
            Reading::Year => once(&mut self.year),
            Reading::FirstPage => once(&mut self.first_page),
            Reading::LastPage => once(&mut self.last_page),
            Reading::Accessed => self.set(row, &dates::accessed(value)),
            Reading::Journal => once(&mut self.journal) && self.set(row, value),
            // A number is one of the program's own.
            Reading::Key => !is_citation_key(value) || self.set(row, value),
            Reading::Keywords => {
                self.keywords.push(value);
                true
            }
            Reading::Note => {
                self.notes.push(value);
                true
            }
            Reading::Link => {
                self.links.extend(value.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| (tag, line)));
                true
            }
        }
    }

    fn set(&mut self, row: &Row, value: &str) -> bool {
        row.fields(self.draft.item_type).any(|base| self.draft.get(base) == Some(value) || self.draft.set(base, value))
    }

    /// "Last, First" and "Last, First, Suffix"; without a comma it is an institution, or a person with one name.
    fn name(&mut self, row: &Row, tag: &str, value: &str) -> bool {
        let authors = self.authors.filter(|_| matches!(tag, "AU" | "A1"));
        let Some(role) = authors.or_else(|| row.creator(self.draft.item_type)) else { return false };
        let (last, first) = value.split_once(',').unwrap_or((value, ""));
        self.draft.creator(role, first, last);
        true
    }

    fn rest(&mut self, tag: &str, value: &str) {
        let label = if tag == "DO" { "DOI" } else { tag };
        self.draft.extra(&format!("{label}: {}", value.split_whitespace().collect::<Vec<_>>().join(" ")));
    }

    fn finish(mut self) -> serde_json::Map<String, serde_json::Value> {
        let (date, complete) = dates::whole(self.day, self.year);
        let known = self.draft.get("date").is_some_and(|known| known.contains(self.year) || known == date);
        if !known && !self.draft.set("date", &date) {
            self.rest("DA", &date);
        }
        if !complete {
            self.rest("PY", self.year);
        }
        self.pages();
        // A journal whose name is given once may have it in any of the tags for one.
        if self.draft.get("publicationTitle").is_none()
            && matches!(self.draft.item_type.name.as_str(), "journalArticle" | "magazineArticle" | "newspaperArticle")
        {
            self.draft.set("publicationTitle", self.journal);
        }
        self.tags();
        self.draft.finish()
    }

    fn pages(&mut self) {
        let (first, last) = (self.first_page, self.last_page);
        let rows = |tag: &str| table::rows(tag);
        let row = rows(if last.is_empty() { "SP" } else { "EP" }).first();
        let pages = pages::range(first, last);
        if !pages.is_empty() && !row.is_some_and(|row| self.set(row, &pages)) {
            self.draft.extra(&format!("page: {pages}"));
        }
    }

    /// One tag a line; a line that stands alone may be all of them, between semicolons or, if there are none, commas.
    fn tags(&mut self) {
        let lines = self.keywords.iter().flat_map(|value| value.lines()).map(str::trim);
        let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
        let tags: Vec<&str> = match lines[..] {
            [only] if only.contains(';') => only.split(';').collect(),
            [only] => only.split(',').collect(),
            _ => lines,
        };
        tags.iter().for_each(|tag| self.draft.tag(tag));
    }
}
