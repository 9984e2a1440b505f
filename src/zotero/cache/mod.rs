//! The snapshot on disk: layout, lock, atomic commit, journal, and the store of files by hash.
//!
//! Nothing here opens a socket, and nothing half-written is ever the current snapshot.
