//! `zbib init`: the folder it makes can be used at once, and nothing that is there is lost.

use std::collections::BTreeMap;

use crate::test_site::{TestSite, files};

/// The settings of the library that `zbib config` shows.
fn library(site: &TestSite) -> Vec<(String, String)> {
    let run = site.run(&["config", "libraries"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let set = run.stdout.lines().filter(|line| line.contains("# zbib.toml:"));
    let setting = |line: &str| {
        let (name, value) = line.split('#').next().unwrap().split_once(" = ").unwrap();
        (name.trim_start_matches("libraries[0].").to_owned(), value.trim().trim_matches('"').to_owned())
    };
    set.map(setting).collect()
}

#[test]
fn every_way_to_name_a_library_becomes_settings_that_hold() {
    for (text, kind, id) in [
        ("https://www.zotero.org/groups/4711/a_lab", "group", "4711"),
        ("https://www.zotero.org/groups/4711/a_lab/library", "group", "4711"),
        ("4711", "group", "4711"),
        ("groups/4711", "group", "4711"),
        ("users/77", "user", "77"),
        ("publications/77", "publications", "77"),
    ] {
        let site = TestSite::empty();
        let run = site.run(&["init", text]);
        assert_eq!(
            run.stderr,
            "wrote zbib.toml and 2 other files\nnext: `zbib build`, then `zbib serve` to look at it\n"
        );
        assert_eq!((run.code, run.stdout.as_str()), (0, ""));
        assert_eq!(library(&site), [("id".to_owned(), id.to_owned()), ("type".to_owned(), kind.to_owned())], "{text}");
        assert_eq!(Vec::from_iter(files(&site.path("")).into_keys()), [".gitignore", "content/about.md", "zbib.toml"]);
    }
}

#[test]
fn the_zotero_on_this_computer_is_named_by_one_word() {
    let site = TestSite::empty();
    assert_eq!(site.run(&["init", "desktop"]).code, 0);
    let settings = [("id", "0"), ("type", "user"), ("api", "http://localhost:23119/api/")];
    let settings = BTreeMap::from(settings.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(BTreeMap::from_iter(library(&site)), settings);
    let site = TestSite::empty();
    let hint = "leave out `--github`, or give `users/ID` or a group: those come from Zotero's server";
    let says = format!("error: a workflow at GitHub cannot read the Zotero on this computer\n\nhint: {hint}\n");
    site.fails(&["init", "desktop", "--github"], 2, &says);
    assert!(files(&site.path("")).is_empty());
}

#[test]
fn a_file_becomes_a_site_with_two_commands() {
    let site =
        TestSite::empty().write("papers.bib", "@book{ada1843, title = {Notes}, author = {Lovelace, Ada}, year = 1843}");
    assert_eq!(site.run(&["init", "papers.bib"]).code, 0);
    assert_eq!(site.run(&["build"]).code, 0);
    assert!(site.page("index.html").contains("Lovelace"));
    assert!(site.page("about/index.html").contains("Say here who keeps this bibliography"));
}

#[test]
fn a_path_is_written_as_the_new_folder_sees_it() {
    let site = TestSite::empty().write("data/papers.bib", "@book{a, title = {Notes}}");
    assert_eq!(site.run(&["init", "data/papers.bib", "--folder", "sites/mine"]).code, 0);
    let run = site.run(&["build", "--config", "sites/mine/zbib.toml"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(site.path("sites/mine/public/index.html").exists());
}

#[test]
fn the_demonstration_builds() {
    let site = TestSite::empty();
    assert_eq!(site.run(&["init", "--demo", "--github", "--folder", "demo"]).code, 0);
    assert!(site.path("demo/.github/workflows/zbib.yml").exists());
    let run = site.run(&["build", "--config", "demo/zbib.toml", "--base-url", "https://example.org/"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(site.path("demo/public/sitemap.xml").exists());
}

#[test]
fn the_workflow_for_github_builds_under_the_address_it_is_told() {
    let site = TestSite::empty();
    assert_eq!(site.run(&["init", "4711", "--github"]).code, 0);
    let workflow = std::fs::read_to_string(site.path(".github/workflows/zbib.yml")).unwrap();
    for part in ["schedule:", "zbib build --base-url", "secrets.ZOTERO_API_KEY", "!.zbib/journal", "path: public"] {
        assert!(workflow.contains(part), "{part}");
    }
}

#[test]
fn what_is_there_already_is_kept() {
    let site = TestSite::empty().write("content/about.md", "mine");
    let hint = "\n\nhint: `--folder` names another folder, `--force` overwrites what is there\n";
    site.fails(&["init", "4711"], 2, &format!("error: `content/about.md` is there already{hint}"));
    assert!(!site.path("zbib.toml").exists());
    site.change("zbib.toml", "mine");
    site.fails(&["init", "4711"], 2, &format!("error: `zbib.toml` is there already{hint}"));
    assert_eq!(std::fs::read_to_string(site.path("zbib.toml")).unwrap(), "mine");
    assert_eq!(site.run(&["init", "4711", "--force"]).code, 0);
    assert_eq!(library(&site).len(), 2);
}

#[test]
fn a_gitignore_stays_the_owner_s() {
    let site = TestSite::empty().write(".gitignore", "/public/\n*.bak\n");
    let run = site.run(&["init", "4711"]);
    assert!(run.stderr.starts_with(".gitignore is yours; add to it: /.zbib/\nwrote zbib.toml"), "{}", run.stderr);
    assert_eq!(std::fs::read_to_string(site.path(".gitignore")).unwrap(), "/public/\n*.bak\n");
}

#[test]
fn what_names_no_library_is_explained() {
    let site = TestSite::empty();
    let kinds = "a group's address or number, `users/ID`, `publications/ID`, `desktop`, or a folder, .json, .jsonl, .bib or .ris file";
    site.fails(
        &["init", "https://example.org/groups/1"],
        2,
        &format!("error: `https://example.org/groups/1` names no Zotero library\n\nhint: give {kinds}\n"),
    );
    site.fails(
        &["init", "papres.bib"],
        2,
        &format!("error: there is no file or folder `papres.bib`\n\nhint: a library is {kinds} that is there\n"),
    );
    let run = site.run(&["init", "https://www.zotero.org/ada/library"]);
    assert!(run.code == 2 && run.stderr.contains("zbib init users/ID"), "{}", run.stderr);
    assert!(files(&site.path("")).is_empty());
}
