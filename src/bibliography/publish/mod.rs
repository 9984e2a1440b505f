//! The owner's rules: which records, children, tags and files are published, and why.
//!
//! The same rules decide what a sync keeps and what the site shows. What they withhold leaves no trace to the right of
//! this room. Nothing here looks into a record further than its envelope.

mod rules;
mod settings;
mod verdict;

pub use self::rules::{BadPattern, Rules};
pub use self::settings::Settings;
pub use self::verdict::{Reason, Verdicts};
