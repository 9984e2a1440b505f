//! Each defect of Zotero's exporters that `compatibility` decides on: what Zotero writes, and what is right.

use super::measured::{creator, item};
use super::{Compatibility, Context, Format, Settings, write};
use crate::bibliography::library::{Creator, Item, Name, Tag};

/// What is written in both ways.
fn both(format: Format, item: &Item) -> [String; 2] {
    [Compatibility::Zotero, Compatibility::Right].map(|compatibility| {
        let settings = Settings { compatibility, ..Settings::default() };
        write(format, std::iter::once(item), &Context::default(), &settings)
    })
}

/// Checks that Zotero's file has the one text and the right one the other, and neither the other's.
fn differ(format: Format, item: &Item, zotero: &str, right: &str) {
    let [theirs, ours] = both(format, item);
    assert!(theirs.contains(zotero) && !ours.contains(zotero), "{zotero} in\n{theirs}\nand not in\n{ours}");
    assert!(ours.contains(right) && !theirs.contains(right), "{right} in\n{ours}\nand not in\n{theirs}");
}

fn by(creators: Vec<Creator>) -> Item {
    let mut item = item("book", &[]);
    item.creators = creators;
    item
}

#[test]
fn nothing_else_differs() {
    let mut item = item(
        "journalArticle",
        &[
            ("title", "On <i>DNA</i> & {balanced} braces"),
            ("publicationTitle", "Journal"),
            ("issue", "3"),
            ("date", "17 May 2020"),
            ("url", "https://example.org/a_b?c=%20d"),
            ("extra", "a line\nPMID: 12\narXiv: 2001.01234"),
        ],
    );
    item.creators = vec![creator("author", "van der Berg", "Jan, Jr."), creator("editor", "Li", "")];
    for format in Format::ALL {
        // In COinS an editor beside an author is one of the defects.
        item.creators.truncate(if format == Format::Coins { 1 } else { 2 });
        let [zotero, right] = both(format, &item);
        assert_eq!(zotero, right);
    }
}

#[test]
fn unbalanced_braces() {
    let item = item("book", &[("title", "only { open")]);
    differ(Format::Bibtex, &item, r"only \{\vphantom{\}} open", r"only {\textbraceleft} open");
    differ(Format::Biblatex, &item, r"only \{ open", r"only {\textbraceleft} open");
}

#[test]
fn names_escaped_twice() {
    let item = by(vec![creator("author", "A & B", "X"), creator("author", "MacArthur", "Y")]);
    differ(Format::Biblatex, &item, r"A {\textbackslash}\& B, X and {MacArthur}, Y", r"A \& B, X and MacArthur, Y");
}

#[test]
fn undefined() {
    differ(Format::Ris, &item("book", &[("date", "2020 March")]), "2020/03//undefined", "2020/03//\r");
    let item = item("book", &[("extra", "\ntext")]);
    differ(Format::Bibtex, &item, "note = {undefined: undefined\ntext}", "note = {text}");
}

#[test]
fn markup_of_zoteros_own() {
    let title = r#"<span class="nocase">iPod</span> <span style="font-variant:small-caps;">x</span>"#;
    differ(Format::Bibtex, &item("book", &[("title", title)]), r"{\textless}span class", r"{{iPod}} \textsc{x}");
}

#[test]
fn markup_across_the_parts_of_a_list() {
    let item = by(vec![creator("author", "", "<sup>"), creator("author", "$</sup>", "")]);
    for format in [Format::Bibtex, Format::Biblatex] {
        let [_, right] = both(format, &item);
        let wanted = r"author = {{{\textless}sup{\textgreater}} and \${\textless}/sup{\textgreater}}";
        assert!(right.contains(wanted), "{right}");
    }
}

#[test]
fn addresses_that_break_the_file() {
    let item = item("book", &[("url", "http://example.org/{a\\"), ("DOI", "10.1/x}")]);
    differ(Format::Bibtex, &item, "url = {http://example.org/{a\\}", "url = {http://example.org/%7Ba%5C}");
    differ(Format::Biblatex, &item, "doi = {10.1/x}}", "doi = {10.1/x%7D}");
}

#[test]
fn keys_that_break_the_file() {
    differ(
        Format::Bibtex,
        &item("book", &[("citationKey", "with space, {1}")]),
        "@book{with space, {1},",
        "@book{with-space-1,",
    );
}

#[test]
fn fields_written_twice() {
    let book = item("book", &[("DOI", "10.1/a"), ("extra", "DOI: 10.1/b")]);
    differ(Format::Bibtex, &book, "doi = {10.1/b}", "note = {DOI: 10.1/b}");
    let paper = item("conferencePaper", &[("seriesNumber", "5"), ("issue", "7")]);
    differ(Format::Biblatex, &paper, "number = {7}", "issue = {7}");
}

#[test]
fn names_without_last_names() {
    differ(Format::Bibtex, &by(vec![creator("author", "", "Mother Teresa")]), "{, Mother Teresa}", "{{Mother Teresa}}");
}

#[test]
fn names_of_many_commas() {
    let item = by(vec![creator("author", "Marx", "Karl, III, PhD")]);
    differ(Format::Bibtex, &item, "Marx, III, PhD, Karl", "Marx, {III, PhD}, Karl");
}

#[test]
fn control_characters() {
    let item = item("book", &[("title", "a\u{0}b\u{2028}c")]);
    differ(Format::Bibtex, &item, "a\u{0}b\u{2028}c", "ab c");
    differ(Format::Ris, &item, "a\u{0}b\u{2028}c", "ab c");
}

