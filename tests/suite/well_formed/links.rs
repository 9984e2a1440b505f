//! Links within the site: each leads to a file, and to a place in it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use super::{Site, html};

/// Where the site stands while its links are followed; nothing is ever asked for.
const ROOT: &str = "http://site.invalid/a/b/";

/// Every link that leads nowhere.
pub fn dead(site: &Site) -> Vec<String> {
    let pages: BTreeMap<&str, &str> = site
        .iter()
        .filter(|(path, _)| path.ends_with(".html") && (!path.starts_with("items/") || path.ends_with("/index.html")))
        .filter_map(|(path, bytes)| Some((path.as_str(), std::str::from_utf8(bytes).ok()?)))
        .collect();
    let mut anchors: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut dead = Vec::new();
    // The page for what is not there has absolute links: it is shown under any address.
    for (path, text) in pages.iter().filter(|(path, _)| **path != "404.html") {
        for link in links(text) {
            if !leads(site, path, &link, &mut anchors) {
                dead.push(format!("{path}: a dead link to {link:?}"));
            }
        }
    }
    dead
}

fn leads(site: &Site, from: &str, link: &str, anchors: &mut BTreeMap<String, BTreeSet<String>>) -> bool {
    let root = Url::parse(ROOT).unwrap();
    let Ok(target) = root.join(from).unwrap().join(link) else { return false };
    if target.host() != root.host() || target.scheme() != "http" {
        return true;
    }
    let Some(path) = target.path().strip_prefix("/a/b/") else { return false };
    let mut path = decoded(path);
    if path.is_empty() || path.ends_with('/') {
        path.push_str("index.html");
    }
    let Some(bytes) = site.get(&path) else { return false };
    let Some(fragment) = target.fragment().filter(|fragment| !fragment.is_empty() && path.ends_with(".html")) else {
        return true;
    };
    let ids = anchors.entry(path).or_insert_with(|| ids(&String::from_utf8_lossy(bytes)));
    ids.contains(&decoded(fragment))
}

/// What the attributes of a page link to.
fn links(page: &str) -> Vec<String> {
    static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"<[a-z0-9-]+ ([^>"]*|"[^"]*")*>"#).unwrap());
    let attributes = TAG
        .find_iter(page)
        .filter(|tag| tag.as_str().contains("href=") || tag.as_str().contains("src="))
        .flat_map(|tag| {
            let inside = tag.as_str().trim_matches(['<', '>']);
            html::attributes(inside.split_once(char::is_whitespace).map_or("", |(_, attributes)| attributes))
        });
    attributes.filter(|(name, _)| name == "href" || name == "src").map(|(_, value)| value).collect()
}

fn ids(page: &str) -> BTreeSet<String> {
    static ID: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#" id="([^"]*)""#).unwrap());
    ID.captures_iter(page).map(|found| found[1].to_owned()).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.as_bytes());
        match after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(b'%');
                rest = after;
            }
        }
    }
    bytes.extend(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}
