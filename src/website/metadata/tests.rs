//! Whole heads.

use serde_json::Value;

use super::*;
use crate::bibliography::export::Format;
use crate::website::fixture::{Small, item, personal, sketch};

const SITE: Site<'_> = Site { name: "Foundations", description: Some("Papers & books"), language: "en" };

/// The head of the first item of a site.
fn head(small: &Small, absolute: bool) -> Vec<String> {
    let addresses = small.addresses(absolute);
    let context = Context {
        library: &small.library,
        outline: &small.outline,
        addresses: &addresses,
        files: &small.files,
        site: SITE,
    };
    let place = addresses.item(ItemIndex(0));
    let downloads =
        [Download { format: Format::Bibtex, place: addresses.item_export(ItemIndex(0), "bib"), part: None }];
    let trail = [Step { name: "Home".to_owned(), place: addresses.home() }];
    let page = Page { place: &place, title: "A page", trail: &trail, downloads: &downloads };
    super::item(ItemIndex(0), &page, &context).iter().map(|tag| tag.as_str().to_owned()).collect()
}

fn json(tags: &[String]) -> Value {
    let script = tags.iter().find_map(|tag| tag.strip_prefix("<script type=\"application/ld+json\">")).unwrap();
    serde_json::from_str(script.strip_suffix("</script>").unwrap()).unwrap()
}

fn names(tags: &[String]) -> Vec<&str> {
    tags.iter().filter_map(|tag| tag.split('"').nth(1)).collect()
}

#[test]
fn the_head_of_an_article_is_complete_and_in_order() {
    let small = Small::new(vec![sketch()], &[0]).with_pdf(0, "menabrea 1843.pdf");
    let tags = head(&small, true);
    let wanted = r#"<meta name="z:itemType" content="journalArticle">
<meta name="citation_title" content="Sketch of the Analytical Engine &amp; &quot;Notes&quot;">
<meta name="citation_author" content="Menabrea, Luigi Federico">
<meta name="citation_editor" content="Royal Society">
<meta name="citation_publication_date" content="1843/08">
<meta name="citation_journal_title" content="Scientific Memoirs">
<meta name="citation_journal_abbrev" content="Sci. Mem.">
<meta name="citation_volume" content="3">
<meta name="citation_issue" content="2">
<meta name="citation_firstpage" content="666">
<meta name="citation_lastpage" content="731">
<meta name="citation_issn" content="1234-5679">
<meta name="citation_doi" content="10.5555/sketch">
<meta name="citation_publisher" content="Taylor">
<meta name="citation_language" content="en">
<meta name="citation_keywords" content="computing">
<meta name="citation_abstract_html_url" content="https://example.org/lib/items/LV43SKET/">
<meta name="citation_pdf_url" content="https://example.org/lib/items/LV43SKET/menabrea%201843.pdf">
<link rel="cite-as" href="https://example.org/lib/items/LV43SKET/">
<link rel="alternate describedby" type="application/x-bibtex" title="BibTeX" href="LV43SKET.bib">
<link rel="item" type="application/pdf" href="menabrea%201843.pdf">
<link rel="related" href="https://doi.org/10.5555/sketch">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">
<link rel="type" href="https://schema.org/ScholarlyArticle">
<link rel="type" href="https://schema.org/AboutPage">
<meta property="og:type" content="article">
<meta property="og:title" content="Sketch of the Analytical Engine &amp; &quot;Notes&quot;">
<meta property="og:url" content="https://example.org/lib/items/LV43SKET/">
<meta property="og:locale" content="en_US">
<meta property="og:site_name" content="Foundations">
<meta property="og:description" content="The engine weaves algebraical patterns. Just as the Jacquard loom &lt;/script&gt; weaves.">
<meta property="article:published_time" content="1843-08">
<meta property="article:tag" content="computing">
<meta name="twitter:card" content="summary">"#;
    let (script, rest) = tags.split_last().unwrap();
    assert_eq!(rest.join("\n"), wanted);
    assert_eq!(script.matches('<').count(), 2, "{script}");
}

