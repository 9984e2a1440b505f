//! What a sync did for a library, in a line that can be read aloud.

use std::time::Duration;

use crate::report::{counted, span};
use crate::sync::Synced;
use crate::zotero::cache::LibrarySnapshot;
use crate::zotero::record::{LibraryId, LibraryVersion};

/// A library that was brought up to date, or was not due.
pub(super) fn of(synced: &Synced) -> String {
    if let Some(left) = synced.not_due {
        return format!("{}: not due for {}, nothing asked", synced.name, span(left.as_secs()));
    }
    format!("{}: {}{}{}", synced.name, what_is_new(synced), fetched(synced), cost(synced.requests, synced.took))
}

/// A library that could not be brought up to date: what there is of it stays. Why is told elsewhere.
pub(super) fn of_failure(id: &LibraryId, held: Option<&LibrarySnapshot>, now: u64) -> String {
    let Some(held) = held else { return format!("{id}: could not be fetched, there is no copy of it yet") };
    let age = span(now.saturating_sub(held.state.checked));
    format!("{}: could not be brought up to date, its copy{} is {age} old", held.name, at(" at ", held.state.version))
}

fn what_is_new(synced: &Synced) -> String {
    let counts = synced.counts;
    let withheld = if counts.withheld == 0 { String::new() } else { format!(" ({} withheld)", counts.withheld) };
    let held =
        format!("{}{withheld}, {}", counted(counts.records, "record"), counted(counts.collections, "collection"));
    let Some(from) = synced.from else { return format!("first copy{}: {held}", at(" at ", synced.version)) };
    let versions = if from == synced.version { at("", from) } else { format!("version {from} to {}", synced.version) };
    let colon = if versions.is_empty() { "" } else { ": " };
    match (counts.added + counts.changed + counts.removed, synced.unchanged || from == synced.version) {
        (0, true) => format!("nothing new{}", at(" at ", from)),
        (0, false) => format!("{versions}{colon}no record changed"),
        _ => format!(
            "{versions}{colon}{} added, {} changed, {} removed, now {held}",
            counts.added, counts.changed, counts.removed
        ),
    }
}

/// Libraries that were never in Zotero have no version.
fn at(before: &str, version: LibraryVersion) -> String {
    if version.0 == 0 { String::new() } else { format!("{before}version {version}") }
}

fn fetched(synced: &Synced) -> String {
    let all = [(synced.files, "file"), (synced.texts, "full text")];
    let some: Vec<_> =
        all.into_iter().filter(|(number, _)| *number > 0).map(|(number, thing)| counted(number, thing)).collect();
    if some.is_empty() { String::new() } else { format!("; {} fetched", some.join(" and ")) }
}

/// What it cost. Local files cost nothing worth telling.
fn cost(requests: u64, took: Duration) -> String {
    match requests {
        0 => String::new(),
        _ => format!(" ({}, {:.1} seconds)", counted(requests, "request"), took.as_secs_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::Counts;
    use crate::zotero::record::LibraryKind;

    fn synced(from: Option<u64>, to: u64, counts: [usize; 3]) -> Synced {
        let [added, changed, removed] = counts;
        Synced {
            id: id(),
            name: "The lab".into(),
            from: from.map(LibraryVersion),
            version: LibraryVersion(to),
            unchanged: added + changed + removed == 0 && from == Some(to),
            counts: Counts { records: 12_500, collections: 40, withheld: 3, added, changed, removed },
            requests: 6,
            took: Duration::from_millis(1_420),
            files: 0,
            texts: 0,
            skipped: Vec::new(),
            pending: 0,
            lacking: 0,
            not_due: None,
        }
    }

    fn id() -> LibraryId {
        LibraryId { kind: LibraryKind::Group, id: "123".into() }
    }

    #[test]
    fn each_case_reads_as_a_sentence() {
        let files = |synced: Synced, files: u64, texts: u64| Synced { files, texts, ..synced };
        let free = |synced: Synced| Synced { requests: 0, ..synced };
        let not_due = Synced { not_due: Some(Duration::from_secs(32_400)), ..synced(Some(912), 912, [0; 3]) };
        for (synced, line) in [
            (
                files(synced(None, 912, [12_500, 0, 0]), 12, 10),
                "The lab: first copy at version 912: 12500 records (3 withheld), 40 collections; 12 files and 10 full \
                 texts fetched (6 requests, 1.4 seconds)",
            ),
            (synced(Some(912), 912, [0; 3]), "The lab: nothing new at version 912 (6 requests, 1.4 seconds)"),
            (
                synced(Some(912), 915, [1, 2, 0]),
                "The lab: version 912 to 915: 1 added, 2 changed, 0 removed, now 12500 records (3 withheld), 40 \
                 collections (6 requests, 1.4 seconds)",
            ),
            (
                synced(Some(912), 915, [0; 3]),
                "The lab: version 912 to 915: no record changed (6 requests, 1.4 seconds)",
            ),
            (
                files(synced(Some(912), 912, [0; 3]), 3, 0),
                "The lab: nothing new at version 912; 3 files fetched (6 requests, 1.4 seconds)",
            ),
            (not_due, "The lab: not due for 9 hours, nothing asked"),
            (
                free(synced(Some(0), 0, [0, 1, 0])),
                "The lab: 0 added, 1 changed, 0 removed, now 12500 records (3 withheld), 40 collections",
            ),
            (free(synced(Some(0), 0, [0; 3])), "The lab: nothing new"),
            (free(synced(None, 0, [1, 0, 0])), "The lab: first copy: 12500 records (3 withheld), 40 collections"),
        ] {
            assert_eq!(of(&synced), line);
        }
    }

    #[test]
    fn a_failure_says_what_is_left() {
        assert_eq!(of_failure(&id(), None, 0), "groups-123: could not be fetched, there is no copy of it yet");
    }
}
