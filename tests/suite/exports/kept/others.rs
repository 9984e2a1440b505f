//! Parts of records that are neither fields nor creators.

use zbib::bibliography::library::{Annotation, Attachment, Creator, Item, Name, Note, Timestamp};
use zbib::zotero::record::LinkMode;

use super::measure::{Probe, collected, creator, related, tag};
use crate::exports::item;

type Named = (&'static str, Probe);

fn book(fields: &[(&str, &str)]) -> Item {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    item("book", fields.collect(), vec![creator("author")])
}

/// A book with something, beside the book without.
fn changed(change: impl FnOnce(&mut Item)) -> Probe {
    let without = book(&[("title", "Engines")]);
    let mut with = without.clone();
    change(&mut with);
    Probe { with, without }
}

/// How much is kept of a date, beside one that says less.
pub fn of_dates() -> Vec<Named> {
    let dates =
        |with: &str, without: &str| Probe { with: book(&[("date", with)]), without: book(&[("date", without)]) };
    vec![
        ("a date: the month", dates("2020-05", "2020")),
        ("a date: the day", dates("2020-05-17", "2020-05")),
        ("a date: the season (Spring 2020)", dates("Spring 2020", "2020")),
        ("a date: the end of a span (2019–2020)", dates("2019–2020", "2019")),
        ("a date: that it is uncertain (ca. 1850)", dates("ca. 1850", "1850")),
        ("a date before our era (44 BC)", dates("44 BC", "")),
        ("a date without a year (forthcoming)", dates("forthcoming", "")),
        ("when it was added to the library", changed(|item| item.added = Timestamp::parse("2020-02-03T04:05:06Z"))),
        ("when it was changed", changed(|item| item.modified = Timestamp::parse("2020-02-03T04:05:06Z"))),
    ]
}

/// What texts say beside their words, and what Extra holds.
pub fn of_texts() -> Vec<Named> {
    let titles =
        |with: &str, without: &str| Probe { with: book(&[("title", with)]), without: book(&[("title", without)]) };
    let extra = |text: &str| Probe { with: book(&[("extra", text)]), without: book(&[]) };
    let names = |name| item("book", Vec::new(), vec![Creator { role: "author".to_owned(), name }]);
    let single = Name::Single("House of Engines".to_owned());
    let personal = Name::Personal { last: "House of Engines".to_owned(), first: String::new() };
    vec![
        (
            "the type",
            Probe { with: item("book", Vec::new(), Vec::new()), without: item("report", Vec::new(), Vec::new()) },
        ),
        (
            "that a type is not `document`, but `preprint`",
            Probe { with: item("preprint", Vec::new(), Vec::new()), without: item("document", Vec::new(), Vec::new()) },
        ),
        ("that a name is one of an institution", Probe { with: names(single), without: names(personal) }),
        ("italics in a title", titles("On <i>engines</i>", "On engines")),
        (
            "small capitals in a title",
            titles("On <span style=\"font-variant:small-caps;\">engines</span>", "On engines"),
        ),
        ("that a word keeps its case", titles("On <span class=\"nocase\">iron</span>", "On iron")),
        ("Extra: a line of text", extra("Read twice")),
        ("Extra: `Citation Key: k`", extra("Citation Key: k")),
        ("Extra: `DOI: 10.5555/k`", extra("DOI: 10.5555/k")),
        ("Extra: `PMID: 7`", extra("PMID: 7")),
        ("Extra: `arXiv: 2001.01234`", extra("arXiv: 2001.01234")),
        ("Extra: `Original Date: 1900`", extra("Original Date: 1900")),
    ]
}

/// What hangs from a record.
pub fn of_things() -> Vec<Named> {
    let tagged = |automatic, color| changed(|item| item.tags = vec![tag(automatic, color)]);
    let plain = || changed(|item| item.tags = vec![tag(false, None)]).with;
    vec![
        ("the citation key", changed(|item| item.citation_key = "another".to_owned())),
        ("Zotero's key, the address of the page", changed(|item| item.key = "WXYZ2345".parse().unwrap())),
        ("tags", tagged(false, None)),
        ("that a tag is automatic", Probe { without: plain(), ..tagged(true, None) }),
        ("the colour of a tag", Probe { without: plain(), ..tagged(false, Some("#ff6666")) }),
        ("notes", changed(|item| item.notes = vec![note()])),
        ("published files", changed(|item| item.attachments = vec![attachment(LinkMode::ImportedFile)])),
        ("links to web pages", changed(|item| item.attachments = vec![attachment(LinkMode::LinkedUrl)])),
        ("annotations in files", {
            let without = changed(|item| item.attachments = vec![attachment(LinkMode::ImportedFile)]).with;
            let mut with = without.clone();
            with.attachments[0].annotations = vec![annotation()];
            Probe { with, without }
        }),
        ("related records", changed(|item| item.relations = related())),
        ("collections", changed(|item| item.collections = collected())),
    ]
}

fn note() -> Note {
    let (html, tags, images) = ("<p>Read twice</p>".to_owned(), Vec::new(), Vec::new());
    Note { key: "NNNN2345".parse().unwrap(), html, tags, added: None, modified: None, images }
}

fn attachment(link_mode: LinkMode) -> Attachment {
    Attachment {
        key: "PDFP2345".parse().unwrap(),
        title: "Full Text".to_owned(),
        link_mode,
        content_type: "application/pdf".to_owned(),
        filename: "a.pdf".to_owned(),
        md5: None,
        url: Some("https://example.org/elsewhere".to_owned()),
        added: None,
        modified: None,
        tags: Vec::new(),
        note: String::new(),
        annotations: Vec::new(),
    }
}

fn annotation() -> Annotation {
    Annotation {
        key: "AAAA2345".parse().unwrap(),
        kind: "highlight".to_owned(),
        text: "engines".to_owned(),
        comment: "read".to_owned(),
        color: "#ffd400".to_owned(),
        page_label: "7".to_owned(),
        page: Some(7),
        sort_index: String::new(),
        tags: Vec::new(),
        modified: None,
    }
}
