//! Fields that are new, odd, or not where one looks for them.

use super::*;

/// The heading of a record's page.
fn heading(site: &TestSite, key: &str) -> String {
    let page = item_page(site, key);
    page.split("<h1 dir=\"auto\">").nth(1).unwrap().split("</h1>").next().unwrap().to_owned()
}

#[test]
fn what_is_newer_than_zbib_is_kept_and_shown_by_its_own_names() {
    let records = [
        (
            "HOLO2222",
            json!({"itemType": "hologram", "title": "A ship of light", "flavour": "sweet", "date": "2031",
            "creators": [{"creatorType": "lightsmith", "firstName": "Ida", "lastName": "Ek"}]}),
        ),
        (
            "SCAN2222",
            json!({"itemType": "attachment", "parentItem": "HOLO2222", "linkMode": "imported_dream",
            "title": "A dream", "contentType": "application/pdf", "filename": "dream.pdf"}),
        ),
        (
            "MARK2222",
            json!({"itemType": "annotation", "parentItem": "SCAN2222", "annotationType": "smell",
            "annotationText": "salt and tar", "annotationColor": "#123456", "annotationPosition": "{}"}),
        ),
    ];
    let site = TestSite::of(&lines(&records), &[]);
    let settings = std::fs::read_to_string(site.path("zbib.toml")).unwrap();
    let site = site.write("zbib.toml", format!("{settings}\n[publish]\nannotations = true\n"));
    site.build();
    let page = item_page(&site, "HOLO2222");
    for shown in ["A ship of light", "sweet", "Ek", "2031", "hologram", "salt and tar"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert!(site.page("types/hologram/index.html").contains("A ship of light"));
    assert!(site.page("items/HOLO2222/HOLO2222.bib").contains("@misc{"));
    let cached = std::fs::read_to_string(site.path(".zbib/file-library/items.jsonl")).unwrap();
    assert!(cached.contains("imported_dream") && cached.contains("smell") && cached.contains("flavour"));
}

#[test]
fn titles_stand_in_the_fields_of_their_types_and_some_records_have_none() {
    let records = [
        ("CASE2222", json!({"itemType": "case", "caseName": "Ek v. Norén", "dateDecided": "1931"})),
        ("LAWLAW22", json!({"itemType": "statute", "nameOfAct": "Harbours Act", "dateEnacted": "1899"})),
        ("MAIL2222", json!({"itemType": "email", "subject": "On the lamps", "date": "2001"})),
        ("NONE2222", json!({"itemType": "book", "title": ""})),
        ("NONE3333", json!({"itemType": "book"})),
        ("BLANK222", json!({"itemType": "book", "title": " \t "})),
    ];
    let (site, says) = built(&records, &[]);
    assert!(!says.contains("warning"), "{says}");
    for (key, title) in [
        ("CASE2222", "Ek v. Norén"),
        ("LAWLAW22", "Harbours Act"),
        ("MAIL2222", "On the lamps"),
        ("NONE2222", "Untitled"),
        ("NONE3333", "Untitled"),
        ("BLANK222", "Untitled"),
    ] {
        assert_eq!(heading(&site, key), title, "{key}");
    }
    for (year, key) in [("1931", "CASE2222"), ("1899", "LAWLAW22"), ("2001", "MAIL2222"), ("undated", "NONE2222")] {
        assert!(site.page(&format!("years/{year}/index.html")).contains(key), "{key} in {year}");
    }
}

/// Zotero tells how it read a date in `meta.parsedDate`; the record's own words decide here.
#[test]
fn records_stand_under_the_year_of_their_own_words_whatever_zotero_read_in_them() {
    let dates = [
        ("2019-00-00", "2019", ""),
        ("2019-04-00 2019-04", "2019", "2019"),
        ("Spring 2019", "2019", ""),
        ("c. 1850", "1850", "1850"),
        ("1999/2001", "1999", "1999"),
        ("12/3/2019", "2019", "2019-12-03"),
        ("[1923?]", "1923", ""),
        ("2019年4月", "2019", ""),
        ("44 BC", "-44", ""),
        ("-0044", "-44", ""),
        ("n.d.", "undated", ""),
        ("in press", "undated", ""),
        ("0000-00-00", "undated", ""),
        ("", "undated", ""),
    ];
    let records: Vec<_> = dates
        .iter()
        .enumerate()
        .map(|(at, (date, _, parsed))| {
            let data = json!({"itemType": "book", "title": format!("Book {at}"), "date": date});
            line(&format!("DATE{at:04}"), &data).replacen(
                "{\"key\"",
                &format!("{{\"meta\":{{\"parsedDate\":\"{parsed}\"}},\"key\""),
                1,
            )
        })
        .collect();
    let site = TestSite::of(&records, &[]);
    site.build();
    for (at, (date, year, _)) in dates.iter().enumerate() {
        let page = site.page(&format!("years/{year}/index.html"));
        assert!(page.contains(&format!("items/DATE{at:04}/")), "{date} in {year}");
    }
}

#[test]
fn years_beyond_four_digits_break_nothing() {
    let records = ["year 10000", "10000", "99999999999999999999", "1", "31.12.0001"]
        .iter()
        .enumerate()
        .map(|(at, date)| line(&format!("DATE{at:04}"), &json!({"itemType": "book", "title": "Odd", "date": date})))
        .collect::<Vec<_>>();
    let site = TestSite::of(&records, &[]);
    site.build();
    assert_well_formed(&site.site());
    (0..records.len()).for_each(|at| assert!(site.has(&format!("items/DATE{at:04}/index.html"))));
}

#[test]
fn a_doi_in_any_form_is_one_link_and_nothing_else_of_the_page() {
    let forms = [
        ("10.5555/ABC.1", "10.5555/ABC.1"),
        ("doi:10.5555/abc.2", "10.5555/abc.2"),
        ("https://doi.org/10.5555/abc.3", "10.5555/abc.3"),
        ("http://dx.doi.org/10.5555/a%3Cb", "10.5555/a%3Cb"),
        ("10.5555/(SICI)1<2>3#x", "10.5555/(SICI)1%3C2%3E3%23x"),
        (" 10.5555/spaces behind ", "10.5555/spaces"),
    ];
    let records: Vec<_> = forms
        .iter()
        .enumerate()
        .map(|(at, (doi, _))| {
            line(&format!("DOID{at:04}"), &json!({"itemType": "journalArticle", "title": "T", "DOI": doi}))
        })
        .collect();
    let site = TestSite::of(&records, &[]);
    site.build();
    for (at, (doi, wanted)) in forms.iter().enumerate() {
        let page = item_page(&site, &format!("DOID{at:04}"));
        assert!(page.contains(&format!("href=\"https://doi.org/{wanted}\"")), "{doi}: {page}");
    }
    assert_well_formed(&site.site());
}

#[test]
fn odd_spaces_and_marks_stay_in_the_cache_and_leave_the_addresses() {
    let title = "Tab\there,\nline\u{a0}hard\u{ad}soft \u{202b}right\u{202c} 𝒳 e\u{301} \u{200b}end";
    let tag = "tag\u{a0}with\u{ad}marks\u{202e}";
    let record = json!({"itemType": "book", "title": title, "tags": [{"tag": tag}],
        "creators": [{"creatorType": "author", "name": "Name\u{a0}\u{202e}odd"}]});
    let other = json!({"itemType": "book", "title": "B", "tags": [{"tag": tag}],
        "creators": [{"creatorType": "author", "name": "Name\u{a0}\u{202e}odd"}]});
    let (site, _) = built(&[("BOOK2222", record), ("BOOK3333", other)], &[]);
    let cached = std::fs::read_to_string(site.path(".zbib/file-library/items.jsonl")).unwrap();
    let kept = cached.lines().find_map(|line| {
        let object: Value = serde_json::from_str(line).unwrap();
        (object["key"] == "BOOK2222").then(|| object["data"].clone())
    });
    assert_eq!(kept.unwrap()["title"], title);
    for path in site.site().into_keys() {
        assert!(path.chars().all(|c| c.is_ascii_graphic()), "{path:?}");
    }
    assert!(item_page(&site, "BOOK2222").contains("<h1 dir=\"auto\">"));
}
