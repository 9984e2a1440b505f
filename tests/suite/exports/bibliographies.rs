//! Bibliographies for people: what a reader sees is the reference, whatever stands in the record.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, TagEnd};
use zbib::bibliography::citation::{References, Words};
use zbib::bibliography::export::{self, Context, Format, Links, Settings, Wording};
use zbib::bibliography::library::{Creator, Item, Name};

use super::item;
use crate::well_formed;

fn references() -> References {
    References::plain("Reference", Words::default())
}

/// The file of some records on a site that is called "A & B"; with pages, if there are any.
fn written(format: Format, items: &[Item], paged: bool) -> String {
    let page = |item: &Item| Some(format!("https://example.org/items/{}/", item.key));
    let links = if paged { Links { item: Some(&page), ..Links::default() } } else { Links::default() };
    let references = references();
    let wording = Some(Wording { references: &references, title: "A & B", language: "en" });
    export::write(format, items.iter(), &Context { links, wording }, &Settings::default())
}

/// What a reader of Markdown shows: the text of each item of a list, and nothing that is no such item.
fn shown(markdown: &str, options: Options) -> Vec<String> {
    let (mut items, mut open) = (Vec::new(), String::new());
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(text) | Event::Code(text) => open.push_str(&text),
            Event::End(TagEnd::Item) => items.push(std::mem::take(&mut open)),
            Event::Start(tag) => assert!(is_expected(&tag), "{tag:?} in {markdown}"),
            Event::End(_) => {}
            Event::InlineHtml(tag) => assert!(tag.len() <= "</sup>".len(), "{tag} in {markdown}"),
            other => panic!("{other:?} in {markdown}"),
        }
    }
    assert_eq!(open, "", "{markdown}");
    items
}

fn is_expected(tag: &pulldown_cmark::Tag<'_>) -> bool {
    use pulldown_cmark::Tag;
    matches!(tag, Tag::List(None) | Tag::Item | Tag::Emphasis | Tag::Strong | Tag::Link { .. })
}

/// All that readers of Markdown know beyond the standard, but for typographic quotes.
fn extended() -> Options {
    Options::all() - Options::ENABLE_SMART_PUNCTUATION - Options::ENABLE_OLD_FOOTNOTES
}

