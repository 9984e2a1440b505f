//! Records and files that are not what they should be: each has its clear message or is made harmless, and nothing that
//! is there already is lost.

use crate::fake_zotero::{FakeZotero, Library};
use crate::test_site::{TestSite, collection, record};
use crate::well_formed::assert_well_formed;

const AUTHOR: &str = r#""creators":[{"creatorType":"author","firstName":"Ada","lastName":"Lovelace"}]"#;

/// Builds a site of these records, whatever is said of them; everything that must be true of a site is.
#[track_caller]
fn built(items: &[String]) -> (TestSite, String) {
    let site = TestSite::of(items, &[]);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_well_formed(&site.site());
    (site, run.stderr)
}

#[test]
fn markup_in_texts_is_shown_and_never_run() {
    let evil = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    let items = [
        record(
            "AAAAAAA2",
            "webpage",
            &format!(
                r#""title":"{evil}","url":"javascript:alert(3)","abstractNote":"{evil}","extra":"{evil}","tags":[{{"tag":"{evil}"}}],"creators":[{{"creatorType":"author","name":"{evil}"}}]"#
            ),
        ),
        record(
            "NNNNNNN2",
            "note",
            &format!(
                r#""parentItem":"AAAAAAA2","note":"<p onclick='x()'>Kept</p>{evil}<a href='javascript:x()'>y</a>""#
            ),
        ),
    ];
    let (site, says) = built(&items);
    assert!(!says.contains("warning"), "{says}");
    let page = site.page("items/AAAAAAA2/index.html");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("<p>Kept</p>"));
    for (path, bytes) in site.site().iter().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".xml")) {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        for part in ["<script>alert", "<img src=x", "href=\"javascript:", "onclick="] {
            assert!(!text.contains(part), "{path}: {part}");
        }
    }
}

