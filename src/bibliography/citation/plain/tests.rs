use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::bibliography::citation::short;
use crate::bibliography::library::{Date, Extra, Fields, Name};
use crate::zotero::schema::{Schema, is_regular};

/// An item out of `field = value` lines; creators as `author: Last, First` or `author: Single`.
fn item(item_type: &str, lines: &[&str]) -> Item {
    let mut fields = Vec::new();
    let mut creators = Vec::new();
    for line in lines {
        if let Some((name, value)) = line.split_once(" = ") {
            fields.push((name.to_owned(), value.to_owned()));
        } else if let Some((role, name)) = line.split_once(": ") {
            let name = match name.split_once(", ") {
                Some((last, first)) => Name::Personal { last: last.to_owned(), first: first.to_owned() },
                None => Name::Single(name.to_owned()),
            };
            creators.push(Creator { role: role.to_owned(), name });
        }
    }
    made(item_type, fields, creators)
}

fn made(item_type: &str, fields: Vec<(String, String)>, creators: Vec<Creator>) -> Item {
    let date_field = Schema::get().item_type(item_type).and_then(|known| known.field_for("date")).unwrap_or("date");
    let fields = Fields::new(fields);
    Item {
        key: "ABCD2345".parse().unwrap(),
        version: Default::default(),
        holding: 0,
        item_type: item_type.to_owned(),
        date: Date::parse(fields.get(date_field).unwrap_or_default(), 2026),
        extra: Extra::parse(fields.get("extra").unwrap_or_default()),
        fields,
        creators,
        tags: Vec::new(),
        collections: Vec::new(),
        citation_key: String::new(),
        citation_key_given: false,
        added: None,
        modified: None,
        notes: Vec::new(),
        attachments: Vec::new(),
        relations: Vec::new(),
        replaces: Vec::new(),
        overlay: None,
        csl: None,
    }
}

/// The HTML with italics as stars and links as their text in angle brackets.
fn written(item: &Item) -> String {
    let reference = reference(item, &Words::default());
    let html = reference.html.as_str().replace("<i>", "*").replace("</i>", "*");
    html.replace(" rel=\"nofollow noopener noreferrer\"", "").replace("<a href=", "<").replace("</a>", ">")
}

