//! Zotero RDF: what Zotero's reader finds in it, field by field, beside files that it is known to read back whole.
//!
//! The reader here follows the rules of Zotero's, <https://github.com/zotero/translators/blob/master/RDF.js>; it reads the
//! files of `corpus/rdf` too, so that it is held to them where they are there.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;
use zbib::bibliography::export::{self, Context, Format, Settings};
use zbib::bibliography::library::{Creator, Item, Name, Tag};
use zbib::zotero::schema::{ItemType, Schema, is_regular};

use super::item;
use crate::{reference, well_formed};

/// An element.
#[derive(Clone, Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    inside: Vec<Element>,
}

fn parse(text: &str) -> Element {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    let start = |tag: &quick_xml::events::BytesStart<'_>| Element {
        name: tag.name().as_ref().to_owned(),
        attributes: tag
            .attributes()
            .map(Result::unwrap)
            .map(|attribute| (attribute.key.as_ref().to_owned(), unescaped(&attribute.value)))
            .collect(),
        ..Element::default()
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return open.remove(0).inside.remove(0),
            Event::Start(tag) => open.push(start(&tag)),
            Event::Empty(tag) => open.last_mut().unwrap().inside.push(start(&tag)),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().inside.push(done);
            }
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text),
            Event::GeneralRef(name) => {
                let entity = format!("&{};", &*name);
                open.last_mut().unwrap().text.push_str(&unescaped(&entity));
            }
            _ => {}
        }
    }
}

fn unescaped(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign))
}

/// Every text of the first record with the elements around it; what stands elsewhere in the file is followed to.
fn leaves(document: &Element) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let record = document.inside.iter().find(|element| element.inside.iter().any(|inner| inner.name == "z:itemType"));
    for element in &record.expect("a record").inside {
        walk(element, "", document, &mut found);
    }
    found
}

fn walk(element: &Element, path: &str, document: &Element, found: &mut Vec<(String, String)>) {
    let path = format!("{path}{}", element.name);
    let named = element.attributes.get("rdf:resource");
    let elsewhere = document.inside.iter().find(|other| named.is_some() && other.attributes.get("rdf:about") == named);
    if let Some(other) = elsewhere {
        walk(other, &format!("{path}>"), document, found);
    } else if element.inside.is_empty() {
        found.push((path.clone(), element.text.clone()));
    }
    element.inside.iter().for_each(|inner| walk(inner, &format!("{path}>"), document, found));
}

/// The texts of a file of one record under short names of their elements, wrappers left out.
pub fn texts(text: &str) -> Vec<(String, String)> {
    const WRAPPERS: &[&str] = &[
        "dcterms:isPartOf",
        "foaf:Organization",
        "vcard:adr",
        "vcard:Address",
        "rdf:Seq",
        "rdf:li",
        "rdf:value",
        "foaf:Person",
        "foaf:surname",
        "foaf:givenName",
    ];
    let document = parse(text);
    let short = |path: &str| {
        let path = path.split_once("link:link>").map_or(path, |_| "link:link");
        let names = path.split('>').filter(|name| !WRAPPERS.contains(name)).collect::<Vec<_>>().join("/");
        let nested = path.starts_with("dcterms:isPartOf>") && !names.starts_with("bib:Part/");
        let (container, inside) = names.split_once('/').filter(|_| nested).unwrap_or(("bib:Series", ""));
        match inside {
            "" => names,
            inside if container == "bib:Series" || inside.starts_with("bib:Series/") => {
                names[names.find("bib:Series").unwrap()..].to_owned()
            }
            inside => format!("…/{inside}"),
        }
    };
    let mut texts: Vec<_> = leaves(&document).into_iter().map(|(path, text)| (short(&path), text)).collect();
    let record = document.inside.iter().find(|element| element.inside.iter().any(|inner| inner.name == "z:itemType"));
    texts.extend(record.and_then(|record| Some(("rdf:about".to_owned(), record.attributes.get("rdf:about")?.clone()))));
    let collections = document.inside.iter().filter(|element| element.name == "z:Collection");
    texts.extend(collections.map(|element| (element.name.clone(), element.inside[0].text.clone())));
    texts
}

