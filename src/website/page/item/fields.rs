//! The record field by field.

use crate::bibliography::library::item::bare_doi;
use crate::bibliography::library::{Item, ItemIndex};
use crate::bibliography::markup::{self, SafeHtml};
use crate::language::{Date, Length};
use crate::website::address;
use crate::website::output::SitePath;
use crate::website::page::Site;
use crate::website::page::view::item::{Field, Value};
use crate::zotero::schema::Schema;

/// Fields that stand elsewhere on the page.
const ELSEWHERE: &[&str] = &["abstractNote", "citationKey"];

/// Fields that are read digit by digit.
const NUMBERS: &[&str] = &["date", "accessDate", "volume", "issue", "pages", "numPages", "ISBN", "ISSN", "PMID"];

/// Type, title and creators, then the other filled fields in the order of the schema.
pub(super) fn fields(site: &Site<'_>, index: ItemIndex, at: &SitePath) -> Vec<Field> {
    let item = site.library.item(index);
    let title = item.title();
    let mut fields = vec![item_type(site, index, at)];
    let mut creators = creators(site, index, at);
    for (name, value) in item.fields.iter().filter(|(name, _)| !ELSEWHERE.contains(name)) {
        let label = site.labels.field(name).to_owned();
        let is_title = title == Some(value) && fields.len() == 1;
        fields.push(Field { label, values: vec![self::value(site, item, name, value)] });
        if is_title {
            fields.append(&mut creators);
        }
    }
    fields.splice(1..1, creators);
    fields
}

fn item_type(site: &Site<'_>, index: ItemIndex, at: &SitePath) -> Field {
    let name = site.labels.item_type(&site.library.item(index).item_type);
    let list = site.outline.memberships(index).item_type;
    let href = list.map(|list| site.addresses.link_to_list(at, list));
    Field {
        label: site.say("item-type"),
        values: vec![Value { html: SafeHtml::escape(name), href, ..Value::default() }],
    }
}

/// One field for each role, in the order in which the record first names it.
fn creators(site: &Site<'_>, index: ItemIndex, at: &SitePath) -> Vec<Field> {
    let lists = &site.outline.memberships(index).creators;
    let mut fields: Vec<(&str, Field)> = Vec::new();
    for (creator, list) in site.library.item(index).creators.iter().zip(lists) {
        let value = Value {
            html: SafeHtml::escape(&creator.name.inverted()),
            href: Some(site.addresses.link_to_list(at, *list)),
            ..Value::default()
        };
        match fields.iter_mut().find(|(role, _)| *role == creator.role) {
            Some((_, field)) => field.values.push(value),
            None => {
                let label = site.labels.creator_type(&creator.role).to_owned();
                fields.push((&creator.role, Field { label, values: vec![value] }));
            }
        }
    }
    fields.into_iter().map(|(_, field)| field).collect()
}

fn value(site: &Site<'_>, item: &Item, name: &str, text: &str) -> Value {
    let number = NUMBERS.contains(&name);
    let plain = |html: SafeHtml| Value { html, number, ..Value::default() };
    match name {
        "DOI" => linked(text, bare_doi(text).map(|doi| address::doi(&doi))),
        "url" => linked(text, markup::web_address(text)),
        "accessDate" => plain(SafeHtml::escape(&worded(site, text))),
        _ if name == date_field(item) => plain(SafeHtml::escape(&worded(site, text))),
        "extra" => plain(lines(text)),
        _ => plain(markup::title(text)),
    }
}

fn linked(text: &str, href: Option<String>) -> Value {
    Value { html: SafeHtml::escape(text.trim()), external: href.is_some(), href, number: false }
}

fn date_field(item: &Item) -> &str {
    let known = Schema::get().item_type(&item.item_type);
    known.and_then(|known| known.field_for("date")).unwrap_or("date")
}

/// A whole ISO date in the words of the site's language; any other text as it was typed.
fn worded(site: &Site<'_>, text: &str) -> String {
    let day = text.trim().split(['T', ' ']).next().unwrap_or_default();
    let full = day.len() == 10 && day.bytes().filter(|byte| *byte == b'-').count() == 2 && !day.ends_with("-00");
    let date = Some(day).filter(|_| full).and_then(Date::parse);
    date.map_or_else(|| text.to_owned(), |date| site.language.date(date, Length::Long))
}

/// Extra line by line.
fn lines(text: &str) -> SafeHtml {
    let lines: Vec<_> = text.lines().map(|line| SafeHtml::escape(line.trim()).as_str().to_owned()).collect();
    SafeHtml::trusted(lines.join("<br>"))
}
