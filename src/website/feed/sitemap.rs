//! The sitemap: every page that search engines should read. See <https://www.sitemaps.org/protocol.html>.

use sitemap_rs::sitemap::Sitemap;
use sitemap_rs::sitemap_index::SitemapIndex;
use sitemap_rs::url::Url;
use sitemap_rs::url_set::UrlSet;
use xxhash_rust::xxh3::xxh3_64;

use super::Context;
use crate::bibliography::library::{ItemIndex, Timestamp};
use crate::website::outline::{ListIndex, ListKind};
use crate::website::output::{OutputFile, SitePath};

/// Addresses in one file. The protocol allows 50 000; Google Scholar asks for files of 5 MB at most.
const LIMIT: usize = 10_000;

/// A page or file, and when it last changed.
#[derive(Clone)]
struct Stop<'a> {
    place: SitePath,
    changed: Option<&'a Timestamp>,
}

/// `sitemap.xml`, or an index under that name and its parts.
pub(super) fn files<'a>(context: &Context<'a>, pages: &[SitePath]) -> Vec<OutputFile<'a>> {
    if context.addresses.base().is_none() {
        return Vec::new();
    }
    within(LIMIT, stops(context, pages), context)
}

fn within<'a>(limit: usize, stops: Vec<Stop<'a>>, context: &Context<'a>) -> Vec<OutputFile<'a>> {
    let file = |name: &str, bytes| OutputFile::bytes(context.addresses.at_root(name), "the sitemap", bytes);
    let mut parts = parts(stops, limit);
    if let [only] = parts.as_mut_slice() {
        return vec![file("sitemap.xml", url_set(only, context))];
    }
    let names: Vec<_> = (1..=parts.len()).map(|number| format!("sitemap-{number}.xml")).collect();
    let mut files = vec![file("sitemap.xml", index(&names, &parts, context))];
    files.extend(names.iter().zip(&parts).map(|(name, part)| file(name, url_set(part, context))));
    files
}

/// Everything indexed, in the order of addresses.
fn stops<'a>(context: &Context<'a>, pages: &[SitePath]) -> Vec<Stop<'a>> {
    let (library, addresses) = (context.library, context.addresses);
    let mut stops = vec![Stop { place: addresses.home(), changed: library.last_change() }];
    for (index, item) in library.indexed() {
        let changed = item.changed();
        stops.push(Stop { place: addresses.item(index), changed });
        let texts = context.files.of(index).iter().filter(|file| file.media_type == "application/pdf");
        stops.extend(texts.map(|file| Stop { place: addresses.item_file(index, &file.name), changed }));
    }
    for kind in ListKind::ALL {
        let lists = context.outline.index(kind);
        if !lists.is_empty() {
            stops.push(Stop { place: addresses.index(kind), changed: None });
        }
        stops.extend(lists.iter().filter_map(|list| of_list(*list, context)));
    }
    stops.extend(pages.iter().map(|place| Stop { place: place.clone(), changed: None }));
    stops.sort_by(|a, b| a.place.cmp(&b.place));
    stops
}

/// The first page of a list, if it has pages and they are indexed.
fn of_list<'a>(list: ListIndex, context: &Context<'a>) -> Option<Stop<'a>> {
    let known = context.outline.list(list);
    let changed = |index: &ItemIndex| context.library.item(*index).changed();
    let stop =
        || Stop { place: context.addresses.list(list, 1), changed: known.members.iter().filter_map(changed).max() };
    (known.indexed && known.pages() > 0).then(stop)
}

