//! The field Extra: lines of `label: value` among free text.

/// The lines of Extra, as Zotero's own readers take them.
///
/// A label begins with a letter and has letters, digits, spaces, hyphens, underscores and full stops; comparison ignores
/// case, spaces, hyphens and underscores; the first line of a label wins. The older form `{:label: value}` is read too.
/// See <https://www.zotero.org/support/kb/item_types_and_fields#citing_fields_from_extra>.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extra {
    lines: Vec<Line>,
}

/// One line of Extra.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Labelled { label: String, value: String },
    Text(String),
}

impl Extra {
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
        Self { lines: lines.flat_map(parse_line).collect() }
    }

    /// The value of the first line with that label.
    #[must_use]
    pub fn get(&self, label: &str) -> Option<&str> {
        let wanted = folded(label);
        self.lines.iter().find_map(|line| match line {
            Line::Labelled { label, value } if folded(label) == wanted => Some(value.as_str()),
            _ => None,
        })
    }

    /// All lines that hold something, in their order.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter()
    }
}

fn folded(label: &str) -> String {
    label.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect()
}

fn parse_line(line: &str) -> Vec<Line> {
    if !line.contains("{:") {
        return vec![labelled(line).unwrap_or_else(|| Line::Text(line.to_owned()))];
    }
    let mut lines = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("{:") {
        let Some((inner, behind)) = after.split_once('}') else { break };
        lines.extend(Some(before.trim()).filter(|text| !text.is_empty()).map(|text| Line::Text(text.to_owned())));
        lines.push(labelled(inner).unwrap_or_else(|| Line::Text(inner.to_owned())));
        rest = behind;
    }
    lines.extend(Some(rest.trim()).filter(|text| !text.is_empty()).map(|text| Line::Text(text.to_owned())));
    lines
}

fn labelled(line: &str) -> Option<Line> {
    let (label, value) = line.split_once(':')?;
    let (label, value) = (label.trim(), value.trim());
    let fits = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.');
    let valid = label.chars().next().is_some_and(char::is_alphabetic) && label.chars().all(fits);
    let is_url = value.starts_with("//");
    (valid && !value.is_empty() && !is_url).then(|| Line::Labelled { label: label.to_owned(), value: value.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_whatever_their_case_and_spacing() {
        let extra = Extra::parse(
            "a note\r\nCitation Key: smith:2020\ndoi:10.1/x\nDOI: 10.2/y\nhttps://example.org/a\n{:PMID: 7} rest",
        );
        assert_eq!(extra.get("citation-key"), Some("smith:2020"));
        assert_eq!(extra.get("DOI"), Some("10.1/x"));
        assert_eq!(extra.get("pmid"), Some("7"));
        assert_eq!(extra.get("https"), None);
        assert_eq!(extra.lines().count(), 7);
    }
}
