//! The status for people.

use crate::cli::status::{Standing, files, withheld};
use crate::report::problem::printable;
use crate::report::{counted, size, span};
use crate::zotero::cache::{LastRun, LibrarySnapshot};

/// A library in a line, and below it what else there is to know.
pub(super) fn paragraph(standing: &Standing) -> String {
    let mut lines = vec![match &standing.held {
        Some(held) => summary(held),
        None => format!("{}: nothing yet, `zbib sync` fetches it", standing.id),
    }];
    if let Some(run) = &standing.last_run {
        lines.push(format!("  last asked {}", last_run(run, standing.now)));
        lines.extend(run.failure.iter().flat_map(|failure| &failure.hint).map(|hint| format!("    hint: {hint}")));
    }
    if let Some(held) = &standing.held {
        lines.extend(as_of(standing, held));
        lines.extend(wrong(held));
        lines.extend(when(standing));
    }
    lines.iter().map(|line| format!("{}\n", printable(line))).collect()
}

fn summary(held: &LibrarySnapshot) -> String {
    let (files, bytes) = files(held);
    let size = if files == 0 { String::new() } else { format!(" ({})", size(bytes)) };
    format!(
        "{} ({}): version {}, {} ({} withheld), {}, {}{size}, {}",
        held.name,
        held.id,
        held.state.version,
        counted(held.records.len(), "record"),
        withheld(held),
        counted(held.collections.len(), "collection"),
        counted(files, "file"),
        counted(held.fulltext.len(), "full text")
    )
}

fn last_run(run: &LastRun, now: u64) -> String {
    let ago = ago(run.began, now);
    let seconds = run.milliseconds as f64 / 1000.0;
    // Local files cost nothing worth telling.
    let cost = match run.requests {
        0 => String::new(),
        _ => format!(" ({}, {seconds:.1} seconds)", counted(run.requests, "request")),
    };
    if let Some(failure) = &run.failure {
        return format!("{ago}{cost}, and failed: {}", failure.error);
    }
    let mut text = format!("{ago}{cost}: {} added, {} changed, {} removed", run.added, run.changed, run.removed);
    for (number, thing, what) in [
        (run.files, "file", "fetched"),
        (run.texts, "full text", "fetched"),
        (run.skipped as u64, "object", "set aside"),
        (run.failed as u64, "record or file", "not to be had"),
    ] {
        if number > 0 {
            text.push_str(&format!(", {} {what}", counted(number, thing)));
        }
    }
    text
}

/// How old the copy is, when the last run did not renew it.
fn as_of(standing: &Standing, held: &LibrarySnapshot) -> Option<String> {
    let failed = standing.last_run.as_ref().is_none_or(|run| run.failure.is_some());
    failed.then(|| format!("  the copy is as it was {}", ago(held.state.checked, standing.now)))
}

/// What is not as it should be, and mends itself.
fn wrong(held: &LibrarySnapshot) -> Vec<String> {
    let (pending, aside) = (held.state.pending.len(), held.state.set_aside.len());
    let mut lines = Vec::new();
    if held.damaged {
        lines.push("  parts of it are damaged, the next sync fetches them again".to_owned());
    }
    if aside > 0 {
        lines.push(format!("  {} set aside, not readable as Zotero has it", counted(aside, "record")));
    }
    if pending > 0 {
        lines.push(format!("  {} still to come, the next sync asks again", counted(pending, "record")));
    }
    lines
}

/// When it is asked again, and when compared whole.
fn when(standing: &Standing) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Some(due), Some(interval)) = (standing.due(), standing.interval) {
        lines.push(format!("  due {} (interval {interval})", ahead(due, standing.now)));
    }
    if let (Some(due), Some(held), Some(audit)) = (standing.audit_due(), &standing.held, standing.audit) {
        let last = ago(held.state.audited, standing.now);
        lines.push(format!("  compared whole {last}, due {} (sync.audit {audit})", ahead(due, standing.now)));
    }
    lines
}

/// How long ago a moment was. A clock that was put back makes it now.
fn ago(then: u64, now: u64) -> String {
    match now.saturating_sub(then) {
        0..2 => "just now".to_owned(),
        seconds => format!("{} ago", span(seconds)),
    }
}

fn ahead(then: u64, now: u64) -> String {
    if then <= now { "now".to_owned() } else { format!("in {}", span(then - now)) }
}