/// Parts of `limit` at most. An address stays in its part, whatever else comes and goes, until the number of parts doubles:
/// so a night's changes touch few files.
fn parts(stops: Vec<Stop<'_>>, limit: usize) -> Vec<Vec<Stop<'_>>> {
    let mut count = 1;
    loop {
        let mut parts = vec![Vec::new(); count];
        for stop in &stops {
            let part = xxh3_64(stop.place.as_str().as_bytes()) % count as u64;
            parts[usize::try_from(part).unwrap_or_default()].push(stop.clone());
        }
        if parts.iter().all(|part| part.len() <= limit) || count >= stops.len() {
            return parts;
        }
        count *= 2;
    }
}

fn url_set(stops: &[Stop<'_>], context: &Context<'_>) -> Vec<u8> {
    let url = |stop: &Stop<'_>| {
        // An address of 2048 characters or more is none that the protocol allows.
        let mut url = Url::builder(context.addresses.absolute(&stop.place)?).build().ok()?;
        url.last_modified = stop.changed.and_then(|time| zoned(time).parse().ok());
        Some(url)
    };
    let set = UrlSet::new(stops.iter().filter_map(url).collect()).expect("a part is within the protocol's limit");
    let mut bytes = Vec::new();
    set.write(&mut bytes).expect("memory takes everything that is written");
    bytes
}

fn index(names: &[String], parts: &[Vec<Stop<'_>>], context: &Context<'_>) -> Vec<u8> {
    let sitemap = |(name, part): (&String, &Vec<Stop<'_>>)| {
        let location = context.addresses.absolute(&context.addresses.at_root(name))?;
        let mut sitemap = Sitemap::new(location, None);
        let newest = part.iter().filter_map(|stop| stop.changed).max();
        sitemap.last_modified = newest.and_then(|time| zoned(time).parse().ok());
        Some(sitemap)
    };
    let sitemaps = names.iter().zip(parts).filter_map(sitemap).collect();
    let index = SitemapIndex::new(sitemaps).expect("there are not as many addresses as 50 000 parts hold");
    let mut bytes = Vec::new();
    index.write(&mut bytes).expect("memory takes everything that is written");
    bytes
}

/// A moment with its time zone, as RFC 9557 writes it.
fn zoned(time: &Timestamp) -> String {
    format!("{time}[+00:00]")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::website::feed::Settings;
    use crate::website::fixture::{Small, sketch};
    use crate::website::metadata::Site;
    use crate::website::output::Content;

    fn stops(count: usize) -> Vec<Stop<'static>> {
        let place = |number| SitePath::new(format!("items/{number:08}/index.html")).unwrap();
        (0..count).map(|number| Stop { place: place(number), changed: None }).collect()
    }

    #[test]
    fn no_part_is_over_the_limit_and_nothing_is_lost() {
        let parts = parts(stops(1000), 100);
        assert!(parts.iter().all(|part| part.len() <= 100));
        assert_eq!(parts.iter().map(Vec::len).sum::<usize>(), 1000);
        assert!(parts.len().is_power_of_two());
    }

    #[test]
    fn one_more_address_changes_one_part() {
        let paths = |parts: Vec<Vec<Stop<'_>>>| -> Vec<Vec<SitePath>> {
            parts.into_iter().map(|part| part.into_iter().map(|stop| stop.place).collect()).collect()
        };
        let (before, after) = (paths(parts(stops(1000), 200)), paths(parts(stops(1001), 200)));
        assert_eq!(before.iter().zip(&after).filter(|(before, after)| before != after).count(), 1);
    }

    #[test]
    fn an_index_has_one_element_for_each_part() {
        let small = Small::new(vec![sketch()], &[0]);
        let addresses = small.addresses(true);
        let context = Context {
            library: &small.library,
            outline: &small.outline,
            addresses: &addresses,
            files: &small.files,
            site: Site::default(),
            settings: &Settings::default(),
        };
        let files = within(6, super::stops(&context, &[]), &context);
        let names: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(names[..3], ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]);
        let Content::Bytes(index) = &files[0].content else { panic!("the index is made at once") };
        let index = str::from_utf8(index).unwrap();
        let part = "\t<sitemap>\n\t\t<loc>https://example.org/lib/sitemap-2.xml</loc>\n\t\t<lastmod>2024-01-03T12:30:00+00:00</lastmod>";
        assert!(index.contains(part), "{index}");
        assert_eq!(index.matches("<sitemap>").count(), files.len() - 1);
    }
}
