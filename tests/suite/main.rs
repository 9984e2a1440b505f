//! The suite: one binary; the list of modules is the table of contents.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "tests say what they expect by failing, say what they skip, and are told where the reference data are"
)]

mod again;
mod corpus;
mod determinism;
mod exports;
mod fake_zotero;
mod golden;
mod lists;
mod mangled;
mod no_network;
mod reference;
mod rooms;
mod same_site;
mod schema;
mod sync;
mod test_site;
mod well_formed;
