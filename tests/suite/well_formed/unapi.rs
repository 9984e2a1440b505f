//! Pages that Zotero may ask for records: one server, one thing to ask for, and a file that answers.

use super::{Site, html};

/// What would keep Zotero from reading a page's records.
pub fn defects(site: &Site) -> Vec<String> {
    let own = |path: &str| path.ends_with("/index.html");
    let pages = site.iter().filter(|(path, _)| own(path));
    let texts = pages.filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)));
    texts.filter_map(|(path, text)| Some(format!("{path}: {}", defect(site, path, text)?))).collect()
}

fn defect(site: &Site, path: &str, text: &str) -> Option<String> {
    let servers: Vec<_> = text.split("<link rel=\"unapi-server\"").skip(1).collect();
    let asked = text.matches("class=\"unapi-id\"").count();
    if servers.len() != asked || asked > 1 {
        return Some(format!("{} unAPI servers for {asked} records", servers.len()));
    }
    let tag = servers.first()?.split('>').next().unwrap_or_default();
    let (_, href) = html::attributes(tag).into_iter().find(|(name, _)| name == "href")?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let Some(answer) = site.get(&format!("{folder}/{href}")) else {
        return Some(format!("no unAPI server at {href}"));
    };
    let answer = String::from_utf8_lossy(answer);
    let format = "<format name=\"rdf_zotero\" type=\"application/rdf+xml\"/>";
    (answer.matches(format).count() != 1).then(|| format!("{href} is no answer of unAPI"))
}
