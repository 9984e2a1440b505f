//! Zotero's item types, fields, labels, creator types and base fields, as compact embedded data.
//!
//! Nothing here has seen a record.
