//! A raw API object in a typed envelope, and the tree of parents and collections.
//!
//! Nothing here reads a file or drops a field: the raw text is kept as it came.
