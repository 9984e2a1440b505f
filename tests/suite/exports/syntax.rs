//! Whatever a record holds, the files stay files of their format, and other readers find the record in them.

use proptest::prelude::*;
use zbib::bibliography::citation::{References, Words};
use zbib::bibliography::export::{self, Compatibility, Context, Format, Links, Settings, Wording};
use zbib::bibliography::library::citation_key;
use zbib::bibliography::library::{Attachment, Item, Library};
use zbib::zotero::source::file::FileSource;

use super::records::{hold, record};
use super::values::{self, Values, filled, letters, ris_lines, sorted, tex_field, tex_letters, tex_list};
use super::{assign_keys, item};
use crate::well_formed;

/// The file of some records on a site, where pages and files have addresses.
fn written_as(format: Format, items: &[Item], compatibility: Compatibility) -> String {
    let page = |item: &Item| Some(format!("https://example.org/a?b=\"{}\"&c", item.key));
    let file =
        |item: &Item, file: &Attachment| file.link_mode.stored().then(|| format!("https://example.org/{}/f", item.key));
    let library = Library { items: items.to_vec(), ..Library::default() };
    let links = Links { file: Some(&file), item: Some(&page), library: Some(&library) };
    let references = References::plain("Reference", Words::default());
    let wording = Some(Wording { references: &references, title: "A & B", language: "en" });
    let settings = Settings { compatibility, ..Settings::default() };
    export::write(format, items.iter(), &Context { links, wording }, &settings)
}