#[test]
fn the_work_stands_in_its_issue_volume_and_periodical() {
    let small = Small::new(vec![sketch()], &[0]).with_pdf(0, "menabrea.pdf");
    let json = json(&head(&small, true));
    let work = &json["@graph"][0];
    assert_eq!(work["@type"], "ScholarlyArticle");
    assert_eq!(work["name"], "Sketch of the Analytical Engine & \"Notes\"");
    assert_eq!(work["author"][0]["familyName"], "Menabrea");
    assert_eq!(work["editor"][0]["@type"], "Organization");
    assert_eq!(work["translator"][0]["name"], "Augusta Ada King");
    assert_eq!(work["datePublished"], "1843-08");
    assert_eq!(work["dateModified"], "2024-01-03T12:30:00Z");
    assert_eq!(work["identifier"]["value"], "10.5555/sketch");
    assert_eq!(work["sameAs"], serde_json::json!(["https://doi.org/10.5555/sketch", "https://example.com/sketch"]));
    assert_eq!(work["isPartOf"]["issueNumber"], "2");
    assert_eq!(work["isPartOf"]["isPartOf"]["volumeNumber"], "3");
    assert_eq!(work["isPartOf"]["isPartOf"]["isPartOf"]["name"], "Scientific Memoirs");
    assert_eq!(work["isPartOf"]["isPartOf"]["isPartOf"]["issn"], "1234-5679");
    assert_eq!(work["encoding"]["contentUrl"], "https://example.org/lib/items/LV43SKET/menabrea.pdf");
    let trail = &json["@graph"][1];
    assert_eq!(trail["itemListElement"][1]["item"], "https://example.org/lib/items/LV43SKET/");
}

#[test]
fn without_a_base_nothing_pretends_to_know_the_address() {
    let small = Small::new(vec![sketch()], &[]).with_pdf(0, "menabrea.pdf");
    let tags = head(&small, false);
    assert!(!tags.iter().any(|tag| tag.contains("example.org")));
    let names = names(&tags);
    for absent in ["citation_pdf_url", "citation_abstract_html_url", "cite-as", "og:url"] {
        assert!(!names.contains(&absent), "{absent}");
    }
    assert!(names.contains(&"citation_title"));
    let json = json(&tags);
    assert_eq!(json["@type"], "ScholarlyArticle");
    assert!(json.get("encoding").is_none() && json.get("@id").is_none());
}

#[test]
fn without_title_author_or_year_there_are_no_highwire_tags() {
    let mut undated = sketch();
    undated.date = crate::bibliography::library::Date::parse("n.d.", 2030);
    let mut edited = sketch();
    edited.creators.retain(|creator| creator.role == "editor");
    let mut untitled = sketch();
    untitled.fields.set("title", " ");
    for item in [undated, edited, untitled] {
        let tags = head(&Small::new(vec![item], &[]), true);
        assert!(!tags.iter().any(|tag| tag.contains("citation_")), "{tags:?}");
        assert!(tags[0].contains("z:itemType"));
    }
}

#[test]
fn a_type_scholar_does_not_want_speaks_zoteros_own_words() {
    let mut film = item(
        "FFFFFFFF",
        "film",
        &[
            ("title", "Metropolis"),
            ("distributor", "UFA"),
            ("date", "1927"),
            ("DOI", "10.5555/m"),
            ("abstractNote", "x"),
        ],
    );
    film.creators = vec![personal("director", "Lang", "Fritz"), personal("castMember", "Helm", "Brigitte")];
    let tags = head(&Small::new(vec![film], &[]), true);
    let block: Vec<_> = tags.iter().take_while(|tag| tag.starts_with("<meta name")).map(String::as_str).collect();
    assert_eq!(
        block,
        [
            r#"<meta name="z:itemType" content="film">"#,
            r#"<meta name="dc:title" content="Metropolis">"#,
            r#"<meta name="z:directors" content="Lang, Fritz">"#,
            r#"<meta name="video:actor" content="Helm, Brigitte">"#,
            r#"<meta name="dc:identifier" content="DOI 10.5555/m">"#,
            r#"<meta name="z:distributor" content="UFA">"#,
            r#"<meta name="z:date" content="1927">"#,
        ]
    );
}