#[test]
fn a_file_s_name_cannot_lead_out_of_its_folder() {
    let file = |key: &str, name: &str| {
        let hash = zbib::zotero::cache::Md5::of(b"%PDF");
        record(
            key,
            "attachment",
            &format!(
                r#""parentItem":"AAAAAAA2","linkMode":"imported_file","contentType":"application/pdf","filename":{},"md5":"{hash}""#,
                serde_json::Value::from(name)
            ),
        )
    };
    let names = [
        "../../x.pdf",
        "/etc/passwd",
        "..\\..\\x.pdf",
        "index.pdf",
        "AAAAAAA2.pdf",
        "a\u{202e}fdp.exe.pdf",
        "CON.pdf",
        "",
    ];
    let mut library = Library::new();
    library.key = Some("any".into());
    library.put_raw(&record("AAAAAAA2", "book", r#""title":"One""#));
    for (key, name) in ["F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9"].into_iter().zip(names) {
        let key = format!("FFFFFF{key}");
        library.put_raw(&file(&key, name));
        library.files.insert(
            key,
            crate::fake_zotero::StoredFile { bytes: b"%PDF".to_vec(), compressed: false, announced: None },
        );
    }
    let fake = FakeZotero::serve(library);
    let site = TestSite::empty()
        .write(
            "zbib.toml",
            format!("[site]\nbase-url = \"https://example.org/\"\n[[libraries]]\nid = 123\napi = \"{}\"\n", fake.url()),
        )
        .variable("ZOTERO_API_KEY", "any");
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_well_formed(&site.site());
    let published: Vec<_> =
        site.site().into_iter().filter(|(_, bytes)| bytes == b"%PDF").map(|(path, _)| path).collect();
    assert_eq!(published.len(), names.len(), "{published:?}");
    for path in published {
        let name = path.strip_prefix("items/AAAAAAA2/").unwrap();
        assert!(
            name.ends_with(".pdf") && !name.contains(['/', '\\', '\u{202e}']) && !name.starts_with("CON."),
            "{path}"
        );
    }
}

#[test]
fn what_is_no_record_is_set_aside_and_told_with_its_line() {
    let items = [
        record("AAAAAAA2", "book", r#""title":"One""#),
        "no json".to_owned(),
        "[1, 2]".to_owned(),
        r#"{"key":"AAAAAAA3"}"#.to_owned(),
        r#"{"data":{"key":"AAAAAAA4","itemType":7}}"#.to_owned(),
        r#"{"data":{"key":"../../etc","itemType":"book"}}"#.to_owned(),
        r#"{"data":{"key":"AAAAAAA5"}}"#.to_owned(),
    ];
    let site = TestSite::of(&items, &[]).write("library/collections.jsonl", "{}\n");
    let run = site.run(&["build", "-v"]);
    let says = "warning: 7 records are left out, they are not ones zbib can read\n  \
                items.jsonl:2  it is not JSON\n  \
                items.jsonl:3  it is not made like Zotero's records, from column 2 on\n  \
                items.jsonl:4  it has no `data`\n  \
                items.jsonl:5  it is not made like Zotero's records, from column 38 on\n  ";
    assert!(run.stderr.contains(says), "{}", run.stderr);
    assert!(
        run.stderr.contains("items.jsonl:7  AAAAAAA5 has no `itemType`\n  collections.jsonl:1  it has no `data`\n"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("  hint: mend them where they come from; all others are used\n"), "{}", run.stderr);
    assert_eq!(run.code, 0);
    assert!(site.has("items/AAAAAAA2/index.html"));
}

#[test]
fn records_with_little_or_too_much_in_them_have_their_pages() {
    let people = |n: usize| {
        let one = |at: usize| format!(r#"{{"creatorType":"author","firstName":"F{at}","lastName":"L{at}"}}"#);
        (0..n).map(one).collect::<Vec<_>>().join(",")
    };
    let items = [
        record("AAAAAAA2", "book", ""),
        r#"{"data":{"key":"AAAAAAA3","itemType":"book"}}"#.to_owned(),
        record("AAAAAAA4", "book", &format!(r#""title":"Long","abstractNote":"{}""#, "word ".repeat(20_000))),
        record("AAAAAAA5", "journalArticle", &format!(r#""title":"Many hands","creators":[{}]"#, people(60))),
        record(
            "AAAAAAA6",
            "hologram",
            r#""title":"Unknown","flavour":"sweet","creators":[{"creatorType":"wizard","name":"Merlin"},{},{"name":""},7]"#,
        ),
        record(
            "AAAAAAA7",
            "book",
            r#""title":"Lone \ud800 and \udc00, \u2028 \u2029 \u0000 \u001b[31m \u202e","date":"44 BC""#,
        ),
        record(
            "AAAAAAA8",
            "book",
            r#""title":7,"creators":"x","tags":[7,{}],"collections":[7,"y"],"relations":[],"date":["1999"],"deleted":"0""#,
        ),
        record(
            "AAAAAAA9",
            "book",
            r#""title":"<i>Unbalanced","date":"0000-00-00","DOI":"javascript:x","url":" http://a b ""#,
        ),
    ];
    let (site, says) = built(&items);
    assert!(!says.contains('\u{1b}'));
    for key in ["AAAAAAA2", "AAAAAAA3", "AAAAAAA4", "AAAAAAA5", "AAAAAAA6", "AAAAAAA7", "AAAAAAA8", "AAAAAAA9"] {
        assert!(site.has(&format!("items/{key}/index.html")) && site.has(&format!("items/{key}/{key}.bib")), "{key}");
    }
    assert!(
        site.page("items/AAAAAAA5/index.html").contains("L59")
            && site.page("items/AAAAAAA6/index.html").contains("Merlin")
    );
}

#[test]
fn collections_that_are_parts_of_themselves_or_lie_deep_are_shown() {
    let key = |at: usize| format!("CCCCCC{}{}", char::from(b'A' + (at / 5) as u8), 2 + at % 5);
    let mut collections: Vec<_> =
        (0..30).map(|at| collection(&key(at), &format!("Depth {at}"), at.checked_sub(1).map(key).as_deref())).collect();
    collections.push(collection("XXXXXXX2", "Snake", Some("XXXXXXX3")));
    collections.push(collection("XXXXXXX3", "Tail", Some("XXXXXXX2")));
    collections.push(collection("XXXXXXX4", "Self", Some("XXXXXXX4")));
    let book = record("AAAAAAA2", "book", &format!(r#""title":"Deep","collections":["{}","XXXXXXX3"]"#, key(29)));
    let site = TestSite::of(&[book], &collections);
    let run = site.run(&["build"]);
    assert!(
        run.stderr.contains("warning: 2 collections are parts of themselves; they are shown at the top level\n"),
        "{}",
        run.stderr
    );
    assert!(site.page(&format!("collections/{}/index.html", key(0))).contains("Deep"));
    assert_well_formed(&site.site());
}

#[test]
fn citation_keys_that_are_taken_get_a_number_and_are_told() {
    let book = |key: &str| record(key, "book", r#""title":"Same","extra":"Citation Key: ada1843""#);
    let (site, says) = built(&[book("AAAAAAA2"), book("AAAAAAA3")]);
    assert!(
        says.contains(
            "warning: two records are given the same citation key; the later one gets a number behind it\n  \
             AAAAAAA3 \"Same\"  `ada1843`, like AAAAAAA2 \"Same\"\n  \
             hint: change `Citation Key:` in Extra, or the field Citation Key, of one of them\n"
        ),
        "{says}"
    );
    assert!(site.page("items/AAAAAAA3/AAAAAAA3.bib").contains("{ada1843-1,"));
}

#[test]
fn a_library_that_is_not_there_or_cannot_be_read_is_told() {
    let hint = "\n\nhint: check `path` of the library in `zbib.toml`; it is relative to that file\n";
    let site = TestSite::empty().write("zbib.toml", "[[libraries]]\ntype = \"file\"\npath = \"papers\"\n");
    site.fails(
        &["build"],
        1,
        &format!("error: cannot read the library `papers`\n  caused by: No such file or directory{hint}"),
    );
    site.change("papers/readme.txt", "");
    site.fails(
        &["build"],
        1,
        "error: cannot read the library `papers`, it has no `items.jsonl`\n\n\
         hint: a library is a folder with `items.jsonl`, or one `.json`, `.jsonl`, `.bib` or `.ris` file\n",
    );
    for (name, text, says) in [
        (
            "a.bib",
            "@book{x,",
            "cannot read the library `a.bib`, unexpected end of file\n  at: a.bib:1:9\n\nhint: mend the file there; the cache keeps what it had\n",
        ),
        (
            "a.json",
            "[{\"a\": 1},\n {]",
            "cannot read the library `a.json`, it is no JSON array of records: key must be a string\n  at: a.json:2:3\n\nhint: mend the file there; the cache keeps what it had\n",
        ),
        (
            "a.ris",
            "Lamps, by Ada Adams",
            "cannot read the library `a.ris`, it has no line `TY  - `, with which a record of RIS begins\n\nhint: a library is a folder with `items.jsonl`, or one `.json`, `.jsonl`, `.bib` or `.ris` file\n",
        ),
        (
            "a.xml",
            "<a/>",
            "`a.xml` is no kind of library zbib reads\n\nhint: zbib reads folders with `items.jsonl`, and `.json`, `.jsonl`, `.bib` and `.ris` files\n",
        ),
    ] {
        let site = TestSite::empty()
            .write("zbib.toml", format!("[[libraries]]\ntype = \"file\"\npath = \"{name}\"\n"))
            .write(name, text);
        site.fails(&["build"], 1, &format!("error: {says}"));
        assert!(!site.has(""));
    }
}

#[test]
fn a_broken_template_is_told_with_its_line_and_the_site_stays() {
    let site = TestSite::of(&[record("AAAAAAA2", "book", AUTHOR)], &[]).write("themes/ours/static/note.txt", "x");
    let settings = std::fs::read_to_string(site.path("zbib.toml")).unwrap();
    site.change("zbib.toml", settings.replace("[site]\n", "[site]\ntheme = \"ours\"\n"));
    site.build();
    let before = site.site();
    let hint = "\n\nhint: mend `themes/ours/templates/item.html`, or delete it to use the one of the default theme\n";
    for (template, says) in [
        (
            "<p>\n{% if x %}",
            "error: a template is broken: Unexpected end of input\n  at: themes/ours/templates/item.html:2",
        ),
        (
            "<p>\n{{ view | shout }}",
            "error: a template is broken: Unknown filter `shout`\n  at: themes/ours/templates/item.html:2",
        ),
        (
            "<p>\n\n{{ nobody }}",
            "error: cannot make the page of item AAAAAAA2\n  caused by: a template is broken: Variable `nobody` is not \
             defined. Available variables: page, view\n  at: themes/ours/templates/item.html:3",
        ),
    ] {
        site.change("themes/ours/templates/item.html", template);
        site.fails(&["build", "--offline"], 1, &format!("{says}{hint}"));
        assert_eq!(site.site(), before);
    }
}

#[test]
fn a_theme_or_language_that_there_is_not_is_told() {
    let site = |setting: &str| {
        TestSite::empty()
            .write("zbib.toml", format!("[site]\n{setting}\n[[libraries]]\ntype = \"file\"\npath = \"x.bib\"\n"))
    };
    site("theme = \"baroque\"").fails(
        &["build"],
        2,
        "error: there is no theme `baroque`\n\n\
         hint: put its files into `themes/baroque/`, or leave `theme` out of `[site]` for the default theme\n",
    );
    site("language = \"tlh\"").fails(
        &["build"],
        2,
        "error: the theme has no words for the language `tlh`\n\n\
         hint: it speaks de, en, es, fr, pt; a file `locales/tlh.ftl` in the site's theme adds yours\n",
    );
}

#[test]
fn two_parts_that_want_one_place_are_both_named_and_the_site_stays() {
    let site = TestSite::of(&[record("AAAAAAA2", "book", AUTHOR)], &[]);
    site.build();
    let before = site.site();
    let hint = "\n\nhint: rename or move the one that is yours, in `content/`, `static/` or `themes/`; \
                names that differ in case only are one name on many computers\n";
    site.change("content/mine.md", "+++\npath = \"items/AAAAAAA2\"\n+++\n");
    site.fails(
        &["build", "--offline"],
        1,
        &format!(
            "error: two parts of the site want the same place\n  at: `items/AAAAAAA2/index.html`, wanted by the page of \
             item AAAAAAA2 and content/mine.md{hint}"
        ),
    );
    site.change("content/mine.md", "");
    site.change("content/Mine.md", "");
    let run = site.run(&["build", "--offline"]);
    assert!(
        run.code == 1 && run.stderr.contains("content/mine.md") && run.stderr.contains("content/Mine.md"),
        "{}",
        run.stderr
    );
    assert_eq!(site.site(), before);
}

#[test]
fn an_output_that_holds_the_sources_is_refused() {
    let site = TestSite::of(&[], &[]).write("content/about.md", "x");
    let run = site.run(&["build", "--output", "."]);
    assert_eq!(
        run.stderr,
        "error: `site.output` cannot be meant: `.` is not a folder of its own\n\n\
         hint: it was set by the command line, which goes over zbib.toml\n"
    );
    let here = site.path("").canonicalize().unwrap();
    let itself = format!("../{}", here.file_name().unwrap().to_str().unwrap());
    for output in [itself.as_str(), "content", "content/site", ".zbib", "static"] {
        let run = site.run(&["build", "--output", output]);
        assert_eq!(run.code, 2, "{output}: {}", run.stderr);
        assert!(
            run.stderr.contains("as the output folder, ") && run.stderr.contains("\n\nhint: name another folder"),
            "{}",
            run.stderr
        );
    }
    assert!(site.path("content/about.md").exists() && !site.path("index.html").exists());
    let blocked = site.write("file", "");
    let run = blocked.run(&["build", "--output", "file/site"]);
    assert!(run.code == 1 && run.stderr.contains("a file stands in its way"), "{}", run.stderr);
}

#[test]
fn a_key_that_zotero_refuses_is_told_and_the_site_stays() {
    let fake = FakeZotero::serve(Library { key: Some("right".into()), ..Library::of_books(2) });
    let settings = format!("[[libraries]]\nid = 123\napi = \"{}\"\n", fake.url());
    let site = TestSite::empty().write("zbib.toml", settings).variable("ZOTERO_API_KEY", "right");
    assert_eq!(site.run(&["build"]).code, 0);
    let before = site.site();
    let site = site.variable("ZOTERO_API_KEY", "wrong");
    fake.edit(|library| library.book("NEWAAAAA", "New"));
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1);
    let (said, error) = run.stderr.split_at(run.stderr.find("error: ").unwrap());
    assert!(said.starts_with("Fake library: could not be brought up to date, its copy at version 2 is "), "{said}");
    assert_eq!(
        error,
        "error: Zotero does not know the API key in ZOTERO_API_KEY\n\nhint: it may have been deleted or mistyped; make a new \
         one at https://www.zotero.org/settings/keys/new, and put it into the environment variable ZOTERO_API_KEY\n"
    );
    assert_eq!(site.site(), before);
    assert_eq!(site.run(&["build", "--offline"]).code, 0);
}

#[test]
fn a_group_that_zotero_does_not_know_is_told() {
    let fake = FakeZotero::serve(Library::of_books(2));
    let site = TestSite::empty().write("zbib.toml", format!("[[libraries]]\nid = 999\napi = \"{}\"\n", fake.url()));
    let run = site.run(&["build"]);
    assert!(run.code == 1 && run.stderr.starts_with("error: Zotero does not know group 999\n"), "{}", run.stderr);
    assert!(run.stderr.contains(
        "\nhint: check `id` and `type` of the library in `zbib.toml`; a private group looks unknown without a key\n"
    ));
    site.fails(
        &["build", "--offline"],
        1,
        "error: the cache holds nothing of `groups-999` yet\n\nhint: run `zbib sync` first, or `zbib build` without `--offline`\n",
    );
}

#[test]
fn files_that_zotero_refuses_or_has_not_are_left_out_and_told() {
    let mut library = Library { key: Some("any".into()), refuses_files: true, ..Library::of_books(2) };
    library.pdf("PDFAAAAA", "AAAAAAAA", b"%PDF");
    let fake = FakeZotero::serve(library);
    let site = TestSite::empty()
        .write(
            "zbib.toml",
            format!("[site]\nbase-url = \"https://example.org/\"\n[[libraries]]\nid = 123\napi = \"{}\"\n", fake.url()),
        )
        .variable("ZOTERO_API_KEY", "any");
    let run = site.run(&["build", "--strict"]);
    assert_eq!(run.code, 3, "{}", run.stderr);
    assert!(
        run.stderr.contains("warning: files of a library are left out, Zotero does not give them to this key\n"),
        "{}",
        run.stderr
    );
    assert!(
        !site.has("items/AAAAAAAA/PDFAAAAA.pdf") && !site.page("items/AAAAAAAA/index.html").contains("PDFAAAAA.pdf")
    );
    assert_well_formed(&site.site());
}
