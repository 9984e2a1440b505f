//! The owner's rules: which records, children, tags and files are published, and why.
//!
//! What a rule withholds leaves no trace to its right.
