//! The search's data for a library with every kind of title, name and key; the golden files are what `finder.js` is tested on.

use serde_json::json;
use snapbox::{Data, assert_data_eq, file};
use tinysearch::Storage;

use super::*;
use crate::bibliography::library::{Creator, Date, Extra, Fields, Holding, Item, LastChange, Name, Timestamp};
use crate::language::{Language, Layer};
use crate::website::outline;
use crate::website::output::Content;
use crate::zotero::record::{LibraryId, LibraryKind, LibraryVersion};
use crate::zotero::schema::Labels;

/// Title, creators, date, citation key: what people search for and what breaks searches.
const RECORDS: [(&str, &[&str], &str, &str); 14] = [
    ("A Mathematical Theory of Communication", &["Shannon, Claude E."], "1948-07", "shannon_mathematical_1948"),
    ("The Mathematical Theory of Communication", &["Shannon, Claude E.", "Weaver, Warren"], "1949", "Shannon1949"),
    ("Gödel, Escher, Bach", &["Hofstadter, Douglas R."], "1979", "geb"),
    ("Über formal unentscheidbare Sätze der „Principia Mathematica“", &["Gödel, Kurt"], "1931", "godel_uber_1931"),
    ("COVID-19 in 2020: 3.14 views, C++ and U.S. policy", &["World Health Organization"], "2020", "who:2020-a"),
    ("文学理論入門", &["山田, 太郎"], "2014", "yamada2014"),
    ("हिन्दी साहित्य", &["शुक्ल, रामचन्द्र"], "1929", "shukla"),
    ("Преступление и наказание", &["Достоевский, Фёдор"], "1866", "dostoevskij"),
    ("", &["Lovelace, Ada"], "", "lovelace_notes"),
    ("<script>alert(1)</script> <i>P<0.05</i> & \"quotes\"", &[], "n.d.", "script"),
    ("𝐁𝐨𝐥𝐝 𐐀 and other planes 😀", &["Ōe, Kenzaburō"], "44 BC", "planes"),
    (
        "The Design and Analysis of Computer Algorithms",
        &["Aho, Alfred V.", "Hopcroft, John E.", "Ullman, Jeffrey D."],
        "1974",
        "aho_design_1974",
    ),
    ("It's the ŁÓDŹ of the ODYSSEY: ΟΔΥΣΣΕΥΣ", &["O'Neill, Eugene"], "1939", "oneill"),
    ("العَرَبِيَّة והעִבְרִית", &["ابن سينا"], "1025", "avicenna"),
];

fn item(position: usize, holding: usize) -> Item {
    let (title, creators, date, key) = RECORDS[position % RECORDS.len()];
    let round = position / RECORDS.len();
    let more = if round == 0 { String::new() } else { format!(" {round} reprint{}", round * 7919 % 1009) };
    let creator = |name: &&str| Creator { role: "author".to_owned(), name: self::name(name) };
    let digits = "23456789ABCDEFGHIJKLMNPQRSTUVWXYZ".as_bytes();
    let letter = |place: u32| char::from(digits[(position * 31 + 7) / 33usize.pow(place) % digits.len()]);
    Item {
        key: format!("Q{}", (0..7).rev().map(letter).collect::<String>()).parse().unwrap(),
        version: LibraryVersion(1),
        holding,
        item_type: "book".to_owned(),
        fields: Fields::new(vec![("title".to_owned(), format!("{title}{more}"))]),
        creators: creators.iter().map(creator).collect(),
        date: Date::parse(date, 2026),
        tags: Vec::new(),
        collections: Vec::new(),
        extra: Extra::default(),
        citation_key: if round == 0 { key.to_owned() } else { format!("{key}-{round}") },
        citation_key_given: false,
        added: Timestamp::parse(&format!("{}-01-01T00:00:00Z", 2020 - round as i32 % 1000)),
        modified: None,
        notes: Vec::new(),
        attachments: Vec::new(),
        relations: Vec::new(),
        replaces: Vec::new(),
        overlay: None,
        csl: None,
    }
}

