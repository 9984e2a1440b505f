//! The values in an export's text, by readers that share nothing with what wrote it.
//!
//! Formats differ in what they do to spaces, signs and capitals, so values are compared by their letters and digits.

use std::sync::LazyLock;

use quick_xml::Reader;
use quick_xml::events::Event;
use regex::Regex;
use zbib::bibliography::library::{Item, Name};

/// What an export should give back of a record.
pub struct Values {
    pub title: String,
    /// Those of the role `author`, each with its letters in order: formats move suffixes.
    pub authors: Vec<String>,
    pub tags: Vec<String>,
}

impl Values {
    pub fn of(item: &Item) -> Self {
        let name = |name: &Name| match name {
            Name::Single(name) => name.clone(),
            Name::Personal { last, first } => format!("{last} {first}"),
        };
        let authors = item.creators.iter().filter(|creator| creator.role == "author");
        Self {
            title: plain(item.title().unwrap_or_default()),
            authors: filled(authors.map(|creator| sorted(&plain(&name(&creator.name))))),
            tags: filled(item.tags.iter().map(|tag| plain(&tag.name))),
        }
    }
}

/// Without what has no letters in it.
pub fn filled(values: impl Iterator<Item = String>) -> Vec<String> {
    values.filter(|value| !value.is_empty()).collect()
}

/// Letters and digits.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Letters and digits, whatever their order was.
pub fn sorted(text: &str) -> String {
    let mut letters: Vec<char> = letters(text).chars().collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

/// Letters and digits without those of the markup that Zotero has in fields. Characters that no file may hold are gone before
/// anything is taken for markup.
pub fn plain(text: &str) -> String {
    static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new("</?(?:i|b|su[bp]|sc|span[^<>]*)>").unwrap());
    let text: String =
        text.chars().filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || *c == '\u{feff}')).collect();
    letters(&TAG.replace_all(&text, ""))
}

/// The value of a field of the first entry that has it, as it stands between its braces.
pub fn tex_field<'t>(text: &'t str, tag: &str) -> Option<&'t str> {
    let start = format!(",\n\t{tag} = {{");
    let value = &text[text.find(&start)? + start.len()..];
    let mut depth = 1_i32;
    let end = value.char_indices().find(|(_, c)| {
        depth += i32::from(*c == '{') - i32::from(*c == '}');
        depth == 0
    });
    Some(&value[..end?.0])
}

/// The letters and digits that TeX would print.
pub fn tex_letters(value: &str) -> String {
    static COMMAND: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\\[A-Za-z]+").unwrap());
    let value = value.replace(r"{\textless}", "<").replace(r"{\textgreater}", ">");
    plain(&COMMAND.replace_all(&value, ""))
}

/// The parts of a TeX list, which a separator outside of braces parts.
pub fn tex_list<'t>(list: &'t str, separator: &str) -> Vec<&'t str> {
    let (mut parts, mut depth, mut from) = (Vec::new(), 0_i32, 0);
    for (at, c) in list.char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 && at >= from && list[at..].starts_with(separator) {
            parts.push(&list[from..at]);
            from = at + separator.len();
        }
    }
    parts.push(&list[from..]);
    parts
}

/// Tags and values of RIS, a line without a tag being the next of the value before.
pub fn ris_lines(text: &str) -> Vec<(String, String)> {
    let mut lines: Vec<(String, String)> = Vec::new();
    for line in text.split("\r\n").flat_map(|line| line.split('\n')) {
        let head = line.as_bytes();
        let tagged = head.len() > 4
            && head[0].is_ascii_uppercase()
            && (head[1].is_ascii_uppercase() || head[1].is_ascii_digit())
            && &head[2..5] == b"  -";
        if tagged {
            lines.push((line[..2].to_owned(), line[5..].trim_start().to_owned()));
        } else if let Some((_, value)) = lines.last_mut() {
            value.push('\n');
            value.push_str(line);
        }
    }
    lines
}

/// The texts of the elements of XML that have no elements in them, with the path of their names.
pub fn xml_texts(text: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(text);
    let (mut open, mut texts): (Vec<String>, Vec<(String, String)>) = (Vec::new(), Vec::new());
    let mut within = String::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return texts,
            Event::Start(tag) => {
                within.clear();
                open.push(tag.name().as_ref().to_owned());
            }
            Event::Text(text) => within.push_str(&text),
            Event::GeneralRef(entity) => within.push_str(match &*entity {
                "amp" => "&",
                "lt" => "<",
                "gt" => ">",
                "quot" => "\"",
                other => panic!("an entity {other} that XML does not have"),
            }),
            Event::End(_) => {
                texts.push((open.join(">"), std::mem::take(&mut within)));
                open.pop();
            }
            _ => {}
        }
    }
}

#[test]
fn the_readers_of_values_read() {
    let entry = "\n@book{a,\n\ttitle = {{HIV} \\& H$_{\\textrm{2}}$O \\{x\\} {\\textless}y{\\textgreater}},\n\tauthor = {A and {B and C}},\n}\n";
    assert_eq!(tex_letters(tex_field(entry, "title").unwrap()), "HIVH2Oxy");
    assert_eq!(tex_list(tex_field(entry, "author").unwrap(), " and "), ["A", "{B and C}"]);
    assert_eq!(tex_field(entry, "note"), None);
    assert_eq!(ris_lines("TY  - BOOK\r\nAB  - a\nb\r\nER  - \r\n\r\n")[1], ("AB".to_owned(), "a\nb".to_owned()));
    assert_eq!(xml_texts("<a><b>x &amp; y</b></a>")[0], ("a>b".to_owned(), "x & y".to_owned()));
    assert_eq!(plain("<i>x</i> <y> </span><s\u{0}c>z"), "xyz");
}
