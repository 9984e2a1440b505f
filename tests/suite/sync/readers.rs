//! Whatever stands in a file of the owner's, reading it does not panic.

use proptest::prelude::*;
use zbib::zotero::source::file::FileSource;

fn read(name: &str, text: &str) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    std::fs::write(&path, text).unwrap();
    if let Ok(library) = FileSource::new(path).read() {
        let mut keys: Vec<_> = library.records.iter().map(|record| record.key).collect();
        keys.dedup();
        assert_eq!(keys.len(), library.records.len());
    }
}

/// JSON that looks a little like CSL.
fn csl_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<i32>().prop_map(Into::into),
        ".{0,12}".prop_map(Into::into),
        any::<bool>().prop_map(Into::into),
    ];
    let name = prop_oneof![
        Just("id"),
        Just("type"),
        Just("author"),
        Just("family"),
        Just("literal"),
        Just("issued"),
        Just("date-parts"),
        Just("note"),
        Just("keyword"),
        Just("season"),
        Just("title"),
        Just("data"),
        Just("page"),
        Just("odd"),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
            proptest::collection::btree_map(name.clone().prop_map(str::to_owned), inner, 0..6)
                .prop_map(|map| serde_json::Value::from(map.into_iter().collect::<serde_json::Map<_, _>>())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn no_csl_json_makes_the_reader_panic(items in proptest::collection::vec(csl_value(), 0..4)) {
        read("a.json", &serde_json::Value::from(items).to_string());
    }

    #[test]
    fn no_bib_file_makes_the_reader_panic(
        parts in proptest::collection::vec(prop_oneof![
            Just("@article{a,".to_owned()), Just("@string{x = ".to_owned()), Just("title = {".to_owned()), Just("}".to_owned()),
            Just(", author = {A and {B} and C, D, E".to_owned()), Just("year = 19".to_owned()), Just("date = {2019-13/..".to_owned()),
            Just("month = jan # {x}".to_owned()), Just("$x^2$ \\emph{".to_owned()), Just("ids = {b, c".to_owned()), Just("crossref = {a".to_owned()),
            Just("\"".to_owned()), Just(",\n".to_owned()), ".{0,8}",
        ], 0..14)
    ) {
        read("a.bib", &parts.concat());
    }
}
