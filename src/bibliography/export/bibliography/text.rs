//! A bibliography as plain text: a paragraph for each reference, a blank line between them, no line broken.

use super::{Bibliography, line};
use crate::bibliography::library::Item;

pub(super) fn file<'a>(records: impl Iterator<Item = &'a Item>, bibliography: &Bibliography<'_>) -> String {
    let lines = records.map(|item| line(&bibliography.reference(item).text) + "\n");
    lines.collect::<Vec<_>>().join("\n")
}