#[test]
fn every_type_has_a_reference_that_reads_well() {
    for (item_type, lines, wanted) in [
        (
            "journalArticle",
            &[
                "author: Menabrea, L. F.",
                "translator: King, Augusta Ada",
                "title = Sketch of the Analytical Engine invented by Charles Babbage, Esq.",
                "publicationTitle = Scientific Memoirs",
                "volume = 3",
                "issue = 2",
                "pages = 666-731",
                "date = October 1843",
                "publisher = Taylor",
            ][..],
            "Menabrea, L. F. (1843). Sketch of the Analytical Engine invented by Charles Babbage, Esq. (A. A. King, Trans.). *Scientific Memoirs*, *3*(2), 666–731.",
        ),
        (
            "book",
            &[
                "author: Hardy, G. H.",
                "author: Wright, E. M.",
                "title = An introduction to the theory of numbers",
                "edition = 2",
                "publisher = Clarendon Press",
                "place = Oxford",
                "date = 1938",
                "url = https://example.org/a?b&c",
            ],
            "Hardy, G. H., &amp; Wright, E. M. (1938). *An introduction to the theory of numbers* (2nd ed.). Clarendon Press. <\"https://example.org/a?b&amp;c\">https://example.org/a?b&amp;c>",
        ),
        (
            "bookSection",
            &[
                "author: Karp, Richard M.",
                "editor: Miller, R. E.",
                "editor: Thatcher, J. W.",
                "title = Reducibility among combinatorial problems",
                "bookTitle = Complexity of computer computations",
                "pages = 85-103",
                "publisher = Plenum Press",
                "date = 1972",
                "DOI = 10.1007/978-1-4684-2001-2_9",
            ],
            "Karp, R. M. (1972). Reducibility among combinatorial problems. In R. E. Miller &amp; J. W. Thatcher (Eds.), *Complexity of computer computations* (pp. 85–103). Plenum Press. <\"https://doi.org/10.1007/978-1-4684-2001-2_9\">https://doi.org/10.1007/978-1-4684-2001-2_9>",
        ),
        (
            "conferencePaper",
            &[
                "author: Hopper, Grace Murray",
                "title = The education of a computer",
                "conferenceName = ACM National Meeting",
                "date = 1952-05-02",
            ],
            "Hopper, G. M. (1952). The education of a computer. In *ACM National Meeting*.",
        ),
        (
            "thesis",
            &[
                "author: Shannon, Claude Elwood",
                "title = An algebra for theoretical genetics",
                "thesisType = PhD thesis",
                "university = MIT",
                "date = 1940",
            ],
            "Shannon, C. E. (1940). *An algebra for theoretical genetics* [PhD thesis]. MIT.",
        ),
        (
            "report",
            &[
                "author: von Neumann, John",
                "title = First draft of a report on the EDVAC",
                "reportType = Technical Report",
                "reportNumber = 1",
                "institution = Moore School",
                "date = 1945",
            ],
            "von Neumann, J. (1945). *First draft of a report on the EDVAC* (Technical Report No. 1). Moore School.",
        ),
        (
            "newspaperArticle",
            &[
                "title = Electronic computer flashes answers",
                "publicationTitle = The New York Times",
                "pages = 1",
                "date = 15 February 1946",
            ],
            "Electronic computer flashes answers. (1946, February 15). *The New York Times*, 1.",
        ),
        (
            "book",
            &["editor: Feigenbaum, Edward", "editor: Feldman, Julian", "title = Computers and thought", "date = 1963"],
            "Feigenbaum, E., &amp; Feldman, J. (Eds.). (1963). *Computers and thought*.",
        ),
        (
            "case",
            &[
                "caseName = Brown v. Board of Education",
                "reporterVolume = 347",
                "reporter = U.S.",
                "firstPage = 483",
                "court = Supreme Court",
                "dateDecided = 1954",
            ],
            "*Brown v. Board of Education*. (1954). 347 U.S. 483. Supreme Court.",
        ),
        (
            "computerProgram",
            &[
                "programmer: Knuth, Donald E.",
                "title = TeX",
                "versionNumber = 3.14",
                "date = 2014",
                "url = javascript:alert(1)",
            ],
            "Knuth, D. E. (2014). *TeX* (Version 3.14).",
        ),
        (
            "podcast",
            &[
                "podcaster: Chandler, Adam",
                "title = Hopper",
                "seriesTitle = Women of code",
                "episodeNumber = 4",
                "date = 2019-05-17",
            ],
            "Chandler, A. (2019, May 17). Hopper (No. 4). In *Women of code*.",
        ),
        (
            "presentation",
            &[
                "presenter: Kay, Alan",
                "title = What is it?",
                "meetingName = OOPSLA",
                "place = Atlanta",
                "date = 1997-10",
            ],
            "Kay, A. (1997, October). *What is it?* OOPSLA, Atlanta.",
        ),
        (
            "artwork",
            &[
                "artist: Mondriaan, Piet",
                "title = Broadway",
                "artworkMedium = Oil on canvas",
                "archive = MoMA",
                "date = 1942-1943",
            ],
            "Mondriaan, P. (1942–1943). *Broadway* [Oil on canvas]. MoMA.",
        ),
        (
            "webpage",
            &[
                "author: World Health Organization",
                "title = Health",
                "websiteTitle = WHO",
                "date = n.d.",
                "url = http://who.int/",
            ],
            "World Health Organization. (n.d.). Health. *WHO*. <\"http://who.int/\">http://who.int/>",
        ),
        (
            "book",
            &["title = On <i>Principia</i> & \"<script>\""],
            "*On <span class=\"upright\">Principia</span> &amp; &quot;&lt;script&gt;&quot;*. (n.d.).",
        ),
        ("hologram", &["author: 王, 小明", "title = 光の本。", "date = in press"], "王小明. (in press). *光の本。*"),
        ("note", &[], "[Untitled]. (n.d.)."),
    ] {
        assert_eq!(written(&item(item_type, lines)), wanted);
    }
}

#[test]
fn the_title_can_be_found_to_be_linked() {
    for (lines, wanted) in
        [(&["author: A, B", "title = C <sub>d</sub>"][..], "<i>C <sub>d</sub></i>"), (&["author: A, B"], "[Untitled]")]
    {
        let reference = reference(&item("book", lines), &Words::default());
        assert_eq!(&reference.html.as_str()[reference.title.unwrap()], wanted);
    }
}

