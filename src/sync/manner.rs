//! What a single run is asked to do, beside the settings.

/// How a sync is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// Ask for everything again, as if there were no copy yet.
    pub full: bool,
    /// Believe Zotero when more than half of a library is gone and no log says so.
    pub allow_mass_removal: bool,
    /// Ask again for files that Zotero refused or lacked.
    pub retry_files: bool,
    pub only: Only,
}

/// Which part of a sync is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Only {
    #[default]
    Everything,
    /// Records, collections and tag colours.
    Cache,
    /// Attachment files of the copy as it is.
    Files,
    /// Full texts of the copy as it is.
    FullText,
}

impl Only {
    pub(super) fn records(self) -> bool {
        matches!(self, Self::Everything | Self::Cache)
    }

    pub(super) fn files(self) -> bool {
        matches!(self, Self::Everything | Self::Files)
    }

    pub(super) fn texts(self) -> bool {
        matches!(self, Self::Everything | Self::FullText)
    }
}
