//! How large a record can get, without making its text.

use crate::bibliography::export::Format;
use crate::bibliography::library::Item;

/// How much longer a text may be as `COinS`: three characters for each of its bytes, and numbers such as pages stand there twice.
const PERCENT_ENCODED: usize = 6;

/// The most that a record comes to in any of the formats, so that a library that is small enough need not be weighed: its text,
/// with room for names of fields and for what escaping makes of signs.
pub(super) fn most(item: &Item, formats: &[Format]) -> usize {
    let encoded = if formats.contains(&Format::Coins) { PERCENT_ENCODED } else { 1 };
    let text = |text: &str| encoded * text.len() + 16 * text.bytes().filter(|byte| is_escaped(*byte)).count();
    let fields: usize = item.fields.iter().map(|(name, value)| 60 + name.len() + field(name) * text(value)).sum();
    let creators: usize = item.creators.iter().map(|creator| 300 + 2 * text(&creator.name.direct())).sum();
    let tags: usize = item.tags.iter().map(|tag| 100 + 2 * text(&tag.name)).sum();
    let files: usize = item.attachments.len() * 500;
    let notes: usize = item.notes.iter().map(|note| 200 + 2 * text(&note.html)).sum();
    let links = 200 * (item.relations.len() + item.collections.len());
    3000 + fields + creators + tags + files + notes + links
}

/// Titles may be written more than once, and with braces around their words.
fn field(name: &str) -> usize {
    if name.to_ascii_lowercase().contains("title") { 4 } else { 1 }
}

fn is_escaped(byte: u8) -> bool {
    byte < 0x20 || b"\\{}<>|~^#$%&_\"".contains(&byte)
}
