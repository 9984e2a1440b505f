//! A short name for an item: "Turing 1950".

use crate::bibliography::citation::composer::folded;
use crate::bibliography::library::Item;
use crate::bibliography::markup;

/// The longest piece of a title that stands for missing names, in characters.
const TITLE: usize = 40;

/// "Turing 1950", "Hardy & Wright 1938", "Aho et al. 1974"; without creators the title's beginning, without both the key.
#[must_use]
pub fn short(item: &Item) -> String {
    let creators = item.leading_creators();
    let names: Vec<&str> =
        creators.iter().map(|creator| creator.name.short().trim()).filter(|name| !name.is_empty()).collect();
    let who = match names.as_slice() {
        [] => beginning(item),
        [only] => (*only).to_owned(),
        [first, second] => format!("{first} & {second}"),
        [first, ..] => format!("{first} et al."),
    };
    match item.date.year.as_deref().filter(|year| *year != "0000") {
        Some(year) => format!("{} {year}", folded(&who)),
        None => folded(&who).into_owned(),
    }
}

fn beginning(item: &Item) -> String {
    let title = item.title().map(markup::plain).unwrap_or_default();
    let title = folded(&title);
    if title.is_empty() {
        return item.key.to_string();
    }
    if title.chars().count() <= TITLE {
        return title.into_owned();
    }
    let cut: String = title.chars().take(TITLE + 1).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':', '.', ' ', '—', '–']))
}
