//! `zbib cite`: references in citation styles, for scripts and for people.

use serde_json::Value;

use crate::test_site::{TestSite, record};

/// An article with pages and an address, a book whose title is hostile, one that is withheld, and a note.
fn site(settings: &str) -> TestSite {
    let by = |name: &str| format!(r#""creators":[{{"creatorType":"author","lastName":"{name}","firstName":"Ada"}}]"#);
    let article = r#""title":"Tides of the north","publicationTitle":"Journal of Tides","volume":"3","issue":"2","pages":"10-12","date":"1999-05-04","url":"https://example.org/tides""#;
    let hostile = r#""title":"Salt & <script>alert(1)</script>","date":"2001","publisher":"Shore""#;
    let items = [
        record("AAAA2222", "journalArticle", &format!("{article},{}", by("Hill"))),
        record("BBBB2222", "book", &format!("{hostile},{}", by("Moor"))),
        record("HHHH2222", "book", &format!(r#""title":"Hidden","tags":[{{"tag":"private"}}],{}"#, by("Hill"))),
        record("NNNN2222", "note", r#""parentItem":"AAAA2222","note":"<p>read</p>""#),
    ];
    let rules = "[publish]\nitem-exclude = [\"private\"]\n";
    let library = "[[libraries]]\ntype = \"file\"\npath = \"library\"\n";
    TestSite::of(&items, &[]).write("zbib.toml", format!("{settings}\n{rules}{library}"))
}

/// What comes out on stdout, and nothing on stderr.
#[track_caller]
fn cited(site: &TestSite, arguments: &[&str]) -> String {
    let run = site.run(&[&["cite"], arguments].concat());
    assert_eq!((run.stderr.as_str(), run.code), ("", 0), "{arguments:?}");
    run.stdout
}

/// How it is refused.
#[track_caller]
fn refused(site: &TestSite, arguments: &[&str], code: i32) -> String {
    let run = site.run(&[&["cite"], arguments].concat());
    assert_eq!((run.stdout.as_str(), run.code), ("", code), "{arguments:?}: {}", run.stderr);
    run.stderr
}

const OWN: &str = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
<info><title>Our lab</title><id>http://example.org/our-lab</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout suffix="."><group delimiter=": "><text term="and"/><text variable="title" font-style="italic"/></group></layout></bibliography>
</style>"#;

#[test]
fn references_come_in_the_first_style_of_the_settings_and_what_is_withheld_does_not() {
    let apa = "Moor, A. (2001). Salt & <script>alert(1)</script>. Shore.\n\n\
               Hill, A. (1999). Tides of the north. Journal of Tides, 3(2), 10–12.\n";
    assert_eq!(cited(&site(""), &[]), apa);
    let ieee = cited(&site("[citations]\nstyles = [\"ieee\", \"apa\"]"), &["BBBB2222"]);
    assert!(ieee.starts_with("[1]") && ieee.contains("A. Moor, ") && !ieee.contains("Hidden"), "{ieee}");
}

#[test]
fn records_are_named_by_keys_and_come_in_the_order_in_which_they_are_named() {
    let site = site("");
    let json: Value = serde_json::from_str(&cited(&site, &["--format", "json", "AAAA2222"])).unwrap();
    let hill = format!("@{}", json["AAAA2222"]["citekey"].as_str().unwrap());
    let both = cited(&site, &[&hill, "BBBB2222", "AAAA2222"]);
    assert!(both.starts_with("Hill") && both.matches("Hill").count() == 1 && both.contains("\n\nMoor"), "{both}");
    assert!(refused(&site, &["@nobody"], 2).contains("no published record is called `@nobody`"));
    let withheld = refused(&site, &["HHHH2222"], 1);
    assert!(withheld.contains("the record `HHHH2222` is not published") && !withheld.contains("Hidden"), "{withheld}");
    assert!(refused(&site, &["NNNN2222"], 1).contains("`NNNN2222` is a note, not a record"));
}

#[test]
fn html_is_escaped_markdown_is_a_list_and_json_has_both_under_the_keys() {
    let site = site("");
    let html = cited(&site, &["--format", "html"]);
    let start = "<div class=\"csl-entry\" data-style=\"apa\" data-key=\"BBBB2222\">Moor, A. (2001). <i>Salt &amp;";
    assert!(html.starts_with(start) && html.contains("<i>Journal of Tides</i>"), "{html}");
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script"), "{html}");
    let markdown = cited(&site, &["--format", "markdown", "AAAA2222"]);
    assert!(markdown.starts_with("- Hill, A. (1999)") && markdown.contains("*Journal of Tides*"), "{markdown}");
    let json: Value = serde_json::from_str(&cited(&site, &["--format", "json"])).unwrap();
    let keys: Vec<_> = json.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["BBBB2222", "AAAA2222"]);
    assert_eq!(json["AAAA2222"]["text"], "Hill, A. (1999). Tides of the north. Journal of Tides, 3(2), 10–12.");
    assert!(json["AAAA2222"]["html"].as_str().unwrap().contains("<i>Journal of Tides</i>"));
}

#[test]
fn articles_with_pages_have_their_address_where_the_settings_want_it() {
    let with = cited(&site("[citations]\narticle-urls = \"always\""), &["AAAA2222"]);
    assert!(with.ends_with("10–12. https://example.org/tides\n"), "{with}");
}

#[test]
fn a_style_of_the_owners_is_a_file_and_prints_in_the_locale_that_is_asked_for() {
    let settings = "[citations]\nstyles = [\"styles/our-lab.csl\"]\nlocale = \"de-AT\"";
    let site = site(settings).write("styles/our-lab.csl", OWN);
    assert_eq!(cited(&site, &["AAAA2222"]), "und: Tides of the north.\n");
    assert_eq!(cited(&site, &["--locale", "fr-FR", "AAAA2222"]), "et: Tides of the north.\n");
    let term = "<terms><term name=\"and\">un</term></terms>";
    let site =
        site.write("styles/locales-gsw.xml", format!("<locale version=\"1.0\" xml:lang=\"gsw\">{term}</locale>"));
    assert_eq!(cited(&site, &["--locale", "gsw", "AAAA2222"]), "un: Tides of the north.\n");
    assert!(refused(&site, &["--locale", "tlh"], 2).contains("zbib has no locale `tlh` for references"));
    let site = site.write("styles/our-lab.csl", OWN.replace("<style ", "<style default-locale=\"fr-FR\" "));
    let run = site.run(&["cite", "--locale", "de-DE", "AAAA2222"]);
    assert_eq!(run.stdout, "et: Tides of the north.\n");
    assert_eq!(run.stderr, "note: `our-lab` prints in its own locale, fr-FR, whatever is asked for\n");
}

#[test]
fn a_dependent_style_prints_as_its_parent_does() {
    let dependent = r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>Bay</title>
<id>http://www.zotero.org/styles/bay</id><link href="http://www.zotero.org/styles/apa" rel="independent-parent"/></info></style>"#;
    let site = site("").write("bay.csl", dependent);
    assert_eq!(cited(&site, &["--style", "bay.csl"]), cited(&site, &["--style", "apa"]));
}

#[test]
fn a_style_that_cannot_be_used_is_refused_with_file_line_and_reason() {
    let broken = OWN.replace("<text term=\"and\"/>", "<text macro=\"when\"/>");
    let site = site("[citations]\nstyles = [\"styles/our-lab.csl\"]").write("styles/our-lab.csl", broken);
    let told = refused(&site, &[], 1);
    assert!(told.contains("cannot use `styles/our-lab.csl`: the macro `when` is called, and there is none"), "{told}");
    assert!(told.contains("at: styles/our-lab.csl:4"), "{told}");
    assert!(refused(&site, &["--style", "apaa"], 2).contains("did you mean `apa`?"));
    let none = refused(&site, &["--style", "styles/none.csl"], 2);
    assert!(none.contains("there is no citation style at `styles/none.csl`"), "{none}");
}

#[test]
fn an_eighth_style_and_one_under_two_names_are_refused() {
    let eight = "[citations]\nstyles = [\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\"]";
    assert!(refused(&site(eight), &[], 2).contains("`citations.styles` cannot be meant: it names 8 styles"));
    let twice = "[citations]\nstyles = [\"apa\", \"american-psychological-association\"]";
    assert!(refused(&site(twice), &[], 2).contains("are both the citation style `apa`"));
}

#[test]
fn nothing_to_cite_is_said_and_ends_well() {
    let settings = "[publish]\ntypes = [\"map\"]\n[[libraries]]\ntype = \"file\"\npath = \"library\"\n";
    let run = site("").write("zbib.toml", settings).run(&["cite", "--format", "json"]);
    assert_eq!((run.stdout.as_str(), run.code), ("{}\n", 0));
    assert!(run.stderr.contains("no record is published"), "{}", run.stderr);
}
