//! `zbib export`: the same files as the site has, for scripts.

use std::process::Stdio;

use zbib::bibliography::export::Format;

use crate::test_site::{TestSite, collection, record};

/// Four books, a note and a PDF; two collections one in the other, and a third whose name is the inner one's.
fn site(settings: &str) -> TestSite {
    let author = r#""creators":[{"creatorType":"author","lastName":"Hill","firstName":"A."}]"#;
    let book = |key: &str, title: &str, more: &str| {
        record(key, "book", &format!(r#""title":"{title}","date":"1999",{author}{more}"#))
    };
    let related = r#","relations":{"dc:relation":["http://zotero.org/groups/1/items/BBBB2222"]}"#;
    let items = [
        book("AAAA2222", "Atlas", &format!(r#","collections":["CCCC2222"],"tags":[{{"tag":"old"}}]{related}"#)),
        book("BBBB2222", "Borders", r#","collections":["CCCC3333"],"tags":[{"tag":"old"},{"tag":"rare"}]"#),
        book("DDDD2222", "Deltas", r#","tags":[{"tag":"old"}],"extra":"Citation Key: deltas""#),
        book("HHHH2222", "Hidden", r#","tags":[{"tag":"private"}]"#),
        record("NNNN2222", "note", r#""parentItem":"AAAA2222","note":"<p>read</p>""#),
        record("NNNN3333", "note", r#""note":"<p>alone</p>""#),
    ];
    let collections = [
        collection("CCCC2222", "Maps", None),
        collection("CCCC3333", "Drafts", Some("CCCC2222")),
        collection("CCCC4444", "Drafts", None),
        collection("CCCC5555", "_inbox", None),
    ];
    let settings = format!("{settings}\n[[libraries]]\ntype = \"file\"\npath = \"library\"\n");
    TestSite::of(&items, &collections).write("zbib.toml", settings)
}

const RULES: &str = "[publish]\nitem-exclude = [\"private\"]\n";

/// What comes out on stdout.
#[track_caller]
fn exported(site: &TestSite, arguments: &[&str]) -> String {
    let run = site.run(&[&["export"], arguments].concat());
    assert_eq!((run.stderr.as_str(), run.code), ("", 0), "{arguments:?}");
    run.stdout
}

/// The citation keys in a file of BibTeX, in its order.
#[track_caller]
fn keys(site: &TestSite, arguments: &[&str]) -> Vec<String> {
    let text = exported(site, arguments);
    let entries = text.lines().filter_map(|line| line.strip_prefix("@book{"));
    entries.map(|line| line.trim_end_matches(',').to_owned()).collect()
}

#[test]
fn what_is_exported_is_what_the_site_has_byte_for_byte_in_every_format() {
    let names =
        |formats: Vec<Format>| formats.iter().map(|format| format!("\"{}\"", format.name())).collect::<Vec<_>>();
    let all = names(Format::ALL.to_vec()).join(", ");
    let of_records = names(Format::ALL.into_iter().filter(|format| !format.is_bibliography()).collect()).join(", ");
    let exports = format!(
        "[exports]\nitem = [{of_records}]\nlibrary = [{all}]\nlist = {{ collections = [{all}], tags = [{all}] }}\n{RULES}"
    );
    for address in ["", "[site]\nbase-url = \"https://example.org/maps/\"\n"] {
        let site = site(&format!("{address}{exports}"));
        assert_eq!(site.run(&["build"]).code, 0);
        for format in Format::ALL {
            let (name, extension) = (format.name(), format.extension());
            let list = |folder: &str, slug: &str| match format {
                Format::Rdf => format!("{folder}/{slug}/list.rdf"),
                _ => format!("{folder}/{slug}/{slug}.{extension}"),
            };
            for (arguments, file) in [
                (&[][..], format!("bibliography.{extension}")),
                (&["--collection", "CCCC2222"], list("collections", "CCCC2222")),
                (&["--tag", "old"], list("tags", "old")),
                (&["AAAA2222"], format!("items/AAAA2222/AAAA2222.{extension}")),
            ] {
                if file.starts_with("items") && format.is_bibliography() {
                    continue;
                }
                let text = exported(&site, &[&["--format", name], arguments].concat());
                assert!(text == site.page(&file), "{file}\n{text}");
            }
        }
    }
}

#[test]
fn filters_combine_and_the_order_is_the_sites() {
    let site = site(RULES);
    let (atlas, borders, deltas) = ("hill_atlas_1999", "hill_borders_1999", "deltas");
    for (arguments, wanted) in [
        (&[][..], &[atlas, borders, deltas][..]),
        (&["--collection", "Maps"], &[atlas, borders]),
        (&["--collection", "Maps / Drafts"], &[borders]),
        (&["--collection", "/Maps"], &[atlas, borders]),
        (&["--tag", "old", "--tag", "rare"], &[borders]),
        (&["--tag", "old", "--collection", "CCCC2222", "AAAA2222"], &[atlas]),
        (&["deltas", "@hill_atlas_1999", "AAAA2222"], &[atlas, deltas]),
        (&["--library", "library", "DDDD2222"], &[deltas]),
    ] {
        assert_eq!(keys(&site, arguments), wanted, "{arguments:?}");
    }
}

#[test]
fn where_nothing_passes_the_file_has_no_records_and_a_note_says_so() {
    let site = site(RULES);
    for (format, text) in [("bibtex", ""), ("ris", ""), ("csl", "[]")] {
        let run = site.run(&["export", "--format", format, "--tag", "rare", "DDDD2222"]);
        assert_eq!(run.stdout.trim_end(), text);
        assert_eq!(run.stderr, "note: no published record passes; the file has none\n");
        assert_eq!(run.code, 0);
    }
}

#[test]
fn a_name_that_is_not_there_is_told_with_the_nearest() {
    let site = site(RULES);
    let usage = |arguments: &[&str], says: &str| site.fails(&[&["export"], arguments].concat(), 2, says);
    usage(
        &["hill_atlas_1998"],
        "error: no published record is called `hill_atlas_1998`\n\nhint: did you mean `hill_atlas_1999`?\n",
    );
    usage(&["@AAAA2222"], "error: no published record is called `@AAAA2222`\n\nhint: did you mean `AAAA2222`?\n");
    usage(&["--collection", "maps"], "error: no published collection is called `maps`\n\nhint: did you mean `Maps`?\n");
    usage(
        &["--collection", "Drafts"],
        "error: 2 published collections are called `Drafts`\n\nhint: name one by its key, or by more of its path:\n      \
         CCCC3333 (/Maps/Drafts)\n      CCCC4444 (/Drafts)\n",
    );
    assert_eq!(keys(&site, &["--collection", "/Maps/Drafts"]), ["hill_borders_1999"]);
    assert_eq!(keys(&site, &["--collection", "CCCC3333"]), ["hill_borders_1999"]);
    usage(&["--tag", "Old"], "error: no published record has the tag `Old`\n\nhint: did you mean `old`?\n");
    usage(&["--library", "lab"], "error: the settings name no library `lab`\n\nhint: they name file-library\n");
    let run = site.run(&["export", "--format", "bibtx"]);
    assert!(run.code == 2 && run.stderr.contains("a similar value exists: 'bibtex'"), "{}", run.stderr);
}

#[test]
fn what_the_rules_withhold_is_told_with_the_rule() {
    let hint = "\n\nhint: only what the site shows comes out; `zbib config publish` shows the rules\n";
    let stored = site(&format!("{RULES}[sync]\nstore = \"all\"\n"));
    let kept = site(RULES);
    for (site, name, why) in [
        (&stored, "HHHH2222", "`publish.item-exclude` withholds the tag `private`"),
        (&kept, "HHHH2222", "the rules of [publish] withhold it, so the cache holds its key only"),
    ] {
        site.fails(&["export", name], 1, &format!("error: the record `{name}` is not published: {why}{hint}"));
    }
    stored.fails(
        &["export", "--collection", "_inbox"],
        1,
        &format!(
            "error: the collection `_inbox` is not published: `publish.collections-exclude` or \
             `publish.collections-include` withholds it{hint}"
        ),
    );
    stored.fails(
        &["export", "--tag", "_todo"],
        1,
        &format!("error: the tag `_todo` is not published: `publish.tag-exclude` hides it{hint}"),
    );
    let overlaid = site(RULES).write("content/items/AAAA2222.md", "+++\npublished = false\n+++\n");
    let why = "an overlay in content/items says `published = false`";
    overlaid.fails(&["export", "AAAA2222"], 1, &format!("error: the record `AAAA2222` is not published: {why}{hint}"));
}

#[test]
fn a_note_is_no_record() {
    let site = site(RULES);
    site.fails(
        &["export", "NNNN2222"],
        1,
        "error: `NNNN2222` is a note, not a record\n\n\
         hint: name its record, `AAAA2222`; as `rdf`, `zbib export` has notes and files, too\n",
    );
    let run = site.run(&["export", "NNNN3333"]);
    assert!(run.code == 1 && run.stderr.contains("what stands alone has a page and is no reference"), "{}", run.stderr);
}

#[test]
fn a_file_is_replaced_whole_or_not_at_all() {
    let site = site(RULES).write("old.bib", "before").write("folder/x", "");
    let run = site.run(&["export", "--output", "old.bib", "deltas"]);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str(), run.code), ("", "old.bib: 1 record as BibTeX\n", 0));
    let text = std::fs::read_to_string(site.path("old.bib")).unwrap();
    assert_eq!(text, exported(&site, &["deltas"]));
    assert_ne!(site.run(&["export", "--output", "old.bib", "nobody"]).code, 0);
    assert_eq!(std::fs::read_to_string(site.path("old.bib")).unwrap(), text, "a run that fails leaves it as it was");
    site.fails(
        &["export", "-f", "ris", "-o", "folder"],
        2,
        "error: `folder` is a folder\n\nhint: name a file in it: `--output folder/bibliography.ris`\n",
    );
    let run = site.run(&["export", "-o", "nowhere/x.bib"]);
    assert!(
        run.code == 1 && run.stderr.contains("hint: `--output` takes a file in a folder that is"),
        "{}",
        run.stderr
    );
    assert_eq!(exported(&site, &["-o", "-", "deltas"]), text);
    let left = std::fs::read_dir(site.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().starts_with(".zbib-export")), "nothing is left beside");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_file_as_open_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let site = site(RULES).write("papers/real.bib", "before");
    let real = site.path("papers/real.bib");
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o664)).unwrap();
    std::os::unix::fs::symlink(&real, site.path("link.bib")).unwrap();
    assert_eq!(site.run(&["export", "-o", "link.bib", "deltas"]).code, 0);
    assert!(site.path("link.bib").is_symlink());
    assert!(std::fs::read_to_string(&real).unwrap().contains("@book{deltas,"));
    assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o664);
    assert_eq!(site.run(&["export", "-o", "/dev/null"]).code, 0);
    assert!(!std::fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn a_reader_that_has_enough_ends_the_export_quietly() {
    let long = "a long abstract ".repeat(20_000);
    let items = [record("AAAA2222", "book", &format!(r#""title":"Atlas","abstractNote":"{long}""#))];
    let site = TestSite::of(&items, &[]);
    let command = || site.command(&["export"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut run = command();
    drop(run.stdout.take());
    let output = run.wait_with_output().unwrap();
    assert_eq!((String::from_utf8_lossy(&output.stderr).as_ref(), output.status.code()), ("", Some(0)));
    assert!(command().wait_with_output().unwrap().stdout.len() > long.len(), "who reads on has all of it");
}

#[test]
fn a_library_in_a_file_is_exported_as_it_is_now() {
    let site = TestSite::empty()
        .write("zbib.toml", "[[libraries]]\ntype = \"file\"\npath = \"mine.bib\"\n")
        .write("mine.bib", "@book{one, title = {One}}");
    assert!(exported(&site, &["one"]).contains("{One}"));
    site.change("mine.bib", "@book{one, title = {Two}}");
    assert!(exported(&site, &["one"]).contains("{Two}"));
    site.change("mine.bib", "@book{one, title = {Three}}");
    let held = zbib::zotero::cache::Cache::open(&site.path(".zbib")).unwrap();
    let run = site.run(&["export", "one"]);
    assert!(
        run.stdout.contains("{Two}") && run.stderr.contains("libraries in files are as they were last read"),
        "{}",
        run.stderr
    );
    drop(held);
    assert!(exported(&site, &["one"]).contains("{Three}"));
}

#[test]
fn a_library_that_was_never_fetched_is_told_so() {
    TestSite::empty().write("zbib.toml", "[[libraries]]\nid = 123\n").fails(
        &["export"],
        1,
        "error: the cache holds nothing of `groups-123` yet\n\n\
         hint: run `zbib sync` first, or `zbib build` without `--offline`\n",
    );
}

#[test]
fn a_key_that_two_libraries_have_is_told_with_their_citation_keys() {
    let settings = "[[libraries]]\ntype = \"file\"\npath = \"one\"\n[[libraries]]\ntype = \"file\"\npath = \"two\"\n";
    let book = record("AAAA2222", "book", r#""title":"Atlas","date":"1999""#);
    let site =
        TestSite::empty().write("zbib.toml", settings).write("one/items.jsonl", &book).write("two/items.jsonl", &book);
    site.fails(
        &["export", "AAAA2222"],
        2,
        "error: 2 published records are called `AAAA2222`\n\n\
         hint: `--library` chooses among libraries, or name one by its citation key:\n      \
         @noauthor_atlas_1999 (in file-one)\n      @noauthor_atlas_1999-1 (in file-two)\n",
    );
    assert_eq!(keys(&site, &["--library", "two", "AAAA2222"]), ["noauthor_atlas_1999-1"]);
    assert_eq!(keys(&site, &["--library", "file-one"]), ["noauthor_atlas_1999"]);
}

#[test]
fn shells_complete_the_formats() {
    let script = TestSite::empty().run(&["completions", "bash"]).stdout;
    assert!(script.contains(&Format::ALL.map(Format::name).join(" ")));
}
