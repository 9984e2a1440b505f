//! A raw API object in a typed envelope, and the tree of parents and collections.
//!
//! Nothing here reads a file or drops a field: the raw text is kept as it came, so that a better reading never needs a
//! new sync. Shapes: <https://www.zotero.org/support/dev/web_api/v3/basics>.

mod collection;
mod envelope;
mod identity;
mod right;
mod skipped;
mod tree;

pub use self::collection::CollectionRecord;
pub use self::envelope::{LinkMode, NotARecord, Record, Tag};
pub use self::identity::{CollectionKey, ItemKey, Key, LibraryId, LibraryKind, LibraryVersion};
pub use self::right::Right;
pub use self::skipped::Skipped;
pub use self::tree::Tree;
