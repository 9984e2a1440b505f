use super::*;
use crate::bibliography::attachment::{self, Rules, Settings};
use crate::bibliography::citation::{References, Words};
use crate::bibliography::library::{
    Attachment, Collection, CollectionIndex, Creator, Date, Extra, Fields, Holding, Item, Name,
};
use crate::website::outline::{List, Outline, Place, Subject};
use crate::zotero::cache::{LibrarySnapshot, Md5, Snapshot, State, StoredFile};
use crate::zotero::record::{LibraryId, LibraryKind, LinkMode};

fn id() -> LibraryId {
    LibraryId { kind: LibraryKind::Group, id: "7".to_owned() }
}

fn file(key: &str, name: &str, media_type: &str, link_mode: LinkMode) -> Attachment {
    Attachment {
        key: key.parse().unwrap(),
        title: String::new(),
        link_mode,
        content_type: media_type.to_owned(),
        filename: name.to_owned(),
        md5: Some(Md5::of(b"")),
        url: None,
        added: None,
        modified: None,
        tags: Vec::new(),
        note: String::new(),
        annotations: Vec::new(),
    }
}

fn note(key: &str, html: &str, images: Vec<Attachment>) -> Note {
    Note { key: key.parse().unwrap(), html: html.to_owned(), tags: Vec::new(), added: None, modified: None, images }
}

fn item(key: &str, citation_key: &str, last: &str, year: &str) -> Item {
    Item {
        key: key.parse().unwrap(),
        version: Default::default(),
        holding: 0,
        item_type: "book".to_owned(),
        fields: Fields::new(vec![("title".to_owned(), "A <i>b</i>".to_owned())]),
        creators: vec![Creator {
            role: "author".to_owned(),
            name: Name::Personal { last: last.to_owned(), first: "X".to_owned() },
        }],
        date: Date::parse(year, 2026),
        tags: Vec::new(),
        collections: Vec::new(),
        extra: Extra::default(),
        citation_key: citation_key.to_owned(),
        citation_key_given: false,
        added: None,
        modified: None,
        notes: Vec::new(),
        attachments: Vec::new(),
        relations: Vec::new(),
        replaces: Vec::new(),
        overlay: None,
        csl: None,
    }
}

/// Two items of group 7 in one collection; the first has a file, and a note with an image.
fn library() -> Library {
    let mut turing = item("TTTT2345", "turing1950", "Turing", "1950");
    turing.attachments = vec![file("PPPP2345", "mind.pdf", "application/pdf", LinkMode::ImportedFile)];
    let image = file("MMMM2345", "image.png", "image/png", LinkMode::EmbeddedImage);
    turing.notes = vec![note("NNNN2345", "", vec![image])];
    turing.replaces = vec!["RRRR2345".parse().unwrap()];
    let hardy = item("HHHH2345", "hardy", "O'Hardy <b>", "1938");
    let holding = Holding {
        id: id(),
        name: String::new(),
        version: Default::default(),
        last_change: Default::default(),
        uri: Some("http://zotero.org/groups/7".to_owned()),
        prefix: String::new(),
    };
    let collection = Collection {
        key: "CCCC2345".parse().unwrap(),
        holding: 0,
        name: String::new(),
        parent: None,
        parts: Vec::new(),
        items: Vec::new(),
        overlay: None,
    };
    Library { holdings: vec![holding], items: vec![turing, hardy], collections: vec![collection] }
}

fn snapshot() -> Snapshot {
    let stored = StoredFile { path: "/nowhere".into(), size: 1 };
    let library = LibrarySnapshot {
        id: id(),
        name: String::new(),
        uri: None,
        state: State::new(id()),
        records: Vec::new(),
        collections: Vec::new(),
        tag_colors: Vec::new(),
        fulltext: BTreeMap::new(),
        files: BTreeMap::from([(Md5::of(b""), stored)]),
        damaged: false,
    };
    Snapshot { libraries: vec![library], problems: Vec::new() }
}

