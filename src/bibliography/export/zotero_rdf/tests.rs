//! A record with all that hangs from it.

use crate::bibliography::export::measured;
use crate::bibliography::export::{Context, Format, Links, Settings, write};
use crate::bibliography::library::{
    Attachment, Collection, CollectionIndex, Creator, Item, ItemIndex, Library, Name, Note, Relation, RelationKind, Tag,
};
use crate::zotero::record::LinkMode;

fn item(key: &str, item_type: &str, fields: &[(&str, &str)]) -> Item {
    Item { key: key.parse().unwrap(), ..measured::item(item_type, fields) }
}

fn tag(name: &str, automatic: bool) -> Tag {
    Tag { name: name.to_owned(), automatic, color: None }
}

fn note(key: &str, html: &str) -> Note {
    let tags = vec![tag("read", false)];
    Note { key: key.parse().unwrap(), html: html.to_owned(), tags, added: None, modified: None, images: Vec::new() }
}

fn engines() -> Collection {
    Collection {
        key: "CCCCCCCC".parse().unwrap(),
        holding: 0,
        name: "Engines".to_owned(),
        parent: None,
        parts: Vec::new(),
        items: vec![ItemIndex(0), ItemIndex(1)],
        overlay: None,
    }
}

fn pdf() -> Attachment {
    Attachment {
        key: "PDFPDFPD".parse().unwrap(),
        title: "Full Text".to_owned(),
        link_mode: LinkMode::ImportedFile,
        content_type: "application/pdf".to_owned(),
        filename: "logic.pdf".to_owned(),
        md5: None,
        url: None,
        added: None,
        modified: None,
        tags: Vec::new(),
        note: String::new(),
        annotations: Vec::new(),
    }
}

/// Two related records in a collection, one of them with a file, a note and tags.
fn library() -> Library {
    let book = item("BBBBBBBB", "book", &[("title", "Logic & <i>Laws</i>"), ("accessDate", "2020-02-03T04:05:06Z")]);
    let article = item("LV43SKET", "journalArticle", &[("title", "Sketch"), ("publicationTitle", "Memoirs")]);
    let mut library = Library { items: vec![book, article], ..Library::default() };
    library.items.iter_mut().for_each(|item| item.collections = vec![CollectionIndex(0)]);
    library.collections.push(engines());
    let relation = |target| vec![Relation { kind: RelationKind::Related, target: ItemIndex(target) }];
    let book = &mut library.items[0];
    book.relations = relation(1);
    book.tags = vec![tag("algebra", false), tag("found \u{1f}by machine", true)];
    book.attachments = vec![pdf()];
    book.notes = vec![note("NNNN2345", "<h1>Read</h1><p>a < b</p>"), note("EMPT2345", "<script>x</script>")];
    book.creators = vec![
        Creator { role: "author".to_owned(), name: Name::Personal { last: "Boole".into(), first: "George".into() } },
        Creator { role: "author".to_owned(), name: Name::Single("Society".into()) },
        Creator { role: "inventor".to_owned(), name: Name::Single("Nobody".into()) },
    ];
    library
}

fn written(library: &Library, items: &[Item], absolute: bool) -> String {
    let page = |item: &Item| {
        let root = if absolute { "https://example.org/lib/" } else { "../../" };
        Some(format!("{root}items/{}/", item.key))
    };
    let file = |item: &Item, _: &_| absolute.then(|| format!("https://example.org/lib/items/{}/a.pdf", item.key));
    let links = Links { file: Some(&file), item: Some(&page), library: Some(library) };
    write(Format::Rdf, items.iter(), &links.into(), &Settings::default())
}

