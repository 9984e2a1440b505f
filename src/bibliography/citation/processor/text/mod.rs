//! What happens to words: pure functions on text with marks, each with a table of cases.

pub(super) mod case;
pub(super) mod initials;
pub(super) mod markup;
pub(super) mod number;
pub(super) mod page_range;
pub(super) mod quotes;
pub(super) mod roman;
pub(super) mod stop_words;
pub(super) mod subtitle;
