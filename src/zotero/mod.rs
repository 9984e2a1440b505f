//! What comes from Zotero, and how it is kept.

pub mod schema;
pub mod record;
pub mod cache;
pub mod source;
