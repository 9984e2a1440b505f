//! A build with nothing to do does nothing, and notices whatever gives it something to do.

use std::fs;

use crate::test_site::TestSite;

const SETTINGS: &str = "[site]\ntitle = \"Logic\"\nbase-url = \"https://example.org/\"\n\n\
    [[libraries]]\ntype = \"file\"\nid = \"logic\"\npath = \"library\"\n";

fn book(title: &str) -> String {
    let data = serde_json::json!({ "key": "BQQK2222", "version": 1, "itemType": "book", "title": title });
    serde_json::json!({ "key": "BQQK2222", "version": 1, "data": data }).to_string()
}

fn site() -> TestSite {
    TestSite::empty().write("zbib.toml", SETTINGS).write("library/items.jsonl", book("Truth"))
}

/// Whether a build found nothing to do, and did not even look at the templates' pages.
fn nothing_to_do(site: &TestSite) -> bool {
    let run = site.run(&["build", "--verbose"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stderr.contains("nothing changed") && !run.stderr.contains("making and writing files")
}

#[test]
fn nothing_is_made_until_something_changes() {
    let site = site();
    assert!(!nothing_to_do(&site));
    assert!(nothing_to_do(&site));

    site.change("library/items.jsonl", book("Falsehood"));
    assert!(!nothing_to_do(&site), "a record");
    assert!(nothing_to_do(&site));

    site.change("zbib.toml", SETTINGS.replace("Logic", "Ethics"));
    assert!(!nothing_to_do(&site), "a setting");
    site.change("content/about.md", "+++\ntitle = \"About\"\n+++\n\nUs.\n");
    assert!(!nothing_to_do(&site), "a page of the owner's");
    site.change("static/logo.svg", "<svg/>");
    assert!(!nothing_to_do(&site), "a file of the owner's");
    assert!(nothing_to_do(&site));
}

#[test]
fn a_page_edited_by_hand_is_made_right_again() {
    let site = site();
    assert!(!nothing_to_do(&site));
    let page = site.path("public/items/BQQK2222/index.html");
    let right = fs::read_to_string(&page).unwrap();
    fs::write(&page, right.replace("Truth", "Youth")).unwrap();
    assert!(!nothing_to_do(&site));
    assert_eq!(fs::read_to_string(&page).unwrap(), right);
}

#[test]
fn a_warning_is_told_every_time() {
    let site = site();
    site.change("zbib.toml", SETTINGS.replace("base-url", "# base-url"));
    for _ in 0..2 {
        assert!(site.run(&["build"]).stderr.contains("does not know its own address"));
    }
}
