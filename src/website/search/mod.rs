//! What is searchable, and the quick finder.
