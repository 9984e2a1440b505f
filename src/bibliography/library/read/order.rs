//! The site's order: newest date first, undated last; then leading creator, title, key.

use std::cmp::Ordering;

use crate::bibliography::library::{Item, Name};
use crate::bibliography::markup;
use crate::language::Collation;

/// Puts items in the site's order.
pub(super) fn sort(items: &mut Vec<Item>, collation: &Collation) {
    let mut keyed: Vec<_> = std::mem::take(items).into_iter().map(|item| (words(&item, collation), item)).collect();
    keyed.sort_by(|(a_words, a), (b_words, b)| {
        by_date(a, b).then_with(|| a_words.cmp(b_words)).then_with(|| (a.holding, a.key).cmp(&(b.holding, b.key)))
    });
    *items = keyed.into_iter().map(|(_, item)| item).collect();
}

fn by_date(a: &Item, b: &Item) -> Ordering {
    b.date.chronological(&a.date)
}

/// What items of one date are compared by. Items without a creator stand behind those with one.
fn words(item: &Item, collation: &Collation) -> (bool, Vec<u8>, Vec<u8>) {
    let leading: Vec<_> = item.leading_creators().iter().map(|creator| Name::inverted(&creator.name)).collect();
    let title = item.title().map(markup::plain).unwrap_or_default();
    (leading.is_empty(), collation.sort_key(&leading.join("; ")), collation.sort_key(&title))
}
