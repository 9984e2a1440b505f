//! What it means: pure, no files, no network, no HTML pages.

pub mod attachment;
pub mod citation;
pub mod content;
pub mod csl_item;
pub mod export;
pub mod library;
pub mod markup;
pub mod publish;
