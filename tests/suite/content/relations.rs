//! Links between records.

use super::*;

const HOME: &str = "http://zotero.org/groups/123/items";

/// A book of the group 123 at a version, with relations of any shape.
fn book(key: &str, version: u64, relations: &Value) -> String {
    json!({
        "key": key, "version": version, "library": {"type": "group", "id": 123, "name": "Harbour"},
        "data": {"key": key, "version": version, "itemType": "book", "title": format!("Book {key}"), "relations": relations},
    })
    .to_string()
}

/// The records that a record's page names as related.
fn related(site: &TestSite, key: &str) -> Vec<String> {
    let page = item_page(site, key);
    let lists = page.split("<ol class=\"entries\">").skip(1);
    lists
        .flat_map(|list| list.split("</ol>").next().unwrap().split("data-key=\"").skip(1))
        .map(|rest| rest[..8].to_owned())
        .collect()
}

#[test]
fn relations_of_any_shape_are_links_only_where_they_lead_to_a_published_record() {
    let records = [
        book("TARGET22", 1, &json!({})),
        book("TARGET33", 1, &json!([])),
        book("STRING22", 2, &json!({"dc:relation": format!("{HOME}/TARGET22")})),
        book("ARRAY222", 2, &json!({"dc:relation": [format!("{HOME}/TARGET22"), format!("{HOME}/TARGET33"), 7]})),
        book("FOREIGN2", 2, &json!({"dc:relation": "http://zotero.org/groups/999/items/TARGET22"})),
        book("DANGLING", 2, &json!({"dc:relation": format!("{HOME}/NOTHERE2")})),
        book("HIDDEN22", 2, &json!({"dc:relation": format!("{HOME}/TRASHED2")})),
        book("SELFSELF", 2, &json!({"dc:relation": format!("{HOME}/SELFSELF")})),
        book("LOCAL222", 2, &json!({"dc:relation": "http://zotero.org/users/local/AbC123/items/TARGET33"})),
        book("ODDODD22", 2, &json!({"dc:relation": {"a": 1}, "owl:sameAs": null, "mendeleyDB:documentUUID": "x"})),
        book("TEXT2222", 2, &json!("none")),
        book("TRASHED2", 2, &json!({})).replacen("\"itemType\"", "\"deleted\":1,\"itemType\"", 1),
    ];
    let site = TestSite::of(&records, &[]);
    site.build();
    assert_well_formed(&site.site());
    assert_eq!(related(&site, "STRING22"), ["TARGET22"]);
    assert_eq!(related(&site, "ARRAY222"), ["TARGET22", "TARGET33"]);
    assert_eq!(related(&site, "LOCAL222"), ["TARGET33"]);
    for alone in ["FOREIGN2", "DANGLING", "HIDDEN22", "SELFSELF", "ODDODD22", "TEXT2222"] {
        assert!(related(&site, alone).is_empty(), "{alone}: {:?}", related(&site, alone));
    }
    let mut back = related(&site, "TARGET22");
    back.sort();
    assert_eq!(back, ["ARRAY222", "STRING22"], "both sides show it");
    assert_nowhere(&site, "TRASHED2");
}

#[test]
fn a_relation_that_one_side_dropped_holds_if_the_other_side_is_newer() {
    let names = |key: &str| json!({"dc:relation": format!("{HOME}/{key}")});
    let records = [
        book("NEWER222", 9, &names("OLDER222")),
        book("OLDER222", 5, &json!({})),
        book("OLDER333", 5, &names("NEWER333")),
        book("NEWER333", 9, &json!({})),
    ];
    let site = TestSite::of(&records, &[]);
    site.build();
    assert_eq!(
        (related(&site, "NEWER222"), related(&site, "OLDER222")),
        (vec!["OLDER222".into()], vec!["NEWER222".into()])
    );
    assert!(related(&site, "OLDER333").is_empty() && related(&site, "NEWER333").is_empty(), "dropped by the newer one");
}

#[test]
fn links_to_a_record_that_was_merged_into_another_lead_to_that_one() {
    let note = json!({"data": {"key": "NOTE2222", "itemType": "note", "parentItem": "OTHER222",
        "note": format!("<p>See <a href=\"{HOME}/MERGED22\">the old one</a>.</p>")}});
    let records = [
        book("STAYED22", 2, &json!({"dc:replaces": [format!("{HOME}/MERGED22")]})),
        book("OTHER222", 2, &json!({})),
        note.to_string(),
    ];
    let site = TestSite::of(&records, &[]).write("content/about.md", "As [@MERGED22] says.\n");
    site.build();
    assert!(item_page(&site, "OTHER222").contains(r#"<a href="../STAYED22/">the old one</a>"#));
    assert!(site.page("about/index.html").contains("items/STAYED22/"));
}
