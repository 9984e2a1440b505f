//! People and bodies, and what is said of them.

use super::*;

fn by(creators: &Value) -> Value {
    json!({"itemType": "book", "title": "Of lamps", "date": "1950", "creators": creators})
}

fn person(role: &str, first: &str, last: &str) -> Value {
    json!({"creatorType": role, "firstName": first, "lastName": last})
}

/// The formatted reference on a record's page.
fn reference(site: &TestSite, key: &str) -> String {
    let page = item_page(site, key);
    page.split("data-style=\"plain\" dir=\"auto\">").nth(1).unwrap().split("</p>").next().unwrap().to_owned()
}

#[test]
fn half_a_name_no_name_and_a_hundred_names_are_shown_as_they_are() {
    let crowd: Vec<_> = (0..120).map(|at| person("author", "A.", &format!("Name{at:03}"))).collect();
    let records = [
        ("BODY2222", by(&json!([{"creatorType": "author", "name": "Board of Pilots"}]))),
        ("LAST2222", by(&json!([person("author", "", "Mononym")]))),
        ("FIRST222", by(&json!([person("author", "Ida", "")]))),
        ("BOTH2222", by(&json!([person("author", "", ""), {"creatorType": "author", "name": " "}, {}, 7]))),
        ("CROWD222", by(&json!(crowd))),
        ("NOBODY22", by(&json!([]))),
        ("ABSENT22", json!({"itemType": "book", "title": "Of lamps", "date": "1950"})),
    ];
    let (site, says) = built(&records, &[]);
    assert!(!says.contains("warning"), "{says}");
    assert!(reference(&site, "BODY2222").starts_with("Board of Pilots. (1950)"), "{}", reference(&site, "BODY2222"));
    assert!(reference(&site, "LAST2222").starts_with("Mononym. (1950)"), "{}", reference(&site, "LAST2222"));
    assert!(reference(&site, "FIRST222").starts_with("Ida. (1950)"), "{}", reference(&site, "FIRST222"));
    for nobody in ["BOTH2222", "NOBODY22", "ABSENT22"] {
        assert!(reference(&site, nobody).starts_with("<i>Of lamps</i>. (1950)"), "{}", reference(&site, nobody));
        assert!(!item_page(&site, nobody).contains("class=\"creators\""), "{nobody}");
    }
    let crowd = item_page(&site, "CROWD222");
    assert!(crowd.contains("Name000") && crowd.contains("Name119"));
    assert!(reference(&site, "CROWD222").contains("…") || reference(&site, "CROWD222").contains(". . ."));
    let bib = site.page("items/CROWD222/CROWD222.bib");
    assert_eq!(bib.matches(" and ").count(), 119, "an export leaves nobody out");
    // In the site's order those without a creator come last of their day.
    let year = site.page("years/1950/index.html");
    let at = |key: &str| year.find(&format!("data-key=\"{key}\"")).unwrap();
    assert!(at("BODY2222") < at("FIRST222") && at("LAST2222") < at("CROWD222") && at("CROWD222") < at("NOBODY22"));
}

#[test]
fn without_an_author_the_editors_stand_in_front_and_then_whoever_is_there() {
    let records = [
        ("EDITOR22", by(&json!([person("translator", "T.", "Third"), person("editor", "E.", "Second")]))),
        ("OTHER222", by(&json!([person("translator", "T.", "Third")]))),
        (
            "FILM2222",
            json!({"itemType": "film", "title": "Of lamps", "date": "1950",
            "creators": [person("producer", "P.", "Producer"), person("director", "D.", "Director")]}),
        ),
    ];
    let (site, _) = built(&records, &[]);
    assert!(reference(&site, "EDITOR22").starts_with("Second, E."), "{}", reference(&site, "EDITOR22"));
    assert!(reference(&site, "OTHER222").contains("Third"), "{}", reference(&site, "OTHER222"));
    assert!(reference(&site, "FILM2222").starts_with("Director, D."), "{}", reference(&site, "FILM2222"));
    let first = |key: &str| {
        let page = item_page(&site, key);
        page.split("<ul class=\"creators\">").nth(1).unwrap().split("</li>").next().unwrap().to_owned()
    };
    assert!(first("FILM2222").contains("D. Director"), "{}", first("FILM2222"));
    let bib = site.page("items/EDITOR22/EDITOR22.bib");
    assert!(bib.contains("editor = {Second, E.}") && !bib.contains("author ="), "{bib}");
}

#[test]
fn signs_in_names_are_text_on_pages_and_in_data() {
    let name = "Ek & <b>Søns</b> \"Ltd\"";
    let record = by(&json!([{"creatorType": "author", "name": name}]));
    let mut raw = line("BOOK2222", &record);
    raw = raw.replacen("{\"key\"", "{\"meta\":{\"creatorSummary\":\"Ek & <script>alert(1)</script>\"},\"key\"", 1);
    let site = TestSite::of(&[raw, line("BOOK3333", &record)], &[]);
    site.build();
    assert_well_formed(&site.site());
    assert!(item_page(&site, "BOOK2222").contains("Ek &amp; &lt;b&gt;Søns&lt;/b&gt;"));
    assert_nowhere(&site, "alert(1)");
    for (path, bytes) in site.site().iter().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".xml")) {
        assert!(!String::from_utf8_lossy(bytes).contains("<b>Søns"), "{path}");
    }
    let items: Value = serde_json::from_str(&site.page("api/items.json")).unwrap();
    let names = items["items"][0]["creators"].as_str().unwrap();
    assert!(names.starts_with("Ek & ") && names.ends_with("Søns \"Ltd\""), "data are not escaped for pages: {names}");
}
