//! What an owner is told before and after records are published.

use crate::bibliography::{attachment, library};

/// What becomes public, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::cli) struct Public {
    pub(in crate::cli) items: usize,
    pub(in crate::cli) collections: usize,
    pub(in crate::cli) notes: usize,
    pub(in crate::cli) annotations: usize,
    pub(in crate::cli) files: usize,
}

impl Public {
    pub(super) fn of(library: &library::Library, files: &attachment::Files) -> Self {
        let attachments = || library.items.iter().flat_map(|item| &item.attachments);
        Self {
            items: library.items.len(),
            collections: library.collections.len(),
            notes: library.items.iter().map(|item| item.notes.len()).sum(),
            annotations: attachments().map(|attachment| attachment.annotations.len()).sum(),
            files: files.all().count(),
        }
    }
}
