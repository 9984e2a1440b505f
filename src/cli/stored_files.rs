//! `zbib check --files`: the stored files against their hashes.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::config::Config;
use crate::report::problem::{Kind, Level, Problem};
use crate::report::{Report, counted, size};
use crate::zotero::cache::{self, Cache, CacheError, Damaged, LibrarySnapshot, Md5, Snapshot};

static DAMAGED: Kind = Kind {
    id: "stored-file-damaged",
    level: Level::Warning,
    one: "a stored file is damaged",
    many: "{n} stored files are damaged",
    hint: Some("they are removed from the cache; the next `zbib sync` fetches them again"),
};
static DAMAGED_IN_USE: Kind = Kind {
    id: "stored-file-damaged-in-use",
    level: Level::Warning,
    one: "a stored file is damaged and stays, as another process uses the cache",
    many: "{n} stored files are damaged and stay, as another process uses the cache",
    hint: Some("when that is done, `zbib check --files` removes them, so that the next `zbib sync` fetches them again"),
};

/// Reads every stored file again. Damaged ones are removed if nobody else uses the cache, which says so. True when some
/// were: the snapshot then has less than it says.
pub(super) fn verify(config: &Config, snapshot: &Snapshot, report: &Report) -> Result<bool, CacheError> {
    let total = snapshot.libraries.iter().map(|library| library.files.len() as u64).sum();
    let progress = report.progress("files checked", Some(total));
    let (mut files, mut bytes, mut damaged) = (0, 0, Vec::new());
    for library in &snapshot.libraries {
        let verified = cache::stored(&config.cache(), &library.id).verify(|| progress.advance(1));
        files += verified.files;
        bytes += verified.bytes;
        damaged.extend(verified.damaged.into_iter().map(|file| (library, file)));
    }
    drop(progress);
    let removed = remove(config, &damaged)?;
    for (library, file) in &damaged {
        let kind = if removed { &DAMAGED } else { &DAMAGED_IN_USE };
        report.problem(Problem::new(kind, owner(library, file.md5), in_words(file)));
    }
    report.say(&format!(
        "{} of the cache checked ({}), {} damaged",
        counted(files, "file"),
        size(bytes),
        damaged.len()
    ));
    Ok(removed && !damaged.is_empty())
}

/// Removes what is damaged. False when another process holds the cache.
fn remove(config: &Config, damaged: &[(&LibrarySnapshot, Damaged)]) -> Result<bool, CacheError> {
    if damaged.is_empty() {
        return Ok(true);
    }
    let cache = match Cache::open(&config.cache()) {
        Err(CacheError::Locked { .. }) => return Ok(false),
        cache => cache?,
    };
    for (library, file) in damaged {
        cache.remove_file(&library.id, file.md5)?;
    }
    Ok(true)
}

fn in_words(file: &Damaged) -> String {
    match &file.found {
        Ok(found) => format!("expected md5 {}, found {found}", file.md5),
        Err(error) => format!("md5 {}, {error}", file.md5),
    }
}

/// The attachment that names the file, as other problems name it; else the hash.
fn owner(library: &LibrarySnapshot, md5: Md5) -> String {
    let aliases: BTreeMap<_, _> = library.state.main_files.iter().map(|(zip, main)| (*main, *zip)).collect();
    let names = |wanted: Md5| {
        let wanted = wanted.to_string();
        library.records.iter().find_map(|record| {
            let data = record.data();
            let text = |name: &str| data.get(name).and_then(Value::as_str).unwrap_or_default();
            (text("md5") == wanted).then(|| format!("{} {:?}", record.key, text("filename")))
        })
    };
    names(md5).or_else(|| aliases.get(&md5).and_then(|zip| names(*zip))).unwrap_or_else(|| md5.to_string())
}
