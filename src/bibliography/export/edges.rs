//! What Zotero's rules make of values that hardly a record has.

use super::measured::item;
use super::{Compatibility, Context, Format, Settings, write};

fn zotero(format: Format, item_type: &str, fields: &[(&str, &str)]) -> String {
    let settings = Settings { compatibility: Compatibility::Zotero, ..Settings::default() };
    write(format, std::iter::once(&item(item_type, fields)), &Context::default(), &settings)
}

#[test]
fn the_number_of_an_issue_is_the_one_it_begins_with() {
    for (issue, wanted) in [
        ("12 Suppl. 1", "number = {12}"),
        ("007", "number = {7}"),
        ("+5", "number = {5}"),
        ("-007", "number = {-7}"),
        ("-0", "number = {0}"),
        ("\u{a0}3", "number = {3}"),
        ("- 5", "issue = {- 5}"),
        ("Suppl. 1", "issue = {Suppl. 1}"),
    ] {
        let text = zotero(Format::Biblatex, "journalArticle", &[("issue", issue)]);
        assert!(text.contains(&format!("\t{wanted},\n")), "{issue}: {text}");
    }
}

#[test]
fn white_space_in_ris_is_that_of_javascript() {
    let text = zotero(Format::Ris, "book", &[("title", "\u{feff}t\u{85}"), ("place", "\u{feff}")]);
    assert!(text.contains("TI  - t\u{85}\r\n") && !text.contains("CY"), "{text}");
    let text = zotero(Format::Ris, "journalArticle", &[("pages", "3\u{feff}5")]);
    assert!(text.contains("SP  - 3\r\nEP  - 5\r\n"), "{text}");
    let text = zotero(Format::Ris, "journalArticle", &[("pages", "3\u{85}5")]);
    assert!(text.contains("SP  - 3\u{85}5\r\n"), "{text}");
}

#[test]
fn pages_that_end_in_dashes_have_an_end() {
    for (pages, first, last) in
        [("5-", "5-", None), ("5--", "5", Some("-")), ("5 –", "5", Some("–")), ("--", "--", None)]
    {
        let text = zotero(Format::Ris, "journalArticle", &[("pages", pages)]);
        let line = |tag: &str| text.lines().find_map(|line| line.strip_prefix(tag)).map(str::to_owned);
        assert_eq!((line("SP  - ").as_deref(), line("EP  - ").as_deref()), (Some(first), last), "{pages}");
    }
}

#[test]
fn the_line_of_the_citation_key_leaves_no_gap_in_the_note() {
    for (extra, note, key) in [
        ("one\nCitation Key: k1\ntwo", Some("one\ntwo"), Some("k1")),
        ("Citation Key: k1\ntwo", Some("two"), Some("k1")),
        ("Citation Key: k1", None, Some("k1")),
        ("Citation Key: k1\nOriginal Date: 1900\n\ntwo", Some("\n\ntwo"), Some("k1")),
        ("Citation Key: k 1", Some("citation-key: k 1"), None),
    ] {
        let text = zotero(Format::Csl, "book", &[("extra", extra)]);
        let csl: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(csl[0]["note"].as_str(), note, "{extra:?}");
        assert_eq!(csl[0]["citation-key"].as_str(), key, "{extra:?}");
    }
}

#[test]
fn csl_json_takes_the_field_where_the_key_in_extra_has_spaces() {
    let text = zotero(Format::Csl, "book", &[("extra", "Citation Key: two words"), ("citationKey", "field")]);
    assert!(text.contains("\"id\": \"two words\"") && text.contains("\"citation-key\": \"field\""), "{text}");
}

#[test]
fn quotes_around_an_isbn_go_like_others() {
    let text = zotero(Format::Csl, "book", &[("ISBN", "\"978-0-262-51087-5\"")]);
    assert!(text.contains("\"ISBN\": \"978-0-262-51087-5\""), "{text}");
}
