//! TOML between two lines `+++` at the head of a file.

use serde::de::DeserializeOwned;
use toml::de::DeTable;

use crate::bibliography::content::{ContentError, Fault};

/// A front matter that says which keys it knows.
pub(super) trait FrontMatter: DeserializeOwned + Default {
    const KNOWN: &'static [&'static str];
}

/// The front matter of a file, and the Markdown behind it.
pub(super) fn read<'a, Matter: FrontMatter>(file: &str, text: &'a str) -> Result<(Matter, &'a str), ContentError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Some(toml) = text.strip_prefix("+++\n").or_else(|| text.strip_prefix("+++\r\n")) else {
        return Ok((Matter::default(), text));
    };
    let start = text.len() - toml.len();
    let Some((end, body)) = end(toml) else {
        return Err(ContentError { file: file.to_owned(), position: Some((1, 1)), fault: Fault::Open });
    };
    let toml = &toml[..end];
    let at = |offset: usize, fault: Fault| ContentError {
        file: file.to_owned(),
        position: Some(position(text, start + offset)),
        fault,
    };
    let offset = |error: &toml::de::Error| error.span().map_or(0, |span| span.start);
    let table = DeTable::parse(toml).map_err(|error| at(offset(&error), Fault::Syntax(error.message().to_owned())))?;
    if let Some(key) = table.get_ref().keys().find(|key| !Matter::KNOWN.contains(&key.get_ref().as_ref())) {
        let fault = Fault::UnknownKey { key: key.get_ref().to_string(), known: Matter::KNOWN };
        return Err(at(key.span().start, fault));
    }
    let matter = toml::from_str(toml).map_err(|error| at(offset(&error), Fault::Value(error.message().to_owned())))?;
    Ok((matter, body))
}

/// Where the TOML ends, and what follows the line `+++` behind it.
fn end(toml: &str) -> Option<(usize, &str)> {
    let mut at = 0;
    for line in toml.split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Some((at, &toml[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// Line and column, both from 1.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line..].chars().count() + 1)
}
