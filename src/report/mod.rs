//! Warnings and hints as data, the one renderer of failures, progress, verbosity, colour, GitHub annotations.
//!
//! Only this room prints. Data goes to stdout, everything else to stderr; nothing depends on colour.

pub mod amount;
pub mod failure;
pub mod problem;
pub mod progress;
pub mod suggestion;
pub mod terminal;

pub use self::amount::{counted, size, span};
pub use self::failure::Hint;
pub use self::problem::{Kind, Level, Problem};
pub use self::suggestion::nearest;
pub use self::terminal::{Color, Report, Settings, Verbosity};
