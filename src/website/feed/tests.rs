//! Whole feeds, sitemaps and `api/`, read back by parsers.

use std::collections::BTreeMap;

use serde_json::Value;

use super::*;
use crate::bibliography::library::Timestamp;
use crate::website::fixture::{Small, item, sketch};
use crate::website::output::Content;

const SITE: Site<'_> = Site { name: "Foundations \u{1}& more", description: Some("Papers"), language: "en" };

/// Every file of the room by its path.
fn made(small: &Small, absolute: bool, settings: &Settings) -> BTreeMap<String, String> {
    let addresses = small.addresses(absolute);
    let context = Context {
        library: &small.library,
        outline: &small.outline,
        addresses: &addresses,
        files: &small.files,
        site: SITE,
        settings,
    };
    let about = addresses.prose("about");
    let text = |content: Content<'_>| match content {
        Content::Bytes(bytes) => String::from_utf8(bytes).unwrap(),
        Content::Later(make) => String::from_utf8(make().ok().unwrap()).unwrap(),
        Content::Copy(_) => unreachable!("nothing here is copied"),
    };
    files(&context, &[about]).into_iter().map(|file| (file.path.to_string(), text(file.content))).collect()
}

fn small() -> Small {
    let mut newer = item("BBBBBBBB", "book", &[("title", "Logic \u{b}& <i>Machines</i>"), ("date", "1854")]);
    newer.added = Timestamp::parse("2024-02-01T00:00:00Z");
    Small::new(vec![newer, sketch()], &[1]).with_pdf(1, "menabrea 1843.pdf")
}

#[test]
fn the_feed_of_a_collection_is_complete() {
    let files = made(&small(), true, &Settings::default());
    let wanted = concat!(
        "<?xml version=\"1.0\"?>\n",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">",
        "<title>Engines, Foundations &amp; more</title>",
        "<id>https://example.org/lib/collections/CCCCCCCC/</id>",
        "<updated>2024-01-03T12:30:00+00:00</updated>",
        "<author><name>Foundations &amp; more</name></author>",
        "<link href=\"https://example.org/lib/collections/CCCCCCCC/feed.xml\" rel=\"self\" type=\"application/atom+xml\"/>",
        "<link href=\"https://example.org/lib/collections/CCCCCCCC/\" rel=\"alternate\" type=\"text/html\"/>",
        "<entry><title>Sketch of the Analytical Engine &amp; &quot;Notes&quot;</title>",
        "<id>https://example.org/lib/items/LV43SKET/</id>",
        "<updated>2024-01-03T12:30:00+00:00</updated>",
        "<author><name>Luigi Federico Menabrea</name></author>",
        "<category term=\"computing\"/>",
        "<link href=\"https://example.org/lib/items/LV43SKET/\" rel=\"alternate\" type=\"text/html\"/>",
        "<link href=\"https://doi.org/10.5555/sketch\" rel=\"related\"/>",
        "<link href=\"https://example.org/lib/items/LV43SKET/menabrea%201843.pdf\" rel=\"enclosure\"",
        " type=\"application/pdf\" length=\"4100000\"/>",
        "<published>2024-01-01T10:00:00+00:00</published>",
        "<summary>The engine weaves algebraical patterns.\n\nJust as the Jacquard loom &lt;/script&gt; weaves.</summary>",
        "</entry></feed>\n"
    );
    assert_eq!(files["collections/CCCCCCCC/feed.xml"], wanted);
}

#[test]
fn the_feed_of_the_site_begins_with_what_was_added_last() {
    let files = made(&small(), true, &Settings { entries: 1, collections: false });
    let feed = atom_syndication::Feed::read_from(files["feed.xml"].as_bytes()).unwrap();
    assert_eq!(feed.entries().len(), 1);
    assert_eq!(feed.entries()[0].title().as_str(), "Logic & Machines");
    assert_eq!(feed.updated().to_rfc3339(), "2024-02-01T00:00:00+00:00");
    assert!(!files.contains_key("collections/CCCCCCCC/feed.xml"));
}

#[test]
fn a_record_without_dates_still_makes_a_feed() {
    let mut bare = item("AAAAAAAA", "note", &[]);
    (bare.added, bare.modified) = (None, None);
    let files = made(&Small::new(vec![bare], &[0]), true, &Settings::default());
    let feed = atom_syndication::Feed::read_from(files["feed.xml"].as_bytes()).unwrap();
    assert_eq!(feed.entries()[0].title().as_str(), "AAAAAAAA");
    assert_eq!(feed.updated().to_rfc3339(), "1970-01-01T00:00:00+00:00");
}

