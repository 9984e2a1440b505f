//! Broken and hostile styles: refused with file, line and reason.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::*;
use crate::report::{Hint, failure};

/// How the style is refused, as the owner reads it.
fn refusal(text: &str) -> String {
    failure::text(&choose("styles/tide.csl", &files(&[("styles/tide.csl", text)])).unwrap_err())
}

#[test]
fn a_broken_style_is_refused_with_its_line_and_the_reason() {
    let call = |macros: &str| around(&format!("{macros}\n<citation><layout>\n<text macro=\"a\"/></layout></citation>"));
    let cases = [
        (String::new(), "there is nothing in it", ""),
        (around("<citation>"), "expected `</citation>`", "styles/tide.csl:5"),
        (around("<citation><layout>").replace("</style>", ""), "`layout` is never closed", "styles/tide.csl:4"),
        (around(CITATION) + "\n<style/>", "a second document begins, with `style`", "styles/tide.csl:6"),
        ("<!DOCTYPE html>\n<html></html>".to_owned(), "it is a web page", "styles/tide.csl:1"),
        ("\n<html><body/></html>".to_owned(), "it is a web page", "styles/tide.csl:2"),
        (
            "<!DOCTYPE style [<!ENTITY a \"b\">]>\n<style/>".to_owned(),
            "it declares a document type",
            "styles/tide.csl:1",
        ),
        (around("<info>&tide;</info>"), "the entity `&tide;` is none of XML's own five", "styles/tide.csl:4"),
        (around("<a b=\"&tide;\"/>"), "well-formed XML", "styles/tide.csl:4"),
        (around("<a b=\"1\" b=\"2\"/>"), "well-formed XML", "styles/tide.csl:4"),
        (
            "<locale/>".to_owned(),
            "it begins with `locale`, a file of this kind begins with `style`",
            "styles/tide.csl:1",
        ),
        (
            around(CITATION).replace(" version=\"1.0\"", ""),
            "it is written for CSL 0.8, zbib reads CSL 1.0",
            "styles/tide.csl:1",
        ),
        (around(""), "it has neither `citation` nor `bibliography`", "styles/tide.csl:1"),
        (around(&format!("{CITATION}\n<bibliography/>")), "`bibliography` has no `layout`", "styles/tide.csl:5"),
        (call(""), "the macro `a` is called, and there is none", "styles/tide.csl:6"),
        (
            call("<macro name=\"a\">\n<text macro=\"b\"/></macro>\n<macro name=\"b\">\n<text macro=\"a\"/></macro>"),
            "the macros call each other in a circle: a → b → a",
            "styles/tide.csl:7",
        ),
        (call("<macro name=\"a\">\n<text macro=\"a\"/></macro>"), "circle: a → a", "styles/tide.csl:5"),
        (
            around(&format!("{CITATION}\n<macro name=\"a\">\n<text variable=\"tide\"/></macro>")),
            "a value that CSL 1.0 does not know",
            "styles/tide.csl:6",
        ),
        (
            around(&format!("{CITATION}\n<macro name=\"a\">\n<group>\n<tide/></group></macro>")),
            "unknown variant `tide`",
            "styles/tide.csl:7",
        ),
        (
            around(
                "<citation>\n<layout>\n<names variable=\"author\"><name\nform=\"tidal\"/></names></layout></citation>",
            ),
            "unknown variant `tidal`",
            "styles/tide.csl:6",
        ),
    ];
    for (text, reason, place) in cases {
        let told = refusal(&text);
        assert!(told.starts_with("error: cannot use `styles/tide.csl`: "), "{told}");
        assert!(
            told.contains(reason)
                && told.contains(&format!("at: {place}")[..if place.is_empty() { 0 } else { 4 + place.len() }]),
            "{reason}: {told}"
        );
        assert!(told.contains("\nhint: "), "{told}");
    }
}

