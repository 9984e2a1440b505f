//! Rich text in titles, `SafeHtml`, the one sanitiser, plain text.
//!
//! No other room makes a `SafeHtml` out of text it did not write itself.

pub mod safe_html;

pub use self::safe_html::SafeHtml;
