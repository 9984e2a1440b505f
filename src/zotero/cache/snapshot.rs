//! What the rest of the house reads: the libraries as they stood at one moment.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3;

use crate::report::Problem;
use crate::zotero::cache::fingerprint::Fingerprint;
use crate::zotero::cache::layout::next;
use crate::zotero::cache::{Md5, State};
use crate::zotero::record::{CollectionRecord, ItemKey, LibraryId, LibraryVersion, Record};

/// All libraries of a site, in the order they were asked for.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub libraries: Vec<LibrarySnapshot>,
    /// What of the cache was damaged and left out.
    pub problems: Vec<Problem>,
}

impl Snapshot {
    /// A number for all that a site can be made from: it changes when a record, a file or a name does.
    #[must_use]
    pub fn fingerprint(&self) -> u128 {
        let mut sum = Xxh3::new();
        self.libraries.iter().for_each(|library| library.add_to(&mut sum));
        sum.digest128()
    }
}

impl LibrarySnapshot {
    fn add_to(&self, sum: &mut Xxh3) {
        let raw = self.records.iter().map(Record::raw).chain(self.collections.iter().map(CollectionRecord::raw));
        for line in raw {
            sum.update(line.as_bytes());
            sum.update(b"\n");
        }
        let colors: Vec<_> = self.tag_colors.iter().map(|tag| (&tag.name, &tag.color)).collect();
        let texts: Vec<_> = self.fulltext.iter().map(|(key, text)| (key, text.hash())).collect();
        let rest = (&self.id, &self.name, &self.uri, self.state.version, self.state.changed, self.damaged);
        sum.update(format!("{rest:?} {colors:?} {texts:?} {:?}", self.files).as_bytes());
    }
}

/// One library at one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibrarySnapshot {
    pub id: LibraryId,
    /// The owner's name for it, else Zotero's.
    pub name: String,
    /// The prefix of its items' URIs in relations, `http://zotero.org/groups/123`. A file library has one when its
    /// records name the library they were taken from.
    pub uri: Option<String>,
    pub state: State,
    /// Items, notes, attachments, annotations, trash and stubs; sorted by key, each key once.
    pub records: Vec<Record>,
    /// Sorted by key, each key once; trash and stubs included.
    pub collections: Vec<CollectionRecord>,
    /// The tags that have a colour, in the owner's order.
    pub tag_colors: Vec<TagColor>,
    /// The full text of attachments.
    pub fulltext: BTreeMap<ItemKey, FullText>,
    /// Stored files by the hash that Zotero's record of the attachment names.
    pub files: BTreeMap<Md5, StoredFile>,
    /// A part could not be read: the library is fetched again by the next sync.
    pub damaged: bool,
}

/// A tag the owner gave a colour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TagColor {
    pub name: String,
    /// As Zotero writes it: `#FF6666`.
    pub color: String,
}

/// A file in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    pub path: PathBuf,
    /// In bytes.
    pub size: u64,
}

/// The full text of an attachment, read when it is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullText {
    /// The version of the text in Zotero: a number line of its own.
    pub version: LibraryVersion,
    pub(super) path: PathBuf,
    pub(super) fingerprint: Fingerprint,
}

impl FullText {
    /// Its size in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.fingerprint.size
    }

    /// A number that changes when the text does.
    #[must_use]
    pub fn hash(&self) -> u64 {
        self.fingerprint.xxh3
    }

    /// Whether `text` is the one that is stored.
    #[must_use]
    pub fn holds(&self, text: &str) -> bool {
        Fingerprint::of(text.as_bytes()) == self.fingerprint
    }

    /// The text.
    ///
    /// # Errors
    /// When it cannot be read, or is not the text that was stored.
    pub fn read(&self) -> io::Result<String> {
        let whole = |path: &Path| {
            let bytes = std::fs::read(path).ok()?;
            (Fingerprint::of(&bytes) == self.fingerprint).then_some(bytes)
        };
        let bytes = whole(&self.path).or_else(|| whole(&next(&self.path)));
        let bytes = bytes.ok_or_else(|| io::Error::other("the stored text is damaged"))?;
        String::from_utf8(bytes).map_err(io::Error::other)
    }
}
