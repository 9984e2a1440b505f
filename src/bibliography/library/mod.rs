//! Items, collections, creators, dates, notes and relations, with rules and overlays applied.
//!
//! Nothing here fails: reading a snapshot returns a value and problems.
