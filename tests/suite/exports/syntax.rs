//! Whatever a record holds, the files stay files of their format, and other readers find the record in them.

use proptest::prelude::*;
use zbib::bibliography::export::{self, Compatibility, Context, Format, Settings};
use zbib::bibliography::library::citation_key;
use zbib::bibliography::library::{Creator, Item, Name, Note, Tag};
use zbib::zotero::schema::{Schema, is_regular};

use super::{assign_keys, item};
use crate::well_formed;

/// Text that tries to break a file.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        ".{0,12}",
        Just("{".to_owned()),
        Just("}".to_owned()),
        Just("\\".to_owned()),
        Just("%".to_owned()),
        Just("@book{x,".to_owned()),
        Just("\n".to_owned()),
        Just("\r\nER  - \r\n".to_owned()),
        Just("\nTY  - JOUR".to_owned()),
        Just("\u{2028}".to_owned()),
        Just("\u{0}".to_owned()),
        Just("\"".to_owned()),
        Just(" and ".to_owned()),
        Just(", ".to_owned()),
        Just("<i>x</i>".to_owned()),
        Just("<sup>".to_owned()),
        Just("citation key: {a b}\n".to_owned()),
        Just("DOI: 10.1/x{\n".to_owned()),
        Just("arXiv: }\\".to_owned()),
        Just("12-19".to_owned()),
        Just("2020-05-17".to_owned()),
        Just("$^{".to_owned()),
        Just("]]>".to_owned()),
        Just("&amp;<z:itemType/>".to_owned()),
        Just("\u{ffff}\u{b}".to_owned()),
    ];
    proptest::collection::vec(pieces, 0..5).prop_map(|pieces| pieces.concat())
}

fn record() -> impl Strategy<Value = Item> {
    let types: Vec<_> = Schema::get().item_types().iter().filter(|known| is_regular(&known.name)).collect();
    let values = proptest::collection::vec(proptest::option::of(text()), 40);
    let names = proptest::collection::vec((0_usize..8, text(), text(), any::<bool>()), 0..4);
    let tags = proptest::collection::vec(text(), 0..3);
    (0..types.len(), values, names, tags).prop_map(move |(at, values, names, tags)| {
        let known = types[at];
        let fields = known.fields.iter().zip(values);
        let fields = fields.filter_map(|(field, value)| Some((field.name.clone(), value?))).collect();
        let creators = names.into_iter().map(|(role, last, first, single)| Creator {
            role: known.creators[role % known.creators.len()].clone(),
            name: if single { Name::Single(last) } else { Name::Personal { last, first } },
        });
        let mut item = item(&known.name, fields, creators.collect());
        item.tags = tags.into_iter().map(|name| Tag { name, automatic: false, color: None }).collect();
        item
    })
}

fn written(format: Format, items: &[Item]) -> String {
    export::write(format, items.iter(), &Context::default(), &Settings::default())
}

fn note(html: String) -> Note {
    let key = "NNNN2345".parse().unwrap();
    Note { key, html, tags: Vec::new(), added: None, modified: None, images: Vec::new() }
}