fn name(text: &str) -> Name {
    match text.split_once(", ") {
        Some((last, first)) => Name::Personal { last: last.to_owned(), first: first.to_owned() },
        None => Name::Single(text.to_owned()),
    }
}

/// A site of that many records, of which every third stands in a second library under `papers/`.
fn with_site<T>(records: usize, then: impl FnOnce(&Context<'_>) -> T) -> T {
    let holding = |prefix: &str| Holding {
        id: LibraryId { kind: LibraryKind::Group, id: "1".to_owned() },
        name: "Library".to_owned(),
        version: LibraryVersion(1),
        last_change: LastChange::default(),
        uri: None,
        prefix: prefix.to_owned(),
    };
    let library = Library {
        holdings: vec![holding(""), holding("papers/")],
        items: (0..records).map(|position| item(position, usize::from(position % 3 == 2))).collect(),
        collections: Vec::new(),
    };
    let english = Layer { language: "en".to_owned(), file: String::new(), text: "a = b\n".to_owned() };
    let language = Language::new("en", &[english]).unwrap();
    let outline =
        outline::build(&library, &outline::Settings::default(), &Labels::for_language("en"), language.collation());
    let addresses = Addresses::new(&library, &outline, None);
    then(&Context { library: &library, outline: &outline, addresses: &addresses })
}

fn data(records: usize) -> Vec<(String, Vec<u8>)> {
    with_site(records, |context| {
        let bytes = |file: OutputFile<'static>| match file.content {
            Content::Bytes(bytes) => (file.path.to_string(), bytes),
            _ => panic!("the search's data are made at once"),
        };
        files(context).into_iter().map(bytes).collect()
    })
}

fn found(data: &[(String, Vec<u8>)], query: &str) -> Vec<Hit> {
    let names = parts(&data[0].1).unwrap();
    let bytes = |name: String| &data.iter().find(|(path, _)| *path == format!("search/data/{name}")).unwrap().1;
    find(&names.into_iter().map(bytes).collect::<Vec<_>>(), query).unwrap()
}

fn titles(data: &[(String, Vec<u8>)], query: &str) -> Vec<String> {
    found(data, query).into_iter().map(|hit| hit.title).collect()
}

#[test]
fn a_record_is_found_by_title_word_creator_year_and_key() {
    let data = data(14);
    assert_eq!(titles(&data, "escher"), ["Gödel, Escher, Bach"]);
    assert_eq!(found(&data, "Godel").len(), 2);
    assert_eq!(titles(&data, "gödel kurt"), [RECORDS[3].0]);
    assert_eq!(titles(&data, "1931"), [RECORDS[3].0]);
    assert_eq!(titles(&data, "shannon_mathematical_1948"), [RECORDS[0].0]);
    assert_eq!(titles(&data, "who:2020-a"), [RECORDS[4].0]);
    assert_eq!(titles(&data, "covid-19"), [RECORDS[4].0]);
    assert_eq!(titles(&data, "Федор"), [RECORDS[7].0]);
    assert_eq!(titles(&data, "文学"), [RECORDS[5].0]);
    assert_eq!(titles(&data, "हिन्दी"), [RECORDS[6].0]);
    assert_eq!(titles(&data, "العربية"), [RECORDS[13].0]);
    let key = &found(&data, "geb")[0].key;
    assert_eq!(titles(&data, &key.to_lowercase()), ["Gödel, Escher, Bach"]);
}

#[test]
fn every_word_counts_and_titles_come_first() {
    let data = data(14);
    assert_eq!(titles(&data, "shannon weaver"), [RECORDS[1].0]);
    assert_eq!(titles(&data, "theory shannon").len(), 2);
    assert!(titles(&data, "shannon escher").is_empty());
    assert!(titles(&data, "").is_empty() && titles(&data, "?!").is_empty());
    assert_eq!(titles(&data, "weaver 1948"), Vec::<String>::new());
    assert_eq!(titles(&data, "odyssey o'neill"), [RECORDS[12].0]);
}

