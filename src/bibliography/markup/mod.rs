//! Rich text in titles, `SafeHtml`, the one sanitiser, plain text.
//!
//! What comes from Zotero enters the site as HTML through this room alone: titles through [`title()`], notes through
//! [`note()`], comments of annotations through [`comment()`]. No other room makes a `SafeHtml` out of text it did not write
//! itself. Nothing here knows an address: where a link within a note leads is asked of the caller.

pub mod color;
pub mod item_link;
pub mod note;
pub mod safe_html;
pub mod title;
pub mod web_address;

mod sanitiser;
mod tags;
mod text;

pub use self::item_link::{ItemLink, Owner};
pub use self::note::{Destination, Resolver, comment, note, note_source};
pub use self::safe_html::SafeHtml;
pub use self::tags::{Tag, Token, unescape};
pub use self::text::{note_title, plain_text_of_html};
pub use self::title::{plain, title, title_in_italics};
pub use self::web_address::web_address;
