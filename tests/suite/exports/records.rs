//! Records that try to break a file, and what runs a property on many of them.
//!
//! A few of them for every `cargo test`; `ZBIB_CASES=10000` tries that many of each property. They are the same ones in each
//! run and for each format, unless `ZBIB_SEED` has another number than 1.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{RngAlgorithm, TestError, TestRng, TestRunner};
use zbib::bibliography::library::{
    Attachment, Creator, Date, Item, ItemIndex, Name, Note, Relation, RelationKind, Tag, Timestamp,
};
use zbib::zotero::record::LinkMode;
use zbib::zotero::schema::{ItemType, Schema, is_regular};

use super::item;
use crate::sync::scripts::number;

/// How many cases of a property a plain `cargo test` tries.
const CASES: u32 = 100;

/// What means something in one format or another.
#[rustfmt::skip]
const HOSTILE: &[&str] = &[
    "{", "}", "\\", "%", "@book{x,", "\n", "\r\n", "\r\nER  - \r\n", "\nTY  - JOUR", "\n AU  - x", "\u{2028}", "\u{2029}",
    "\u{85}", "\u{0}", "\u{7f}", "\u{feff}", "\u{fffd}", "\u{ffff}\u{b}", "\u{202e}", "\u{200b}", "\"", "'", "''", " and ",
    " AND ", "and", ", ", ";", "; ", ",", "<i>x</i>", "<sup>", "</sup>", "<b><i>y</b></i>", "<span class=\"nocase\">iPod</span>",
    "<sc>a\nb</sc>", "$^{", "$x_1$", "&", "&amp;<z:itemType/>", "]]>", "<!--", "<?xml", "=1+1", "-2", "@SUM(A1)", "\t", "  ",
    "\u{a0}", "~", "^", "#1", "|", "_", "--", "—", "’", "“x”", "🦀", "e\u{301}", "Æ", "ß", "ſ", "İ", "א", "文献", "McDonald",
    "HIV-1", "U.S.", "L’Oréal", "Über", "\u{1f130}", "\\textbf{", "\\vphantom{\\}}", "{\\textless}", "{{", "}}", "?", "http://x/{",
];

const DATES: &[&str] = &[
    "2020",
    "2020-05-17",
    "2020-05",
    "2020-13-40",
    "17 May 2020",
    "May 17th, 2020",
    "Spring 1999",
    "n.d.",
    "44 BC",
    "-0044",
    "1000-900 BCE",
    "AD 429",
    "circa 1850",
    "~1850",
    "1850?",
    "1995/1996",
    "1995-96",
    "1/2/03",
    "31/12/1999",
    "12/31/1999",
    "0000-00-00",
    "00/00/00",
    "99999",
    "2020-02-30",
    "\"quoted\"",
    "2020 March",
    "März 2019",
    "平成30年",
    "１９９９",
    "2020-05-17T04:05:06Z",
    "2020-05-17 04:05:06",
    "in press",
    "2001–2003",
    "]1999[",
    "19{99}",
    "the \"day\", 1999",
    "1999\u{0}",
    "\n2001\n",
];

const EXTRA: &[&str] = &[
    "type: dataset",
    "Type: article",
    "DOI: 10.1/x{",
    "DOI: 10.1/a b\\",
    "PMID: 12",
    "PMCID: PMC{",
    "arXiv: }\\",
    "arXiv:2001.01234 [cs.DL]",
    "JSTOR: 1",
    "Citation Key: knuth1984",
    "citation key: {a b}",
    "Citation Key:",
    "Citation Key: a,b",
    "original-date: 1900-05",
    "Issued: \"x\"",
    "issued: 1990/1995",
    "Author: Roe || Jane",
    "tex.note: \\input{x}",
    "{:label: value}",
    "free text",
    "",
    "\r",
    "note: 5 < 6 & 7",
    ":",
    "::",
];

const MARKUP: &[&str] = &[
    "<p>words</p>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</rdf:value>",
    "]]>",
    "<p style=\"x",
    "&amp;lt;",
    "&#0;",
    "<table><tr><td>",
    "<h1>x",
    "\u{0}",
    "<a href=\"javascript:1\">x</a>",
    "<!--",
];

/// Runs a property on so many values; of a value that fails the smallest form is told.
pub fn hold<S: Strategy>(values: &S, property: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = ProptestConfig {
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..ProptestConfig::with_cases(number("ZBIB_CASES", CASES))
    };
    let seed = number("ZBIB_SEED", 1).to_le_bytes().repeat(8);
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    match runner.run(values, property) {
        Ok(()) => {}
        Err(TestError::Fail(reason, value)) => panic!("{reason}\nof {value:?}"),
        Err(aborted) => panic!("{aborted}"),
    }
}

/// Text that tries to break a file.
pub fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => select(HOSTILE).prop_map(str::to_owned),
        2 => "[ -~]{0,8}",
        1 => any::<char>().prop_map(String::from),
        2 => select(&["On", " the ", "Theory", " of ", "x", " 12-19", " 2020"][..]).prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

