//! zbib turns a Zotero library into a complete bibliography website that needs no server.
//!
//! The house and its rooms are described in `ARCHITECTURE.md`.

// A function is a screenful (clippy.toml has the number); tests may have longer tables.
#![cfg_attr(not(test), warn(clippy::too_many_lines))]

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