/// What Zotero's reader takes for a field, by its base name.
const READ: &[(&str, &str)] = &[
    ("dc:title", "title"),
    ("dcterms:abstract", "abstractNote"),
    ("dc:date", "date"),
    ("dc:rights", "rights"),
    ("dc:description", "extra"),
    ("dc:coverage", "archiveLocation"),
    ("dc:subject>dcterms:LCC>rdf:value", "callNumber"),
    ("dc:identifier>dcterms:URI>rdf:value", "url"),
    ("dcterms:dateSubmitted", "accessDate"),
    ("prism:edition", "edition"),
    ("prism:volume", "volume"),
    ("prism:number", "issue"),
    ("prism:number", "number"),
    ("bib:pages", "pages"),
    ("bib:presentedAt>bib:Conference>dc:title", "conferenceName"),
    ("dc:publisher>foaf:Organization>foaf:name", "publisher"),
    ("dc:publisher>foaf:Organization>vcard:adr>vcard:Address>vcard:locality", "place"),
    ("CONTAINER>dc:title", "publicationTitle"),
    ("CONTAINER>dc:title", "reporter"),
    ("CONTAINER>prism:volume", "volume"),
    ("CONTAINER>prism:number", "issue"),
    ("CONTAINER>prism:number", "number"),
    ("CONTAINER>dcterms:alternative", "journalAbbreviation"),
    ("bib:Part>dc:title", "section"),
    ("bib:Series>dc:title", "series"),
    ("bib:Series>dcterms:alternative", "seriesTitle"),
    ("bib:Series>dc:description", "seriesText"),
    ("bib:Series>dc:identifier", "seriesNumber"),
];

/// Where a text stands for the reader: parts of parts are all parts.
fn place(path: &str) -> String {
    let parts: Vec<_> = path.split("dcterms:isPartOf>").collect();
    let last = parts.last().unwrap();
    if parts.len() == 1 || last.starts_with("bib:Part") || last.starts_with("bib:Series") {
        return (*last).to_owned();
    }
    let container = last.split('>').next().unwrap();
    format!("CONTAINER{}", &last[container.len()..])
}

/// The fields that Zotero's reader finds for a type, by the type's own names.
fn fields(leaves: &[(String, String)], known: &ItemType) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut take = |base: &str, value: &str, last_wins: bool| {
        let Some(name) = known.field_for(base) else { return };
        if last_wins || !found.contains_key(name) {
            found.insert(name.to_owned(), value.to_owned());
        }
    };
    for (path, text) in leaves {
        let place = place(path);
        READ.iter().filter(|(read, _)| *read == place).for_each(|(_, base)| take(base, text, false));
        if place.ends_with("dc:identifier") && !place.starts_with("bib:Series") {
            for label in ["DOI", "ISBN", "ISSN"] {
                text.strip_prefix(&format!("{label} ")).into_iter().for_each(|value| take(label, value, false));
            }
        }
    }
    for (path, text) in leaves.iter().filter(|(path, _)| !path.contains('>')) {
        path.strip_prefix("z:").into_iter().for_each(|name| take(name, text, true));
    }
    if !known.fields.iter().any(|field| found.contains_key(&field.name) && field.name == "date")
        && let Some((_, accessed)) = leaves.iter().find(|(path, _)| path == "dcterms:dateSubmitted")
        && let Some(date) = known.field_for("date")
    {
        found.entry(date.to_owned()).or_insert_with(|| accessed.clone());
    }
    found
}

/// The people that Zotero's reader finds for a type.
fn people(leaves: &[(String, String)], known: &ItemType) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for role in &known.creators {
        let element = match role.as_str() {
            "author" | "editor" | "contributor" => format!("bib:{role}s"),
            "castMember" => "video:actor".to_owned(),
            "scriptwriter" => "video:writer".to_owned(),
            "producer" => "so:producer".to_owned(),
            _ => format!("z:{role}s"),
        };
        let path = format!("{element}>rdf:Seq>rdf:li>foaf:Person>foaf:surname");
        found.extend(leaves.iter().filter(|(known, _)| *known == path).map(|(_, name)| (role.clone(), name.clone())));
    }
    found
}

fn written(item: &Item) -> String {
    export::write(Format::Rdf, std::iter::once(item), &Context::default(), &Settings::default())
}

fn types() -> impl Iterator<Item = &'static ItemType> {
    Schema::get().item_types().iter().filter(|known| is_regular(&known.name))
}

/// A record with every field and every role of its type.
fn full(known: &ItemType) -> Item {
    let value = |name: &str| match name {
        "accessDate" => "2024-04-01T10:00:00Z".to_owned(),
        name => format!("{name} <of> & \"all\"\nkinds"),
    };
    let fields = known.fields.iter().map(|field| (field.name.clone(), value(&field.name))).collect();
    let creator = |role: &String| Creator {
        role: role.clone(),
        name: Name::Personal { last: format!("L{role}"), first: "Ann".to_owned() },
    };
    item(&known.name, fields, known.creators.iter().map(creator).collect())
}