/// Text of a hundred kilobytes, now and then.
fn long_text() -> impl Strategy<Value = String> {
    (text(), prop_oneof![200 => Just(1_usize), 1 => Just(100_000)])
        .prop_map(|(text, size)| text.repeat(size.div_ceil(text.len().max(1))))
}

fn date() -> impl Strategy<Value = String> {
    prop_oneof![6 => select(DATES).prop_map(str::to_owned), 1 => text()]
}

fn extra() -> impl Strategy<Value = String> {
    let line = prop_oneof![4 => select(EXTRA).prop_map(str::to_owned), 1 => text()];
    proptest::collection::vec(line, 0..4).prop_map(|lines| lines.join("\n"))
}

/// A type the schema knows, or now and then one that it does not.
fn item_type() -> impl Strategy<Value = Option<&'static ItemType>> {
    let known: Vec<_> = Schema::get().item_types().iter().filter(|known| is_regular(&known.name)).collect();
    prop_oneof![30 => select(known).prop_map(Some), 1 => Just(None)]
}

/// A creator's place among the roles of a type, and the name.
fn people() -> impl Strategy<Value = Vec<(usize, Name)>> {
    let personal = (text(), text()).prop_map(|(last, first)| Name::Personal { last, first });
    let person = (0_usize..10, prop_oneof![3 => personal, 1 => text().prop_map(Name::Single)]);
    let people = proptest::collection::vec(person, 0..4);
    (people, prop_oneof![50 => Just(0_usize), 1 => Just(60)])
        .prop_map(|(people, many)| people.iter().cycle().take(people.len().max(many)).cloned().collect())
}

fn tags() -> impl Strategy<Value = Vec<Tag>> {
    let tag = (text(), any::<bool>()).prop_map(|(name, automatic)| Tag { name, automatic, color: None });
    proptest::collection::vec(tag, 0..4)
}

fn note() -> impl Strategy<Value = Note> {
    let piece = prop_oneof![select(MARKUP).prop_map(str::to_owned), text()];
    (proptest::collection::vec(piece, 0..4), tags()).prop_map(|(pieces, tags)| {
        let key = "NNNN2345".parse().unwrap();
        Note { key, html: pieces.concat(), tags, added: None, modified: None, images: Vec::new() }
    })
}

fn attachment() -> impl Strategy<Value = Attachment> {
    let mode = select(&[LinkMode::ImportedFile, LinkMode::LinkedUrl, LinkMode::LinkedFile, LinkMode::Unknown][..]);
    let kind = select(&["application/pdf", "text/html", "", "a\"b<c"][..]);
    (mode, kind, text(), text()).prop_map(|(link_mode, content_type, title, url)| Attachment {
        key: "FFFF2345".parse().unwrap(),
        title,
        link_mode,
        content_type: content_type.to_owned(),
        filename: "file.pdf".to_owned(),
        md5: None,
        url: Some(url),
        added: None,
        modified: None,
        tags: Vec::new(),
        note: String::new(),
        annotations: Vec::new(),
    })
}

/// A record of any type with fields of that type, whatever is in them, and what hangs from it.
pub fn record() -> impl Strategy<Value = Item> {
    let others = proptest::collection::vec((0_usize..40, text()), 0..8);
    let option = proptest::option::of::<BoxedStrategy<String>>;
    let own = (option(text().boxed()), option(date().boxed()), option(extra().boxed()), option(long_text().boxed()));
    let children = (proptest::collection::vec(note(), 0..2), proptest::collection::vec(attachment(), 0..2));
    let moments = (select(&[2012, 2019, 2024][..]), proptest::option::of(select(DATES)));
    (item_type(), own, others, people(), tags(), children, moments).prop_map(
        |(known, (title, date, extra, text), others, people, tags, (notes, attachments), (year, accessed))| {
            let own = |base: &str| known.and_then(|known| known.field_for(base)).unwrap_or(base).to_owned();
            let mut fields: Vec<(String, String)> = Vec::new();
            let mut set = |name: String, value: Option<String>| match value {
                Some(value) if fields.iter().all(|(known, _)| *known != name) => fields.push((name, value)),
                _ => {}
            };
            set(own("title"), title);
            set(own("date"), date);
            set("extra".to_owned(), extra);
            set("abstractNote".to_owned(), text);
            set("accessDate".to_owned(), accessed.map(str::to_owned));
            for (at, value) in others {
                let name = known.map_or("publisher", |known| &known.fields[at % known.fields.len()].name);
                set(name.to_owned(), Some(value));
            }
            let roles: Vec<&str> = known.map_or(vec!["author", "oracle"], |known| {
                known.creators.iter().map(String::as_str).chain(["contributor"]).collect()
            });
            let creators =
                people.into_iter().map(|(role, name)| Creator { role: roles[role % roles.len()].to_owned(), name });
            let mut item = item(known.map_or("hologram", |known| &known.name), fields, creators.collect());
            item.date = Date::parse(&item.date.raw, 2026);
            item.added = Timestamp::parse(&format!("{year}-02-03T04:05:06Z"));
            item.relations = vec![Relation { kind: RelationKind::Related, target: ItemIndex(0) }];
            (item.tags, item.notes, item.attachments) = (tags, notes, attachments);
            item
        },
    )
}
