//! Telling what of a library is not in its copy: in every run, so that no quiet night silences it.

use crate::report::problem::{Kind, Level, Problem};
use crate::sync::Run;
use crate::sync::copy::Copy;
use crate::zotero::record::Skipped;
use crate::zotero::source;

static PENDING: Kind = Kind {
    id: "record-not-fetched",
    level: Level::Warning,
    one: "Zotero lists a record and could not give it; what the cache had of it is used",
    many: "Zotero lists {n} records and could not give them; what the cache had of them is used",
    hint: Some("the next `zbib sync` asks for them again"),
};

/// Tells of objects that are no records, those that came now and those known before, and of records still to come.
pub(super) fn tell(run: Run<'_>, copy: &Copy, skipped: &[Skipped]) {
    let known = |skipped: &&Skipped| skipped.listed().is_some_and(|(key, _)| copy.state.set_aside.contains_key(&key));
    for skipped in skipped.iter().filter(|skipped| !known(skipped)) {
        run.report.problem(source::set_aside(&skipped.place, &skipped.reason));
    }
    for (key, aside) in &copy.state.set_aside {
        run.report.problem(source::set_aside(key.to_string(), &aside.reason));
    }
    for key in copy.state.pending.keys() {
        run.report.problem(Problem::new(&PENDING, key.to_string(), ""));
    }
}
