//! COinS: a record as an OpenURL in an empty element of a page, where reference managers and link resolvers find it.
//!
//! See <https://github.com/zotero/utilities/blob/master/openurl.js> for what Zotero writes, and for the meaning of the keys
//! the registry of OpenURL 1.0, ANSI/NISO Z39.88: <https://www.niso.org/publications/z3988-2004-r2021>.

use std::sync::LazyLock;

use regex::Regex;

use super::escape::{among, tidy};
use super::routes::{Route, Routes, Writing};
use super::{Compatibility, Settings};
use crate::bibliography::library::{Creator, Item, Name};
use crate::zotero::schema::{ItemType, Schema};

static ROUTES: LazyLock<Routes> = LazyLock::new(|| Routes::parse(include_str!("routes/coins.tsv"), 4));

/// What every context object begins with.
const HEAD: [(&str, &str); 3] =
    [("url_ver", "Z39.88-2004"), ("ctx_ver", "Z39.88-2004"), ("rfr_id", "info:sid/zotero.org:2")];

/// One record, with a line end behind it.
pub(super) fn span(item: &Item, settings: &Settings) -> String {
    let title = context_object(item, settings);
    ["<span class='Z3988' title='", &title, "'></span>\n"].concat()
}

/// The record as pairs of keys and values, form-encoded, with what HTML would take for its own escaped.
fn context_object(item: &Item, settings: &Settings) -> String {
    let routes = ROUTES.of(&item.item_type);
    let mut object = ContextObject { text: String::with_capacity(1024), mode: settings.compatibility };
    for (key, value) in HEAD {
        object.pair(key, value);
    }
    identifiers(&mut object, item);
    let (format, genre) = routes.name.split_once(' ').unwrap_or((routes.name, ""));
    object.prefixed("rft_val_fmt", "info:ofi/fmt:kev:mtx:", format);
    object.pair("rft.genre", genre);
    if format == "dc" {
        object.pair("rft.type", &item.item_type);
    }
    for route in routes.iter() {
        pairs(&mut object, route, item, settings);
    }
    object.text
}

fn identifiers(object: &mut ContextObject, item: &Item) {
    // Of Extra's lines, only the first that is a PubMed id.
    static PMID: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:\n|^)PMID:[[\s\u{feff}]--\u{85}]*([0-9]+)").expect("the pattern of a PubMed id is valid")
    });
    let pmid = item
        .field("extra")
        .filter(|extra| extra.contains("PMID:"))
        .and_then(|extra| PMID.captures(extra))
        .and_then(|found| found.get(1));
    object.prefixed("rft_id", "info:doi/", item.field("DOI").unwrap_or_default());
    object.prefixed("rft_id", "urn:isbn:", item.field("ISBN").unwrap_or_default());
    object.prefixed("rft_id", "info:pmid/", pmid.map_or("", |id| id.as_str()));
}

fn pairs(object: &mut ContextObject, route: &Route, item: &Item, settings: &Settings) {
    let value = route.value(item).unwrap_or_default();
    match route.writing {
        Writing::Abstract if !settings.abstracts => {}
        Writing::Address if item.field("DOI").is_some() => object.prefixed(route.tag, "urn:doi:", value),
        Writing::FirstName => object.pair(route.tag, first_creator(item).map_or("", |creator| parts(creator).0)),
        Writing::LastName => object.pair(route.tag, first_creator(item).map_or("", |creator| parts(creator).1)),
        Writing::Names => people(object, route.tag, item, true),
        Writing::Contributors => people(object, route.tag, item, false),
        // Zotero gives the day of issue here, too.
        Writing::Filed if object.mode == Compatibility::Right => {}
        Writing::Date | Writing::Filed => object.pair(route.tag, &item.date.iso().unwrap_or_default()),
        Writing::Pages => pages(object, value),
        _ => object.pair(route.tag, value),
    }
}

