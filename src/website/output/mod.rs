//! `SitePath` and `OutputFile`: what the site consists of, before it is written.
//!
//! Nothing here touches the disk.
