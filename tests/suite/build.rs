//! `zbib build`: what is written, what changes, and what is left alone.

use crate::test_site::{TestSite, collection, differences, record};
use crate::well_formed::assert_well_formed;

/// Three books, two of one creator and tag, in a collection.
fn library() -> (Vec<String>, Vec<String>) {
    let book = |key: &str, title: &str, last: &str, tag: &str, year: &str| {
        record(
            key,
            "book",
            &format!(
                r#""title":"{title}","date":"{year}","creators":[{{"creatorType":"author","firstName":"A.","lastName":"{last}"}}],"tags":[{{"tag":"{tag}"}}],"collections":["CCCCCCC2"]"#
            ),
        )
    };
    let items = vec![
        book("AAAAAAA2", "Of engines", "Lovelace", "history", "1843"),
        book("AAAAAAA3", "Of numbers", "Lovelace", "history", "1844"),
        book("AAAAAAA4", "Of machines", "Turing", "logic", "1936"),
    ];
    (items, vec![collection("CCCCCCC2", "Shelf", None)])
}

fn site() -> TestSite {
    let (items, collections) = library();
    TestSite::of(&items, &collections)
}

#[test]
fn the_files_of_a_site_are_where_others_link_to() {
    let site = site();
    site.build();
    for path in [
        ".nojekyll",
        ".zbib-manifest",
        "404.html",
        "api/collections.json",
        "api/items.json",
        "api/last-sync.json",
        "bibliography.bib",
        "bibliography.biblatex.bib",
        "bibliography.csl.json",
        "bibliography.ris",
        "collections/CCCCCCC2/CCCCCCC2.bib",
        "collections/CCCCCCC2/feed.xml",
        "collections/CCCCCCC2/index.html",
        "collections/index.html",
        "creators/index.html",
        "feed.xml",
        "index.html",
        "items/AAAAAAA2/AAAAAAA2.bib",
        "items/AAAAAAA2/AAAAAAA2.csl.json",
        "items/AAAAAAA2/AAAAAAA2.ris",
        "items/AAAAAAA2/index.html",
        "robots.txt",
        "search/data/manifest.json",
        "search/data/quick.idx",
        "search/index.html",
        "sitemap.xml",
        "tags/index.html",
        "types/book/index.html",
        "types/index.html",
        "years/1843/index.html",
        "years/index.html",
    ] {
        assert!(site.has(path), "{path}");
    }
    assert_well_formed(&site.site());
}

#[test]
fn the_first_build_says_what_becomes_public_and_a_quiet_one_that_nothing_changed() {
    let site = site();
    let run = site.build();
    let says = "library: first copy at version 1: 3 records, 1 collection\n\
                this site will show, to everybody who can reach it:\n       \
                3 records      (to change that: publish.item-exclude, publish.collections-exclude, publish.types)\n       \
                0 notes        (to change that: publish.notes = false, publish.child-exclude)\n       \
                0 annotations  (to change that: publish.annotations = false)\n       \
                0 files        (to change that: attachments.publish = false, attachments.types)\n\
                public: ";
    assert!(run.stderr.starts_with(says), "{}", run.stderr);
    let before = site.site();
    let count = before.len() - 1;
    let run = site.build();
    assert_eq!(run.stderr, format!("library: nothing new at version 1\npublic: nothing changed, {count} files\n"));
    assert_eq!(site.site(), before);
    let run = site.run(&["build", "--offline"]);
    assert_eq!(run.stderr, format!("public: nothing changed, {count} files\n"));
}