/// Text that tries to be markup.
fn text() -> impl Strategy<Value = String> {
    let signs = prop::sample::select(vec![
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "~~",
        "[",
        "]",
        "](x)",
        "![",
        "[^1]",
        "[x]: y",
        "<",
        ">",
        "<b>",
        "</i>",
        "<i>x</i>",
        "<i>",
        "<sup>2</sup>",
        "<sub>",
        "</sub>",
        "<span class=\"nocase\">x</span>",
        "<script>",
        "&",
        "&amp;",
        "&copy;",
        "#",
        "# ",
        "## x",
        "+ ",
        "- ",
        "1. ",
        "2) ",
        "1986.",
        "--- ",
        "===",
        "|",
        "|-|",
        ":",
        ": ",
        "!",
        "\\",
        "\\*",
        "$x$",
        "$$",
        "{{ x }}",
        "{% x %}",
        "^x^",
        "https://a.org/b_c",
        "<https://a.org>",
        "a@b.org",
        "\n",
        "\n\n",
        "\n    ",
        "\t",
        "\r\n",
        "\u{2028}",
        "\u{85}",
        "\u{0}",
        "\u{b}",
        "\u{a0}",
        "\u{feff}",
        "\u{200b}",
        "“",
        "”",
        "'",
        "\"",
        "word",
        "é",
        "文字",
        "、",
        "(",
        ")",
        ".",
        ",",
        "Ⓐ",
        "€",
        " ",
        "  ",
    ]);
    let piece = prop_oneof![4 => signs.prop_map(str::to_owned), 1 => ".{0,6}"];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn record() -> impl Strategy<Value = Item> {
    let types =
        prop::sample::select(vec!["book", "journalArticle", "bookSection", "webpage", "film", "case", "hologram"]);
    let fields = [
        "title",
        "publicationTitle",
        "bookTitle",
        "volume",
        "issue",
        "date",
        "publisher",
        "place",
        "url",
        "DOI",
        "language",
    ];
    let values = proptest::collection::vec(proptest::option::of(text()), fields.len());
    let names = proptest::collection::vec((text(), text(), any::<bool>()), 0..3);
    (types, values, names).prop_map(move |(item_type, values, names)| {
        let fields = fields.iter().zip(values).filter_map(|(name, value)| Some(((*name).to_owned(), value?)));
        let creators = names.into_iter().map(|(last, first, single)| Creator {
            role: "author".to_owned(),
            name: if single { Name::Single(last) } else { Name::Personal { last, first } },
        });
        item(item_type, fields.collect(), creators.collect())
    })
}

/// A text without its white space and what no file shows, which are matters of layout.
fn words(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{feff}').collect()
}

fn reference(item: &Item) -> String {
    let references = references();
    words(&references.entry(item, references.main_style()).text)
}

fn two() -> [Item; 2] {
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let person = |last: &str, first: &str| Creator {
        role: "author".to_owned(),
        name: Name::Personal { last: last.to_owned(), first: first.to_owned() },
    };
    let article = vec![
        field("title", "Light <i>on</i> H<sub>2</sub>O & [ice]"),
        field("publicationTitle", "Letters on Weather"),
        field("volume", "12"),
        field("issue", "3"),
        field("pages", "4-9"),
        field("date", "1986"),
        field("DOI", "10.5555/ice"),
        field("language", "sv"),
    ];
    let book = vec![field("title", "1986. A year_book"), field("publisher", "*Star* Press"), field("date", "1987")];
    let mut book = item("book", book, Vec::new());
    book.key = "BCDE2345".parse().unwrap();
    [item("journalArticle", article, vec![person("Ek", "Bo"), person("Brandt", "Otto")]), book]
}

#[test]
fn markdown_is_a_list_with_emphasis_and_links() {
    assert_eq!(
        written(Format::Markdown, &two(), true),
        "- Ek, B., & Brandt, O. (1986). [Light *on* H<sub>2</sub>O \\& \\[ice\\]](https://example.org/items/ABCD2345/). \
         *Letters on Weather*, *12*(3), 4–9. <https://doi.org/10.5555/ice>\n\
         - [*1986. A year\\_book*](https://example.org/items/BCDE2345/). (1987). \\*Star\\* Press.\n"
            .replace("., & Brandt", "., \\& Brandt")
    );
    assert!(written(Format::Markdown, &two(), false).contains("\n- *1986. A year\\_book*. (1987)."));
}

#[test]
fn plain_text_is_a_paragraph_for_each_record() {
    assert_eq!(
        written(Format::Text, &two(), true),
        "Ek, B., & Brandt, O. (1986). Light on H2O & [ice]. Letters on Weather, 12(3), 4–9. https://doi.org/10.5555/ice\n\
         \n\
         1986. A year_book. (1987). *Star* Press.\n"
    );
    assert_eq!(written(Format::Text, &[], true), "");
}

#[test]
fn html_is_a_document_in_which_each_record_can_be_linked_to() {
    let text = written(Format::Html, &two(), true);
    assert_eq!(well_formed::of_file("bibliography.html", text.as_bytes()), Vec::<String>::new());
    for part in [
        "<html lang=\"en\" dir=\"ltr\">",
        "<title>A &amp; B</title>",
        "<h1 dir=\"auto\">A &amp; B</h1>",
        "<div class=\"csl-entry\" data-style=\"plain\" data-key=\"ABCD2345\" id=\"ABCD2345\" lang=\"sv\" dir=\"auto\">Ek, B.",
        "<a class=\"ref-title\" href=\"https://example.org/items/BCDE2345/\"><i>1986. A year_book</i></a>",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn without_a_style_references_are_plain() {
    for (format, wanted) in [(Format::Text, "1986. A year_book. (1987)."), (Format::Html, "<div class=\"csl-entry\"")] {
        let text = export::write(format, two().iter(), &Context::default(), &Settings::default());
        assert!(text.contains(wanted), "{text}");
    }
}

#[test]
fn of_records_with_one_key_the_first_can_be_linked_to() {
    let [one, _] = two();
    let text = written(Format::Html, &[one.clone(), one], false);
    assert_eq!(well_formed::of_file("bibliography.html", text.as_bytes()), Vec::<String>::new());
    assert_eq!((text.matches("id=\"ABCD2345\"").count(), text.matches("data-key=\"ABCD2345\"").count()), (1, 2));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn readers_of_markdown_show_the_reference(first in record(), second in record(), paged in any::<bool>()) {
        let items = [first, second];
        let text = written(Format::Markdown, &items, paged);
        prop_assert_eq!(text.lines().count(), 2, "{}", text);
        for options in [Options::empty(), extended()] {
            let shown: Vec<_> = shown(&text, options).iter().map(|text| words(text)).collect();
            prop_assert_eq!(shown, items.each_ref().map(reference), "{}", text);
        }
    }

    #[test]
    fn html_is_well_formed_and_shows_the_reference(first in record(), second in record(), paged in any::<bool>()) {
        let mut items = [first, second];
        items[1].key = "BCDE2345".parse().unwrap();
        let text = written(Format::Html, &items, paged);
        prop_assert_eq!(well_formed::of_file("bibliography.html", text.as_bytes()), Vec::<String>::new(), "{}", text);
        let body = text.split_once("<div class=\"csl-bib-body\">").unwrap().1;
        let read = ammonia::Builder::empty().clean(body).to_string();
        let read = ["&lt;", "&gt;", "&quot;", "&nbsp;", "&amp;"].iter().zip(["<", ">", "\"", "\u{a0}", "&"])
            .fold(read, |read, (entity, sign)| read.replace(entity, sign));
        prop_assert_eq!(words(&read), items.each_ref().map(reference).concat(), "{}", text);
    }

    #[test]
    fn plain_text_has_a_line_for_each_record(first in record(), second in record()) {
        let items = [first, second];
        let text = written(Format::Text, &items, true);
        let paragraphs: Vec<_> = text.strip_suffix('\n').unwrap().split("\n\n").map(words).collect();
        prop_assert_eq!(paragraphs, items.each_ref().map(reference), "{}", text);
        let ends_line = |c: char| c.is_control() && c != '\n' || c == '\u{2028}' || c == '\u{2029}';
        prop_assert!(!text.contains(ends_line), "{}", text);
    }
}
