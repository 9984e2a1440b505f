//! What is published.

pub mod address;
pub mod download;
pub mod feed;
pub mod metadata;
pub mod outline;
pub mod output;
pub mod page;
pub mod prose;
pub mod search;
pub mod theme;
pub mod writer;

#[cfg(test)]
mod fixture;
