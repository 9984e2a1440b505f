use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::bibliography::markup::{Owner, note_title, plain_text_of_html};

fn made(html: &str) -> String {
    let item = |link: &ItemLink| match (&link.owner, link.key.as_str()) {
        (Owner::Group(id), _) if id == "9" => Destination::Elsewhere,
        (_, "ABCD2345") => {
            Destination::Here(format!("../ABCD2345/{}", link.page.map_or(String::new(), |n| format!("#page={n}"))))
        }
        _ => Destination::Withheld,
    };
    let image = |key: ItemKey| (key.as_str() == "MMMM2345").then(|| "MMMM2345.png".to_owned());
    note(html, &Resolver { item: &item, image: &image }).as_str().to_owned()
}

#[test]
fn a_note_for_zotero_keeps_its_headings_and_colours_and_names_no_record() {
    for (html, wanted) in [
        ("<h1>A</h1><p>b &amp; c</p>", "<h1>A</h1><p>b &amp; c</p>"),
        (
            "<span style=\"background-color: #ff666680; color: red\">x</span>",
            "<span style=\"background-color: #ff666680\">x</span>",
        ),
        ("<a href=\"zotero://select/library/items/ABCD2345\">x</a>", "<span>x</span>"),
        (
            "<span class=\"citation\" data-citation=\"%7B%22citationItems%22%3A%5B%5D%7D\">(Doe)</span>",
            "<span class=\"citation\">(Doe)</span>",
        ),
        ("<img data-attachment-key=\"MMMM2345\"><script>x</script>", ""),
    ] {
        assert_eq!(note_source(html), wanted, "{html}");
    }
}

#[test]
fn what_zotero_marks_in_notes_has_its_place_in_a_page() {
    for (html, wanted) in [
        ("<div data-schema-version=\"9\"><h1>A</h1><p>b</p></div>", "<div><h3>A</h3><p>b</p></div>"),
        ("<h5>x</h5>", "<h6>x</h6>"),
        ("<a href=\"zotero://select/library/items/ABCD2345\">x</a>", "<a href=\"../ABCD2345/\">x</a>"),
        ("<a href=\"zotero://open-pdf/library/items/ABCD2345?page=4\">x</a>", "<a href=\"../ABCD2345/#page=4\">x</a>"),
        ("<a href=\"https://www.zotero.org/groups/7/items/ZZZZ2345\">x</a>", "<span>x</span>"),
        ("<a href=\"zotero://select/groups/9/items/ZZZZ2345\">x</a>", "<span>x</span>"),
        (
            "<a href=\"https://www.zotero.org/groups/9/items/ZZZZ2345\">x</a>",
            "<a href=\"https://www.zotero.org/groups/9/items/ZZZZ2345\" rel=\"nofollow noopener noreferrer ugc\">x</a>",
        ),
        (
            "<img alt=\"a &quot;b\" data-attachment-key=\"MMMM2345\" width=\"300\" height=\"9e9\">",
            "<img width=\"300\" src=\"MMMM2345.png\" alt=\"a &quot;b\" loading=\"lazy\">",
        ),
        ("<img data-attachment-key=\"XXXX2345\" src=\"https://example.org/x.png\">", ""),
        (
            "<img src=\"https://example.org/x.png\" alt=\"A plate\">",
            "<a href=\"https://example.org/x.png\" rel=\"nofollow noopener noreferrer ugc\">A plate</a>",
        ),
        ("<img src=\"data:image/png;base64,AAAA\">", ""),
        ("<span style=\"background-color: #ffd40080\">x</span>", "<mark data-color=\"yellow\">x</mark>"),
        (
            "<span class=\"highlight\" data-annotation=\"%7B%22color%22%3A%22%23ff6666%22%7D\">x</span>",
            "<span class=\"highlight\" data-color=\"red\">x</span>",
        ),
        (
            "<span class=\"citation\" data-citation=\"%7B%22citationItems%22%3A%5B%7B%22uris%22%3A%5B%22http%3A%2F%2Fzotero.org%2Fgroups%2F7%2Fitems%2FABCD2345%22%5D%7D%5D%7D\">(<span class=\"citation-item\">A</span>)</span>",
            "<span class=\"citation\">(<a class=\"citation-item\" href=\"../ABCD2345/\">A</a>)</span>",
        ),
        ("<pre class=\"math\">$$x &lt; y$$</pre>", "<pre class=\"math\">$$x &lt; y$$</pre>"),
        ("<p class=\"ad\" style=\"color:red\" id=\"top\" onclick=\"x()\" dir=\"rtl\">x</p>", "<p dir=\"rtl\">x</p>"),
        ("<svg><script>alert(1)</script></svg>x", "x"),
        ("two\n\nparagraphs,\nfour lines a < b", "<p>two</p><p>paragraphs,<br>four lines a &lt; b</p>"),
        ("", ""),
    ] {
        assert_eq!(made(html), wanted, "{html}");
    }
}

