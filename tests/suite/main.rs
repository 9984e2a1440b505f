//! The suite: one binary; the list of modules is the table of contents.

mod exports;
mod fake_zotero;
mod rooms;
mod sync;
