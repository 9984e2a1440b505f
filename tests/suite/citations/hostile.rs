//! Records that nobody should have: references still come, escaped.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use zbib::bibliography::citation::processor::{Item, Style};
use zbib::bibliography::citation::styles::{self, StyleError};

/// A style that prints every kind of element.
const STYLE: &str = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
<info><title>All</title><id>http://example.org/styles/all</id><updated>2026-01-01T00:00:00+00:00</updated></info>
<locale><terms>
  <term name="open-quote">“</term><term name="close-quote">”</term>
  <term name="open-inner-quote">‘</term><term name="close-inner-quote">’</term>
  <term name="editor" form="short"><single>ed.</single><multiple>eds.</multiple></term>
  <term name="page" form="short"><single>p.</single><multiple>pp.</multiple></term>
  <term name="et-al">et al.</term><term name="and">and</term><term name="ordinal">th</term>
</terms><style-options punctuation-in-quote="true"/></locale>
<macro name="people"><names variable="author"><name and="text" initialize-with=". " name-as-sort-order="first" et-al-min="4" et-al-use-first="1"/>
  <substitute><names variable="editor"/><text variable="title"/></substitute></names></macro>
<citation><layout prefix="(" suffix=")"><text macro="people"/></layout></citation>
<bibliography hanging-indent="true"><layout suffix="."><group delimiter=", ">
  <text macro="people"/><text variable="title" quotes="true" text-case="title"/>
  <names variable="editor"><name/><label form="short" prefix=" (" suffix=")"/></names>
  <group delimiter=" "><label variable="page" form="short"/><number variable="page"/></group>
  <number variable="edition" form="ordinal"/><text variable="container-title" font-style="italic" form="short"/>
  <date variable="issued"><date-part name="day" suffix=" "/><date-part name="month" form="numeric" suffix=" "/><date-part name="year"/></date>
  <text variable="note" text-case="sentence" strip-periods="true"/><text variable="DOI" prefix="https://doi.org/"/><text variable="URL"/>
</group></layout></bibliography></style>"#;

fn load(xml: &str) -> Style {
    let mut read = |_: &str| -> Result<_, StyleError> { Ok(Some(xml.to_owned())) };
    Style::new(&styles::style("styles/x.csl", &mut read).unwrap().style, "en-US", &[])
}

fn item(value: &Value) -> Item {
    Item::new(value.as_object().unwrap())
}

#[test]
fn a_style_of_ones_own_prints_a_reference() {
    let style = load(STYLE);
    let csl = json!({"id": "x", "type": "book", "title": "the <i>tide</i> & <script>x</script>",
        "author": [{"family": "Hartley", "given": "Tom"}, {"family": "Okafor", "given": "Ada"}],
        "page": "3-5", "edition": "2", "DOI": "10.1/\"<x>", "issued": {"date-parts": [[2020, 5, 3]]}});
    let entry = style.entry(&item(&csl));
    assert_eq!(
        entry.text,
        "Hartley, T. and A. Okafor, “The Tide & <Script>x</Script>,” pp. 3–5, 2th, 3 5 2020, https://doi.org/10.1/\"<x>."
    );
    assert!(
        entry.html.as_str().contains("“The <i>Tide</i> &amp; &lt;Script&gt;x&lt;/Script&gt;,”"),
        "{:?}",
        entry.html
    );
    assert!(entry.html.as_str().contains("href=\"https://doi.org/10.1/&quot;&lt;x&gt;\""), "{:?}", entry.html);
    let title = &entry.html.as_str()[entry.title.unwrap()];
    assert_eq!(title, "The <i>Tide</i> &amp; &lt;Script&gt;x&lt;/Script&gt;,");
    assert_eq!(style.citation(&item(&csl)).text, "(Hartley, T. and A. Okafor)");
}

/// The styles within the program, in a language of their own or in German, with little, much and strange to print.
#[test]
fn every_style_of_the_archive_prints_every_record() {
    let person = json!({"family": "Hartley", "given": "Tom", "non-dropping-particle": "van der"});
    let records = [
        json!({"id": "a", "type": "book"}),
        json!({"id": "b", "type": "article-journal", "title": "A <b>tide", "author": vec![person; 60], "page": "3-5",
            "container-title": "\"Sea\" & <i>Land</i>", "issued": {"date-parts": [[-44, 3, 15], [2020]]}, "volume": "XII"}),
        json!({"id": "c", "type": "unheard-of", "title": "", "author": [{"literal": "<script>"}], "issued": {"literal": "soon"}}),
    ];
    let items: Vec<Item> = records.iter().map(item).collect();
    let all: Vec<&Item> = items.iter().collect();
    let mut nothing = |_: &str| -> Result<_, StyleError> { Ok(None) };
    for name in styles::archive::names() {
        let chosen = styles::style(name, &mut nothing).unwrap();
        let tag = chosen.own_locale().unwrap_or("de-DE");
        let style = Style::new(&chosen.style, tag, &styles::locales::chain(tag, &mut nothing).unwrap());
        let list = style.bibliography(&all, &|left, right| left.cmp(right)).into_iter().map(|(_, entry)| entry);
        for entry in list.chain(items.iter().map(|item| style.citation(item))) {
            assert!(is_well_formed(entry.html.as_str()), "{name}: {}", entry.html.as_str());
        }
    }
}

/// Any JSON value, with the texts that break things.
fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "\\PC{0,12}",
        Just("<i>open".to_owned()),
        Just("\"'“”’<sup>x</sup></i>".to_owned()),
        Just("\u{e000}\u{e003}\u{f0001}".to_owned()),
        Just("3-5, 7 & 9-".to_owned()),
        Just("..,;:?!.".to_owned()),
    ];
    let leaf = prop_oneof![text.prop_map(Value::from), any::<i64>().prop_map(Value::from), Just(Value::Null)];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let key = prop_oneof![
            Just("family"),
            Just("given"),
            Just("literal"),
            Just("suffix"),
            Just("non-dropping-particle"),
            Just("date-parts"),
            Just("raw"),
            Just("season"),
            Just("circa"),
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(key.prop_map(str::to_owned), inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Whether every tag that opens closes in turn, and nothing else looks like one.
fn is_well_formed(html: &str) -> bool {
    let mut open = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let Some((tag, behind)) = rest[at + 1..].split_once('>') else { return false };
        let name = tag.split(' ').next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(name) if open.pop() != Some(name) => return false,
            Some(_) => {}
            None if !["a", "i", "b", "u", "sup", "sub", "span", "div"].contains(&name) => return false,
            None => open.push(name),
        }
        rest = behind;
    }
    open.is_empty()
        && !html
            .split('&')
            .skip(1)
            .any(|rest| !["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|name| rest.starts_with(name)))
}

proptest! {
    #[test]
    fn any_record_gives_well_formed_html(
        values in prop::collection::hash_map(prop::sample::select(vec![
            "title", "author", "editor", "issued", "page", "edition", "container-title", "note", "DOI", "URL", "type", "language",
        ]), value(), 0..8)
    ) {
        let style = load(STYLE);
        let csl: Map<String, Value> = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let item = Item::new(&csl);
        for entry in [style.entry(&item), style.citation(&item)] {
            prop_assert!(is_well_formed(entry.html.as_str()), "{}", entry.html.as_str());
            prop_assert!(entry.title.is_none_or(|title| is_well_formed(&entry.html.as_str()[title])));
        }
    }
}
