//! What is published.

pub mod output;
pub mod outline;
pub mod address;
pub mod prose;
pub mod download;
pub mod metadata;
pub mod feed;
pub mod search;
pub mod theme;
pub mod page;
pub mod writer;
