//! The owner's files, read once and handed on as text: `content/`, styles, `themes/`, `static/`.
//!
//! Nothing here interprets what it reads.
