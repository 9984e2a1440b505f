//! Warnings and hints as data, the one renderer of failures, progress, verbosity, colour, GitHub annotations.
//!
//! Only this room prints. Data goes to stdout, everything else to stderr.