/// The first author or maker; of works that have none, the first editor.
fn first_creator(item: &Item) -> Option<&Creator> {
    let primary = Schema::get().item_type(&item.item_type).and_then(ItemType::primary_creator);
    let makes = |creator: &&Creator| creator.role == "author" || Some(creator.role.as_str()) == primary;
    let edits = |creator: &&Creator| creator.role == "editor";
    item.creators.iter().find(makes).or_else(|| item.creators.iter().find(edits))
}

/// First and last name.
fn parts(creator: &Creator) -> (&str, &str) {
    match &creator.name {
        Name::Single(name) => ("", name),
        Name::Personal { last, first } => (first, last),
    }
}

/// Those who made the work, or the others; to Zotero everybody made it.
fn people(object: &mut ContextObject, key: &str, item: &Item, makers: bool) {
    let leading = item.leading_creators().first().map(|creator| creator.role.as_str());
    for creator in &item.creators {
        let made = object.mode == Compatibility::Zotero || Some(creator.role.as_str()) == leading;
        if made == makers {
            let (first, last) = parts(creator);
            let gap = if first.is_empty() { "" } else { " " };
            object.pair(key, &[first, gap, last].concat());
        }
    }
}

/// All pages; and the first and the last, if there is one range of them.
fn pages(object: &mut ContextObject, pages: &str) {
    object.pair("rft.pages", pages);
    let parts: Vec<_> = pages.split(['-', '–']).collect();
    let one = parts.len() == 2 && !pages.contains([',', ';', '&']);
    if parts.len() > 1 && (one || object.mode == Compatibility::Zotero) {
        object.pair("rft.spage", parts[0]);
        object.pair("rft.epage", parts[1]);
    }
}

/// Pairs of keys and values while they are written.
struct ContextObject {
    text: String,
    mode: Compatibility,
}

impl ContextObject {
    /// A key and its value; nothing, if that is empty.
    fn pair(&mut self, key: &str, value: &str) {
        self.prefixed(key, "", value);
    }

    /// A key and its value with the name space it belongs to; nothing, if the value is empty.
    fn prefixed(&mut self, key: &str, name_space: &str, value: &str) {
        let tidied = if self.mode == Compatibility::Zotero { value.into() } else { tidy(value) };
        let value = if self.mode == Compatibility::Zotero { value } else { tidied.trim() };
        if value.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("&amp;");
        }
        self.text.push_str(key);
        self.text.push('=');
        self.encode(name_space);
        self.encode(value);
    }

    /// As JavaScript's `encodeURIComponent` does. The attribute stands between apostrophes, which that leaves as they are
    /// and Zotero writes by name.
    fn encode(&mut self, text: &str) {
        const HEXADECIMAL: &[u8; 16] = b"0123456789ABCDEF";
        let mut copied = 0;
        for (at, byte) in text.bytes().enumerate().filter(|(_, byte)| !UNRESERVED[usize::from(*byte)]) {
            if copied < at {
                self.text.push_str(&text[copied..at]);
            }
            copied = at + 1;
            if byte == b'\'' {
                self.text.push_str("&apos;");
                continue;
            }
            let digit = |nibble: u8| char::from(HEXADECIMAL[usize::from(nibble)]);
            self.text.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
        // What is behind the last sign that is encoded; nothing, if the text ends with one.
        self.text.push_str(text.get(copied..).unwrap_or_default());
    }
}

