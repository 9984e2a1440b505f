//! Files that are too large for one.

use super::*;

/// 600 books; the last 500 are in the collection, and by one creator.
fn library() -> Small {
    let key = |number: usize| format!("{number:08}");
    let book = |number: usize| item(&key(number), "book", &[("title", &format!("Logic {number}")), ("date", "1854")]);
    let collected: Vec<u32> = (100..600).collect();
    Small::new((0..600).map(book).collect(), &collected)
}

fn settings() -> export::Settings {
    let formats = Format::ALL.to_vec();
    export::Settings {
        item: Vec::new(),
        list: export::Lists::of_collections(formats.clone()),
        library: formats,
        ..export::Settings::default()
    }
}

/// The files of a site that allows files of some size, and what pages are told of them.
fn split(small: &Small, limit: usize) -> (BTreeMap<String, String>, Vec<Download>) {
    with(small, &settings(), |context| {
        let splits = Splits::within(limit, context);
        let context = Context { splits: &splits, ..*context };
        let made = files(&context).into_iter().map(|file| (file.path.to_string(), text(file.content))).collect();
        let lists = context.outline.index(ListKind::Collections).iter().flat_map(|list| of_list(*list, &context));
        (made, of_library(&context).into_iter().chain(lists).collect())
    })
}

/// The parts of a whole in a format by its index, in their order.
fn parts<'f>(files: &'f BTreeMap<String, String>, index: &str, format: Format) -> Vec<&'f str> {
    let entries: Value = serde_json::from_str(&files[index]).unwrap();
    let folder = index.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let entries = entries["files"].as_array().unwrap().iter().filter(|entry| entry["format"] == format.name());
    let entries: Vec<_> = entries.collect();
    assert!(entries.iter().zip(1..).all(|(entry, number)| entry["part"] == number));
    entries.iter().map(|entry| files[&format!("{folder}{}", entry["file"].as_str().unwrap())].as_str()).collect()
}

/// The numbers in the titles of a text, each once where it stands again right away.
fn titles(text: &str) -> Vec<&str> {
    let mut titles: Vec<_> = text.split("Logic").skip(1).filter_map(number).collect();
    titles.dedup();
    titles
}

fn number(behind: &str) -> Option<&str> {
    let behind = behind.trim_start_matches([' ', '}', '{']).trim_start_matches("%20");
    let end = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
    Some(&behind[..end]).filter(|digits| !digits.is_empty())
}

#[test]
fn a_large_library_and_a_large_list_are_split_and_an_index_says_where() {
    let small = library();
    let (whole, _) = split(&small, usize::MAX);
    let (files, told) = split(&small, 5_000);
    assert!(!whole.keys().any(|name| name.contains("index.json")));
    assert!(
        files.contains_key("bibliography-2.biblatex.bib")
            && files.contains_key("collections/CCCCCCCC/CCCCCCCC-2.csl.json")
    );
    let is_split = |name: &str| !name.ends_with("list.rdf") && !name.ends_with("index.json");
    assert!(files.iter().all(|(name, text)| text.len() < 5_000 || !is_split(name)));
    for (index, stem, records) in [
        ("bibliography.index.json", "bibliography", 600),
        ("collections/CCCCCCCC/CCCCCCCC.index.json", "collections/CCCCCCCC/CCCCCCCC", 500),
    ] {
        for format in Format::ALL {
            let Some(one) = whole.get(&format!("{stem}.{}", format.extension())) else { continue };
            let parts = parts(&files, index, format);
            assert!(parts.len() > 1, "{stem} {}", format.name());
            let titles_of_parts: Vec<_> = parts.iter().flat_map(|part| titles(part)).collect();
            assert!(titles_of_parts == titles(one), "{stem} {}", format.name());
            assert_eq!(titles_of_parts.len(), records, "{stem} {}", format.name());
        }
    }
    let parts = told.iter().filter(|file| file.part.is_some());
    assert!(parts.clone().count() > 4 && told.iter().all(|file| files.contains_key(file.place.as_str())));
    let labels: Vec<_> = parts.filter(|file| file.format == Format::Bibtex).map(Download::label).collect();
    assert!(labels[0].starts_with("BibTeX 1/") && labels[1].starts_with("BibTeX 2/"), "{labels:?}");
}

#[test]
fn every_part_is_a_whole_file_of_its_format() {
    let small = library();
    let (whole, _) = split(&small, usize::MAX);
    let (files, _) = split(&small, 5_000);
    let of = |format| parts(&files, "bibliography.index.json", format);
    for format in [Format::Bibtex, Format::Biblatex, Format::Ris, Format::Coins] {
        assert!(of(format).concat() == whole[&format!("bibliography.{}", format.extension())], "{}", format.name());
    }
    let array = |text: &str| serde_json::from_str::<Vec<Value>>(text).unwrap();
    let items: Vec<_> = of(Format::Csl).into_iter().flat_map(array).collect();
    assert!(items == array(&whole["bibliography.csl.json"]));
    let (head, rows) = whole["bibliography.csv"].split_once('\n').unwrap();
    let behind_heads = of(Format::Csv).into_iter().map(|part| part.split_once('\n').unwrap());
    let mut rows_of_parts = Vec::new();
    for (own, rows) in behind_heads {
        assert_eq!(own, head, "every part names its columns");
        rows_of_parts.push(rows);
    }
    assert!(rows_of_parts.join("\n") == rows);
    for part in of(Format::Rdf) {
        assert!(part.starts_with("<?xml ") && part.trim_end().ends_with("</rdf:RDF>"));
        assert_eq!(part.matches("<format name=\"rdf_zotero\"").count(), 1);
    }
    assert!(
        of(Format::Html)
            .iter()
            .all(|part| part.to_lowercase().starts_with("<!doctype html>") && part.ends_with("</html>\n"))
    );
}

#[test]
fn a_record_too_large_for_a_file_has_a_part_of_its_own() {
    let long = "long ".repeat(20_000);
    let large = item("LLLLLLLL", "book", &[("title", "Logic 2"), ("abstractNote", &long)]);
    let book = |key, title| item(key, "book", &[("title", title)]);
    let small = Small::new(vec![book("AAAAAAAA", "Logic 1"), large, book("ZZZZZZZZ", "Logic 3")], &[]);
    let (files, _) = split(&small, 20_000);
    let parts = parts(&files, "bibliography.index.json", Format::Bibtex);
    assert_eq!(parts.iter().map(|part| titles(part)).collect::<Vec<_>>(), [["1"], ["2"], ["3"]]);
}
