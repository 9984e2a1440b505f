//! Every template with everything and with nothing, the safety of what it prints, and the completeness of the phrases.

use std::collections::BTreeSet;
use std::path::Path;

use regex::Regex;
use serde::Serialize;

use super::samples::{self, HOSTILE};
use super::*;
use crate::bibliography::markup::SafeHtml;
use crate::website::page::view::home::HomeView;
use crate::website::page::view::index::{IndexKind, IndexView};
use crate::website::page::view::item::ItemView;
use crate::website::page::view::list::{CollectionsView, ListKind, ListView};
use crate::website::page::view::prose::{NotFoundView, ProseView};
use crate::website::page::view::search::SearchView;
use crate::website::theme::{DEFAULT_NAME, Files};
use crate::zotero::schema::Schema;

const LANGUAGES: [&str; 5] = ["en", "de", "es", "fr", "pt"];

fn templates(language: &str, owner: &[(&str, &str)]) -> Result<Templates, TemplateError> {
    let name = if owner.is_empty() { DEFAULT_NAME } else { "mine" };
    let owner: Files = owner.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    let theme = Theme::load(name, &owner).unwrap();
    let language = Arc::new(Language::new(language, theme.layers()).unwrap());
    Templates::new(&theme, &language)
}

fn page<V: View>(templates: &Templates, frame: &Frame, view: &V) -> String {
    String::from_utf8(templates.render(frame, view).unwrap_or_else(|error| panic!("{error} at {:?}", error.place())))
        .unwrap()
}

/// All pages with everything present.
fn full(templates: &Templates) -> Vec<(&'static str, String)> {
    let frame = &samples::frame();
    let list = |kind| ListView { kind, ..samples::list() };
    vec![
        ("home", page(templates, frame, &samples::home())),
        ("item", page(templates, frame, &samples::item())),
        ("collection", page(templates, frame, &list(ListKind::Collection))),
        ("tag", page(templates, frame, &list(ListKind::Tag))),
        ("creator", page(templates, frame, &list(ListKind::Creator))),
        ("year", page(templates, frame, &list(ListKind::Year))),
        ("type", page(templates, frame, &list(ListKind::Type))),
        ("collections", page(templates, frame, &samples::collections())),
        ("tags", page(templates, frame, &samples::index(IndexKind::Tags))),
        ("creators", page(templates, frame, &samples::index(IndexKind::Creators))),
        ("years", page(templates, frame, &samples::index(IndexKind::Years))),
        ("types", page(templates, frame, &samples::index(IndexKind::Types))),
        ("search", page(templates, frame, &samples::search())),
        ("prose", page(templates, frame, &samples::prose())),
        ("404", page(templates, frame, &samples::not_found())),
    ]
}

/// All pages with everything missing.
fn bare(templates: &Templates) -> Vec<(&'static str, String)> {
    let frame = &Frame::default();
    vec![
        ("home", page(templates, frame, &HomeView { heading: "Library".to_owned(), ..HomeView::default() })),
        ("item", page(templates, frame, &ItemView::default())),
        ("list", page(templates, frame, &ListView::default())),
        ("collections", page(templates, frame, &CollectionsView::default())),
        ("index", page(templates, frame, &IndexView::default())),
        ("search", page(templates, frame, &SearchView::default())),
        ("prose", page(templates, frame, &ProseView { heading: "About".to_owned(), ..ProseView::default() })),
        ("404", page(templates, frame, &NotFoundView::default())),
    ]
}

#[test]
fn every_template_renders_with_everything_and_with_nothing_in_every_language() {
    for language in LANGUAGES {
        let templates = templates(language, &[]).unwrap();
        for (name, page) in full(&templates).into_iter().chain(bare(&templates)) {
            assert!(page.starts_with("<!doctype html>\n<html lang="), "{name}: {page}");
            assert!(page.trim_end().ends_with("</html>"), "{name}");
            assert_eq!(page.matches("<h1").count(), 1, "{name} has one main heading");
        }
    }
}

