//! `zbib config`, and what an owner is told of settings that cannot be used.

use crate::test_site::TestSite;

const LIBRARY: &str = "[[libraries]]\nid = 4711\n";

fn site(settings: &str) -> TestSite {
    TestSite::empty().write("zbib.toml", settings)
}

#[test]
fn every_value_says_where_it_comes_from() {
    let site = site(&format!("[site]\ntitle = \"Ours\"\nlanguage = \"de\"\n\n{LIBRARY}"))
        .variable("ZBIB_BASE_URL", "https://example.org/a/")
        .variable("ZBIB_LISTS__PAGE_SIZE", "25");
    let run = site.run(&["config", "site"]);
    assert_eq!(
        run.stdout,
        "site.base-url = \"https://example.org/a/\"  # environment variable ZBIB_BASE_URL\n\
         site.description = \"\"                     # default\n\
         site.icon = \"\"                            # default\n\
         site.language = \"de\"                      # zbib.toml:3\n\
         site.licence = \"\"                         # default\n\
         site.licence-url = \"\"                     # default\n\
         site.output = \"public\"                    # default\n\
         site.stylesheets = []                     # default\n\
         site.theme = \"default\"                    # default\n\
         site.title = \"Ours\"                       # zbib.toml:2\n"
    );
    assert_eq!((run.stderr.as_str(), run.code), ("", 0));
    assert!(site.run(&["config", "lists.page"]).stdout.contains("lists.page-size = 25  # environment"));
}

