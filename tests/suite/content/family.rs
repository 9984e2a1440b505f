//! Notes, files, marks, and what they hang from.

use super::*;
use crate::test_site::collection;

const PAPER: &[u8] = b"%PDF-1.4 a paper";

fn pdf(parent: Option<&str>) -> Value {
    let md5 = zbib::zotero::cache::Md5::of(PAPER).to_string();
    let mut data = json!({"itemType": "attachment", "linkMode": "imported_file", "title": "Scan of the print",
        "contentType": "application/pdf", "filename": "scan.pdf", "md5": md5, "mtime": 1_577_934_245_000_u64});
    if let Some(parent) = parent {
        data["parentItem"] = parent.into();
    }
    data
}

fn note(parent: &str, text: &str) -> Value {
    json!({"itemType": "note", "parentItem": parent, "note": format!("<p>{text}</p>")})
}

fn mark(parent: &str, text: &str) -> Value {
    json!({"itemType": "annotation", "parentItem": parent, "annotationType": "highlight", "annotationText": text,
        "annotationPageLabel": "7", "annotationColor": "#ffd400", "annotationSortIndex": "00006|000100|00200",
        "annotationPosition": "{\"pageIndex\":6,\"rects\":[[1,2,3,4]]}"})
}

fn with_annotations(records: &[(&str, Value)]) -> TestSite {
    let site = TestSite::of(&lines(records), &[]);
    let settings = std::fs::read_to_string(site.path("zbib.toml")).unwrap();
    site.write("zbib.toml", format!("{settings}\n[publish]\nannotations = true\n"))
        .write("library/files/PDFPDF22/scan.pdf", PAPER)
}

#[test]
fn a_record_in_the_trash_takes_its_notes_files_and_marks_along() {
    let site = with_annotations(&[
        ("LIVE2222", json!({"itemType": "book", "title": "Alive"})),
        ("DEAD2222", json!({"itemType": "book", "title": "Thrown away", "deleted": 1})),
        ("NOTE2222", note("DEAD2222", "Thoughts on it")),
        ("PDFPDF22", pdf(Some("DEAD2222"))),
        ("MARK2222", mark("PDFPDF22", "marked words")),
    ]);
    assert_eq!(site.run(&["build"]).code, 0);
    assert!(site.has("items/LIVE2222/index.html"));
    for word in ["Thrown away", "Thoughts on it", "marked words", "Scan of the print", "scan.pdf"] {
        assert_nowhere(&site, word);
    }
}

