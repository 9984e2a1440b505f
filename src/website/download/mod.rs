//! Which export files exist for records, lists and the library.
