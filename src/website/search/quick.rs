//! The quick finder's index: one small file to find a record by words of its title, its creators, year or key.
//!
//! tinysearch's exact index. Its `build_index` is never called: it walks a `HashMap`, so two builds of the same library
//! would differ. Documents are ordered here and their terms made by [`analysis`], which gives the same bytes every time.

use rayon::prelude::*;
use tinysearch::{ExactIndexBackend, IndexBackend, IndexedDocument, PostId, Storage};

use super::Context;
use super::analysis;
use super::spelling::spell;
use crate::bibliography::library::{Item, ItemIndex};
use crate::bibliography::markup;

/// Records in one part. The first part answers most readers, so it has to be small; see the measurements in `finder.js`.
pub const PART: usize = 2_000;

/// The parts of the index, the newest additions first. A library without records has one empty part.
#[must_use]
pub fn parts(context: &Context<'_>) -> Vec<Part> {
    let newest = &context.outline.newest;
    let chunks: Vec<&[ItemIndex]> = if newest.is_empty() { vec![&[]] } else { newest.chunks(PART).collect() };
    chunks.into_par_iter().map(|items| part(context, items)).collect()
}

/// A part of the index as bytes.
#[derive(Debug)]
pub struct Part {
    pub items: usize,
    pub bytes: Vec<u8>,
}

fn part(context: &Context<'_>, items: &[ItemIndex]) -> Part {
    let documents = items.iter().map(|index| document(context, *index)).collect();
    let storage = Storage::from(ExactIndexBackend.build(documents));
    let bytes = storage.to_bytes().expect("terms are words, so none has the line break that the format forbids");
    Part { items: items.len(), bytes }
}

fn document(context: &Context<'_>, index: ItemIndex) -> IndexedDocument {
    let item = context.library.item(index);
    let title = item.title().map(markup::plain).unwrap_or_default();
    let terms = terms(item, &title);
    let post = PostId { title, url: context.addresses.item(index).address().to_owned(), meta: name(item) };
    IndexedDocument::new(post, terms)
}

/// The words by which a record is found, in the crate's letters.
fn terms(item: &Item, title: &str) -> Vec<String> {
    let mut texts = vec![title.to_owned(), item.citation_key.clone(), item.key.to_string()];
    texts.extend(item.creators.iter().map(|creator| creator.name.direct()));
    texts.extend(item.date.year_number().map(|year| year.to_string()));
    texts.iter().flat_map(|text| analysis::tokens(text)).map(|word| spell(&word)).collect()
}

/// What a record is called in short: "Shannon 1948", "Shannon and Weaver 1949" without the word, "Hopcroft et al. 2001".
fn name(item: &Item) -> String {
    let creators = item.leading_creators();
    let names: Vec<&str> = creators.iter().map(|creator| creator.name.short()).collect();
    let who = match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one}, {two}"),
        [first, ..] => format!("{first} et al."),
    };
    let year = item.date.year.as_deref().unwrap_or_default();
    [who.as_str(), year].join(" ").trim().to_owned()
}