#[test]
fn no_page_has_code_or_styles_of_its_own() {
    let handler = Regex::new(r#"<[a-z][^>]*\s(style|on[a-z]+)\s*="#).unwrap();
    let templates = templates("en", &[]).unwrap();
    for (name, page) in full(&templates) {
        assert!(!page.contains("<style"), "{name}");
        assert_eq!(handler.find(&page).map(|found| found.as_str()), None, "{name}");
        for script in page.match_indices("<script").map(|(at, _)| &page[at..]) {
            assert!(script.starts_with("<script defer src="), "{name}: {}", &script[..60]);
        }
        let policy = page.find("Content-Security-Policy").unwrap();
        assert!(
            page[..policy].ends_with("<meta charset=\"utf-8\">\n<meta http-equiv=\""),
            "{name}: the policy comes first"
        );
    }
}

#[test]
fn no_page_loads_anything_from_elsewhere() {
    let loaded =
        Regex::new(r#"<(?:script|img|iframe|source|link rel="(?:stylesheet|icon)")[^>]*?(?:src|href)="([^"]*)""#)
            .unwrap();
    for (name, page) in full(&templates("en", &[]).unwrap()) {
        for found in loaded.captures_iter(&page) {
            assert!(found[1].starts_with("static/"), "{name} loads {}", &found[1]);
        }
    }
}

#[test]
fn the_page_of_a_record_has_no_time_element_and_fits_its_budget() {
    let templates = templates("en", &[]).unwrap();
    let item = page(&templates, &samples::frame(), &samples::item());
    assert!(!item.contains("<time"), "Zotero reads it as the date of an undated record");
    assert!(item.len() < 12_000, "{} bytes", item.len());
    let sparse = page(&templates, &samples::frame(), &ItemView { title: SafeHtml::escape("x"), ..ItemView::default() });
    assert!(sparse.len() < 6_500, "{} bytes", sparse.len());
}

#[test]
fn hooks_of_tests_and_embedders_are_there() {
    let templates = templates("en", &[]).unwrap();
    let list = page(&templates, &samples::frame(), &samples::list());
    assert!(list.contains(r#"<li class="entry" data-key="SJ72TERM">"#));
    assert!(list.contains(r#"<p class="ref csl-entry" data-style="apa" dir="auto">"#));
    assert!(list.contains(r#"data-total="1236" aria-busy="false""#));
    let search = page(&templates, &samples::frame(), &samples::search());
    let results = r#"<section class="results" id="results" aria-label="Results" data-total="0" aria-busy="false" data-quick="search/data/quick.idx" data-manifest="search/data/manifest.json" data-loading="Loading the search data" data-failed="The search data could not be loaded." data-retry="Try again" data-more="Show more"></section>"#;
    assert!(search.contains(results));
    assert!(search.contains(r#"data-root="./"#));
}

#[test]
fn text_is_escaped_everywhere() {
    let templates = templates("en", &[]).unwrap();
    let hostile = || HOSTILE.to_owned();
    let frame = Frame { title: hostile(), site_name: hostile(), description: Some(hostile()), ..samples::frame() };
    let item = ItemView {
        citation_key: Some(hostile()),
        bibtex: Some(hostile()),
        abstract_paragraphs: vec![hostile()],
        ..samples::item()
    };
    for page in [
        page(&templates, &frame, &item),
        page(&templates, &frame, &ProseView { heading: hostile(), ..samples::prose() }),
    ] {
        assert!(!page.contains("<script>") && !page.contains("alert('x')<"), "{page}");
        assert!(page.contains("&lt;script&gt;"));
    }
}

/// A page of a theme author who tries to print text as it is.
#[derive(Serialize)]
struct Attempt {
    text: String,
    html: SafeHtml,
}

impl View for Attempt {
    const TEMPLATE: &'static str = "attempt.html";
}

fn attempt(template: &str) -> Result<String, TemplateError> {
    let view = Attempt { text: "<b>".to_owned(), html: SafeHtml::trusted("<i>x</i>".to_owned()) };
    let page = templates("en", &[("templates/attempt.html", template)])?.render(&Frame::default(), &view)?;
    Ok(String::from_utf8(page).unwrap())
}

#[test]
fn only_what_is_html_already_is_printed_as_it_is() {
    assert_eq!(attempt("{{ view.html | html }}{{ view.text }}").unwrap(), "<i>x</i>&lt;b&gt;");
    assert!(attempt("{{ view.text | html }}").unwrap_err().to_string().contains("Invalid type"));
    assert!(attempt("{{ view | html }}").unwrap_err().to_string().contains("`html` takes what is HTML already"));
    assert!(attempt("{{ view.text | safe }}").unwrap_err().to_string().contains("`safe` is not allowed"));
    assert!(!attempt("{{ view.html }}").unwrap().contains("<i>"), "forgetting the filter is ugly, never unsafe");
}

#[test]
fn no_template_of_the_theme_asks_for_safe() {
    let theme = Theme::load(DEFAULT_NAME, &Files::new()).unwrap();
    let safe = Regex::new(r"\|\s*safe").unwrap();
    assert!(theme.templates().iter().all(|template| !safe.is_match(&template.text)));
}

#[test]
fn a_broken_template_of_the_owner_is_told_with_file_and_line() {
    let failure = |text| templates("en", &[("templates/home.html", text)]).unwrap_err();
    let unclosed = failure("<p>\n{% if view.heading %}\n</p>");
    assert!(unclosed.place().unwrap().starts_with("themes/mine/templates/home.html:"), "{:?}", unclosed.place());
    assert_eq!(
        unclosed.hint().unwrap(),
        "mend `themes/mine/templates/home.html`, or delete it to use the one of the default theme"
    );
    let unknown = failure("<p>\n{{ view.heading | shout }}</p>");
    assert_eq!(unknown.place().unwrap(), "themes/mine/templates/home.html:2");
    assert_eq!(unknown.to_string(), "a template is broken: Unknown filter `shout`");
    assert_eq!(failure("{% extends \"none.html\" %}").place().unwrap(), "themes/mine/templates/home.html");
}

#[test]
fn a_template_that_asks_for_what_is_not_there_is_told_with_file_and_line() {
    let failure = |text| attempt(text).unwrap_err();
    assert_eq!(failure("\n\n{{ view.nothing }}").place().unwrap(), "themes/mine/templates/attempt.html:3");
    let phrase = failure("\n{{ say(key=\"nothing\") }}");
    assert_eq!(phrase.place().unwrap(), "themes/mine/templates/attempt.html:2");
    assert_eq!(phrase.to_string(), "a template is broken: no locale file has the phrase `nothing`");
}

// The phrases.

/// Key, and the names of the variables in the phrase.
fn phrases(text: &str) -> Vec<(String, BTreeSet<String>)> {
    let variable = Regex::new(r"\$([a-z]+)").unwrap();
    let mut phrases: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line.split_once(" = ").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            phrases.push((key.to_owned(), BTreeSet::new()));
        }
        if let Some((_, variables)) = phrases.last_mut() {
            variables.extend(variable.captures_iter(line).map(|found| found[1].to_owned()));
        }
    }
    phrases
}

fn locale(language: &str) -> String {
    let theme = Theme::load(DEFAULT_NAME, &Files::new()).unwrap();
    theme.layers().iter().find(|layer| layer.language == language).unwrap().text.clone()
}

#[test]
fn every_language_has_the_same_phrases_about_the_same_things() {
    let english = phrases(&locale("en"));
    for language in LANGUAGES {
        assert_eq!(phrases(&locale(language)), english, "{language}");
    }
}

#[test]
fn whole_numbers_are_written_as_the_language_writes_them() {
    let bare = Regex::new(r"\{ \$count \}").unwrap();
    for language in LANGUAGES {
        let text = locale(language);
        let lines: Vec<&str> =
            text.lines().filter(|line| bare.is_match(line) && !line.starts_with("selection =")).collect();
        assert!(lines.is_empty(), "{language}: use NUMBER($count) in {lines:?}");
    }
}

/// Keys that a template makes out of a kind.
fn made_keys() -> impl Iterator<Item = String> {
    let lists = ["collection", "tag", "creator", "year", "type"];
    let indexes = ["tags", "creators", "years", "types"];
    let of_lists = lists.into_iter().flat_map(|kind| [format!("{kind}-label"), format!("{kind}-siblings")]);
    of_lists.chain(indexes.into_iter().flat_map(|kind| [kind.to_owned(), format!("{kind}-total")]))
}

fn asked_keys() -> BTreeSet<String> {
    let key = Regex::new(r#"say\(key="([a-z-]+)""#).unwrap();
    let theme = Theme::load(DEFAULT_NAME, &Files::new()).unwrap();
    let in_templates = theme
        .templates()
        .iter()
        .flat_map(|template| key.captures_iter(&template.text).map(|found| found[1].to_owned()).collect::<Vec<_>>());
    in_templates.chain(made_keys()).collect()
}

#[test]
fn every_phrase_a_template_asks_for_exists_and_none_is_left_over() {
    let english = locale("en");
    let (of_templates, of_program) = english.split_once("\n## Said by the program").unwrap();
    let (of_templates, of_program) = (phrases(of_templates), phrases(of_program));
    let known: BTreeSet<&str> = of_templates.iter().chain(&of_program).map(|(key, _)| key.as_str()).collect();
    let asked = asked_keys();
    let lacking: Vec<_> = asked.iter().filter(|key| !known.contains(key.as_str())).collect();
    assert!(lacking.is_empty(), "no phrase for {lacking:?}");
    let unused: Vec<_> = of_templates
        .iter()
        .map(|(key, _)| key)
        .filter(|key| !asked.contains(*key) && !key.starts_with("size-"))
        .collect();
    assert!(unused.is_empty(), "no template says {unused:?}");
}

#[test]
fn every_creator_type_of_the_schema_has_its_phrase() {
    let known: BTreeSet<String> = phrases(&locale("en")).into_iter().map(|(key, _)| key).collect();
    for item_type in Schema::get().item_types() {
        for role in &item_type.creators {
            assert!(known.contains(&format!("role-{role}")), "{role}");
        }
    }
}

#[test]
fn the_theme_is_light() {
    let weight = |path: &str| {
        std::fs::metadata(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/static").join(path)).unwrap().len()
    };
    assert!(weight("theme.css") < 40_000 && weight("theme.js") < 9_000, "see the budget of 10 and 8 KB compressed");
}

// The documentation.

/// The names of a view's fields, and of all fields within them.
fn names(value: &serde_json::Value, own: &mut BTreeSet<String>, all: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(fields) if fields.get(HTML).is_some_and(serde_json::Value::is_string) => {}
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                own.insert(name.clone());
                all.insert(name.clone());
                names(value, &mut BTreeSet::new(), all);
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| names(value, &mut BTreeSet::new(), all)),
        _ => {}
    }
}

/// Holds a section of `docs/themes.md` to the fields that its template is given.
fn documented(section: &str, view: &impl Serialize) {
    let documentation = include_str!("../../../../docs/themes.md");
    let code = Regex::new("`([a-z_]+)`").unwrap();
    let said = |text: &str| code.captures_iter(text).map(|found| found[1].to_owned()).collect::<BTreeSet<String>>();
    let (mut own, mut all) = (BTreeSet::new(), BTreeSet::new());
    names(&serde_json::to_value(view).unwrap(), &mut own, &mut all);
    let text =
        documentation.split("\n### ").find(|text| text.starts_with(section)).unwrap_or_else(|| panic!("{section}"));
    let here = said(text);
    let lacking: Vec<_> = own.difference(&here).collect();
    assert!(lacking.is_empty(), "docs/themes.md does not tell of {lacking:?} in {section}");
    let everywhere = said(documentation);
    let lacking: Vec<_> = all.difference(&everywhere).collect();
    assert!(lacking.is_empty(), "docs/themes.md does not tell of {lacking:?}, within {section}");
    let gone: Vec<_> = here.difference(&all).filter(|name| !["page", "view"].contains(&name.as_str())).collect();
    assert!(gone.is_empty(), "docs/themes.md tells of {gone:?} in {section}, which no longer exist");
}

#[test]
fn the_documentation_for_theme_authors_tells_of_every_field() {
    documented("`page`", &samples::frame());
    documented("`home.html`", &samples::home());
    documented("`item.html`", &samples::item());
    documented("`list.html`", &samples::list());
    documented("`collections.html`", &samples::collections());
    documented("`index.html`", &samples::index(IndexKind::Tags));
    documented("`search.html`", &samples::search());
    documented("`prose.html`", &samples::prose());
    documented("`404.html`", &samples::not_found());
}
