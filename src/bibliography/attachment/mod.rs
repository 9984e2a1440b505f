//! Which files are wanted, their public names, whether their hashes are right.
//!
//! Opens nothing.
