//! What comes from Zotero, and how it is kept.

pub mod cache;
pub mod record;
pub mod schema;
pub mod source;
