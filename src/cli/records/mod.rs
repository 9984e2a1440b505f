//! Records as they are named on the command line, by every command that takes a KEY.

mod failure;
mod find;
pub(super) mod withheld;

pub(super) use self::failure::RecordFailure;
pub(super) use self::find::find;

use crate::bibliography::library::Library;
use crate::config::Config;
use crate::zotero::cache::Snapshot;

/// Among what a name is looked for.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// The position of the library that is named, if one is.
    pub(super) library: Option<usize>,
    /// What the site publishes.
    pub(super) published: &'a Library,
    pub(super) config: &'a Config,
    /// The records before the rules, to say why one is not published.
    pub(super) snapshot: &'a Snapshot,
}

impl Scope<'_> {
    /// Whether the library at a position is asked for.
    pub(super) fn holds(&self, holding: usize) -> bool {
        self.library.is_none_or(|library| library == holding)
    }
}