#[test]
fn lines_that_look_like_tags() {
    let item = item("book", &[("abstractNote", "one\nER  - two\nthree")]);
    differ(Format::Ris, &item, "one\nER  - two\nthree", "one ER  - two\nthree");
    let behind_an_empty_line = self::item("book", &[("abstractNote", "one\n\r\n ER  - two")]);
    differ(Format::Ris, &behind_an_empty_line, "one\n\r\n ER  - two", "one  ER  - two\r");
}

#[test]
fn commas_in_tags() {
    let mut item = item("book", &[]);
    item.tags = ["a, b", "c"].map(|name| Tag { name: name.to_owned(), automatic: false, color: None }).into();
    differ(Format::Bibtex, &item, "keywords = {a, b, c}", "keywords = {{a, b}, c}");
}

#[test]
fn text_that_is_lost() {
    let issue = item("journalArticle", &[("issue", "12 Suppl. 1")]);
    differ(Format::Biblatex, &issue, "number = {12}", "number = {12 Suppl. 1}");
    let talk = item("presentation", &[("meetingName", "Meeting"), ("extra", "kept")]);
    let [zotero, right] = both(Format::Biblatex, &talk);
    assert!(!zotero.contains("kept") && right.contains("addendum = {kept}"));
}

#[test]
fn institutions_stay_whole_in_both() {
    let item = by(vec![Creator { role: "author".to_owned(), name: Name::Single("Marks and Spencer".to_owned()) }]);
    for text in both(Format::Bibtex, &item).iter().chain(&both(Format::Biblatex, &item)) {
        assert!(text.contains("author = {{Marks and Spencer}}"));
    }
}

#[test]
fn authors_who_are_not() {
    let editor = by(vec![creator("author", "Boole", "George"), creator("editor", "", "Plato")]);
    differ(Format::Coins, &editor, "rft.au=Plato%20'", "rft.contributor=Plato'");
    let mut patent = item("patent", &[]);
    patent.creators = vec![creator("inventor", "Bell", "A."), creator("attorneyAgent", "Pollok", "A.")];
    differ(Format::Coins, &patent, "rft.inventor=A.%20Pollok", "rft.contributor=A.%20Pollok");
    for text in both(Format::Coins, &by(vec![creator("editor", "Plato", "")])) {
        assert!(text.contains("rft.au=Plato"), "{text}");
    }
}

#[test]
fn days_of_application() {
    let patent = item("patent", &[("issueDate", "2020-05-17"), ("filingDate", "2019"), ("title", "t")]);
    let mut patent = patent;
    patent.date = crate::bibliography::library::Date::parse("2020-05-17", 2026);
    let [zotero, right] = both(Format::Coins, &patent);
    assert!(zotero.contains("rft.appldate=2020-05-17") && !right.contains("appldate"));
    assert!(zotero.contains("rft.date=2020-05-17") && right.contains("rft.date=2020-05-17"));
}

#[test]
fn several_ranges_of_pages() {
    let [zotero, right] = both(Format::Coins, &item("journalArticle", &[("pages", "1-4, 7-9")]));
    assert!(zotero.contains("rft.spage=1&amp;rft.epage=4%2C%207") && !right.contains("page="));
    let [zotero, right] = both(Format::Coins, &item("journalArticle", &[("pages", "1–4")]));
    assert!(zotero == right && right.contains("rft.spage=1&amp;rft.epage=4"));
}

#[test]
fn formulas() {
    let formula = item("book", &[("title", "=HYPERLINK(\"http://example.org\")"), ("url", " @x"), ("extra", "\t-1")]);
    differ(Format::Csv, &formula, "\"=HYPERLINK(\"\"http", "\"'=HYPERLINK(\"\"http");
    differ(Format::Csv, &formula, "\" @x\"", "\"' @x\"");
    differ(Format::Csv, &formula, "\"\t-1\"", "\"'\t-1\"");
    let lines = item("book", &[("title", "a\r\n\r\n=b\n"), ("place", "\r+c")]);
    differ(Format::Csv, &lines, "\" +c\"", "\"' +c\"");
    assert!(both(Format::Csv, &lines).iter().all(|text| text.contains("\"a =b \"")));
}

#[test]
fn quotes_in_dates() {
    differ(Format::Csv, &item("book", &[("date", "the \"day\"")]), "\"the \"day\"\"", "\"the \"\"day\"\"\"");
}

#[test]
fn creators_without_a_column() {
    let mut film = item("videoRecording", &[]);
    film.creators = ["creator", "narrator", "contributor", "director"].map(|role| creator(role, role, "X")).into();
    differ(Format::Csv, &film, "\"contributor, X; director, X\"", "\"creator, X; director, X\"");
    differ(Format::Csv, &film, "\"contributor, X\",", "\"narrator, X; contributor, X\",");
    differ(Format::Csv, &by(vec![creator("author", "", "Plato")]), "\", Plato\"", "\"Plato\"");
}

#[test]
fn years_before_our_era() {
    let antique = item("book", &[("date", "44 BC")]);
    differ(Format::Ris, &antique, "DA  - 4 BC///", "DA  - 44 BC\r");
    differ(Format::Ris, &antique, "PY  - 4 BC", "PY  - 44 BC");
}

#[test]
fn dollars_in_raised_text() {
    let prices = item("book", &[("title", "In <sup>$</sup> and H<sub>2</sub>O")]);
    for format in [Format::Bibtex, Format::Biblatex] {
        differ(format, &prices, r"$^{\textrm{\$}}$", r"\textsuperscript{\$}");
        assert!(both(format, &prices).iter().all(|text| text.contains(r"$_{\textrm{2}}$")));
    }
}