/// Calls with the prose of a site that has the library above, and pages `about` and `notes/proof`.
fn with_prose<T>(text: &str, test: impl FnOnce(&Prose<'_>) -> T) -> T {
    let library = library();
    let (files, _) = attachment::plan(&library, &snapshot(), &Rules::compile(&Settings::default()).unwrap());
    let mut outline = Outline::default();
    let subject = Subject::Collection(CollectionIndex(0));
    outline.lists.push(List { subject, members: Vec::new(), place: Place::Pages(1), indexed: true });
    let addresses = Addresses::new(&library, &outline, None);
    let texts = [("content/about.md", text), ("content/notes/proof.md", "x"), ("content/index.md", "x")];
    let texts: Vec<_> = texts.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let content = Content::read(&texts).unwrap();
    test(&Prose::new(&library, &addresses, &files, &content))
}

#[test]
fn texts_of_the_owner_lead_to_the_places_of_the_site() {
    for (markdown, wanted) in [
        ("[p](notes/proof.md#x)", "<a href=\"../notes/proof/#x\">p</a>"),
        ("[h](index.md) [a](#x)", "<a href=\"../\">h</a> <a href=\"#x\">a</a>"),
        ("[*k*](@turing1950 \"t\")", "<a href=\"../items/TTTT2345/\" title=\"t\"><em>k</em></a>"),
        ("[k](items/HHHH2345.md)", "<a href=\"../items/HHHH2345/\">k</a>"),
        ("[c](collections/CCCC2345.md)", "<a href=\"../collections/CCCC2345/\">c</a>"),
        ("[z](zotero://select/groups/7/items/RRRR2345)", "<a href=\"../items/TTTT2345/\">z</a>"),
        (
            "[f](zotero://open-pdf/groups/7/items/PPPP2345?page=3)",
            "<a href=\"../items/TTTT2345/mind.pdf#page=3\">f</a>",
        ),
        ("[w](https://example.org/?a=1&b=2)", "<a href=\"https://example.org/?a=1&amp;b=2\">w</a>"),
        ("![A \"plate\"](/static/plate.png)", "<img src=\"../static/plate.png\" alt=\"A “plate”\">"),
        (
            "[see @turing1950, p. 9; @hardy]",
            "(see <a class=\"citation\" href=\"../items/TTTT2345/\">Turing 1950</a>, p. 9; \
             <a class=\"citation\" href=\"../items/HHHH2345/\">O&#39;Hardy &lt;b&gt; 1938</a>)",
        ),
        ("Turing [-@turing1950]", "Turing (<a class=\"citation\" href=\"../items/TTTT2345/\">1950</a>)"),
        ("as @turing1950 says", "as <a class=\"citation\" href=\"../items/TTTT2345/\">Turing 1950</a> says"),
    ] {
        with_prose(markdown, |prose| {
            let page = &prose.content.pages[0];
            let html = prose.page(page, &prose.addresses.prose("about"));
            assert_eq!(html.as_str(), format!("<p>{wanted}</p>"), "{markdown}");
            assert_eq!(prose.problems(), [], "{markdown}");
        });
    }
}

#[test]
fn what_leads_nowhere_stays_as_words_and_is_told() {
    for (markdown, wanted, kind, detail) in [
        ("[w](gone.md)", "w", "link-unknown", "gone.md"),
        ("[w](@nobody)", "w", "link-unknown", "@nobody"),
        ("[w](zotero://select/groups/8/items/TTTT2345)", "w", "link-unknown", "TTTT2345"),
        ("[@nobody, p. 1]", "[@nobody, p. 1]", "citation-unknown", "@nobody"),
        (
            "[@nobody; @hardy]",
            "(@nobody; <a class=\"citation\" href=\"../items/HHHH2345/\">O&#39;Hardy &lt;b&gt; 1938</a>)",
            "citation-unknown",
            "@nobody",
        ),
        ("ask @zotero", "ask @zotero", "mention-unknown", "@zotero"),
    ] {
        with_prose(markdown, |prose| {
            let html = prose.page(&prose.content.pages[0], &prose.addresses.prose("about"));
            assert_eq!(html.as_str(), format!("<p>{wanted}</p>"), "{markdown}");
            let problems = prose.problems();
            assert_eq!((problems.len(), problems[0].kind.id), (1, kind), "{markdown}");
            assert_eq!((problems[0].place.as_str(), problems[0].detail.as_str()), ("content/about.md", detail));
        });
    }
}

#[test]
fn notes_lead_to_records_and_show_their_own_images() {
    for (html, wanted) in [
        ("<a href=\"zotero://select/groups/7/items/HHHH2345\">x</a>", "<a href=\"../HHHH2345/\">x</a>"),
        ("<a href=\"https://www.zotero.org/groups/7/lab/items/NNNN2345\">x</a>", "<a href=\"./#note-NNNN2345\">x</a>"),
        ("<a href=\"zotero://open-pdf/groups/7/items/PPPP2345?page=2\">x</a>", "<a href=\"mind.pdf#page=2\">x</a>"),
        ("<a href=\"http://zotero.org/groups/7/items/ZZZZ2345\">x</a>", "<span>x</span>"),
        ("<a href=\"zotero://select/library/items/HHHH2345\">x</a>", "<span>x</span>"),
        ("<img data-attachment-key=\"MMMM2345\">", "<img src=\"image.png\" alt=\"\" loading=\"lazy\">"),
        ("<img data-attachment-key=\"PPPP2345\">", ""),
    ] {
        with_prose("x", |prose| {
            let mut note = prose.library.items[0].notes[0].clone();
            note.html = html.to_owned();
            let at = prose.addresses.item(ItemIndex(0));
            assert_eq!(prose.note(ItemIndex(0), &note, &at).as_str(), wanted, "{html}");
        });
    }
}

#[test]
fn the_title_of_a_reference_leads_to_its_record() {
    let references = References::plain("Reference", Words::default());
    let reference = references.entry(&item("TTTT2345", "x", "Turing", "1950"), references.main_style());
    let html = reference.linked_title("../?a&b").unwrap();
    let title = "<a class=\"ref-title\" href=\"../?a&amp;b\"><i>A <span class=\"upright\">b</span></i></a>";
    assert_eq!(html.as_str(), format!("Turing, X. (1950). {title}."));
}

#[test]
fn the_description_in_the_settings_is_markdown_too() {
    with_prose("x", |prose| {
        let home = prose.addresses.home();
        assert_eq!(
            prose.markdown("# A\n*b* [p](/about.md)", &home).as_str(),
            "<h3>A</h3>\n<p><em>b</em> <a href=\"about/\">p</a></p>"
        );
        assert_eq!(prose.plain("*b* & [p](/about.md)\n\nc"), "b & p c");
    });
}
