//! A work.

use serde_json::{Value, json};

use super::super::types::{Level, Property, Shape};
use super::super::{Subject, dates, language, licence, text};
use super::{Thing, people};
use crate::bibliography::library::RelationKind;
use crate::bibliography::markup::web_address;
use crate::website::address;

/// The longest headline that search engines show, in characters.
const HEADLINE: usize = 110;

/// The item with all that schema.org has words for.
pub(super) fn work(subject: &Subject<'_>) -> Value {
    let mut work = Thing::new(subject.facts().schema);
    if let Some(here) = subject.permalink() {
        work.put("@id", here.as_str());
        work.put("url", here.as_str());
        work.put("mainEntityOfPage", here);
    }
    if let Some(title) = subject.title() {
        work.put("headline", text::beginning(&title, HEADLINE));
        work.put("name", title);
    }
    people::put(&mut work, subject.item);
    description(subject, &mut work);
    identity(subject, &mut work);
    for (key, value) in subject.facts().fixed {
        work.put(key, *value);
    }
    put_fields(&mut work, subject.facts().properties, subject);
    put_containers(&mut work, subject);
    put_pages(&mut work, subject);
    put_files(&mut work, subject);
    put_relations(&mut work, subject);
    work.into()
}

/// When it was published, what it is about, who may use it.
fn description(subject: &Subject<'_>, work: &mut Thing) {
    let item = subject.item;
    work.put("datePublished", dates::precise(&item.date, '-'));
    work.put("dateModified", item.modified.as_ref().map(|time| time.as_str()));
    work.put("abstract", item.field("abstractNote").map(text::lines));
    work.put("keywords", item.tags.iter().map(|tag| text::lines(&tag.name)).collect::<Vec<_>>());
    work.put("inLanguage", item.language().and_then(language::code));
    match item.field("rights").and_then(licence::address) {
        Some(address) => work.put("license", address),
        None => work.put("copyrightNotice", subject.field("rights")),
    }
}

/// Its identifiers, and the same work elsewhere.
fn identity(subject: &Subject<'_>, work: &mut Thing) {
    let mut identifiers = Vec::new();
    let mut add = |name: &str, value: Option<String>| {
        identifiers.extend(value.map(|value| json!({ "@type": "PropertyValue", "propertyID": name, "value": value })));
    };
    let doi = subject.item.doi();
    add("DOI", doi.clone());
    add("PMID", subject.pmid());
    add("arXiv", subject.arxiv_id());
    for number in subject.field("ISBN").map(|field| text::numbers(&field)).unwrap_or_default() {
        add("ISBN", Some(number));
    }
    for property in subject.facts().properties {
        if let Shape::Identifier(name) = property.shape {
            add(name, subject.field(property.field));
        }
    }
    work.put_all("identifier", identifiers);
    let mut same: Vec<Value> = doi.map(|doi| address::doi(&doi).into()).into_iter().collect();
    same.extend(subject.item.field("url").and_then(web_address).map(Value::from));
    same.extend(related(subject, RelationKind::Same));
    same.dedup();
    work.put_all("sameAs", same);
}

fn put_fields(thing: &mut Thing, properties: &[Property], subject: &Subject<'_>) {
    for property in properties {
        let Some(value) = subject.field(property.field) else { continue };
        match property.shape {
            Shape::Text => thing.put(property.key, value),
            Shape::Named(schema) => thing.put(property.key, Thing::named(schema, &value)),
            Shape::Numbers => {
                thing.put_all(property.key, text::numbers(&value).into_iter().map(Value::from).collect());
            }
            Shape::Identifier(_) => {}
        }
    }
}

/// What it is part of, from the innermost outwards: each level holds the next.
fn put_containers(work: &mut Thing, subject: &Subject<'_>) {
    let filled = |level: &&Level| level.properties.first().is_some_and(|first| subject.field(first.field).is_some());
    let mut outer: Option<(&str, Value)> = None;
    for level in subject.facts().within.iter().filter(filled).rev() {
        let mut container = Thing::new(level.schema);
        put_fields(&mut container, level.properties, subject);
        if level.schema == "Book" {
            container.put("author", people::of_role(subject.item, "bookAuthor"));
        }
        if let Some((property, value)) = outer.take() {
            container.put(property, value);
        }
        outer = Some((level.property, container.into()));
    }
    if let Some((property, value)) = outer {
        work.put(property, value);
    }
}

fn put_pages(work: &mut Thing, subject: &Subject<'_>) {
    let Some(pages) = subject.field("pages") else { return };
    let (first, last) = text::page_range(&pages);
    work.put("pageStart", first);
    work.put("pageEnd", last);
    work.put("pagination", pages);
}

/// Its published files. Their addresses have to be full ones.
fn put_files(work: &mut Thing, subject: &Subject<'_>) {
    let (key, schema) = match subject.facts().schema {
        "Dataset" => ("distribution", "DataDownload"),
        _ => ("encoding", "MediaObject"),
    };
    let file = |file: &crate::bibliography::attachment::Published| {
        let address = subject.file_address(file)?;
        Some(json!({
            "@type": schema,
            "contentUrl": address,
            "encodingFormat": file.media_type,
            "contentSize": format!("{} B", file.size),
        }))
    };
    work.put_all(key, subject.files().filter_map(file).collect());
}

fn put_relations(work: &mut Thing, subject: &Subject<'_>) {
    work.put_all("relatedLink", related(subject, RelationKind::Related));
}

fn related(subject: &Subject<'_>, kind: RelationKind) -> Vec<Value> {
    let addresses = subject.context.addresses;
    let targets = subject.item.relations.iter().filter(|relation| relation.kind == kind);
    targets.filter_map(|relation| addresses.absolute(&addresses.item(relation.target))).map(Value::from).collect()
}