#[test]
fn a_deleted_record_takes_its_files_along_and_touches_only_what_showed_it() {
    let site = site();
    site.build();
    let before = site.site();
    site.change("library/items.jsonl", library().0[..2].join("\n"));
    site.build();
    let after = site.site();
    let gone: Vec<_> = before.keys().filter(|path| !after.contains_key(*path)).cloned().collect();
    assert_eq!(
        gone,
        [
            "items/AAAAAAA4/AAAAAAA4.bib",
            "items/AAAAAAA4/AAAAAAA4.csl.json",
            "items/AAAAAAA4/AAAAAAA4.rdf",
            "items/AAAAAAA4/AAAAAAA4.ris",
            "items/AAAAAAA4/index.html",
            "years/1936/index.html",
        ]
    );
    let touched: Vec<_> = differences(&before, &after).into_iter().filter(|path| !gone.contains(path)).collect();
    for kept in ["items/AAAAAAA2/index.html", "items/AAAAAAA3/index.html", "404.html"] {
        assert!(!touched.iter().any(|path| path == kept), "{kept} shows nothing of the record");
    }
    for path in ["index.html", "types/book/index.html", "creators/index.html", "bibliography.bib", "feed.xml"] {
        assert!(touched.iter().any(|other| other == path), "{path} showed the record");
    }
    assert!(after.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("AAAAAAA4")));
    assert_well_formed(&after);
    // And back again: the same bytes, but for what tells of the last change.
    site.change("library/items.jsonl", library().0.join("\n"));
    site.build();
    assert_eq!(differences(&before, &site.site()), [".zbib-manifest", "api/last-sync.json"]);
}

#[test]
fn what_others_put_into_the_output_stays() {
    let site = site();
    site.build();
    site.change("public/CNAME", "papers.example.org");
    site.change("public/items/AAAAAAA4/mine.txt", "mine");
    site.change("library/items.jsonl", library().0[..2].join("\n"));
    site.build();
    assert_eq!(site.page("CNAME") + &site.page("items/AAAAAAA4/mine.txt"), "papers.example.orgmine");
}

#[test]
fn a_folder_that_holds_other_things_is_not_written_to() {
    let site = site().write("public/thesis.tex", "years of work");
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("zbib did not write what is in it\n  at: ") && run.stderr.contains("thesis.tex\n\nhint: ")
    );
    assert_eq!(site.site().len(), 1);
}

#[test]
fn the_owner_s_files_are_published_as_they_are() {
    let site = site().write("static/img/logo.svg", "<svg/>").write("static/data.bin", b"\x00\xff");
    site.build();
    assert_eq!(
        (site.page("static/img/logo.svg").as_str(), &site.site()["static/data.bin"][..]),
        ("<svg/>", &b"\x00\xff"[..])
    );
    site.remove("static/data.bin");
    site.build();
    assert!(!site.has("static/data.bin"));
}

#[test]
fn a_theme_s_file_stands_in_for_the_built_in_one() {
    let site =
        site().write("themes/ours/templates/404.html", "<!doctype html><title>x</title><p>Ours: nothing here</p>");
    let settings = std::fs::read_to_string(site.path("zbib.toml")).unwrap();
    site.change("zbib.toml", settings.replace("[site]\n", "[site]\ntheme = \"ours\"\n"));
    site.build();
    assert!(site.page("404.html").contains("Ours: nothing here"));
    assert!(site.page("index.html").contains("Of engines"));
    site.change("themes/ours/locales/en.ftl", "");
    assert_eq!(site.run(&["build"]).code, 0, "phrases that the owner's file lacks come from the built-in one");
}

#[test]
fn pages_of_the_owner_stand_in_the_menu_and_cite_records() {
    let site = site()
        .write("content/about.md", "+++\ntitle = \"About us\"\nmenu = true\n+++\n\nWe read [@lovelace_engines_1843].\n")
        .write(
            "content/notes/deep.md",
            "+++\ntitle = \"Deep\"\n+++\n\nSee [the shelf](/collections/CCCCCCC2/) and [about](../about.md).\n",
        )
        .write("content/index.md", "Welcome to **our** shelf.\n");
    site.build();
    assert!(site.page("about/index.html").contains("../items/AAAAAAA2/"));
    assert!(site.page("notes/deep/index.html").contains("href=\"../../about/\""));
    assert!(site.page("index.html").contains("Welcome to <strong>our</strong> shelf."));
    assert!(site.page("tags/index.html").contains("About us"));
    assert_well_formed(&site.site());
}

