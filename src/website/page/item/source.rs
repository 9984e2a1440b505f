//! Where a record appeared, as a line: "In *Mind*, vol. 59, pages 433–460."

use crate::bibliography::library::Item;
use crate::bibliography::markup::{self, SafeHtml};
use crate::language::Argument;
use crate::website::page::Site;

/// The line, if the record says anything of the kind.
pub(super) fn line(site: &Site<'_>, item: &Item) -> Option<SafeHtml> {
    let mut appeared: Vec<String> = Vec::new();
    if let Some(container) = container(item) {
        let title = markup::title(container);
        appeared.push(format!("{} <i>{}</i>", escaped(&site.say("source-in")), title.as_str()));
    }
    appeared.extend(numbered(site, item, "volume", "source-volume"));
    appeared.extend(numbered(site, item, "issue", "source-issue"));
    appeared.extend(item.base("pages").map(|pages| pages_in_words(site, pages)));
    let appeared = Some(appeared.join(", ")).filter(|text| !text.is_empty());
    let made = made(item);
    let sentence = |text: String| format!("{}.", capital(text.trim_end_matches('.')));
    let sentences: Vec<_> = appeared.into_iter().chain(made).map(sentence).collect();
    (!sentences.is_empty()).then(|| SafeHtml::trusted(sentences.join(" ")))
}

/// "Vol. 7", where the words begin a sentence. Markup and marks stay as they are.
fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

fn container(item: &Item) -> Option<&str> {
    item.base("publicationTitle").or_else(|| item.field("conferenceName")).or_else(|| item.field("meetingName"))
}

fn numbered(site: &Site<'_>, item: &Item, field: &str, key: &str) -> Option<String> {
    let value = item.base(field)?;
    Some(escaped(&site.language.say(key, &[(field, Argument::Text(value))])))
}

/// "page 7" or "pages 433–460".
fn pages_in_words(site: &Site<'_>, pages: &str) -> String {
    let several = pages.contains(['-', '–', '—', ',', ';']);
    let key = if several { "source-pages" } else { "source-page" };
    escaped(&site.language.say(key, &[("pages", Argument::Text(&pages.replace('-', "–")))]))
}

/// "London: Longman".
fn made(item: &Item) -> Option<String> {
    let parts: Vec<_> = [item.base("place"), item.base("publisher")].into_iter().flatten().map(escaped).collect();
    (!parts.is_empty()).then(|| parts.join(": "))
}

fn escaped(text: &str) -> String {
    SafeHtml::escape(text).as_str().to_owned()
}
