//! Styles that can be used, and those that are refused.

mod broken;
mod locale_chain;
mod names;

use std::collections::BTreeMap;

use super::*;

/// The owner's files by their paths.
type Files = BTreeMap<String, String>;

fn files(files: &[(&str, &str)]) -> Files {
    files.iter().map(|(place, text)| ((*place).to_owned(), (*text).to_owned())).collect()
}

fn choose(name: &str, files: &Files) -> Result<ChosenStyle, StyleError> {
    style(name, &mut |place| Ok(files.get(place).cloned()))
}

/// A small style around what stands inside its root.
fn around(inside: &str) -> String {
    format!(
        "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\">\n\
         <info><title>Tide Letters</title><title-short>Tide</title-short>\n\
         <id>http://example.org/styles/tide</id></info>\n{inside}\n</style>"
    )
}

const CITATION: &str = "<citation><layout><text variable=\"title\"/></layout></citation>";
