//! A processor for CSL 1.0.2: records become references and citations in any citation style.
//!
//! A [`Style`] is read once for a locale and then formats any number of [`Item`]s, from any number of threads. What it
//! prints is what Zotero's own processor prints; where the specification leaves a choice, Zotero's is taken.
//!
//! The room could be a crate of its own: it needs a record as CSL-JSON, and gives back HTML and text.

mod cells;
mod date_value;
mod extra;
mod item;
mod list;
mod locale;
mod marks;
mod name_value;
mod output;
mod punctuation;
mod render;
mod style;
mod text;

pub use item::Item;
pub use list::Compare;
pub use output::Entry;
pub use render::Position;
pub use style::Style;

use marks::{AFFIX, END_AFFIX, is_blank};
use render::{Cite, Walk};
use style::Area;

impl Style {
    /// The reference to a record, as the only one of a bibliography; empty if the style prints none.
    #[must_use]
    pub fn entry(&self, item: &Item) -> Entry {
        self.print(item, &Cite::default(), Area::Bibliography)
    }

    /// The citation of a record in the text or in a note, as the first one.
    #[must_use]
    pub fn citation(&self, item: &Item) -> Entry {
        self.print(item, &Cite::default(), Area::Citation)
    }

    fn print(&self, item: &Item, cite: &Cite<'_>, area: Area) -> Entry {
        let walk = Walk::new(self, item, cite, area).layout();
        self.finish(&walk.out, area)
    }

    /// What a walk wrote, with the affixes and formatting of the whole layout.
    fn finish(&self, out: &str, area: Area) -> Entry {
        if is_blank(out) {
            return Entry::default();
        }
        let look = &self.layout(area).look;
        let mut marked = String::with_capacity(out.len() + 16);
        let affix = |text: &str, marked: &mut String| {
            if !text.is_empty() {
                marked.push(AFFIX);
                marked.push_str(text);
                marked.push(END_AFFIX);
            }
        };
        affix(&look.prefix, &mut marked);
        marked.push(marks::open(look.format));
        marked.push_str(out);
        marked.push(marks::CLOSE);
        if !(self.second_field_align && area == Area::Bibliography) {
            affix(&look.suffix, &mut marked);
        }
        output::finish(&marked, &self.locale, self.is_note && area == Area::Citation)
    }
}
