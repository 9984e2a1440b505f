//! Where every thing lives; the only maker of links.
//!
//! No other room joins a path.
