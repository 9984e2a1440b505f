//! What the key may do: read at its first use and by every audit, and told in every run while something is wrong with it.

use std::sync::Arc;

use crate::report::problem::{Kind, Level, Problem};
use crate::sync::copy::Copy;
use crate::sync::{Run, SyncError};
use crate::zotero::cache::KeyRights;
use crate::zotero::record::{LibraryKind, Right};
use crate::zotero::source::web::Web;

static MAY_WRITE: Kind = Kind {
    id: "key-may-write",
    level: Level::Warning,
    one: "an API key may change what is in Zotero; reading is enough for zbib",
    many: "{n} API keys may change what is in Zotero; reading is enough for zbib",
    hint: Some("take \"Allow write access\" from the key at https://www.zotero.org/settings/keys"),
};
static NO_NOTES: Kind = Kind {
    id: "key-without-notes",
    level: Level::Warning,
    one: "the notes of a library are left out, the key may not read them",
    many: "the notes of {n} libraries are left out, the keys may not read them",
    hint: Some(
        "give the key \"Allow notes access\" at https://www.zotero.org/settings/keys, or set `publish.notes = false`",
    ),
};
static NO_FILES: Kind = Kind {
    id: "key-without-files",
    level: Level::Warning,
    one: "the files of a library are left out, the key may not read them",
    many: "the files of {n} libraries are left out, the keys may not read them",
    hint: Some(
        "give the key \"Allow library access\" at https://www.zotero.org/settings/keys, or set `attachments.publish = false`",
    ),
};

/// Reads the key's rights, if this is its first use or `due`.
pub(super) async fn check(web: &Arc<Web>, copy: &mut Copy, due: bool) -> Result<(), SyncError> {
    let Some(fingerprint) = web.key_fingerprint() else {
        copy.state.key = None;
        return Ok(());
    };
    if !asks(web, copy, due) {
        return Ok(());
    }
    let Some(rights) = web.rights().await? else { return Ok(()) };
    if web.library().kind == LibraryKind::User {
        copy.state.zotero_name = rights.user_name(web.library()).or(copy.state.zotero_name.take());
    }
    let now = Some(KeyRights { fingerprint, rights: rights.to(web.library()) });
    if copy.state.key != now {
        // Another key, or another right: what was refused before may be given now.
        copy.state.files_refused.clear();
        copy.state.key = now;
    }
    Ok(())
}

/// Whether the key's rights are asked for: at its first use, and when they are `due`.
pub(super) fn asks(web: &Web, copy: &Copy, due: bool) -> bool {
    let known = |fingerprint| copy.state.key.as_ref().is_some_and(|key| key.fingerprint == fingerprint);
    web.key_fingerprint().is_some_and(|fingerprint| due || !known(fingerprint))
}

/// Tells what is wrong with the key's rights.
pub(super) fn tell(run: Run<'_>, copy: &Copy) {
    let (Some(key), library) = (&copy.state.key, &copy.state.library) else { return };
    let may = |right| key.rights.contains(&right);
    // A public library may be read without any right of the key's.
    let own = may(Right::Library);
    let problems = [
        (may(Right::Write), &MAY_WRITE),
        (own && !may(Right::Notes) && run.rules.notes_wanted(), &NO_NOTES),
        (own && !may(Right::Files) && run.rules.files_wanted(), &NO_FILES),
    ];
    for (_, kind) in problems.into_iter().filter(|(wrong, _)| *wrong) {
        run.report.problem(Problem::new(kind, library.to_string(), ""));
    }
}