/// The signs that are neither encoded nor escaped.
static UNRESERVED: [bool; 256] = among(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*()");

#[cfg(test)]
mod tests {
    use super::super::measured::{creator, item};
    use super::*;
    use crate::bibliography::library::Date;

    /// What follows the head, as Zotero writes it, without the escapes of HTML.
    fn pairs(item: &Item) -> String {
        let settings = Settings { compatibility: Compatibility::Zotero, ..Settings::default() };
        let object = context_object(item, &settings).replace("&amp;", "&").replace("&apos;", "'");
        object.split_once("zotero.org%3A2&").unwrap().1.replace("info%3Aofi%2Ffmt%3Akev%3Amtx%3A", "")
    }

    #[test]
    fn each_kind_of_work_has_the_keys_of_its_format() {
        for (item_type, fields, wanted) in [
            (
                "journalArticle",
                &[("title", "On A"), ("publicationTitle", "B"), ("DOI", "10.5/x"), ("pages", "1–4")][..],
                "rft_id=info%3Adoi%2F10.5%2Fx&rft_val_fmt=journal&rft.genre=article&rft.atitle=On%20A&rft.jtitle=B\
                 &rft.pages=1%E2%80%934&rft.spage=1&rft.epage=4",
            ),
            (
                "bookSection",
                &[("title", "A"), ("bookTitle", "B"), ("place", "C"), ("ISBN", "1 2"), ("series", "D")],
                "rft_id=urn%3Aisbn%3A1%202&rft_val_fmt=book&rft.genre=bookitem&rft.atitle=A&rft.btitle=B&rft.place=C\
                 &rft.series=D&rft.isbn=1%202",
            ),
            (
                "report",
                &[("title", "A"), ("seriesTitle", "B"), ("institution", "C")],
                "rft_val_fmt=book&rft.genre=report&rft.series=B&rft.btitle=A&rft.publisher=C",
            ),
            (
                "thesis",
                &[("title", "A"), ("university", "B"), ("thesisType", "C"), ("numPages", "9")],
                "rft_val_fmt=dissertation&rft.title=A&rft.inst=B&rft.degree=C&rft.tpages=9",
            ),
            (
                "patent",
                &[("title", "A"), ("assignee", "B"), ("patentNumber", "C"), ("extra", "x\nPMID: 7\nPMID: 8")],
                "rft_id=info%3Apmid%2F7&rft_val_fmt=patent&rft.title=A&rft.assignee=B&rft.number=C",
            ),
            (
                "instantMessage",
                &[("title", "(A)'!*~"), ("url", "http://x/?a=b&c"), ("abstractNote", "D"), ("extra", "see PMID: 7")],
                "rft_val_fmt=dc&rft.type=instantMessage&rft.title=(A)'!*~&rft.description=D\
                 &rft.identifier=http%3A%2F%2Fx%2F%3Fa%3Db%26c",
            ),
            (
                "standard",
                &[("title", "A"), ("DOI", "10.5/x"), ("url", "http://x/"), ("numPages", "3")],
                "rft_id=info%3Adoi%2F10.5%2Fx&rft_val_fmt=dc&rft.type=standard&rft.title=A\
                 &rft.identifier=urn%3Adoi%3A10.5%2Fx&rft.tpages=3",
            ),
            ("newerThanThis", &[("title", "A")], "rft_val_fmt=dc&rft.type=newerThanThis&rft.title=A"),
        ] {
            assert_eq!(pairs(&item(item_type, fields)), wanted, "{item_type}");
        }
    }

    #[test]
    fn the_first_maker_is_named_in_parts_and_everybody_whole() {
        let mut film = item("film", &[]);
        film.creators =
            vec![creator("castMember", "A", "B"), creator("author", "C", ""), creator("director", "D", "E")];
        assert!(pairs(&film).ends_with("rft.aulast=C&rft.au=B%20A&rft.au=C&rft.au=E%20D"));
        let mut patent = item("patent", &[]);
        patent.creators = vec![creator("contributor", "A", "B"), creator("inventor", "C", "D")];
        patent.date = Date::parse("May 2001", 2026);
        let wanted = "patent&rft.date=2001-05&rft.invfirst=D&rft.invlast=C&rft.inventor=B%20A&rft.inventor=D%20C\
                      &rft.appldate=2001-05";
        assert!(pairs(&patent).ends_with(wanted), "{}", pairs(&patent));
        let mut letter = item("letter", &[]);
        letter.creators = vec![creator("recipient", "A", "B")];
        assert!(pairs(&letter).ends_with("type=letter&rft.au=B%20A"), "nobody made it");
    }
}
