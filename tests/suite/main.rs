//! The suite: one binary; the list of modules is the table of contents.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "tests say what they expect by failing, say what they skip, and are told where the reference data are"
)]

mod again;
mod bad_input;
mod build;
mod check;
mod citations;
mod cite;
mod clean;
mod config;
mod content;
mod corpus;
mod determinism;
mod edge_cases;
mod exports;
mod fake_zotero;
mod find;
mod golden;
mod in_step;
mod init;
mod lists;
mod mangled;
mod no_network;
mod overlays;
mod privacy;
mod reference;
mod rooms;
mod same_site;
mod schema;
mod secrets;
mod serve_command;
mod several_libraries;
mod status;
mod sync;
mod sync_command;
mod test_site;
mod well_formed;
