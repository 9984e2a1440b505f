//! The files that wait to be fetched.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::sync::files::wanted::Wanted;
use crate::zotero::cache::Md5;

/// Files in the order of their keys. While one is fetched, others of the same content wait for it.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<Wanted>,
    in_flight: BTreeSet<Md5>,
    twins: BTreeMap<Md5, Vec<Wanted>>,
}

impl Queue {
    pub(super) fn new(files: Vec<Wanted>) -> Self {
        Self { waiting: files.into(), ..Self::default() }
    }

    /// The next file to ask for.
    pub(super) fn next(&mut self) -> Option<Wanted> {
        while let Some(file) = self.waiting.pop_front() {
            match file.md5 {
                Some(md5) if !self.in_flight.insert(md5) => self.twins.entry(md5).or_default().push(file),
                _ => return Some(file),
            }
        }
        None
    }

    /// A file is no longer in flight. If it is stored, so are its twins, whose number this gives; else one of them is
    /// asked for next: the bytes that one attachment lacks another may have.
    pub(super) fn done(&mut self, file: &Wanted, stored: bool) -> u64 {
        let Some(md5) = file.md5 else { return 0 };
        self.in_flight.remove(&md5);
        let twins = self.twins.remove(&md5).unwrap_or_default();
        if stored {
            return twins.len() as u64;
        }
        twins.into_iter().rev().for_each(|twin| self.waiting.push_front(twin));
        0
    }

    /// Everything that was not asked for yet: nothing more will be.
    pub(super) fn give_up(&mut self) -> Vec<Wanted> {
        let twins = std::mem::take(&mut self.twins);
        self.waiting.drain(..).chain(twins.into_values().flatten()).collect()
    }
}
