//! Views with everything present, for the tests of the templates.

use std::collections::BTreeMap;

use crate::bibliography::export::Format;
use crate::bibliography::markup::SafeHtml;
use crate::website::page::view::entry::{Entry, EntryFile, Group, PageLink, Pager};
use crate::website::page::view::frame::{Assets, Feed, Footer, Frame, Licence, SearchForm};
use crate::website::page::view::histogram::{Histogram, Words};
use crate::website::page::view::home::{Counts, HomeView};
use crate::website::page::view::index::{IndexGroup, IndexKind, IndexValue, IndexView, Only};
use crate::website::page::view::item::{
    Annotation, Field, File, ItemView, Note, Read, Reference, Relation, Role, Tag, Value,
};
use crate::website::page::view::list::{CollectionsView, ListKind, ListView, TreeRow};
use crate::website::page::view::prose::{NotFoundView, ProseView};
use crate::website::page::view::search::SearchView;
use crate::website::page::view::{Choice, Counted, Download, Link, Term, Trail};

/// Text that shows when it is printed unescaped.
pub const HOSTILE: &str = "<script>alert('x')</script>\"&";

fn text(value: &str) -> String {
    value.to_owned()
}

fn html(value: &str) -> SafeHtml {
    SafeHtml::trusted(value.to_owned())
}

fn link(label: &str, href: &str) -> Link {
    Link { label: text(label), href: text(href) }
}

fn term(label: &str) -> Term {
    Term { label: text(label), href: Some(text("#")) }
}

fn counted(label: &str, count: u64) -> Counted {
    Counted { label: text(label), href: text("#"), count }
}

fn choice(label: &str, current: bool) -> Choice {
    Choice { label: text(label), href: text("#"), current }
}

fn downloads() -> Vec<Download> {
    let file = |format: Format| Download {
        label: text(format.label()),
        href: format!("LV43SKET.{}", format.extension()),
        extension: format!(".{}", format.extension()),
        size: Some(1_800),
    };
    vec![file(Format::Bibtex), file(Format::Ris), file(Format::Csl)]
}

fn trail() -> Trail {
    Trail { steps: vec![link("Home", "./"), link("Collections", "#")], here: text("Information") }
}

pub fn frame() -> Frame {
    let navigation = ["Search", "Collections", "Tags", "Creators", "Years", "About"];
    Frame {
        language: text("en"),
        direction: text("ltr"),
        title: text("Sketch of the Analytical Engine"),
        site_name: text("Foundations of Computing"),
        description: Some(text("What it is about")),
        root: text("./"),
        canonical: Some(text("https://example.org/")),
        robots: Some(text("noindex")),
        previous: Some(text("../")),
        next: Some(text("../3/")),
        head: vec![html("<meta name=\"citation_title\" content=\"Sketch\">")],
        assets: Assets {
            stylesheet: text("static/theme.css"),
            owner_stylesheets: vec![text("static/mine.css")],
            script: text("static/theme.js"),
            finder: Some(text("static/finder.js")),
            icon: text("static/icon.svg"),
        },
        feeds: vec![Feed { title: text("New"), href: text("feed.xml"), media_type: text("application/atom+xml") }],
        opensearch: Some(text("opensearch.xml")),
        navigation: navigation.iter().map(|label| choice(label, *label == "Tags")).collect(),
        search: SearchForm {
            action: text("search/"),
            quick: Some(text("search/data/quick.idx")),
            manifest: Some(text("search/data/manifest.json")),
        },
        footer: Footer {
            downloads: downloads(),
            feeds: vec![link("Atom", "feed.xml"), link("changes", "changes.xml")],
            licence: Some(Licence {
                name: text("CC0"),
                href: Some(text("https://creativecommons.org/publicdomain/zero/1.0/")),
            }),
            links: vec![link("About this bibliography", "about/")],
        },
    }
}

pub fn entry() -> Entry {
    Entry {
        key: text("SJ72TERM"),
        reference: html(
            "Spärck Jones, K. (1972). <a class=\"ref-title\" href=\"#\">A statistical interpretation of term specificity and \
             its application in retrieval</a>. <i>Journal of Documentation</i>, <i>28</i>(1), 11–21.",
        ),
        href: None,
        style: text("apa"),
        language: None,
        kind: Some(text("Journal article")),
        files: vec![EntryFile { format: text("PDF"), href: text("#"), size: Some(820_000) }],
        doi: Some(text("https://doi.org/10.1108/eb026526")),
        link: Some(link("gutenberg.org", "https://www.gutenberg.org/")),
        coins: Some(html("<span class='Z3988' title='url_ver=Z39.88-2004'></span>")),
    }
}

/// A reference that is a link as a whole.
pub fn whole() -> Entry {
    Entry {
        key: text("GD31UNEN"),
        reference: html(
            "Gödel, K. (1931). Über formal unentscheidbare Sätze der <i>Principia Mathematica</i>. <i>Monatshefte</i>, <i>38</i>, 173–198.",
        ),
        href: Some(text("#")),
        style: text("apa"),
        language: Some(text("de")),
        kind: Some(text("Journal article")),
        ..Entry::default()
    }
}