#[test]
fn a_macro_that_is_nearly_called_so_is_offered() {
    let told = refusal(&around(
        "<macro name=\"author\"><text value=\"x\"/></macro>\n<citation><layout><text macro=\"autor\"/></layout></citation>",
    ));
    assert!(told.contains("the macro `autor` is called") && told.contains("did you mean `author`?"), "{told}");
}

fn nested(depth: usize) -> String {
    let inside = format!("{}<text variable=\"title\"/>{}", "<group>".repeat(depth), "</group>".repeat(depth));
    around(&format!("<citation><layout>{inside}</layout></citation>"))
}

/// Macros of which each holds so many of the next.
fn chain(length: usize, groups: usize, calls: usize) -> String {
    let mut macros = String::new();
    for at in 0..length {
        let call = format!("<text macro=\"m{}\"/>", at + 1).repeat(calls);
        let _ = writeln!(
            macros,
            "<macro name=\"m{at}\">{}{call}{}</macro>",
            "<group>".repeat(groups),
            "</group>".repeat(groups)
        );
    }
    let _ = write!(macros, "<macro name=\"m{length}\"><text variable=\"title\"/></macro>");
    around(&format!("{macros}<citation><layout><text macro=\"m0\"/></layout></citation>"))
}

#[test]
fn a_hostile_style_is_refused_before_anything_recursive_reads_it() {
    let million = "<group>".repeat(1_000_000);
    for (text, reason) in [
        (million.clone(), "it is larger than 2 MiB"),
        (million[..7 * 290_000].to_owned(), "its elements nest deeper than 100"),
        (nested(100), "its elements nest deeper than 100"),
        (around(&"<a/>".repeat(70_000)), "it has more than 60000 elements"),
        (
            around(&format!("<a {}/>", (0..200_000).fold(String::new(), |all, n| all + &format!("a{n}='' ")))),
            "more than 60 attributes",
        ),
        (chain(40, 0, 2), "has more than 200000 elements"),
        (chain(60, 3, 1), "nests deeper than 200"),
        (chain(9_000, 0, 1), "nests deeper than 200"),
    ] {
        let told = refusal(&text);
        assert!(told.contains(reason), "{reason}: {told}");
    }
}

#[test]
fn what_is_just_within_the_limits_is_read() {
    for text in [
        nested(90),
        chain(14, 0, 2),
        chain(40, 3, 1),
        around(&format!("{CITATION}{}", "<macro name=\"a\"/><locale/>".repeat(20_000))),
    ] {
        assert!(choose("tide.csl", &files(&[("tide.csl", &text)])).is_ok());
    }
}

proptest! {
    /// Any part of a style may be cut, doubled or changed: it is read or refused, and nothing else happens.
    #[test]
    fn a_mangled_style_is_read_or_refused(
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4_u8), 1..6),
        strange in "[<>&\"'/=a-z\u{0}-\u{20}é]{0,8}",
    ) {
        let mut text = chain(4, 2, 2).replace("<citation>", "<locale xml:lang=\"en\"><terms><term name=\"and\">&amp;</term></terms></locale><citation>");
        for (from, to, way) in cuts {
            let positions: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (a, b) = (*from.get(&positions), *to.get(&positions));
            let range = a.min(b)..a.max(b).min(a.min(b) + 200);
            let range = range.start..(range.start..=range.end).rev().find(|at| text.is_char_boundary(*at)).unwrap();
            let part = text[range.clone()].to_owned();
            match way {
                0 => text.replace_range(range, ""),
                1 => text.insert_str(range.end, &part),
                2 => text.insert_str(range.start, &strange),
                _ => text.replace_range(range, &strange),
            }
        }
        let files = files(&[("tide.csl", &text)]);
        match choose("tide.csl", &files) {
            Ok(chosen) => prop_assert_eq!(chosen.id, "tide"),
            Err(error) => prop_assert!(error.hint().is_some()),
        }
    }
}
