//! Zotero API objects or CSL-JSON items, as an array or one a line.

use std::fmt::Display;

use rayon::prelude::*;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::report::problem::{Kind, Level, Problem};
use crate::zotero::record::{LibraryVersion, Record, Skipped};
use crate::zotero::source::file::keys::Keys;
use crate::zotero::source::file::{FileLibrary, Malformed, csl_json};
use crate::zotero::source::one_line::one_line;

static DOUBLE: Kind = Kind {
    id: "record-twice",
    level: Level::Warning,
    one: "a record or collection stands twice in a library; the newer one is used",
    many: "{n} records or collections stand twice in a library; the newer ones are used",
    hint: None,
};

/// One object a line of the file `name`.
pub(super) fn lines(text: &str, name: &str) -> FileLibrary {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    records(&lines.map(|(at, line)| (format!("{name}:{}", at + 1), line)).collect::<Vec<_>>())
}

/// An array of objects, or one in `items`, in the file `name`.
pub(super) fn array(text: &str, name: &str) -> Result<FileLibrary, Malformed> {
    #[derive(serde::Deserialize)]
    struct Wrapped<'a> {
        #[serde(borrow)]
        items: Vec<&'a RawValue>,
    }
    let malformed = |error: serde_json::Error| Malformed {
        reason: format!("it is no JSON array of records: {}", plain(&error)),
        place: Some((error.line(), error.column().max(1))),
    };
    let objects = match text.trim_start().starts_with('{') {
        true => serde_json::from_str::<Wrapped<'_>>(text).map(|wrapped| wrapped.items),
        false => serde_json::from_str::<Vec<&RawValue>>(text),
    };
    let objects = objects.map_err(malformed)?.into_iter().enumerate();
    let named = objects.map(|(at, object)| (format!("{name}, record {}", at + 1), object.get()));
    Ok(records(&named.collect::<Vec<_>>()))
}

/// What the parser says, without the place: that is shown by itself.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

/// The records among objects, each with the place where it stands. What is no object of the API's may be a CSL item.
fn records(objects: &[(String, &str)]) -> FileLibrary {
    let mut library = FileLibrary::default();
    let mut keys = Keys::default();
    let parsed: Vec<_> = objects.par_iter().map(|(_, object)| Record::parse(&one_line(object))).collect();
    for (record, (place, object)) in parsed.into_iter().zip(objects) {
        match record {
            Ok(record) => library.records.push(record),
            Err(reason) => match csl_item(object) {
                Some(csl) => library.records.push(csl_json::record(csl, &mut keys, library.records.len())),
                None => library.skipped.push(Skipped::at(place, one_line(object), &reason)),
            },
        }
    }
    library
}

fn csl_item(object: &str) -> Option<Value> {
    let csl: Value = serde_json::from_str(object).ok()?;
    (csl.get("data").is_none() && csl.get("type").is_some()).then_some(csl)
}

/// Keeps of each key the object with the highest version, of two of one version the later. Both lists are sorted by key.
pub(super) fn drop_doubles(library: &mut FileLibrary) {
    let mut doubles = keep_newest(&mut library.records, |record| (record.key, record.version));
    doubles.extend(keep_newest(&mut library.collections, |collection| (collection.key, collection.version)));
    library.problems.extend(doubles);
}

fn keep_newest<T, K: PartialEq + Display>(
    objects: &mut Vec<T>,
    named: impl Fn(&T) -> (K, LibraryVersion),
) -> Vec<Problem> {
    let mut doubles = Vec::new();
    objects.dedup_by(|later, earlier| {
        let ((key, version), (kept, older)) = (named(later), named(earlier));
        if key != kept {
            return false;
        }
        doubles.push(Problem::new(&DOUBLE, key.to_string(), ""));
        if version >= older {
            std::mem::swap(later, earlier);
        }
        true
    });
    doubles
}
