//! zbib turns a Zotero library into a complete bibliography website that needs no server.
//!
//! The house and its rooms are described in `ARCHITECTURE.md`.

pub mod report;
pub mod language;
pub mod shelf;
pub mod zotero;
pub mod bibliography;
pub mod website;
pub mod sync;
pub mod config;
pub mod serve;
pub mod cli;
