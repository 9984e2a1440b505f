//! The owner's Markdown pages and overlays: front matter and events with placeholders.
//!
//! Nothing here resolves a link or writes HTML.