#[test]
fn an_item_has_a_short_name() {
    for (lines, wanted) in [
        (&["author: Turing, Alan", "date = 1950"][..], "Turing 1950"),
        (&["author: Hardy, G. H.", "author: Wright, E. M.", "date = 1938"], "Hardy & Wright 1938"),
        (&["author: Aho, A", "author: Hopcroft, J", "author: Ullman, J", "date = 1974"], "Aho et al. 1974"),
        (&["editor: Feigenbaum, E", "date = forthcoming"], "Feigenbaum"),
        (
            &["title = An <i>investigation</i> of the laws of thought, on which are founded", "date = 1854"],
            "An investigation of the laws of thought… 1854",
        ),
        (&[], "ABCD2345"),
    ] {
        assert_eq!(short(&item("book", lines)), wanted);
    }
}

/// Every field of a type filled with the same text.
fn filled(item_type: &str, text: &str, role: &str, names: usize) -> Item {
    let fields = Schema::get().item_type(item_type).map(|known| &known.fields[..]).unwrap_or_default();
    let fields = fields.iter().map(|field| (field.name.clone(), text.to_owned())).collect();
    let name = Name::Personal { last: text.to_owned(), first: text.to_owned() };
    let creators = vec![Creator { role: role.to_owned(), name }; names];
    made(item_type, fields, creators)
}

#[test]
fn every_type_of_the_schema_is_referred_to_full_and_empty() {
    for known in Schema::get().item_types().iter().filter(|known| is_regular(&known.name)) {
        let full = reference(
            &filled(&known.name, "<b>x</b> & y", known.primary_creator().unwrap_or("author"), 9),
            &Words::default(),
        );
        assert!(full.text.contains("x & y") && full.html.as_str().contains("<b>x</b> &amp; y"), "{}", known.name);
        assert_eq!(
            reference(&made(&known.name, Vec::new(), Vec::new()), &Words::default()).text,
            "[Untitled]. (n.d.)."
        );
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "it measures how long something takes")]
fn a_reference_is_made_in_microseconds() {
    let item = item(
        "bookSection",
        &[
            "author: Karp, Richard M.",
            "editor: Miller, R. E.",
            "editor: Thatcher, J. W.",
            "title = Reducibility <i>among</i> combinatorial problems",
            "bookTitle = Complexity of computer computations",
            "pages = 85-103",
            "publisher = Plenum Press",
            "date = 1972",
            "DOI = 10.1007/978-1-4684-2001-2_9",
        ],
    );
    let words = Words::default();
    let start = Instant::now();
    for _ in 0..1000 {
        let _ = reference(&item, &words);
    }
    // 20 µs is what a release build has; this one is not.
    assert!(
        start.elapsed() < Duration::from_millis(if cfg!(debug_assertions) { 1000 } else { 20 }),
        "{:?}",
        start.elapsed()
    );
}

proptest! {
    #[test]
    fn whatever_a_record_holds_its_reference_is_safe_and_says_what_its_text_says(
        kind in 0_usize..40, text in ".{0,40}", role in prop_oneof![Just("author"), Just("editor"), Just("translator"), Just("bookAuthor"), Just("x")],
        names in 0_usize..12,
    ) {
        let item_type = &Schema::get().item_types()[kind].name;
        let reference = reference(&filled(item_type, &text, role, names), &Words::default());
        prop_assert!(!reference.text.trim().is_empty());
        let mut bare = reference.html.as_str().to_owned();
        for tag in ["<i>", "</i>", "<b>", "</b>", "<sub>", "</sub>", "<sup>", "</sup>", "</a>", "</span>"] {
            bare = bare.replace(tag, "");
        }
        while let Some((before, after)) = bare.split_once("<a href=\"").or_else(|| bare.split_once("<span class=\"")) {
            bare = format!("{before}{}", after.split_once('>').unwrap().1);
        }
        prop_assert!(!bare.contains(['<', '>', '"']), "{}", bare);
        let bare = bare.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
        prop_assert_eq!(bare, reference.text);
        prop_assert!(reference.html.as_str().get(reference.title.unwrap()).is_some());
    }
}
