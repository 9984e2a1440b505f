//! The status for scripts. The fields are a contract: `docs/status.md` describes each.

use serde_json::{Value, json};

use crate::cli::status::{Standing, files, withheld};
use crate::zotero::cache::LastRun;

/// What is known of one library, as `docs/status.md` describes it.
pub(super) fn object(standing: &Standing) -> Value {
    let held = standing.held.as_ref();
    let state = held.map(|held| &held.state);
    let (files, bytes) = held.map(files).unzip();
    let audit_due = standing.audit_due();
    json!({
        "id": standing.id.to_string(),
        "name": held.map(|held| &held.name),
        "version": state.map(|state| state.version),
        "records": held.map(|held| held.records.len()),
        "withheld": held.map(withheld),
        "collections": held.map(|held| held.collections.len()),
        "files": files,
        "file_bytes": bytes,
        "fulltexts": held.map(|held| held.fulltext.len()),
        "pending": state.map(|state| state.pending.len()),
        "set_aside": state.map(|state| state.set_aside.len()),
        "damaged": held.map(|held| held.damaged),
        "checked": state.map(|state| state.checked),
        "interval": standing.interval.map(|interval| interval.duration().as_secs()),
        "due": standing.due(),
        "audited": state.filter(|_| standing.audit.is_some()).map(|state| state.audited),
        "audit_due": audit_due.map(|due| due <= standing.now),
        "last_run": standing.last_run.as_ref().map(last_run),
    })
}

fn last_run(run: &LastRun) -> Value {
    json!({
        "result": if run.failure.is_some() { "failed" } else { "done" },
        "error": run.failure.as_ref().map(|failure| &failure.error),
        "hint": run.failure.as_ref().and_then(|failure| failure.hint.as_ref()),
        "began": run.began,
        "milliseconds": run.milliseconds,
        "requests": run.requests,
        "added": run.added,
        "changed": run.changed,
        "removed": run.removed,
        "skipped": run.skipped,
        "failed": run.failed,
        "files": run.files,
        "fulltexts": run.texts,
    })
}
