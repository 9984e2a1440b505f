//! Where files are split.
//!
//! Overleaf refuses files above 50 MB, so a file has 45 MB at most: `bibliography.bib`, `bibliography-2.bib` and so on, with
//! `bibliography.index.json` to say what is where; so for lists. A single record that is larger has a part of its own.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::estimate::most;
use super::{Context, Whole, Writer, links};
use crate::bibliography::export::Format;
use crate::bibliography::library::{Item, ItemIndex};
use crate::website::outline::ListKind;

/// The largest file, in bytes.
const LIMIT: usize = 45_000_000;

/// The number of the index's format.
const FORMAT: u32 = 1;

/// How many records are weighed together.
const BLOCK: usize = 250;

/// The files that are split, with the number of records in each of their parts.
#[derive(Debug, Default)]
pub struct Splits(BTreeMap<(Whole, Format), Vec<usize>>);

impl Splits {
    /// Nothing is split.
    #[must_use]
    pub fn none() -> &'static Self {
        static NONE: Splits = Splits(BTreeMap::new());
        &NONE
    }

    /// What has to be split. Of what is surely small enough no text is made.
    #[must_use]
    pub fn of(context: &Context<'_>) -> Self {
        Self::within(LIMIT, context)
    }

    pub(super) fn within(limit: usize, context: &Context<'_>) -> Self {
        let lists = ListKind::ALL.into_iter().flat_map(|kind| context.outline.index(kind));
        let wholes: Vec<_> = lists.map(|list| Whole::List(*list)).chain([Whole::Library]).collect();
        let formats: Vec<_> = wholes.iter().flat_map(|whole| whole.formats(context)).collect();
        let most = |item: &Item| most(item, if formats.contains(&Format::Coins) { &[Format::Coins] } else { &[] });
        let sizes: Vec<usize> = context.library.items.par_iter().map(most).collect();
        if sizes.iter().sum::<usize>() < limit {
            return Self::default();
        }
        let weigher = Weigher { limit, writer: Writer { context: *context, links: links::Places::new(context) } };
        let mut splits = BTreeMap::new();
        for whole in wholes {
            let records = whole.records(context);
            if records.iter().map(|index| sizes[index.0 as usize]).sum::<usize>() < limit {
                continue;
            }
            for format in whole.formats(context) {
                let parts = weigher.parts(whole, format, &records);
                if parts.len() > 1 {
                    splits.insert((whole, format), parts);
                }
            }
        }
        Self(splits)
    }

    /// How many files there are of a whole in a format.
    pub(super) fn count(&self, whole: Whole, format: Format) -> usize {
        self.0.get(&(whole, format)).map_or(1, Vec::len)
    }

    /// The records of a whole as its files have them.
    pub(super) fn parts<'i>(&self, whole: Whole, format: Format, records: &'i [ItemIndex]) -> Vec<&'i [ItemIndex]> {
        let Some(counts) = self.0.get(&(whole, format)) else { return vec![records] };
        let cut = |rest: &mut &'i [ItemIndex], count: &usize| {
            let (part, behind) = rest.split_at((*count).min(rest.len()));
            *rest = behind;
            Some(part)
        };
        counts.iter().scan(records, cut).collect()
    }

    /// What is in which part, as JSON; None if nothing of the whole is split.
    pub(super) fn index(&self, whole: Whole, context: &Context<'_>) -> Option<Vec<u8>> {
        let entries = |format: Format| {
            let counts = self.0.get(&(whole, format)).into_iter().flatten();
            let files = whole.downloads(format, context);
            files.into_iter().zip(counts).zip(1..).map(move |((file, records), part)| Entry {
                file: file.place.name().to_owned(),
                format: format.name(),
                part,
                records: *records,
            })
        };
        let files: Vec<_> = whole.formats(context).flat_map(entries).collect();
        let text = || serde_json::to_vec_pretty(&Index { format: FORMAT, files: &files });
        (!files.is_empty()).then(|| text().expect("text and numbers are JSON"))
    }
}

/// `bibliography.index.json`
#[derive(Serialize)]
struct Index<'a> {
    format: u32,
    files: &'a [Entry],
}

#[derive(Serialize)]
struct Entry {
    file: String,
    format: &'static str,
    part: usize,
    records: usize,
}

/// Weighs records by making their text.
struct Weigher<'a> {
    limit: usize,
    writer: Writer<'a>,
}

impl Weigher<'_> {
    /// The lengths of consecutive runs of records, whose text in a format stays below the limit. Blocks are weighed; a block
    /// too large for a file is taken apart.
    fn parts(&self, whole: Whole, format: Format, records: &[ItemIndex]) -> Vec<usize> {
        let at = whole.place(format, &self.writer.context);
        let weight = |items: &[ItemIndex]| self.writer.text(format, items, &at).len();
        let weigh = |block: &[ItemIndex]| match weight(block) {
            weight if weight < self.limit => vec![(weight, block.len())],
            _ => block.chunks(1).map(|record| (weight(record), 1)).collect(),
        };
        let weighed: Vec<(usize, usize)> = records.par_chunks(BLOCK).flat_map_iter(weigh).collect();
        let mut parts = vec![0];
        let mut filled = 0;
        for (weight, count) in weighed {
            if filled + weight >= self.limit && filled > 0 {
                parts.push(0);
                filled = 0;
            }
            filled += weight;
            *parts.last_mut().expect("there is one from the start") += count;
        }
        parts
    }
}
