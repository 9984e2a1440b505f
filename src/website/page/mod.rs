//! The view structs (the theme's contract) and the HTML of every page.
//!
//! Templates see only the views; text is escaped unless it is `SafeHtml`.

pub mod templates;
pub mod view;