fn group(heading: &str, date: Option<&str>) -> Group {
    Group { heading: text(heading), date: date.map(text), entries: vec![entry(), whole(), entry()] }
}

fn tree() -> Vec<TreeRow> {
    let leaf =
        |label: &str, count| TreeRow { label: text(label), href: text("#"), count: Some(count), ..TreeRow::default() };
    vec![
        TreeRow { has_parts: true, ..leaf("Computability", 148) },
        TreeRow { ends: 1, ..leaf("Decision problem", 41) },
        TreeRow { current: true, open: true, has_parts: true, ..leaf("Information", 236) },
        leaf("Coding", 58),
        TreeRow { ends: 1, ..leaf("Secrecy", 44) },
        leaf("Networks", 97),
    ]
}

fn histogram() -> Option<Histogram> {
    let words = Words { year: &|year| year.to_string(), decade: &|year| format!("{year}s") };
    let years = BTreeMap::from([
        (1206, 1),
        (1843, 2),
        (1936, 41),
        (1948, 62),
        (1955, 141),
        (1968, 241),
        (1975, 286),
        (1989, 210),
    ]);
    Histogram::of(&years, &words)
}

pub fn home() -> HomeView {
    HomeView {
        heading: text("A bibliography of the foundations of computing"),
        lede: Some(html(
            "<p>Papers, books and reports on computability, information, programming and the machines, from the analytical engine to the web.</p>",
        )),
        counts: Counts { references: 1284, collections: 37, files: 912, creators: 1061 },
        updated: Some(text("2026-11-20")),
        newest: vec![
            group("19 Nov", Some("2026-11-19")),
            group("12 Nov", Some("2026-11-12")),
            group("4 Nov", Some("2026-11-04")),
        ],
        newest_all: Some(text("#")),
        years: histogram(),
        types: vec![counted("Journal article", 702), counted("Book", 218), counted("Conference paper", 164)],
        collections: vec![counted("Computability", 148), counted("Information", 236)],
        tags: vec![counted("information theory", 118), counted("logic", 104)],
        tags_all: Some(counted("Tags", 214)),
        reuse: vec![
            link("Atom feed of new references", "feed.xml"),
            link("bibliography.bib, for LaTeX", "bibliography.bib"),
        ],
    }
}

pub fn item() -> ItemView {
    let reference = "Menabrea, L. F. (1843). Sketch of the Analytical Engine invented by Charles Babbage, Esq. (A. A. King, Countess \
                     of Lovelace, Trans.). <i>Scientific Memoirs</i>, <i>3</i>, 666–731.";
    let style = |style: &str, label: &str| Reference { style: text(style), label: text(label), html: html(reference) };
    ItemView {
        key: text("LV43SKET"),
        unapi: Some(text("LV43SKET")),
        trail: trail(),
        kind: term("Journal article"),
        year: Some(term("1843")),
        title: html("Sketch of the <i>Analytical Engine</i> invented by Charles Babbage, Esq."),
        language: Some(text("en-GB")),
        creators: vec![
            Role { phrase: None, creators: vec![term("Luigi Federico Menabrea")] },
            Role {
                phrase: Some(text("translated by")),
                creators: vec![
                    term("Augusta Ada King, Countess of Lovelace"),
                    Term { label: text("Nobody"), href: None },
                ],
            },
        ],
        source: Some(html("In <a href=\"#\"><i>Scientific Memoirs</i></a>, vol. 3, pages 666–731. London: Taylor.")),
        read: Some(Read {
            href: text("menabrea1843.pdf"),
            format: Some(text("PDF")),
            host: String::new(),
            size: Some(4_100_000),
        }),
        exports: downloads(),
        references: vec![style("apa", "APA"), style("chicago-notes-bibliography", "Chicago"), style("ieee", "IEEE")],
        bibtex: Some(text("@article{menabrea1843,\n  author = {Menabrea, Luigi Federico},\n  year   = {1843}\n}")),
        abstract_paragraphs: vec![text(
            "A description of the plan of the Analytical Engine, after Babbage’s lectures at Turin: the store and the mill, the cards that order the operations, and the kinds of problem the engine could take on.",
        )],
        overlay: Some(html("<p>Written by the owner.</p>")),
        fields: fields(),
        files: vec![File {
            format: text("PDF"),
            name: text("Menabrea and Lovelace 1843, Sketch.pdf"),
            href: text("menabrea1843.pdf"),
            size: Some(4_100_000),
        }],
        annotations: vec![annotation("green"), annotation("red")],
        notes: vec![Note {
            anchor: text("note-1"),
            html: html(
                "<h3>On the table in Note G</h3><p>The table lists 25 operations:</p><ul><li>operations 13 to 23;</li></ul>",
            ),
            changed: Some(text("2026-09-30")),
        }],
        relations: vec![Relation { heading: text("Related"), entries: vec![entry(), whole()] }],
        collections: vec![link("Calculating engines", "#"), link("Before 1900", "#")],
        tags: ["orange", "teal", ""].iter().map(|color| tag(color)).collect(),
        links: vec![link("Transcription at fourmilab.ch", "https://www.fourmilab.ch/babbage/sketch.html")],
        permalink: Some(link("example.org/items/LV43SKET/", "https://example.org/items/LV43SKET/")),
        citation_key: Some(text("menabrea1843")),
        coins: Some(html("<span class='Z3988' title='url_ver=Z39.88-2004'></span>")),
        added: Some(text("2024-03-11")),
        changed: Some(text("2026-09-30T08:00:00Z")),
    }
}

