//! What a sync asks of the owner's rules: those of `publish` and `attachment`, for one library.

use crate::bibliography::attachment;
use crate::config::Config;
use crate::sync::{self, Withheld};
use crate::zotero::record::{CollectionRecord, LibraryKind, Record};

/// The owner's rules for one library, as a sync asks for them.
pub(super) struct Rules<'a> {
    pub(super) config: &'a Config,
    /// Notes of personal libraries are not published unless the owner says so.
    pub(super) kind: LibraryKind,
}

impl sync::Rules for Rules<'_> {
    fn withheld(&self, records: &[Record], collections: &[CollectionRecord]) -> Withheld {
        let verdicts = self.config.publish.judge(self.kind, records, collections);
        let withheld = |record: &&Record| !verdicts.publishes(record.key);
        let hidden = |collection: &&CollectionRecord| !verdicts.publishes_collection(collection.key);
        Withheld {
            records: records.iter().filter(withheld).map(|record| record.key).collect(),
            collections: collections.iter().filter(hidden).map(|collection| collection.key).collect(),
        }
    }

    fn excluded_tag(&self, name: &str) -> bool {
        self.config.publish.drops_tag(name)
    }

    fn file_wanted(&self, record: &Record) -> bool {
        attachment::is_wanted(record, &self.config.attachments)
    }

    fn text_wanted(&self, record: &Record) -> bool {
        self.file_wanted(record)
    }

    fn notes_wanted(&self) -> bool {
        self.config.publish.publishes_notes(self.kind)
    }

    fn files_wanted(&self) -> bool {
        self.config.attachments.publishes()
    }

    fn fingerprint(&self) -> String {
        self.config.rules_fingerprint()
    }
}
