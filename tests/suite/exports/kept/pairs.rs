//! What stands in the file of one record: tags with their values, in the order of the file.

use serde_json::Value;
use zbib::bibliography::export::Format;

use crate::exports::rdf;
use crate::well_formed;

/// Stands for the type of an entry of BibTeX.
pub const ENTRY: &str = "(type)";

/// Stands for the key of an entry of BibTeX.
pub const KEY: &str = "(key)";

/// The tags of a record with their values. Values have no line ends.
pub fn pairs(format: Format, text: &str) -> Vec<(String, String)> {
    match format {
        Format::Bibtex | Format::Biblatex => bib(text),
        Format::Ris => text.lines().filter_map(|line| pair(line.split_once("  - ")?)).collect(),
        Format::Csl => {
            let csl: Vec<serde_json::Map<String, Value>> = serde_json::from_str(text).unwrap();
            csl.into_iter().flatten().map(|(name, value)| (name, value.to_string())).collect()
        }
        Format::Coins => {
            let object = text.split('\'').nth(3).unwrap().replace("&amp;", "&");
            object.split('&').filter_map(|part| pair(part.split_once('=')?)).collect()
        }
        Format::Csv => {
            let rows = well_formed::csv_rows(text).unwrap();
            let cells = rows[0].iter().cloned().zip(rows[1].iter().cloned());
            cells.filter(|(_, value)| !value.is_empty()).collect()
        }
        Format::Rdf => rdf::texts(text),
        Format::Html | Format::Markdown | Format::Text => vec![("text".to_owned(), text.to_owned())],
    }
}

fn pair((tag, value): (&str, &str)) -> Option<(String, String)> {
    Some((tag.to_owned(), value.to_owned()))
}

fn bib(text: &str) -> Vec<(String, String)> {
    let (entry, rest) = text.trim_start().strip_prefix('@').and_then(|entry| entry.split_once('{')).unwrap();
    let key = rest.split(",\n").next().unwrap();
    let mut pairs = vec![(ENTRY.to_owned(), entry.to_owned()), (KEY.to_owned(), key.to_owned())];
    pairs.extend(rest.lines().filter_map(|line| pair(line.strip_prefix('\t')?.split_once(" = ")?)));
    pairs
}