#[test]
fn an_empty_collection_has_no_feed() {
    let files = made(&Small::new(vec![sketch()], &[]), true, &Settings::default());
    assert!(!files.contains_key("collections/CCCCCCCC/feed.xml"));
    assert!(!files["sitemap.xml"].contains("CCCCCCCC"));
}

#[test]
fn the_sitemap_names_pages_files_and_lists() {
    let files = made(&small(), true, &Settings::default());
    let line = |path: &str, changed: Option<&str>| {
        let changed = changed.map(|time| format!("\t\t<lastmod>{time}</lastmod>\n")).unwrap_or_default();
        format!("\t<url>\n\t\t<loc>https://example.org/lib/{path}</loc>\n{changed}\t</url>\n")
    };
    let (third, first) = (Some("2024-01-03T12:30:00+00:00"), Some("2024-02-01T00:00:00+00:00"));
    let wanted = [
        line("about/", None),
        line("collections/CCCCCCCC/", third),
        line("collections/", None),
        line("creators/", None),
        line("", first),
        line("items/BBBBBBBB/", first),
        line("items/LV43SKET/", third),
        line("items/LV43SKET/menabrea%201843.pdf", third),
        line("tags/", None),
        line("types/book/", first),
        line("types/", None),
        line("types/journalArticle/", third),
        line("years/1843/", third),
        line("years/1854/", first),
        line("years/", None),
    ];
    let head =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
    assert_eq!(files["sitemap.xml"], format!("{head}{}</urlset>\n", wanted.concat()));
    assert_eq!(files["robots.txt"], "User-agent: *\nAllow: /\n\nSitemap: https://example.org/lib/sitemap.xml\n");
}

#[test]
fn without_a_base_there_is_a_problem_instead_of_feeds() {
    let small = small();
    let files = made(&small, false, &Settings::default());
    let names: Vec<_> = files.keys().map(String::as_str).collect();
    assert_eq!(names, [".nojekyll", "api/collections.json", "api/items.json", "api/last-sync.json", "robots.txt"]);
    assert_eq!(files["robots.txt"], "User-agent: *\nAllow: /\n");
    let addresses = small.addresses(false);
    let context = Context {
        library: &small.library,
        outline: &small.outline,
        addresses: &addresses,
        files: &small.files,
        site: SITE,
        settings: &Settings::default(),
    };
    assert_eq!(problem(&context).unwrap().kind.id, "no-base-url");
}

#[test]
fn the_api_says_what_is_there_one_entry_in_a_line() {
    let files = made(&small(), true, &Settings::default());
    let last_sync: Value = serde_json::from_str(&files["api/last-sync.json"]).unwrap();
    assert_eq!(last_sync["libraries"][0]["version"], 42);
    assert_eq!(
        (&last_sync["libraries"][0]["items"], &last_sync["libraries"][0]["collections"]),
        (&2.into(), &1.into())
    );
    assert_eq!(last_sync["changed"], "2024-02-01T00:00:00Z");
    let lines: Vec<_> = files["api/items.json"].lines().collect();
    assert_eq!(
        lines[2],
        concat!(
            r#"{"key":"LV43SKET","library":"groups-7","type":"journalArticle","#,
            r#""title":"Sketch of the Analytical Engine & \"Notes\"","creators":"Menabrea","year":1843,"#,
            r#""url":"items/LV43SKET/","citation_key":"key_lv43sket","doi":"10.5555/sketch","#,
            r#""collections":["CCCCCCCC"],"added":"2024-01-01T10:00:00Z","changed":"2024-01-03T12:30:00Z"}"#
        )
    );
    assert_eq!(lines.len(), 4);
    let collections: Value = serde_json::from_str(&files["api/collections.json"]).unwrap();
    assert_eq!(collections["collections"][0]["items_with_parts"], 1);
}

#[test]
fn every_field_of_the_api_is_documented_and_no_other() {
    let documented = include_str!("../../../docs/api.md");
    let files = made(&small(), true, &Settings::default());
    let sections: Vec<&str> = documented.split("\n## ").collect();
    for name in ["api/last-sync.json", "api/items.json", "api/collections.json"] {
        let section = sections.iter().find(|section| section.starts_with(&format!("`{name}`"))).unwrap();
        let value: Value = serde_json::from_str(&files[name]).unwrap();
        let mut fields: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
        for list in value.as_object().unwrap().values().filter_map(Value::as_array) {
            fields.extend(list[0].as_object().unwrap().keys().cloned());
        }
        for field in &fields {
            assert!(section.contains(&format!("`{field}`")), "{name}: {field}");
        }
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
        for row in rows {
            assert!(fields.iter().any(|field| field == row), "{name}: {row}");
        }
    }
}
