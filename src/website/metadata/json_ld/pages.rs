//! Pages: lists, trails, the site itself. All of it is about addresses, so there is none of it without a base.

use serde_json::{Value, json};

use super::super::{Context, Page};
use super::Thing;
use crate::bibliography::library::ItemIndex;

/// How many members of a list are named.
const MEMBERS: usize = 50;

/// A page of a list with the addresses of what is on it.
pub(super) fn collection(members: &[ItemIndex], page: &Page<'_>, context: &Context<'_>) -> Option<Value> {
    let addresses = context.addresses;
    let here = addresses.absolute(page.place)?;
    let member = |(position, index): (usize, &ItemIndex)| {
        let address = addresses.absolute(&addresses.item(*index))?;
        Some(json!({ "@type": "ListItem", "position": position, "url": address }))
    };
    let members: Vec<Value> = (1..).zip(members).take(MEMBERS).filter_map(member).collect();
    let mut thing = Thing::new("CollectionPage");
    thing.put("@id", here.as_str());
    thing.put("url", here);
    thing.put("name", page.title);
    thing.put("inLanguage", context.site.language);
    if !members.is_empty() {
        thing.put("mainEntity", json!({ "@type": "ItemList", "itemListElement": members }));
    }
    Some(thing.into())
}

/// The way from the home page to this one. See <https://schema.org/BreadcrumbList>.
pub(super) fn trail(page: &Page<'_>, context: &Context<'_>) -> Option<Value> {
    if page.trail.is_empty() {
        return None;
    }
    let steps = page.trail.iter().map(|step| (step.name.as_str(), &step.place));
    let step = |(position, (name, place)): (usize, (&str, _))| {
        let address = context.addresses.absolute(place)?;
        Some(json!({ "@type": "ListItem", "position": position, "name": name, "item": address }))
    };
    let steps: Option<Vec<Value>> = (1..).zip(steps.chain([(page.title, page.place)])).map(step).collect();
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": steps? }))
}

/// The site and its search, which reads what is looked for from `?all=`.
pub(super) fn site(context: &Context<'_>) -> Option<Value> {
    let addresses = context.addresses;
    let home = addresses.absolute(&addresses.home())?;
    let search = addresses.absolute(&addresses.search())?;
    let mut thing = Thing::new("WebSite");
    thing.put("@id", home.as_str());
    thing.put("url", home);
    thing.put("name", context.site.name);
    thing.put("description", context.site.description);
    thing.put("inLanguage", context.site.language);
    thing.put(
        "potentialAction",
        json!({
            "@type": "SearchAction",
            "target": { "@type": "EntryPoint", "urlTemplate": format!("{search}?all={{search_term_string}}") },
            "query-input": "required name=search_term_string",
        }),
    );
    Some(thing.into())
}

/// The whole library as files.
pub(super) fn data(page: &Page<'_>, context: &Context<'_>) -> Option<Value> {
    let addresses = context.addresses;
    let home = addresses.absolute(&addresses.home())?;
    let file = |download: &crate::website::download::Download| {
        let address = addresses.absolute(&download.place)?;
        let media_type = download.format.media_type();
        Some(json!({ "@type": "DataDownload", "contentUrl": address, "encodingFormat": media_type }))
    };
    let files: Vec<Value> = page.downloads.iter().filter_map(file).collect();
    if files.is_empty() {
        return None;
    }
    let mut thing = Thing::new("Dataset");
    thing.put("@id", format!("{home}#records"));
    thing.put("name", context.site.name);
    thing.put("description", context.site.description);
    thing.put("url", home);
    thing.put("isAccessibleForFree", true);
    thing.put("distribution", files);
    Some(thing.into())
}