fn written(format: Format, items: &[Item]) -> String {
    written_as(format, items, Compatibility::Right)
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

/// The entries of both kinds of `.bib` file: each is found under its key, with its values.
fn bib(format: Format, items: &[Item]) -> Result<(), TestCaseError> {
    let text = written(format, items);
    prop_assert!(balanced(&text), "{text}");
    let parsed =
        biblatex::Bibliography::parse(&text).map_err(|error| TestCaseError::fail(format!("{error:?} in {text}")))?;
    prop_assert_eq!(parsed.len(), items.len(), "{}", text);
    for item in items {
        let entry = parsed.get(&citation_key::usable(&item.citation_key));
        prop_assert!(entry.is_some(), "{} is not in {text}", item.citation_key);
        let authors = entry.map(biblatex::Entry::author);
        prop_assert!(!matches!(authors, Some(Err(biblatex::RetrievalError::TypeError(_)))), "{authors:?} in {text}");
    }
    let (wanted, first) = (Values::of(&items[0]), written(format, &items[..1]));
    prop_assert_eq!(tex_letters(tex_field(&first, "title").unwrap_or_default()), wanted.title, "{}", first);
    let tags = tex_list(tex_field(&first, "keywords").unwrap_or_default(), ", ");
    prop_assert_eq!(filled(tags.iter().map(|tag| tex_letters(tag))), wanted.tags, "{}", first);
    let year = items[0].date.year.as_deref().unwrap_or_default();
    let tag = if format == Format::Bibtex { "year" } else { "date" };
    let date = tex_letters(tex_field(&first, tag).unwrap_or_default());
    prop_assert!(date.contains(&letters(year)), "{year} in {first}");
    if items[0].item_type == "book" {
        let names = tex_list(tex_field(&first, "author").unwrap_or_default(), " and ");
        let names = filled(names.iter().map(|name| sorted(&tex_letters(name))));
        prop_assert_eq!(names, wanted.authors, "{}", first);
    }
    Ok(())
}

#[test]
fn bibtex_is_read_back() {
    hold(&(record(), record()), |(first, second)| {
        let mut items = [first, item("book", Vec::new(), Vec::new()), second];
        assign_keys(&mut items);
        bib(Format::Bibtex, &items)
    });
}

#[test]
fn biblatex_is_read_back() {
    hold(&(record(), record()), |(first, second)| {
        let mut items = [first, item("book", Vec::new(), Vec::new()), second];
        assign_keys(&mut items);
        bib(Format::Biblatex, &items)
    });
}

#[test]
fn ris_is_read_back() {
    let source = FileSource::new("library.ris".into());
    hold(&record(), |item| {
        let text = written(Format::Ris, std::slice::from_ref(&item));
        prop_assert_eq!(well_formed::ris(&text), Ok(1), "{}", text);
        let (lines, wanted) = (ris_lines(&text), Values::of(&item));
        let all = |tag: &str| filled(lines.iter().filter(|line| line.0 == tag).map(|line| values::plain(&line.1)));
        prop_assert_eq!(all("TI").concat(), wanted.title, "{}", text);
        prop_assert_eq!(all("KW"), wanted.tags, "{}", text);
        if item.item_type == "book" {
            let authors = all("AU").iter().map(|name| sorted(name)).collect::<Vec<_>>();
            prop_assert_eq!(authors, wanted.authors, "{}", text);
        }
        let read = source.parse(text.clone().into_bytes()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let whole: Vec<_> = read.records.iter().filter(|record| record.parent.is_none()).collect();
        prop_assert_eq!(whole.len(), 1, "{}", text);
        Ok(())
    });
}

#[test]
fn csv_is_read_back_and_has_no_formula() {
    hold(&(record(), record()), |(first, second)| {
        let text = written(Format::Csv, &[first.clone(), second.clone()]);
        prop_assert_eq!(well_formed::csv(&text), Ok(2), "{}", text);
        let rows = well_formed::csv_rows(&text).unwrap();
        for (row, item) in rows[1..].iter().zip([first, second]) {
            prop_assert_eq!([row[0].as_str(), row[1].as_str()], [item.key.as_str(), item.item_type.as_str()]);
            prop_assert_eq!(row[2].as_str(), item.date.year.as_deref().unwrap_or_default());
            prop_assert_eq!(letters(&row[4]), letters(item.title().unwrap_or_default()));
            prop_assert_eq!(letters(&row[35]), letters(item.field("extra").unwrap_or_default()));
        }
        Ok(())
    });
}

#[test]
fn coins_are_an_element_whose_title_is_form_encoded() {
    hold(&record(), |item| {
        for compatibility in [Compatibility::Right, Compatibility::Zotero] {
            let text = written_as(Format::Coins, std::slice::from_ref(&item), compatibility);
            let pairs = coins(&text)?;
            let has = |key: &str, value: &str| pairs.iter().any(|(known, text)| known == key && text == value);
            prop_assert!(has("url_ver", "Z39.88-2004") && has("rfr_id", "info:sid/zotero.org:2"), "{text}");
            prop_assert_eq!(pairs.iter().filter(|(key, _)| key == "rft_val_fmt").count(), 1);
            prop_assert!(pairs.iter().all(|(_, value)| !value.is_empty()), "{text}");
            let title = letters(item.title().unwrap_or_default());
            let titles = ["rft.title", "rft.atitle", "rft.btitle"];
            let found = pairs.iter().any(|(key, value)| titles.contains(&key.as_str()) && letters(value) == title);
            prop_assert!(found || title.is_empty(), "{title} in {text}");
            if compatibility == Compatibility::Zotero {
                let language = item.field("language").unwrap_or_default();
                prop_assert!(language.is_empty() || has("rft.language", language), "{text}");
            } else {
                prop_assert!(!text.contains("%00") && !text.contains("%E2%80%A8"), "{text}");
            }
        }
        Ok(())
    });
}

#[test]
fn rdf_is_xml_with_every_field_and_tag() {
    hold(&record(), |item| {
        let text = written(Format::Rdf, std::slice::from_ref(&item));
        prop_assert_eq!(well_formed::xml_defect(&text), None, "{}", text);
        let texts = values::xml_texts(&text);
        let texts: Vec<_> = texts.iter().map(|(path, text)| (path.as_str(), letters(text))).collect();
        for (name, value) in item.fields.iter().filter(|(name, _)| *name != "accessDate") {
            let value = letters(value);
            let found = texts
                .iter()
                .any(|(path, text)| text == &value || (path.contains("dc:identifier") && text.ends_with(&value)));
            prop_assert!(value.is_empty() || found, "{name} {value} in {text}");
        }
        for tag in filled(item.tags.iter().map(|tag| letters(&tag.name))) {
            let found = texts.iter().any(|(path, text)| path.contains("dc:subject") && *text == tag);
            prop_assert!(found, "{tag} in {text}");
        }
        Ok(())
    });
}

#[test]
fn csl_json_is_read_back() {
    hold(&record(), |item| {
        let text = written(Format::Csl, std::slice::from_ref(&item));
        prop_assert_eq!(well_formed::csl(&text), Ok(1), "{}", text);
        let csl: serde_json::Value = serde_json::from_str(&text).unwrap();
        let title = csl[0]["title"].as_str().unwrap_or_default();
        prop_assert_eq!(letters(title), letters(item.title().unwrap_or_default()), "{}", text);
        if item.item_type == "book" {
            let authors = item.creators.iter().filter(|creator| creator.role == "author").count();
            prop_assert_eq!(csl[0]["author"].as_array().map_or(0, Vec::len), authors, "{}", text);
        }
        Ok(())
    });
}

/// Files as Zotero writes them have its defects, and are files all the same; bibliographies are the same in both modes.
#[test]
fn zoteros_own_way_and_bibliographies_are_written_of_every_record() {
    hold(&record(), |item| {
        for format in [Format::Bibtex, Format::Biblatex, Format::Ris] {
            let text = written_as(format, std::slice::from_ref(&item), Compatibility::Zotero);
            let ends = if format == Format::Ris { "ER  - \r\n\r\n" } else { ",\n}\n" };
            prop_assert!(text.ends_with(ends), "{text}");
        }
        let csl = written_as(Format::Csl, std::slice::from_ref(&item), Compatibility::Zotero);
        prop_assert_eq!(well_formed::csl(&csl), Ok(1));
        let csv = written_as(Format::Csv, std::slice::from_ref(&item), Compatibility::Zotero);
        prop_assert!(csv.ends_with('"') && csv.starts_with('\u{feff}'), "{csv}");
        for format in [Format::Html, Format::Markdown, Format::Text] {
            prop_assert!(!written(format, std::slice::from_ref(&item)).trim().is_empty());
        }
        Ok(())
    });
}