#[test]
fn lists_of_formats_are_told_by_kind_whichever_way_they_are_written() {
    let lists = |file: &str, variables: &[(&str, &str)]| {
        let mut site = site(&format!("[exports]\n{file}\n{LIBRARY}"));
        for (name, value) in variables {
            site = site.variable(name, value);
        }
        let run = site.run(&["config", "exports.list"]);
        assert_eq!((run.stderr.as_str(), run.code), ("", 0));
        run.stdout.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    let default = |kind: &str| format!("exports.list.{kind} = [] # default");
    let plain = lists("list = [\"ris\"]", &[]);
    assert_eq!(plain[0], "exports.list.collections = [\"ris\"] # zbib.toml:2");
    assert_eq!(plain[1..], ["creators", "tags", "types", "years"].map(default));
    let tags = "exports.list.tags = [\"csl\"] #";
    let both = lists("list = [\"ris\"]", &[("ZBIB_EXPORTS__LIST__TAGS", "[\"csl\"]")]);
    assert_eq!(both[0], plain[0]);
    assert_eq!(both[2], format!("{tags} environment variable ZBIB_EXPORTS__LIST__TAGS"));
    let over = lists("list = { tags = [\"csl\"] }", &[("ZBIB_EXPORTS__LIST", "[\"ris\"]")]);
    assert_eq!(over[0], "exports.list.collections = [\"ris\"] # environment variable ZBIB_EXPORTS__LIST");
    assert_eq!(over[2], format!("{tags} zbib.toml:2"));
}

#[test]
fn the_key_is_told_to_be_there_and_never_shown() {
    let without = site(LIBRARY).run(&["config"]).stdout;
    assert!(without.ends_with("# the API key of groups-4711 (ZOTERO_API_KEY): not set\n"), "{without}");
    let with = site(LIBRARY).variable("ZOTERO_API_KEY", "P9NiFoyLeZu2bZNvvuQPDWsd").run(&["config"]);
    assert!(with.stdout.ends_with("# the API key of groups-4711 (ZOTERO_API_KEY): set\n"), "{}", with.stdout);
    assert!(!format!("{}{}", with.stdout, with.stderr).contains("P9Ni"));
}

#[test]
fn a_fault_in_the_file_is_told_with_line_column_and_what_was_meant() {
    for (settings, says) in [
        (
            "[site]\ntitel = \"x\"\n",
            "a setting zbib does not know\n  at: zbib.toml:2:1  titel\n\nhint: did you mean `title`?\n",
        ),
        ("[sites]\n", "a setting zbib does not know\n  at: zbib.toml:1:2  sites\n\nhint: did you mean `site`?\n"),
        (
            "\nfoo = 1\n",
            "a setting zbib does not know\n  at: zbib.toml:2:1  foo\n\n\
             hint: what can stand here: site, libraries, publish, attachments, sync, citations, exports, lists, feeds, serve\n",
        ),
        (
            "[site]\ntitle = 3\n",
            "a value of the wrong kind\n  at: zbib.toml:2:9  3\n\nhint: what belongs here: a text in quotes\n",
        ),
        (
            "[[libraries]]\nid = 1\ntype = \"grup\"\n",
            "a value zbib does not know\n  at: zbib.toml:3:8  \"grup\"\n\nhint: did you mean `group`?\n",
        ),
        (
            "[exports]\nitem = [\"bibtex\", \"word\"]\n",
            "a value zbib does not know\n  at: zbib.toml:2:19  \"word\"\n\n\
             hint: what can stand here: bibtex, biblatex, ris, csl, csv, coins, rdf, html, markdown, text\n",
        ),
        (
            "[exports]\nlist = { tag = [\"ris\"] }\n",
            "a setting zbib does not know\n  at: zbib.toml:2:10  tag\n\nhint: did you mean `tags`?\n",
        ),
        (
            "[exports]\nlist = 3\n",
            "a value of the wrong kind\n  at: zbib.toml:2:8  3\n\n\
             hint: what belongs here: a list of formats, [\"…\"], or a table of such lists: { tags = [\"…\"] }\n",
        ),
        (
            "[site\n",
            "a line zbib cannot understand: unclosed table, expected `]`\n  at: zbib.toml:1:6\n\n\
             hint: texts stand in quotes, lists in brackets: title = \"My library\", types = [\"book\"]\n",
        ),
    ] {
        site(settings).fails(&["config"], 2, &format!("error: `zbib.toml` has {says}"));
    }
}

#[test]
fn a_value_that_cannot_be_meant_is_told_with_its_reason() {
    let change = |setting: &str| {
        format!("\n\nhint: change `{setting}` in zbib.toml; `zbib config` shows where a value comes from\n")
    };
    for (settings, says) in [
        ("[lists]\npage-size = 3\n", format!("`lists.page-size` cannot be meant: 3 is not between 10 and 500{}", change("lists.page-size"))),
        ("[feeds]\nentries = 0\n", format!("`feeds.entries` cannot be meant: 0 is not between 1 and 1000{}", change("feeds.entries"))),
        (
            "[site]\nbase-url = \"example.org\"\n",
            format!("`site.base-url` cannot be meant: `example.org` is no web address; it begins with https://{}", change("site.base-url")),
        ),
        (
            "[attachments]\nmax-size = \"huge\"\n",
            "`attachments.max-size` is `huge`, which is no size\n\nhint: write a number and a unit: \"500 KB\", \"50 MB\", \"1.5 GB\"\n".to_owned(),
        ),
    ] {
        site(&format!("{settings}\n{LIBRARY}")).fails(&["config"], 2, &format!("error: {says}"));
    }
    let run = site(&format!("[publish]\ntag-exclude = [\"(\"]\n{LIBRARY}")).run(&["config"]);
    assert!(run.stderr.starts_with("error: `publish.tag-exclude` has a pattern zbib cannot read\n"), "{}", run.stderr);
}

#[test]
fn a_flag_or_variable_at_fault_is_named() {
    site(LIBRARY).fails(
        &["build", "--base-url", "nowhere"],
        2,
        "error: `site.base-url` cannot be meant: `nowhere` is no web address; it begins with https://\n\n\
         hint: it was set by the command line, which goes over zbib.toml\n",
    );
    site(LIBRARY).variable("ZBIB_SITE__TITEL", "x").variable("ZBIB_SITE__TITLE", "y").fails(
        &["build", "--base-url", "https://example.org/"],
        2,
        "error: the environment variable ZBIB_SITE__TITEL gives a setting zbib does not know\n  at: `site.titel`\n\n\
         hint: did you mean `title`?\n",
    );
    site(LIBRARY).variable("ZBIB_LISTS__HOME", "many").fails(
        &["config"],
        2,
        "error: the environment variable ZBIB_LISTS__HOME gives a value of the wrong kind\n  at: `lists.home`\n\n\
         hint: what belongs here: a whole number, and not a very large one\n",
    );
}

#[test]
fn a_key_in_the_file_is_refused_and_not_repeated() {
    const KEY: &str = "P9NiFoyLeZu2bZNvvuQPDWsd";
    for setting in ["key", "api-key", "key-env"] {
        site(&format!("{LIBRARY}{setting} = \"{KEY}\"\n")).fails(
            &["config"],
            2,
            "error: an API key stands in the settings of a library\n\n\
             hint: a settings file is read by many: remove the key, make a new one at \
             https://www.zotero.org/settings/keys, and put it into the environment variable ZOTERO_API_KEY\n",
        );
    }
    site(&format!("[site]\napi_key = \"{KEY}\"\n{LIBRARY}")).fails(
        &["config"],
        2,
        "error: `zbib.toml` has a setting zbib does not know\n  at: zbib.toml:2:1\n\n\
         hint: an API key does not belong in a file: put it into the environment variable ZOTERO_API_KEY\n",
    );
}

#[test]
fn a_library_that_is_none_is_told() {
    site("").fails(
        &["config"],
        2,
        "error: `zbib.toml` names no library\n\nhint: add a table: [[libraries]] with id = NUMBER and type = \"group\"\n",
    );
    site("[[libraries]]\nid = \"lab\"\n").fails(
        &["config"],
        2,
        "error: `lab` is no id of a Zotero group, ids are numbers\n\n\
         hint: the number stands in the group's address: zotero.org/groups/NUMBER/…\n",
    );
    site("[[libraries]]\nid = 1\napi = \"http://example.org\"\n").fails(
        &["config"],
        2,
        "error: `http://example.org/` cannot be asked for a library\n\n\
         hint: use an `https` address; `http` is for this machine only (http://localhost…)\n",
    );
    let run = site(&format!("{LIBRARY}{LIBRARY}")).run(&["config"]);
    assert!(run.code == 2 && run.stderr.contains("`groups-4711` stands there twice"), "{}", run.stderr);
}

#[test]
fn a_settings_file_that_is_not_there_or_cannot_be_read_is_told() {
    let site = TestSite::empty().write("latin.toml", b"[site]\ntitle = \"M\xfcnchen\"\n").write("folder/x", "");
    site.fails(
        &["build"],
        2,
        "error: there is no `zbib.toml` here\n\n\
         hint: `zbib init https://www.zotero.org/groups/…` writes one; `--config` names another\n",
    );
    site.fails(
        &["build", "-c", "latin.toml"],
        2,
        "error: cannot read `latin.toml`\n  caused by: stream did not contain valid UTF-8\n\n\
         hint: check that the file is yours to read, and is UTF-8 text\n",
    );
    assert_eq!(site.run(&["build", "-c", "folder"]).code, 2);
}

#[test]
fn a_setting_that_is_asked_for_and_unknown_is_told() {
    site(LIBRARY).fails(
        &["config", "publsh"],
        2,
        "error: no setting is called `publsh`, or begins so\n\nhint: did you mean `publish`?\n",
    );
}
