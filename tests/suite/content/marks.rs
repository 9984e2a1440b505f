//! What was marked in files.

use super::*;

fn site_of(marks: &[Value]) -> TestSite {
    let md5 = zbib::zotero::cache::Md5::of(b"%PDF").to_string();
    let mut records = vec![
        line("BOOK2222", &json!({"itemType": "book", "title": "Of lamps"})),
        line(
            "PDFPDF22",
            &json!({"itemType": "attachment", "parentItem": "BOOK2222", "linkMode": "imported_file",
            "contentType": "application/pdf", "filename": "scan.pdf", "md5": md5}),
        ),
    ];
    for (at, mark) in marks.iter().enumerate() {
        let mut data = json!({"itemType": "annotation", "parentItem": "PDFPDF22"});
        data.as_object_mut().unwrap().extend(mark.as_object().unwrap().clone());
        records.push(line(&format!("MARK{at:04}"), &data));
    }
    let site = TestSite::of(&records, &[]);
    let settings = std::fs::read_to_string(site.path("zbib.toml")).unwrap();
    site.write("zbib.toml", format!("{settings}\n[publish]\nannotations = true\n"))
        .write("library/files/PDFPDF22/scan.pdf", "%PDF")
}

#[test]
fn marks_with_half_of_what_they_should_have_are_shown_by_what_they_have() {
    let position = "{\"pageIndex\":6,\"rects\":[]}";
    let site = site_of(&[
        json!({"annotationType": "highlight", "annotationText": "complete words", "annotationPageLabel": "103",
            "annotationPosition": position, "annotationColor": "#ffd400", "annotationSortIndex": "00006|000100|00200"}),
        json!({"annotationType": "highlight", "annotationText": "broken place", "annotationPageLabel": "xii",
            "annotationPosition": "{pageIndex", "annotationSortIndex": "odd"}),
        json!({"annotationType": "highlight", "annotationText": "odd colour", "annotationColor": "heliotrope",
            "annotationPosition": position}),
        json!({"annotationType": "note", "annotationComment": "<b>why</b> <script>alert(1)</script>", "annotationPosition": 7}),
        json!({"annotationType": "highlight", "annotationPosition": position}),
        json!({"annotationType": "ink", "annotationPosition": "{\"paths\":[[1,2]]}", "annotationPageLabel": "9"}),
        json!({"annotationType": "underline", "annotationText": "huge page", "annotationPosition": "{\"pageIndex\":99999999999}"}),
        json!({}),
    ]);
    site.build();
    assert_well_formed(&site.site());
    let page = item_page(&site, "BOOK2222");
    for shown in ["complete words", "broken place", "odd colour", "huge page", "<b>why</b>", "xii", "103"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(page.contains("scan.pdf#page=7") && !page.contains("heliotrope") && !page.contains("<script>alert"));
    assert_eq!(page.matches("<blockquote").count().max(page.matches("class=\"mark").count()), 4, "{page}");
}