#[test]
fn a_comment_keeps_its_lines_and_little_else() {
    let html = "<b>why</b>?\r\n<p>so<a href=\"https://example.org\">x</a><img src=x onerror=y>";
    assert_eq!(comment(html).as_str(), "<b>why</b>?<br>sox");
}

#[test]
fn a_note_reads_as_lines_of_text() {
    let html = "<div>\n<p> </p><h1>The <b>first</b>\n line</h1><ul><li>a</li><li>b</li></ul>x<br>y &amp; z</div>";
    assert_eq!(plain_text_of_html(html), "The first line\na\nb\nx\ny & z");
    assert_eq!(note_title(html), "The first line");
    assert_eq!(note_title("<p><br></p>"), "");
    let long = format!("<p>{}</p>", "word ".repeat(60));
    assert!(note_title(&long).ends_with("word…") && note_title(&long).chars().count() <= 121);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "it measures how long something takes")]
fn the_longest_note_zotero_takes_is_made_in_a_moment_whatever_is_in_it() {
    for piece in ["<p>x ", "<div>", "<div><p>", "<b><i>", "<table><tr><td>", "<a href=x>", "</p>", "<", "&", "<!--"] {
        let html = piece.repeat(500_000 / piece.len());
        let start = Instant::now();
        let _ = made(&html);
        assert!(start.elapsed() < Duration::from_secs(20), "{piece}: {:?}", start.elapsed());
    }
}

/// Whether elements and attributes are among those that a page may have, and addresses lead where they may.
fn is_harmless(html: &str) -> bool {
    tokens(html).all(|token| match token {
        Token::Text(text) => !text.contains('>'),
        Token::Close(name) => name.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        Token::Open(tag) => {
            let forbidden = ["script", "style", "svg", "math", "iframe", "title", "noscript"].contains(&tag.name);
            let fits = |(name, value): (&str, &str)| match name {
                "href" => value.starts_with("https://") || value.starts_with("../ABCD2345/"),
                "src" => value == "MMMM2345.png",
                _ => ["alt", "class", "data-color", "dir", "lang", "loading", "rel"].contains(&name),
            };
            !forbidden && tag.attributes().all(fits)
        }
    })
}

proptest! {
    #[test]
    fn nothing_that_runs_survives(
        parts in prop::collection::vec(prop_oneof![
            Just("<a href=\""), Just("<img src=x "), Just("javascript:alert(1)"), Just("java\tscript:x"), Just("\">"),
            Just(" onerror=\"x\" "), Just("<script>"), Just("</script>"), Just("<svg>"), Just("<math>"), Just("<style>"),
            Just("<span style=\"background-color: #ffd400;x:expression(y)\">"), Just("</span>"), Just("<p>"), Just("'"),
            Just("<iframe srcdoc="), Just("&lt;script&gt;"), Just("<!--"), Just("-->"), Just("<noscript>"), Just("<h1>"),
            Just("<img data-attachment-key=\"MMMM2345\" alt=\""), Just("<span data-annotation=\"%7B"), Just("\0"),
            Just("<table><td>"), Just("</a>"), Just("zotero://select/library/items/ABCD2345"), Just("<title>"),
        ], 0..24),
        tail in ".{0,20}",
    ) {
        let html = parts.concat() + &tail;
        let made_note = made(&html);
        prop_assert!(is_harmless(&made_note), "{} → {}", html, made_note);
        // No bracket is left to a browser's guessing, wherever it came from.
        prop_assert_eq!(made_note.matches('<').count(), made_note.matches('>').count(), "{}", made_note);
        prop_assert!(is_harmless(comment(&html).as_str()));
        let _ = plain_text_of_html(&html);
    }
}