#[test]
fn a_note_in_the_trash_goes_alone_whatever_zotero_counts() {
    let mut trashed = note("BOOK2222", "Second thoughts");
    trashed["deleted"] = json!(1);
    let records = [
        ("BOOK2222", json!({"itemType": "book", "title": "Alive"})),
        ("NOTE2222", note("BOOK2222", "First thoughts")),
        ("NOTE3333", trashed),
    ];
    let mut lines = lines(&records);
    lines[0] = lines[0].replacen("{\"key\"", "{\"meta\":{\"numChildren\":2},\"key\"", 1);
    let site = TestSite::of(&lines, &[]);
    site.build();
    let page = item_page(&site, "BOOK2222");
    assert!(page.contains("First thoughts") && page.contains(r#"Notes <span class="count">1</span>"#), "{page}");
    assert_nowhere(&site, "Second thoughts");
}

#[test]
fn a_child_without_its_parent_is_told_and_shown_once_the_parent_comes() {
    let records = [
        ("BOOK2222", json!({"itemType": "book", "title": "The book of the note"})),
        ("NOTE2222", note("BOOK2222", "Left alone")),
        ("FILM2222", json!({"itemType": "film", "title": "Something else"})),
    ];
    let lines = lines(&records);
    let site = TestSite::of(&lines[1..], &[]);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("a note or file hangs from a record that is missing"), "{}", run.stderr);
    assert_nowhere(&site, "Left alone");
    site.change("library/items.jsonl", lines.join("\n"));
    site.build();
    assert!(item_page(&site, "BOOK2222").contains("Left alone"));
}

#[test]
fn a_note_and_a_file_of_their_own_have_pages_and_stand_in_their_collections() {
    let mut file = pdf(None);
    file["collections"] = json!(["SHELF222"]);
    let note = json!({"itemType": "note", "note": "<p>How we shelve</p><p>By size.</p>", "collections": ["SHELF222"]});
    let records = lines(&[("NOTE2222", note), ("PDFPDF22", file)]);
    let site = TestSite::of(&records, &[collection("SHELF222", "Shelf", None)])
        .write("library/files/PDFPDF22/scan.pdf", PAPER);
    site.build();
    assert!(item_page(&site, "NOTE2222").contains("By size."));
    assert!(item_page(&site, "PDFPDF22").contains(r#"href="scan.pdf""#) && site.has("items/PDFPDF22/scan.pdf"));
    let shelf = site.page("collections/SHELF222/index.html");
    assert!(shelf.contains("How we shelve") && shelf.contains("Scan of the print"), "{shelf}");
    assert!(!site.has("items/NOTE2222/NOTE2222.bib"), "it is no reference");
}

#[test]
fn marks_in_a_file_and_images_in_a_note_belong_to_the_record_above_them() {
    let image = |deleted: Value| {
        json!({"itemType": "attachment", "parentItem": "NOTE2222", "linkMode": "embedded_image", "deleted": deleted,
            "contentType": "image/png", "filename": "image.png", "md5": zbib::zotero::cache::Md5::of(b"png").to_string()})
    };
    let records = |deleted: Value| {
        [
            ("BOOK2222", json!({"itemType": "book", "title": "Three levels"})),
            ("PDFPDF22", pdf(Some("BOOK2222"))),
            ("MARK2222", mark("PDFPDF22", "marked words")),
            (
                "NOTE2222",
                json!({"itemType": "note", "parentItem": "BOOK2222",
                "note": "<p>See</p><img data-attachment-key=\"PNGPNG22\" alt=\"A plate\">"}),
            ),
            ("PNGPNG22", image(deleted)),
        ]
    };
    let site = with_annotations(&records(Value::Null)).write("library/files/PNGPNG22/image.png", "png");
    site.build();
    let page = item_page(&site, "BOOK2222");
    assert!(page.contains("marked words") && page.contains(r#"href="scan.pdf#page=7""#), "{page}");
    let image = page.split("<img ").nth(1).and_then(|rest| rest.split("src=\"").nth(1)).unwrap();
    let name = image.split('"').next().unwrap();
    assert_eq!(site.site()[&format!("items/BOOK2222/{name}")], b"png");
    site.change("library/items.jsonl", lines(&records(json!(1))).join("\n"));
    site.build();
    assert!(!item_page(&site, "BOOK2222").contains("<img "));
    assert!(site.site().values().all(|bytes| bytes != b"png"));
}

#[test]
fn a_record_that_hangs_from_itself_is_told_and_the_others_are_shown() {
    let records = [
        ("BOOK2222", json!({"itemType": "book", "title": "Alive"})),
        ("NOTE2222", note("NOTE3333", "Chicken")),
        ("NOTE3333", note("NOTE2222", "Egg")),
        ("NOTE4444", note("NOTE4444", "Alone")),
    ];
    let (site, says) = built(&records, &[]);
    assert!(says.contains("warning: 2 records hang from themselves\n"), "{says}");
    assert!(site.has("items/BOOK2222/index.html"));
}

#[test]
fn a_record_is_in_the_trash_if_its_flag_is_set_however_it_is_written() {
    for (flag, trashed) in [
        (json!(1), true),
        (json!(true), true),
        (json!("1"), true),
        (json!(0), false),
        (json!(false), false),
        (json!("0"), false),
        (Value::Null, false),
    ] {
        let records = [
            ("BOOK2222", json!({"itemType": "book", "title": "Here or not", "deleted": flag})),
            ("BOOK3333", json!({"itemType": "book", "title": "Here"})),
        ];
        let record = zbib::zotero::record::Record::parse(&line(records[0].0, &records[0].1)).unwrap();
        assert_eq!(record.trashed, trashed, "{flag}");
        let raw = json!({"data": {"key": "SHELF222", "name": "Shelf", "deleted": flag}}).to_string();
        assert_eq!(zbib::zotero::record::CollectionRecord::parse(&raw).unwrap().trashed, trashed, "{flag}");
    }
}
