//! zbib turns a Zotero library into a complete bibliography website that needs no server.
//!
//! The house and its rooms are described in `ARCHITECTURE.md`.

pub mod bibliography;
pub mod cli;
pub mod config;
pub mod language;
pub mod report;
pub mod serve;
pub mod shelf;
pub mod sync;
pub mod website;
pub mod zotero;