#[test]
fn a_lone_author_of_two_names_on_each_side_is_not_taken_for_two() {
    let mut novel = item("NNNNNNNN", "book", &[("title", "Cien años de soledad"), ("date", "1967")]);
    novel.creators = vec![personal("author", "García Márquez", "Gabriel José")];
    let tags = head(&Small::new(vec![novel], &[]), true);
    assert!(tags.contains(&r#"<meta name="citation_author" content="Gabriel José García Márquez">"#.to_owned()));
}

#[test]
fn the_images_of_notes_are_no_files_of_the_work() {
    let mut small = Small::new(vec![sketch()], &[]).with_pdf(0, "menabrea.pdf");
    small.library.items[0].attachments.clear();
    assert!(!names(&head(&small, true)).contains(&"item"));
}

#[test]
fn every_type_has_a_head_that_parses_even_when_it_is_bare() {
    for known in crate::zotero::schema::Schema::get().item_types() {
        let bare = head(&Small::new(vec![item("AAAAAAAA", &known.name, &[])], &[]), true);
        assert!(json(&bare)["@graph"][0]["@type"].is_string());
        let names: Vec<_> = known.fields.iter().map(|field| (field.name.as_str(), "<b>1</b> \u{b}")).collect();
        let full = head(&Small::new(vec![item("AAAAAAAA", &known.name, &names)], &[]), true);
        assert!(json(&full)["@graph"][0]["@type"].is_string());
        assert!(!full.concat().contains('\u{b}'));
    }
}

#[test]
fn a_list_names_its_members_by_address_alone() {
    let small = Small::new(vec![sketch(), item("BBBBBBBB", "book", &[("title", "Secret title")])], &[0, 1]);
    let addresses = small.addresses(true);
    let context = Context {
        library: &small.library,
        outline: &small.outline,
        addresses: &addresses,
        files: &small.files,
        site: SITE,
    };
    let list_index = small.outline.collection(crate::bibliography::library::CollectionIndex(0));
    let place = addresses.list(list_index, 1);
    let trail = [Step { name: "Home".to_owned(), place: addresses.home() }];
    let page = Page { place: &place, title: "Engines", trail: &trail, downloads: &[] };
    let tags: Vec<_> = list(list_index, 1, &page, &context).iter().map(|tag| tag.as_str().to_owned()).collect();
    let found = json(&tags);
    assert_eq!(found["@graph"][0]["@type"], "CollectionPage");
    assert_eq!(
        found["@graph"][0]["mainEntity"]["itemListElement"][1]["url"],
        "https://example.org/lib/items/BBBBBBBB/"
    );
    assert!(!tags.concat().contains("Secret title"));
}

#[test]
fn the_home_page_offers_its_search_and_its_files() {
    let small = Small::new(vec![sketch()], &[]);
    let addresses = small.addresses(true);
    let context = Context {
        library: &small.library,
        outline: &small.outline,
        addresses: &addresses,
        files: &small.files,
        site: SITE,
    };
    let place = addresses.home();
    let downloads = [Download { format: Format::Ris, place: addresses.library_export("ris"), part: None }];
    let page = Page { place: &place, title: "Foundations", trail: &[], downloads: &downloads };
    let tags: Vec<_> = home(&page, &context).iter().map(|tag| tag.as_str().to_owned()).collect();
    let found = json(&tags);
    let action = &found["@graph"][0]["potentialAction"];
    assert_eq!(action["target"]["urlTemplate"], "https://example.org/lib/search/?all={search_term_string}");
    assert_eq!(found["@graph"][1]["distribution"][0]["contentUrl"], "https://example.org/lib/bibliography.ris");
}
