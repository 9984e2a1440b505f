//! Links to records in Zotero: `zotero://select/…`, `zotero://open-pdf/…`, and pages of zotero.org.

use url::Url;

use crate::zotero::record::ItemKey;

/// A record that a link names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemLink {
    pub owner: Owner,
    /// An item, attachment or note.
    pub key: ItemKey,
    /// The page of the file, if the link opens one.
    pub page: Option<u32>,
}

/// Whose library a link names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A group by its number.
    Group(String),
    /// A user by number or name.
    User(String),
    /// The personal library of whoever wrote the link.
    Own,
}

impl ItemLink {
    /// Reads an address; None if it leads to no record.
    #[must_use]
    pub fn parse(address: &str) -> Option<Self> {
        let url = Url::parse(address.trim()).ok()?;
        let segments: Vec<&str> = url.path().split('/').filter(|segment| !segment.is_empty()).collect();
        let (key, number) = key(&segments)?;
        let owner = match (url.scheme(), url.host_str()) {
            ("zotero", Some("select" | "open-pdf" | "open")) => match segments.as_slice() {
                ["groups", id, ..] => Owner::Group((*id).to_owned()),
                _ => Owner::Own,
            },
            ("http" | "https", Some("zotero.org" | "www.zotero.org")) => match segments.as_slice() {
                ["groups", id, ..] => Owner::Group((*id).to_owned()),
                ["users", id, ..] => Owner::User((*id).to_owned()),
                [name, ..] => Owner::User((*name).to_owned()),
                [] => return None,
            },
            _ => return None,
        };
        let asked = url.query_pairs().find(|(name, _)| name == "page").and_then(|(_, page)| page.parse().ok());
        Some(Self { owner, key, page: asked.or(number) })
    }
}

/// The key behind `items` or `itemKey`, or in the older form `0_KEY`, there with a page number behind it.
fn key(segments: &[&str]) -> Option<(ItemKey, Option<u32>)> {
    for (at, segment) in segments.iter().enumerate().rev() {
        let named = at > 0 && matches!(segments[at - 1], "items" | "itemKey");
        let older = segment.split_once('_').filter(|(library, _)| library.bytes().all(|byte| byte.is_ascii_digit()));
        let candidate = older.map_or(*segment, |(_, key)| key);
        if (named || older.is_some())
            && let Ok(key) = candidate.parse()
        {
            return Some((key, older.and(segments.get(at + 1)).and_then(|page| page.parse().ok())));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_link_to_a_record_is_read() {
        for (address, wanted) in [
            ("zotero://select/library/items/ABCD2345", Some((Owner::Own, None))),
            ("zotero://select/items/0_ABCD2345", Some((Owner::Own, None))),
            ("zotero://select/groups/7/items/ABCD2345", Some((Owner::Group("7".into()), None))),
            ("zotero://select/library/collections/CCCC2345/items/ABCD2345", Some((Owner::Own, None))),
            (
                "zotero://open-pdf/groups/7/items/ABCD2345?page=4&annotation=XXXX2345",
                Some((Owner::Group("7".into()), Some(4))),
            ),
            ("zotero://open-pdf/0_ABCD2345/12", Some((Owner::Own, Some(12)))),
            ("http://zotero.org/groups/7/items/ABCD2345", Some((Owner::Group("7".into()), None))),
            ("https://www.zotero.org/groups/7/lab/items/ABCD2345/library", Some((Owner::Group("7".into()), None))),
            ("https://www.zotero.org/ida/items/ABCD2345", Some((Owner::User("ida".into()), None))),
            ("zotero://select/library/collections/CCCC2345", None),
            ("https://example.org/items/ABCD2345", None),
            ("javascript:items/ABCD2345", None),
            ("items/ABCD2345", None),
        ] {
            let found = ItemLink::parse(address);
            assert!(found.as_ref().is_none_or(|link| link.key.as_str() == "ABCD2345"), "{address}");
            assert_eq!(found.map(|link| (link.owner, link.page)), wanted, "{address}");
        }
    }
}