#[test]
fn a_record_has_its_notes_tags_files_relations_and_collections() {
    let library = library();
    let text = written(&library, &library.items[..1], true);
    for part in [
        "<bib:Book rdf:about=\"https://example.org/lib/items/BBBBBBBB/\">\n<z:itemType>book</z:itemType>\n",
        "<dc:title>Logic &amp; &lt;i&gt;Laws&lt;/i&gt;</dc:title>\n",
        "<z:accessDate>2020-02-03 04:05:06</z:accessDate>",
        "<bib:authors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Boole</foaf:surname>\
         <foaf:givenName>George</foaf:givenName></foaf:Person></rdf:li><rdf:li><foaf:Person>\
         <foaf:surname>Society</foaf:surname></foaf:Person></rdf:li></rdf:Seq></bib:authors>\n\
         <bib:contributors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Nobody</foaf:surname>",
        "<dc:subject>algebra</dc:subject>\n\
         <dc:subject><z:AutomaticTag><rdf:value>found by machine</rdf:value></z:AutomaticTag></dc:subject>\n",
        "<dc:relation rdf:resource=\"https://example.org/lib/items/LV43SKET/\"/>\n",
        "<link:link rdf:resource=\"#PDFPDFPD\"/><dcterms:isReferencedBy rdf:resource=\"#NNNN2345\"/>\n</bib:Book>\n",
        "<z:Attachment rdf:about=\"#PDFPDFPD\"><z:itemType>attachment</z:itemType><dc:title>Full Text</dc:title>\
         <dc:identifier><dcterms:URI><rdf:value>https://example.org/lib/items/BBBBBBBB/a.pdf</rdf:value></dcterms:URI>\
         </dc:identifier><z:linkMode>1</z:linkMode><link:type>application/pdf</link:type>\n</z:Attachment>\n",
        "<bib:Memo rdf:about=\"#NNNN2345\"><rdf:value>&lt;h1&gt;Read&lt;/h1&gt;&lt;p&gt;a &amp;lt; b&lt;/p&gt;</rdf:value>\n\
         <dc:subject>read</dc:subject>\n</bib:Memo>\n",
        "<z:Collection rdf:about=\"#collection-CCCCCCCC\"><dc:title>Engines</dc:title>\
         <dcterms:hasPart rdf:resource=\"https://example.org/lib/items/BBBBBBBB/\"/></z:Collection>\n</rdf:RDF>\n",
    ] {
        assert!(text.contains(part), "{part}\nis not in\n{text}");
    }
    assert!(!text.contains("EMPT2345"));
    assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF xmlns:rdf="));
    assert!(text.contains("xmlns:z=") && !text.contains("xmlns:prism="));
}

#[test]
fn a_site_without_address_has_relative_names_and_no_files() {
    let library = library();
    let text = written(&library, &library.items[..1], false);
    assert!(text.contains("<bib:Book rdf:about=\"../../items/BBBBBBBB/\">"));
    assert!(text.contains("<dc:relation rdf:resource=\"../../items/LV43SKET/\"/>"));
    assert!(!text.contains("Attachment") && !text.contains("a.pdf"));
    let bare = write(Format::Rdf, library.items.iter(), &Context::default(), &Settings::default());
    assert!(bare.contains("<bib:Book rdf:about=\"#BBBBBBBB\">"));
    assert!(!bare.contains("z:Collection") && !bare.contains("dc:relation"));
}

#[test]
fn collections_are_within_those_they_are_parts_of() {
    let mut library = library();
    library.collections[0].parts = vec![CollectionIndex(1)];
    let part =
        Collection { key: "DDDDDDDD".parse().unwrap(), name: "Looms".to_owned(), ..library.collections[0].clone() };
    library.collections.push(Collection { parent: Some(CollectionIndex(0)), parts: Vec::new(), ..part });
    library.items[1].collections = vec![CollectionIndex(1)];
    let text = written(&library, &library.items, true);
    assert!(text.contains(
        "<z:Collection rdf:about=\"#collection-CCCCCCCC\"><dc:title>Engines</dc:title>\
         <dcterms:hasPart rdf:resource=\"#collection-DDDDDDDD\"/>\
         <dcterms:hasPart rdf:resource=\"https://example.org/lib/items/BBBBBBBB/\"/></z:Collection>\n\
         <z:Collection rdf:about=\"#collection-DDDDDDDD\"><dc:title>Looms</dc:title>\
         <dcterms:hasPart rdf:resource=\"https://example.org/lib/items/LV43SKET/\"/></z:Collection>\n"
    ));
}

#[test]
fn fields_no_schema_knows_are_kept_unless_zotero_would_take_them_for_more() {
    let fields =
        [("title", "T"), ("newField", "kept"), ("notes", "lost"), ("creators", "lost"), ("a b", "lost"), ("", "lost")];
    for (item_type, element) in [("book", "bib:Book"), ("hologram", "bib:Document")] {
        let item = item("BBBBBBBB", item_type, &fields);
        let text = write(Format::Rdf, std::iter::once(&item), &Context::default(), &Settings::default());
        assert!(text.contains("<z:newField>kept</z:newField>") && !text.contains("lost"), "{text}");
        assert!(text.contains(&format!("<{element} ")));
    }
}

#[test]
fn abstracts_are_left_out_where_the_owner_says_so() {
    let item = item("BBBBBBBB", "book", &[("title", "T"), ("abstractNote", "long")]);
    let settings = Settings { abstracts: false, ..Settings::default() };
    assert!(!write(Format::Rdf, std::iter::once(&item), &Context::default(), &settings).contains("long"));
}