#[test]
fn links_hold_under_any_base_path_and_without_one() {
    let at = |address: Option<&str>| {
        let settings = "[[libraries]]\ntype = \"file\"\npath = \"library\"\n";
        let site = site().write("zbib.toml", settings).write("content/about.md", "+++\nmenu = true\n+++\nx");
        let run = match address {
            Some(address) => site.run(&["build", "--strict", "--base-url", address]),
            None => site.run(&["build"]),
        };
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_well_formed(&site.site());
        (site.page("index.html"), site.page("items/AAAAAAA2/index.html"), site.has("sitemap.xml"), run.stderr)
    };
    let (home, item, ..) = at(Some("https://example.org/"));
    let (deep_home, deep_item, has_sitemap, _) = at(Some("https://example.org/a/b"));
    assert!(has_sitemap && deep_home.contains("https://example.org/a/b/"));
    assert_eq!(home, deep_home.replace("example.org/a/b/", "example.org/"));
    assert_eq!(item, deep_item.replace("example.org/a/b/", "example.org/"));
    let (home, item, has_sitemap, says) = at(None);
    assert!(!home.contains("rel=\"canonical\"") && !item.contains("rel=\"canonical\"") && !has_sitemap);
    assert!(says.ends_with(
        "warning: the site does not know its own address: feeds, the sitemap and canonical links are left out\n  \
         hint: set `[site] base-url` in zbib.toml, or build with `--base-url`\n\n"
    ));
}

#[test]
fn an_empty_library_is_a_site_too() {
    let site = TestSite::of(&[], &[]);
    site.build();
    assert_well_formed(&site.site());
    assert!(site.has("search/index.html") && !site.has("bibliography.bib"));
}

#[test]
fn how_much_is_said_can_be_chosen() {
    let site = site().write("content/about.md", "[@nobody2020]");
    let warning = "warning: a text cites a record that the site does not have\n  content/about.md  @nobody2020\n  \
                   hint: a record's citation key stands on its page and in its .bib file\n\n";
    assert!(site.run(&["build"]).stderr.ends_with(warning));
    let quiet = site.run(&["build", "--quiet", "--strict"]);
    assert_eq!((quiet.stderr.as_str(), quiet.code), ("", 3));
    assert!(site.run(&["build", "-v"]).stderr.contains("reading the cache: "));
    assert!(site.run(&["build", "--color", "always"]).stderr.contains("\u{1b}[1;33mwarning:\u{1b}[0m"));
    assert!(!site.run(&["build", "--color", "never"]).stderr.contains('\u{1b}'));
    let site = site.variable("GITHUB_ACTIONS", "true");
    let says = site.run(&["build"]).stderr;
    assert!(
        says.ends_with(
            "::warning title=zbib citation-unknown::a text cites a record that the site does not have (content/about.md)\n"
        ),
        "{says}"
    );
    let says = site.run(&["build", "-c", "none.toml"]).stderr;
    assert!(says.ends_with("\n::error title=zbib::there is no `none.toml` here\n"), "{says}");
}

#[test]
fn a_typing_error_is_met_with_a_suggestion() {
    let site = site();
    let run = site.run(&["build", "--ofline"]);
    assert!(run.code == 2 && run.stderr.contains("a similar argument exists: '--offline'"), "{}", run.stderr);
    let run = site.run(&["buld"]);
    assert!(run.code == 2 && run.stderr.contains("a similar subcommand exists: 'build'"), "{}", run.stderr);
    let run = site.run(&["init"]);
    assert!(run.code == 2 && run.stderr.contains("zbib init [OPTIONS] --demo"), "{}", run.stderr);
}
