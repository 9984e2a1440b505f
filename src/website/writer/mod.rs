//! One plan of all files: collisions, staging, only what changed, stale files by manifest.
//!
//! No other room writes under the output folder, and this one deletes only what its own manifest names.