#[test]
fn every_field_and_person_of_every_type_comes_back() {
    let (mut compared, mut kept) = (0, 0);
    for known in types() {
        let item = full(known);
        let text = written(&item);
        assert_eq!(well_formed::xml_defect(&text), None);
        let leaves = leaves(&parse(&text));
        let mut wanted: BTreeMap<_, _> =
            item.fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        wanted.insert("accessDate".to_owned(), "2024-04-01 10:00:00".to_owned());
        assert_eq!(fields(&leaves, known), wanted, "{}", known.name);
        compared += wanted.len();
        let found = people(&leaves, known);
        let role = |role: &str| if role == "creator" { "contributor".to_owned() } else { role.to_owned() };
        let wanted: BTreeSet<_> = known.creators.iter().map(|name| (role(name), format!("L{name}"))).collect();
        assert_eq!(found, wanted, "{}", known.name);
        println!("{}: {} fields, {} roles", known.name, item.fields.iter().count(), known.creators.len());
        kept += known.creators.len();
    }
    println!("{compared} fields and {kept} people of {} types", types().count());
}

#[test]
fn a_field_alone_comes_back_alone() {
    for known in types() {
        for field in &known.fields {
            let value = if field.name == "accessDate" { "2024-04-01" } else { "10.1 one" };
            let item = item(&known.name, vec![(field.name.clone(), value.to_owned())], Vec::new());
            let found = fields(&leaves(&parse(&written(&item))), known);
            let wanted = BTreeMap::from([(field.name.clone(), value.to_owned())]);
            assert_eq!(found, wanted, "{} {}", known.name, field.name);
        }
    }
}

#[test]
fn a_record_is_what_zotero_is_known_to_read() {
    let Some(corpus) = reference::corpus("not compared with Zotero RDF that reads back whole") else { return };
    let lines = std::fs::read_to_string(corpus.join("rdf/items.jsonl")).unwrap();
    let (mut files, mut compared) = (0, 0);
    for line in lines.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let item = of_corpus(&record["data"]);
        let known = Schema::get().item_type(&item.item_type).unwrap();
        let theirs = std::fs::read_to_string(corpus.join(format!("rdf/{}.rdf", item.item_type))).unwrap();
        let (ours, theirs) = (leaves(&parse(&written(&item))), leaves(&parse(&theirs)));
        assert_eq!(fields(&ours, known), fields(&theirs, known), "{}", item.item_type);
        // The role `creator` cannot be read back; here its people are kept as contributors.
        let role_lost = |name: &str| name == "Lcreator";
        let people_of = |leaves: &_| people(leaves, known).into_iter().filter(|(_, name)| !role_lost(name)).collect();
        let (kept, wanted): (Vec<_>, Vec<_>) = (people_of(&ours), people_of(&theirs));
        assert_eq!(kept, wanted, "{}", item.item_type);
        let set = |leaves: &[(String, String)]| -> BTreeSet<_> { leaves.iter().cloned().collect() };
        let (ours, theirs) = (set(&ours), set(&theirs));
        let added: Vec<_> = ours.difference(&theirs).filter(|(_, text)| !role_lost(text)).collect();
        assert!(added.is_empty(), "{}: {added:?}", item.item_type);
        // Zotero writes these twice, its reader finds them under their own names; and a title that it makes for itself.
        let needless = |path: &str, text: &str| {
            let own = ours.iter().any(|(own, known)| own.starts_with("z:") && known == text);
            path == "z:displayTitle" || (matches!(path, "dc:title" | "prism:edition") && own)
        };
        let lost: Vec<_> = theirs.difference(&ours).filter(|(path, text)| !needless(path, text)).collect();
        assert!(lost.is_empty(), "{}: {lost:?}", item.item_type);
        (files, compared) = (files + 1, compared + item.fields.iter().count());
    }
    println!("{compared} fields of {files} files");
    assert_eq!(files, 37);
}

fn of_corpus(data: &Value) -> Item {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let fields = data.as_object().unwrap().iter().filter(|(name, value)| *name != "itemType" && value.is_string());
    let fields = fields.map(|(name, value)| (name.clone(), text(value))).collect();
    let creator = |creator: &Value| Creator {
        role: text(&creator["creatorType"]),
        name: Name::Personal { last: text(&creator["lastName"]), first: text(&creator["firstName"]) },
    };
    let creators = data["creators"].as_array().unwrap().iter().map(creator).collect();
    let mut item = item(data["itemType"].as_str().unwrap(), fields, creators);
    let tag = |tag: &Value| Tag { name: text(&tag["tag"]), automatic: false, color: None };
    item.tags = data["tags"].as_array().unwrap().iter().map(tag).collect();
    item
}
