//! What it means: pure, no files, no network, no HTML pages.

pub mod markup;
pub mod content;
pub mod publish;
pub mod library;
pub mod csl_item;
pub mod citation;
pub mod export;
pub mod attachment;