#[test]
fn a_hit_leads_to_its_page_in_any_library() {
    let data = data(14);
    let hit = &found(&data, "escher")[0];
    assert_eq!((hit.address.clone(), hit.name.as_str()), (format!("papers/items/{}/", hit.key), "Hofstadter 1979"));
    let hit = &found(&data, "algorithms")[0];
    assert_eq!(hit.name, "Aho et al. 1974");
    let hit = &found(&data, "weaver")[0];
    assert_eq!((hit.address.clone(), hit.name.as_str()), (format!("items/{}/", hit.key), "Shannon, Weaver 1949"));
}

#[test]
fn large_libraries_come_in_parts_under_names_that_change_with_their_content() {
    let large = data(4_100);
    let names: Vec<_> = large.iter().map(|(path, _)| path.trim_start_matches("search/data/").to_owned()).collect();
    assert_eq!(names[..2], ["manifest.json", "quick.idx"]);
    assert_eq!(names.len(), 4);
    assert!(names[2].starts_with("quick-1.") && names[3].starts_with("quick-2."), "{names:?}");
    let manifest: serde_json::Value = serde_json::from_slice(&large[0].1).unwrap();
    assert_eq!((&manifest["format"], &manifest["items"]), (&json!(1), &json!(4_100)));
    assert_eq!(found(&large, "escher").len(), 4_100_usize.div_ceil(14));
    assert_ne!(data(4_101).into_iter().nth(3).unwrap().0, large[3].0);
}

#[test]
fn the_same_library_gives_the_same_bytes() {
    assert_eq!(data(300), data(300));
}

#[test]
fn no_library_is_too_small() {
    let data = data(0);
    assert_eq!(data.len(), 2);
    assert!(found(&data, "anything").is_empty());
    assert_eq!(Storage::from_bytes(&data[1].1).unwrap().filters.len(), 0);
}

#[test]
fn damaged_data_are_an_error_and_never_a_panic() {
    let data = data(20);
    let bytes = &data[1].1;
    for end in 0..bytes.len() {
        // Whatever it decodes to, it must not panic; a file that lost its end never decodes.
        assert!(find(&[&bytes[..end]], "theory").is_err(), "{end}");
    }
    assert!(matches!(parts(b"{}"), Err(FindError::Manifest(_))));
    assert!(matches!(parts(br#"{"format":9,"items":0,"quick":[]}"#), Err(FindError::Format(9))));
}

/// The bytes, and what the crate itself finds in them for every beginning of every word: `finder.js` has to find the same.
#[test]
fn the_files_that_the_browser_reader_is_tested_on_are_up_to_date() {
    let data = data(200);
    let index = Storage::from_bytes(&data[1].1).unwrap().filters;
    let key = |post: &&tinysearch::PostId| post.url.trim_end_matches('/').rsplit('/').next().unwrap().to_owned();
    let answer = |query: &String| {
        let words = analysis::tokens(query).iter().map(|word| spelling::spell(word)).collect::<Vec<_>>();
        let hits: Vec<_> = tinysearch::search(&index, &words.join(" "), usize::MAX);
        json!([query, hits.len(), hits.iter().take(6).map(key).collect::<Vec<_>>()])
    };
    let answers: Vec<String> = beginnings().iter().map(|query| format!("  {}", answer(query))).collect();
    assert_data_eq!(
        Data::text(format!("[\n{}\n]\n", answers.join(",\n"))).raw(),
        file!["../../../tests/fixtures/search/quick.json"].raw()
    );
    assert_data_eq!(Data::binary(data[1].1.clone()), file!["../../../tests/fixtures/search/quick.idx": Binary].raw());
}

/// Every beginning, of three letters or more, of every word of the sample, and the words that are shorter.
fn beginnings() -> std::collections::BTreeSet<String> {
    let texts = RECORDS
        .iter()
        .flat_map(|(title, creators, date, key)| [*title, date, key].into_iter().chain(creators.iter().copied()));
    let words: Vec<String> = texts.flat_map(analysis::tokens).collect();
    let begins = |word: &String| {
        let letters: Vec<char> = word.chars().collect();
        (letters.len().min(3)..=letters.len()).map(|end| letters[..end].iter().collect()).collect::<Vec<String>>()
    };
    words.iter().flat_map(begins).collect()
}
