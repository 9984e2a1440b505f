//! Fetching attachment files: only those the rules publish, each once, by hash.
//!
//! A file that cannot be had is a counted problem and never the end of a sync; a good copy of an earlier content stays in
//! the store until the new one is there.

mod desktop;
mod download;
mod folder;
mod one;
mod problems;
mod queue;
pub(super) mod wanted;
mod web;

use std::collections::BTreeSet;

use self::problems::MEMBERS_ONLY;
use self::wanted::Wanted;
use crate::report::Problem;
use crate::sync::copy::Copy;
use crate::sync::{Library, Run, SyncError};
use crate::zotero::record::{ItemKey, LibraryKind};
use crate::zotero::source::Source;
use crate::zotero::source::web::Web;

/// Brings the store up to date. Gives the number of files fetched.
pub(super) async fn fetch(run: Run<'_>, library: &Library, copy: &mut Copy) -> Result<u64, SyncError> {
    let mut wanted = wanted::all(run, copy);
    let store = run.cache.files(&copy.state.library);
    // Also what a run that was cut short, or a cache whose records were cleared, has left there.
    let there = |md5| copy.files.contains_key(&md5) || store.get(md5).is_some();
    wanted.retain(|file| !file.md5.is_some_and(there));
    let attachments: BTreeSet<_> = copy.records.iter().map(|record| record.key).collect();
    copy.state.files_refused.retain(|key, _| attachments.contains(key));
    match &library.source {
        Source::File(file) => folder::fetch(run, file, &store, copy, wanted),
        Source::Desktop(program) => desktop::fetch(run, program, &store, wanted).await,
        Source::Web(web) => {
            wanted.retain(|file| is_asked_for(run, copy, file));
            if for_members_only(web) {
                leave_to_members(run, copy, &wanted);
                return Ok(0);
            }
            let done = web::fetch(run, web, &store, copy, wanted).await?;
            if done.settled {
                store.drop_parts();
            }
            Ok(done.fetched)
        }
    }
}

/// The files that the Web API would be asked for, as far as the copy tells, each content once.
pub(super) fn planned(run: Run<'_>, web: &Web, copy: &mut Copy) -> Vec<ItemKey> {
    let mut wanted = wanted::all(run, copy);
    let mut contents = BTreeSet::new();
    wanted.retain(|file| {
        let lacks = file.md5.is_some_and(|md5| !copy.files.contains_key(&md5));
        lacks && is_asked_for(run, copy, file) && contents.insert(file.md5)
    });
    if for_members_only(web) { Vec::new() } else { wanted.into_iter().map(|file| file.key).collect() }
}

/// Without a hash in the record nothing could vouch for the bytes, so such a file is never asked for: Zotero names one as
/// soon as it holds the file.
fn is_asked_for(run: Run<'_>, copy: &Copy, file: &Wanted) -> bool {
    file.md5.is_some() && (run.manner.retry_files || !is_refused(copy, file))
}

/// Zotero gives the files of groups to members only.
fn for_members_only(web: &Web) -> bool {
    web.library().kind == LibraryKind::Group && !web.has_key()
}

/// Whether Zotero refused or lacked the file, and the record is still as it was then.
fn is_refused(copy: &Copy, file: &Wanted) -> bool {
    copy.state.files_refused.get(&file.key) == Some(&file.version)
}

/// Told once, not for each file nor in each run.
fn leave_to_members(run: Run<'_>, copy: &mut Copy, files: &[Wanted]) {
    if files.is_empty() {
        return;
    }
    copy.state.files_refused.extend(files.iter().map(|file| (file.key, file.version)));
    let detail = format!("{} of them", files.len());
    run.report.problem(Problem::new(&MEMBERS_ONLY, copy.state.library.to_string(), detail));
}
