//! Formatted references.
//!
//! Nothing here fails: what cannot be formatted falls back to the plain reference.
