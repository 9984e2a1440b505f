//! Zotero API objects or CSL-JSON items, as an array or one a line.

use serde_json::Value;
use serde_json::value::RawValue;

use crate::report::problem::{Kind, Level, Problem};
use crate::zotero::record::Record;
use crate::zotero::source::file::keys::Keys;
use crate::zotero::source::file::{FileLibrary, Malformed, csl_json};
use crate::zotero::source::one_line::one_line;
use crate::zotero::source::set_aside;

static DOUBLE: Kind = Kind {
    id: "record-twice",
    level: Level::Warning,
    one: "a record stands twice in a library; the newer one is used",
    many: "{n} records stand twice in a library; the newer ones are used",
    hint: None,
};

/// One object a line of the file `name`.
pub(super) fn lines(text: &str, name: &str) -> FileLibrary {
    let mut library = FileLibrary::default();
    let mut keys = Keys::default();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        add(&mut library, &mut keys, line, &format!("{name}:{}", at + 1));
    }
    library
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
        place: (error.line(), error.column().max(1)),
    };
    let objects = match text.trim_start().starts_with('{') {
        true => serde_json::from_str::<Wrapped<'_>>(text).map(|wrapped| wrapped.items),
        false => serde_json::from_str::<Vec<&RawValue>>(text),
    };
    let mut library = FileLibrary::default();
    let mut keys = Keys::default();
    for (at, object) in objects.map_err(malformed)?.into_iter().enumerate() {
        add(&mut library, &mut keys, object.get(), &format!("{name}, record {}", at + 1));
    }
    Ok(library)
}

/// What the parser says, without the place: that is shown by itself.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

fn add(library: &mut FileLibrary, keys: &mut Keys, object: &str, place: &str) {
    let record = match serde_json::from_str::<Value>(object) {
        Ok(csl) if csl.get("data").is_none() && csl.get("type").is_some() => {
            Ok(csl_json::record(csl, keys, library.records.len()))
        }
        _ => Record::parse(&one_line(object)),
    };
    match record {
        Ok(record) => library.records.push(record),
        Err(reason) => library.problems.push(set_aside(place, &reason)),
    }
}

/// Keeps of each key the record with the highest version. Records are sorted by key.
pub(super) fn drop_doubles(library: &mut FileLibrary) {
    library.collections.dedup_by_key(|collection| collection.key);
    let problems = &mut library.problems;
    library.records.dedup_by(|later, earlier| {
        let double = later.key == earlier.key;
        if double {
            problems.push(Problem::new(&DOUBLE, earlier.key.to_string(), ""));
            if later.version >= earlier.version {
                std::mem::swap(later, earlier);
            }
        }
        double
    });
}
