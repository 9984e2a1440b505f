//! The whole library as files, split where a file would be too large.
//!
//! Overleaf refuses files above 50 MB, so a file has 45 MB at most: `bibliography.bib`, `bibliography-2.bib` and so on, with
//! `bibliography.index.json` to say what is where.

use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::{Download, Writer, of_library};
use crate::bibliography::export::Format;
use crate::bibliography::library::{Item, ItemIndex};
use crate::website::output::OutputFile;

/// The largest file, in bytes.
const LIMIT: usize = 45_000_000;

/// The number of the index's format.
const FORMAT: u32 = 1;

/// How much longer a text may be as `COinS`: three characters for each of its bytes, and numbers such as pages stand there twice.
const PERCENT_ENCODED: usize = 6;

/// How many records are weighed together.
const BLOCK: usize = 250;

/// The files of the whole library in the site's order.
pub(super) fn files<'a>(writer: &Arc<Writer<'a>>) -> Vec<OutputFile<'a>> {
    within(LIMIT, writer)
}

pub(super) fn within<'a>(limit: usize, writer: &Arc<Writer<'a>>) -> Vec<OutputFile<'a>> {
    let context = writer.context;
    let items: Vec<ItemIndex> =
        context.library.indexed().filter(|(_, item)| item.is_regular()).map(|(index, _)| index).collect();
    let formats = &context.settings.library;
    let small = items.iter().map(|index| most(context.library.item(*index), formats)).sum::<usize>() < limit;
    let mut files = Vec::new();
    let mut index = Vec::new();
    for download in of_library(&context) {
        let parts = if small { vec![items.clone()] } else { parts(download.format, &items, limit, writer) };
        let several = parts.len() > 1;
        for (number, part) in (1..).zip(parts) {
            let name = name(download.format, number);
            if several {
                let (format, records) = (download.format.name(), part.len());
                index.push(Part { file: name.clone(), format, part: number, records });
            }
            let place = context.addresses.at_root(&name);
            let download = Download { place, ..download };
            files.push(writer.file(download, "the exports of the library".to_owned(), part));
        }
    }
    if !index.is_empty() {
        let text = serde_json::to_vec_pretty(&Index { format: FORMAT, files: index });
        let place = context.addresses.library_export("index.json");
        files.push(OutputFile::bytes(place, "the exports of the library", text.expect("text and numbers are JSON")));
    }
    files
}

fn name(format: Format, number: usize) -> String {
    let number = if number == 1 { String::new() } else { format!("-{number}") };
    format!("bibliography{number}.{}", format.extension())
}

/// `bibliography.index.json`
#[derive(Serialize)]
struct Index {
    format: u32,
    files: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    file: String,
    format: &'static str,
    part: usize,
    records: usize,
}

/// Consecutive runs of items, whose text in a format stays below the limit. Blocks are weighed by making their text; a
/// block too large for a file is taken apart.
fn parts(format: Format, items: &[ItemIndex], limit: usize, writer: &Writer<'_>) -> Vec<Vec<ItemIndex>> {
    let blocks: Vec<(usize, &[ItemIndex])> =
        items.par_chunks(BLOCK).map(|block| (weight(format, block, writer), block)).collect();
    let mut parts = vec![Vec::new()];
    let mut filled = 0;
    for (weight, block) in blocks {
        let pieces = if weight < limit { vec![(weight, block)] } else { single(format, block, writer) };
        for (weight, piece) in pieces {
            let full = filled + weight >= limit && filled > 0;
            if full {
                parts.push(Vec::new());
                filled = 0;
            }
            filled += weight;
            parts.last_mut().expect("there is one from the start").extend_from_slice(piece);
        }
    }
    parts
}

fn single<'i>(format: Format, block: &'i [ItemIndex], writer: &Writer<'_>) -> Vec<(usize, &'i [ItemIndex])> {
    block.chunks(1).map(|item| (weight(format, item, writer), item)).collect()
}

/// The size of a file of some items.
fn weight(format: Format, items: &[ItemIndex], writer: &Writer<'_>) -> usize {
    writer.text(format, items, &writer.context.addresses.home()).len()
}

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