fn fields() -> Vec<Field> {
    let plain = |value: &str| Value { html: SafeHtml::escape(value), ..Value::default() };
    let field = |label: &str, values| Field { label: text(label), values };
    let linked = |value: &str| Value { href: Some(text("#")), ..plain(value) };
    vec![
        field("Item type", vec![linked("Journal article")]),
        field("Author", vec![linked("Menabrea, Luigi Federico"), plain("Nobody")]),
        field("Date", vec![Value { number: true, ..plain("September 1843") }]),
        field("URL", vec![Value { external: true, ..linked("https://www.fourmilab.ch/babbage/sketch.html") }]),
    ]
}

fn annotation(color: &str) -> Annotation {
    Annotation {
        color: Some(text(color)),
        page: Some(text("694")),
        href: Some(text("menabrea1843.pdf#page=29")),
        text: Some(text("Again, it might act upon other things besides number")),
        comment: Some(html("The <i>cards</i> are the same device.")),
    }
}

fn tag(color: &str) -> Tag {
    let color = (!color.is_empty()).then(|| text(color));
    Tag { label: text("analytical engine"), href: Some(text("#")), color }
}

pub fn list() -> ListView {
    let page = |number, href: Option<&str>| PageLink { number, href: href.map(text), current: number == 1 };
    ListView {
        kind: ListKind::Collection,
        unapi: Some(text("collections/CCCCCCCC")),
        trail: trail(),
        heading: text("Information"),
        lede: Some(html("<p>What a message is, how much of it there is, and how to carry it.</p>")),
        tree: tree(),
        siblings: vec![choice("1998", true), choice("1999", false)],
        all: Some(text("#")),
        parts: vec![counted("Coding", 58), counted("Secrecy", 44)],
        total: 1236,
        first: 1,
        last: 50,
        downloads: downloads(),
        bib_address: Some(text("https://example.org/collections/INF0RM8N/INF0RM8N.bib")),
        feed: Some(text("feed.xml")),
        search_within: Some(text("search/?collection=INF0RM8N")),
        orders: vec![choice("Newest first", true), choice("Creator", false)],
        groups: vec![group("1998", None), group("1978", None)],
        pager: Some(Pager {
            previous: Some(text("../")),
            next: Some(text("../3/")),
            pages: vec![page(1, Some("#")), page(2, Some("#")), page(0, None), page(25, Some("#"))],
        }),
    }
}

pub fn collections() -> CollectionsView {
    CollectionsView { trail: trail(), lede: Some(html("<p>All of them.</p>")), tree: tree(), unfiled: 170, total: 37 }
}

pub fn index(kind: IndexKind) -> IndexView {
    let value = |label: &str, color: &str, count| IndexValue {
        label: text(label),
        href: (count > 1).then(|| text("#")),
        anchor: (count == 1).then(|| format!("anchor-{label}")),
        count,
        color: (!color.is_empty()).then(|| text(color)),
        only: (count == 1).then(|| Only {
            key: text("SJ72TERM"),
            title: html("Term <i>specificity</i>"),
            href: text("#"),
            short: Some(text("Spärck Jones 1972")),
        }),
    };
    let values = vec![value("algorithms", "", 12), value("automata", "red", 1), value("axioms", "teal", 4)];
    let group = |heading: &str| IndexGroup {
        heading: text(heading),
        anchor: text(&heading.to_lowercase()),
        values: values.clone(),
    };
    IndexView { kind, trail: trail(), total: 214, histogram: histogram(), groups: vec![group("A"), group("B")] }
}

pub fn search() -> SearchView {
    let browse = vec![counted("Collections", 37), counted("Tags", 214), counted("Creators", 1061)];
    SearchView { browse, downloads: downloads(), total: 1284, newest: vec![entry(), whole()] }
}

pub fn prose() -> ProseView {
    let body = html("<p>Kept as a <a href=\"#\">shared library</a>.</p><h2>How</h2><p>By hand.</p>");
    ProseView { trail: trail(), heading: text("About"), language: Some(text("de")), body }
}

pub fn not_found() -> NotFoundView {
    NotFoundView { links: vec![link("Newest references", "https://example.org/")] }
}
