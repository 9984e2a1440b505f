//! Tags that differ in little, or are hard to write.

use std::collections::BTreeSet;

use super::*;

fn tagged(tags: &Value) -> Value {
    json!({"itemType": "book", "title": "Of lamps", "date": "1950", "tags": tags})
}

/// The folders of tags that have a page.
fn folders(site: &TestSite) -> BTreeSet<String> {
    let name = |path: String| Some(path.strip_prefix("tags/")?.strip_suffix("/index.html")?.to_owned());
    site.site().into_keys().filter_map(name).collect()
}

#[test]
fn tags_that_differ_in_case_or_accents_are_two_with_addresses_of_their_own() {
    let tags = json!([{"tag": "Logic"}, {"tag": "logic"}, {"tag": "résumé"}, {"tag": "resume"}, {"tag": "re\u{301}sume\u{301}"}]);
    let (site, says) = built(&[("BOOK2222", tagged(&tags)), ("BOOK3333", tagged(&tags))], &[]);
    assert!(!says.contains("warning"), "{says}");
    let folders = folders(&site);
    assert_eq!(folders.len(), 5, "{folders:?}");
    let lower: BTreeSet<_> = folders.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(lower.len(), 5, "on disks that do not tell case apart, too: {folders:?}");
    assert!(folders.contains("resume"), "{folders:?}");
}

#[test]
fn a_tag_that_came_by_hand_and_by_import_is_one() {
    let tags = json!([{"tag": "harbour", "type": 1}, {"tag": "harbour"}, {"tag": " harbour "}]);
    let (site, _) =
        built(&[("BOOK2222", tagged(&tags)), ("BOOK3333", tagged(&json!([{"tag": "harbour", "type": 1}])))], &[]);
    assert_eq!(folders(&site), ["harbour".to_owned()].into());
    assert_eq!(item_page(&site, "BOOK2222").matches("tags/harbour/").count(), 1);
    let list = site.page("tags/harbour/index.html");
    assert!(list.contains("items/BOOK2222/") && list.contains("items/BOOK3333/"));
}

#[test]
fn a_tag_may_be_a_nought_a_picture_a_path_or_very_long() {
    let long = "long ".repeat(51);
    let names = ["0", "★", "👩‍👩‍👧‍👦", "a,b", "a/b", "../../etc", "page", "index", "CON", "#1?", "%2e%2e", "<i>x</i>", &long];
    let tags: Value = names.iter().map(|name| json!({"tag": name})).collect();
    let (site, says) = built(&[("BOOK2222", tagged(&tags)), ("BOOK3333", tagged(&tags))], &[]);
    assert!(!says.contains("warning"), "{says}");
    let folders = folders(&site);
    assert_eq!(folders.len(), names.len(), "{folders:?}");
    assert!(folders.contains("0") && folders.iter().all(|name| name.len() <= 80 && !name.contains('.')), "{folders:?}");
    for folder in &folders {
        assert!(site.page(&format!("tags/{folder}/index.html")).contains("items/BOOK2222/"), "{folder}");
    }
    let csl = site.page("items/BOOK2222/BOOK2222.bib");
    assert!(csl.contains("keywords = {"), "{csl}");
}