/// BibTeX itself counts braces whatever stands before them.
fn balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    for c in text.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// The pairs of a COinS element, through a reader of HTML and one of forms that are not ours.
fn coins(text: &str) -> Result<Vec<(String, String)>, TestCaseError> {
    prop_assert!(text.is_ascii() && text.lines().count() == 1, "{}", text);
    let attributes = [("span", ["class", "title"].into())].into();
    let read = ammonia::Builder::empty().tags(["span"].into()).tag_attributes(attributes).clean(text).to_string();
    let title = read.strip_prefix("<span class=\"Z3988\" title=\"").and_then(|rest| rest.strip_suffix("\"></span>\n"));
    let title = title.ok_or_else(|| TestCaseError::fail(format!("{read} of {text}")))?;
    prop_assert!(!title.contains(['<', '"']), "{}", read);
    Ok(url::form_urlencoded::parse(title.replace("&amp;", "&").as_bytes()).into_owned().collect())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bibtex_and_biblatex_are_read_by_the_biblatex_crate(first in record(), second in record()) {
        for format in [Format::Bibtex, Format::Biblatex] {
            let mut items = [first.clone(), item("book", Vec::new(), Vec::new()), second.clone()];
            assign_keys(&mut items);
            let text = written(format, &items);
            prop_assert!(balanced(&text), "{text}");
            match biblatex::Bibliography::parse(&text) {
                Err(error) => prop_assert!(false, "{error:?} in {text}"),
                Ok(parsed) => for item in &items {
                    let entry = parsed.get(&citation_key::usable(&item.citation_key));
                    prop_assert!(entry.is_some(), "{} is not in {text}", item.citation_key);
                    let authors = entry.map(biblatex::Entry::author);
                    prop_assert!(!matches!(authors, Some(Err(biblatex::RetrievalError::TypeError(_)))), "{authors:?} in {text}");
                },
            }
        }
    }

    #[test]
    fn ris_has_no_tag_that_was_not_meant(item in record()) {
        let text = written(Format::Ris, &[item]);
        prop_assert!(text.ends_with("ER  - \r\n\r\n"), "{text}");
        // A line that looks like a tag is one: it stands behind a whole line end.
        let mut previous = "\r\n";
        for line in text.split_inclusive('\n') {
            let looks = line.as_bytes().get(..5).is_some_and(|head| {
                head[0].is_ascii_uppercase() && head[1].is_ascii_alphanumeric() && &head[2..] == b"  -"
            });
            prop_assert!(!looks || previous.ends_with("\r\n"), "{line:?} in {text}");
            previous = line;
        }
        for tag in ["TY  -", "ER  -"] {
            prop_assert_eq!(text.lines().filter(|line| line.starts_with(tag)).count(), 1);
        }
    }

    #[test]
    fn csv_has_a_row_for_each_record_and_no_formula(first in record(), second in record()) {
        let text = written(Format::Csv, &[first.clone(), second.clone()]);
        prop_assert_eq!(well_formed::csv(&text), Ok(2), "{}", text);
        let rows = well_formed::csv_rows(&text).unwrap();
        for (row, item) in rows[1..].iter().zip([first, second]) {
            prop_assert_eq!([row[0].as_str(), row[1].as_str()], [item.key.as_str(), item.item_type.as_str()]);
            let tidy = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            prop_assert_eq!(tidy(&row[4]), tidy(item.title().unwrap_or_default()));
            prop_assert_eq!(tidy(&row[35]), tidy(item.field("extra").unwrap_or_default()));
        }
    }

    #[test]
    fn coins_are_an_element_whose_title_is_form_encoded(item in record()) {
        for compatibility in [Compatibility::Right, Compatibility::Zotero] {
            let settings = Settings { compatibility, ..Settings::default() };
            let text = export::write(Format::Coins, std::iter::once(&item), &Context::default(), &settings);
            let pairs = coins(&text)?;
            let has = |key: &str, value: &str| pairs.iter().any(|(known, text)| known == key && text == value);
            prop_assert!(has("url_ver", "Z39.88-2004") && has("rfr_id", "info:sid/zotero.org:2"), "{text}");
            prop_assert_eq!(pairs.iter().filter(|(key, _)| key == "rft_val_fmt").count(), 1);
            prop_assert!(pairs.iter().all(|(_, value)| !value.is_empty()), "{text}");
            if compatibility == Compatibility::Zotero {
                let language = item.field("language").unwrap_or_default();
                prop_assert!(language.is_empty() || has("rft.language", language), "{text}");
            } else {
                prop_assert!(!text.contains("%00") && !text.contains("%E2%80%A8"), "{text}");
            }
        }
    }

    #[test]
    fn rdf_is_xml(item in record(), html in text()) {
        let mut item = item;
        item.notes.push(note(html));
        let text = written(Format::Rdf, &[item]);
        prop_assert_eq!(well_formed::xml_defect(&text), None, "{}", text);
    }

    #[test]
    fn csl_is_json(item in record()) {
        let text = written(Format::Csl, &[item]);
        prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
    }
}
