//! Files as other programs write them.

use serde_json::{Value, json};

use super::read;
use crate::zotero::source::file::FileLibrary;

fn data(text: &str) -> Value {
    Value::Object(read(text, "a.ris").unwrap().records[0].data().clone())
}

fn problems(library: &FileLibrary) -> Vec<String> {
    library.problems.iter().map(|problem| format!("{} {} {}", problem.kind.id, problem.place, problem.detail)).collect()
}

#[test]
fn an_article_becomes_a_record_and_loses_nothing() {
    let library = read(
        "TY  - JOUR\r\nID  - lamp1901\r\nT1  - Of lamps\r\nA1  - Adams, Ada, Jr.\r\nA1  - Society of Lamps\r\nED  - Brown, Bo\r\n\
         JF  - Journal of Light\r\nJA  - J. Light\r\nVL  - 3\r\nIS  - 4\r\nSP  - 12\r\nEP  - 19\r\nPY  - 1901/05/03/\r\n\
         KW  - light\r\nKW  - oil; wicks\r\nUR  - https://example.org/a\r\nUR  - https://example.org/b\r\nN2  - About lamps.\r\n\
         N1  - Read twice.\r\nL1  - https://example.org/a.pdf\r\nL1  - /home/ada/a.pdf\r\nSN  - 1234-5678\r\n\
         U1  - of my own\r\nXX  - odd\r\nY2  - 2020/02/03/04:05:06\r\nM3  - Article\r\nER  - \r\n",
        "a.ris",
    )
    .unwrap();
    let data = library.records[0].data();
    for (field, value) in [
        ("itemType", "journalArticle"),
        ("title", "Of lamps"),
        ("publicationTitle", "Journal of Light"),
        ("journalAbbreviation", "J. Light"),
        ("volume", "3"),
        ("issue", "4"),
        ("pages", "12-19"),
        ("date", "1901-05-03"),
        ("url", "https://example.org/a"),
        ("abstractNote", "About lamps."),
        ("ISSN", "1234-5678"),
        ("accessDate", "2020-02-03T04:05:06Z"),
        ("citationKey", "lamp1901"),
        ("extra", "UR: https://example.org/b\nU1: of my own\nXX: odd\nM3: Article"),
    ] {
        assert_eq!(data[field], value, "{field}");
    }
    let creators = json!([
        {"creatorType": "author", "firstName": "Ada, Jr.", "lastName": "Adams"},
        {"creatorType": "author", "name": "Society of Lamps"},
        {"creatorType": "editor", "firstName": "Bo", "lastName": "Brown"},
    ]);
    assert_eq!((&data["creators"], &data["tags"]), (&creators, &json!([{"tag": "light"}, {"tag": "oil; wicks"}])));
    let children: Vec<_> = library.records[1..].iter().map(|record| record.data()).collect();
    assert_eq!(children.len(), 2);
    assert!(children.iter().all(|child| child["parentItem"] == data["key"]));
    assert_eq!(
        (&children[0]["note"], &children[1]["url"]),
        (&json!("<p>Read twice.</p>"), &json!("https://example.org/a.pdf"))
    );
    assert_eq!(problems(&library), ["ris-local-file a.ris:1 "]);
}

#[test]
fn the_same_file_gives_the_same_keys_wherever_a_record_stands() {
    let one = "TY  - BOOK\nTI  - One\nN1  - note\nER  - \n";
    let other = "TY  - BOOK\nTI  - Other\nER  - \n";
    let keys = |text: &str| {
        let mut keys: Vec<_> = read(text, "a.ris").unwrap().records.iter().map(|record| record.key).collect();
        keys.sort();
        keys
    };
    assert_eq!(keys(&format!("{one}{other}")), keys(&format!("{other}{one}")));
    assert_eq!(read(&format!("{one}{one}"), "a.ris").unwrap().records.len(), 4);
}

#[test]
fn a_type_that_is_not_known_is_told() {
    let library = read("TY  - ZZZ\nTI  - A\nJF  - J\nER  - \n", "a.ris").unwrap();
    assert_eq!(library.records[0].data()["itemType"], "journalArticle");
    assert_eq!(problems(&library), ["ris-type a.ris:1 TY  - ZZZ"]);
    assert_eq!(data("TY  - GEN\nTI  - A\nER  - ")["itemType"], "document");
    assert_eq!(data("TY  - EDBOOK\nAU  - A, B\nER  - ")["creators"][0]["creatorType"], "editor");
}

#[test]
fn a_file_that_is_no_ris_is_told() {
    for text in ["Lamps", "{\"id\": 1}", "TI  - without a type\n"] {
        assert!(read(text, "a.ris").unwrap_err().reason.contains("TY  - "), "{text}");
    }
    assert!(read("\n", "a.ris").unwrap().records.is_empty());
}

#[test]
fn tags_on_one_line_are_parted() {
    for (text, tags) in [
        ("KW  - light; oil;\n", json!([{"tag": "light"}, {"tag": "oil"}])),
        ("KW  - light, oil\n", json!([{"tag": "light"}, {"tag": "oil"}])),
        ("KW  - light, not dark\nKW  - oil\n", json!([{"tag": "light, not dark"}, {"tag": "oil"}])),
        ("KW  - light\noil\n", json!([{"tag": "light"}, {"tag": "oil"}])),
    ] {
        assert_eq!(data(&format!("TY  - BOOK\n{text}ER  - "))["tags"], tags, "{text}");
    }
}

#[test]
fn what_endnote_and_others_put_elsewhere_is_found() {
    for (text, field, value) in [
        ("TY  - JOUR\nM1  - 7\nER  - ", "issue", "7"),
        ("TY  - JOUR\nJO  - Journal of Light\nER  - ", "publicationTitle", "Journal of Light"),
        ("TY  - JOUR\nJ2  - J. Light\nER  - ", "journalAbbreviation", "J. Light"),
        ("TY  - CHAP\nT2  - The Book\nER  - ", "bookTitle", "The Book"),
        ("TY  - CHAP\nBT  - The Book\nER  - ", "bookTitle", "The Book"),
        ("TY  - BOOK\nBT  - The Book\nER  - ", "title", "The Book"),
        ("TY  - CONF\nCY  - Rome\nER  - ", "place", "Rome"),
        ("TY  - CONF\nC1  - Rome\nCY  - Paris\nER  - ", "extra", "CY: Paris"),
        ("TY  - BOOK\nSP  - 12\nEP  - 19\nER  - ", "extra", "page: 12-19"),
        ("TY  - BOOK\nSP  - 230\nER  - ", "numPages", "230"),
        ("TY  - JOUR\nDA  - May 12\nPY  - 2001\nER  - ", "date", "May 12 2001"),
        ("TY  - JOUR\nDA  - 2001/05/12\nPY  - 1999\nER  - ", "extra", "PY: 1999"),
        ("TY  - RPRT\nSN  - 12\nER  - ", "reportNumber", "12"),
        ("TY  - PAT\nDA  - 2001/05/12\nC2  - 12 May 2001\nPY  - 2001\nER  - ", "issueDate", "12 May 2001"),
        ("TY  - BILL\nDO  - 10.1/a\nER  - ", "DOI", "10.1/a"),
    ] {
        assert_eq!(data(text)[field], value, "{text}");
    }
}
