//! By what names styles are found, and what follows from their parents.

use super::*;
use crate::report::failure;

fn dependent(parent: &str, locale: &str) -> String {
    format!(
        "<style version=\"1.0\"{locale}><info><title>Bay Reports</title><id>http://example.org/styles/bay</id>\
         <link href=\"http://www.zotero.org/styles/{parent}\" rel=\"independent-parent\"/></info></style>"
    )
}

#[test]
fn a_style_has_the_names_that_people_and_the_repository_give_it() {
    for (name, id) in [
        ("apa", "apa"),
        ("american-psychological-association", "apa"),
        ("http://www.zotero.org/styles/apa", "apa"),
        ("https://www.zotero.org/styles/apa", "apa"),
        ("APA", "apa"),
        ("ieee", "ieee"),
        ("mla", "modern-language-association"),
        ("modern-language-association", "modern-language-association"),
        ("vancouver", "nlm-citation-sequence"),
        ("chicago-notes", "chicago-notes-bibliography"),
        ("chicago-notes-bibliography", "chicago-notes-bibliography"),
        ("chicago-fullnote-bibliography", "chicago-notes-bibliography"),
        ("chicago-author-date", "chicago-author-date"),
        ("harvard-cite-them-right", "harvard-cite-them-right"),
        ("mhra", "mhra-notes"),
    ] {
        assert_eq!(choose(name, &Files::new()).unwrap().id, id, "{name}");
    }
    for (name, label) in [("apa", "APA"), ("vancouver", "Vancouver"), ("nature", "Nature"), ("plos", "PLOS")] {
        assert_eq!(choose(name, &Files::new()).unwrap().label, label);
    }
    assert!(choose("mla-8", &Files::new()).is_err(), "the eighth edition is not in the archive");
}

#[test]
fn every_style_of_the_archive_can_be_chosen_by_its_name_and_every_other_name_leads_to_one() {
    let names = archive::names();
    assert!(names.len() >= 80);
    for name in names {
        let chosen = choose(name, &Files::new()).unwrap();
        assert_eq!(chosen.id, name);
        assert!(!chosen.label.is_empty());
    }
    for (name, id) in archive::ALSO_CALLED {
        assert_eq!(choose(name, &Files::new()).unwrap().id, id);
    }
}

#[test]
fn a_name_that_nothing_has_is_told_with_the_nearest_ones_and_where_styles_are() {
    let text = |name| failure::text(&choose(name, &Files::new()).unwrap_err());
    let slip = text("chicago-autor-date");
    assert!(slip.starts_with("error: zbib has no citation style called `chicago-autor-date`\n"), "{slip}");
    assert!(slip.contains("did you mean `chicago-author-date"), "{slip}");
    assert!(slip.contains("https://www.zotero.org/styles can be put beside `zbib.toml`"), "{slip}");
    assert!(text("harvard").contains("harvard-cite-them-right"));
    assert!(!text("qqqqqq").contains("did you mean"));
    assert!(text("styles/none.csl").starts_with("error: there is no citation style at `styles/none.csl`\n"));
}

#[test]
fn one_style_under_two_names_is_refused() {
    let files = files(&[("styles/apa.csl", &around(CITATION))]);
    for (names, id) in [(["apa", "american-psychological-association"], "apa"), (["styles/apa.csl", "apa"], "apa")] {
        let names = names.map(str::to_owned);
        let error = styles(&names, &mut |place| Ok::<_, StyleError>(files.get(place).cloned())).unwrap_err();
        let [first, second] = names;
        assert_eq!(error, StyleError::Twice { id: id.to_owned(), first, second });
    }
}

#[test]
fn a_file_of_the_owners_is_a_style_called_like_the_file() {
    let files = files(&[("styles/our lab.csl", &around(CITATION))]);
    let chosen = choose("styles/our lab.csl", &files).unwrap();
    assert_eq!((chosen.id.as_str(), chosen.label.as_str()), ("our lab", "Tide"));
    assert_eq!(chosen.own_locale(), None);
}

#[test]
fn a_dependent_style_prints_by_the_rules_of_its_parent_in_its_own_locale() {
    let own = around("<citation><layout><text value=\"beside\"/></layout></citation>")
        .replace("<style ", "<style default-locale=\"fr-FR\" ");
    let files = files(&[
        ("styles/bay.csl", &dependent("apa", " default-locale=\"de-AT\"")),
        ("styles/cove.csl", &dependent("tide", "")),
        ("styles/tide.csl", &own),
    ]);
    let bay = choose("styles/bay.csl", &files).unwrap();
    assert_eq!((bay.id.as_str(), bay.label.as_str(), bay.own_locale()), ("bay", "Bay Reports", Some("de-AT")));
    let apa = choose("apa", &files).unwrap().style;
    assert_eq!((&bay.style.macros, &bay.style.info.id), (&apa.macros, &apa.info.id));
    let cove = choose("styles/cove.csl", &files).unwrap();
    assert_eq!(cove.own_locale(), Some("fr-FR"));
    assert_eq!(cove.style.citation, choose("styles/tide.csl", &files).unwrap().style.citation);
}

#[test]
fn a_parent_that_is_not_here_is_named_with_the_file_to_fetch() {
    let text = |parent: &str| {
        let error = choose("styles/bay.csl", &files(&[("styles/bay.csl", &dependent(parent, ""))])).unwrap_err();
        failure::text(&error)
    };
    let missing = text("journal-of-tides");
    assert!(
        missing.contains("`styles/bay.csl` follows another one, `journal-of-tides`, which is not here"),
        "{missing}"
    );
    assert!(
        missing.contains(
            "fetch https://www.zotero.org/styles/journal-of-tides and put it at `styles/journal-of-tides.csl`"
        ),
        "{missing}"
    );
    assert!(text("bay").contains("not here"), "a style that follows itself is not followed");
    assert!(text("..").contains("not here"));
}

#[test]
fn a_parent_that_follows_another_style_itself_is_refused() {
    let files = files(&[("bay.csl", &dependent("cove", "")), ("cove.csl", &dependent("bay", ""))]);
    let error = choose("bay.csl", &files).unwrap_err();
    assert!(failure::text(&error).contains("it follows `cove`, which follows another style itself"));
}
