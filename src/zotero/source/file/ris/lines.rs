//! The lines of a RIS file: which tags with which values belong to one record.
//!
//! Programs differ in spaces, in letters' case and in how they go on with a value on the next line; see
//! <https://en.wikipedia.org/wiki/RIS_(file_format)>. A line that no record has a place for is told of.

use super::table;
use crate::report::problem::{Kind, Level, Problem};

static ENDS: Kind = Kind {
    id: "ris-record-ends",
    level: Level::Warning,
    one: "a record of a .ris file has no beginning or no end; what there is of it is used",
    many: "{n} records of .ris files have no beginning or no end; what there is of them is used",
    hint: Some("a record begins with a line `TY  - ` and its type, and ends with a line `ER  - `"),
};

static OUTSIDE: Kind = Kind {
    id: "ris-outside",
    level: Level::Warning,
    one: "a line of a .ris file belongs to no record; it is left out",
    many: "{n} lines of .ris files belong to no record; they are left out",
    hint: Some("a record begins with a line `TY  - ` and its type, and ends with a line `ER  - `"),
};

/// Values whose line ends may mean something: abstracts and notes.
const PROSE: [&str; 4] = ["AB", "N1", "N2", "RN"];
/// Values that may be several, one a line.
const LISTS: [&str; 6] = ["KW", "L1", "L2", "L3", "L4", "UR"];
/// A file with a line longer than this breaks no lines of its own accord.
const WRAPPED: usize = 85;
/// In a file that does, a line shorter than this ends where its writer wanted it to.
const SHORT: usize = 65;

/// The tags of a record with their values, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// Where it begins, counted from 1.
    pub line: usize,
    /// What stands behind `TY`.
    pub code: Option<String>,
    pub fields: Vec<Field>,
}

/// A tag in capitals, and its value, which is trimmed and may be empty.
#[derive(Debug)]
pub(super) struct Field {
    pub tag: String,
    pub value: String,
}

/// A line, and how it ends.
struct Line<'t> {
    text: &'t str,
    end: &'t str,
}

/// The records of the file `name`.
pub(super) fn entries(text: &str, name: &str, problems: &mut Vec<Problem>) -> Vec<Entry> {
    let mut parser = Parser { name, problems, entries: Vec::new(), open: None, habits: Habits::of(text) };
    let mut before = "";
    for (at, line) in split(text).enumerate() {
        // Behind a line end that is part of a value, a line with spaces before its tag goes on with the value.
        let inner = parser.habits.crlf && before == "\n" && line.text.starts_with(char::is_whitespace);
        match tag(line.text, parser.habits.small).filter(|_| !inner) {
            Some((tag, value)) => parser.tagged(at + 1, &tag, value),
            None => parser.untagged(at + 1, line.text, before),
        }
        before = line.end;
        parser.habits.last = line.text.len();
    }
    parser.close(None);
    parser.entries
}

struct Parser<'t> {
    name: &'t str,
    problems: &'t mut Vec<Problem>,
    entries: Vec<Entry>,
    open: Option<Entry>,
    habits: Habits,
}

/// How the program that wrote a file writes.
struct Habits {
    /// Tags in small letters.
    small: bool,
    /// Lines of the format end with CR LF, so that a line end of another kind is part of a value.
    crlf: bool,
    longest: usize,
    /// The length of the line before.
    last: usize,
}

impl Habits {
    fn of(text: &str) -> Self {
        let first = split(text).find(|line| tag(line.text, true).is_some());
        Self {
            small: first.as_ref().is_some_and(|line| tag(line.text, false).is_none()),
            crlf: first.is_some_and(|line| line.end == "\r\n"),
            longest: split(text).map(|line| line.text.len()).max().unwrap_or_default(),
            last: 0,
        }
    }
}

impl Parser<'_> {
    fn tagged(&mut self, at: usize, tag: &str, value: &str) {
        match (tag, self.open.is_some()) {
            ("TY", open) => {
                if open {
                    self.close(Some(at));
                }
                self.open = Some(Entry { line: at, code: Some(value.trim().to_ascii_uppercase()), fields: Vec::new() });
            }
            ("ER", true) => {
                let entry = self.open.take();
                self.entries.extend(entry);
            }
            ("ER", false) => self.tell(&OUTSIDE, at, "`ER` without a record"),
            (tag, open) => {
                if !open {
                    self.tell(&ENDS, at, "it has no `TY`");
                }
                let field = Field { tag: tag.to_owned(), value: value.to_owned() };
                self.open.get_or_insert_with(|| Entry { line: at, ..Entry::default() }).fields.push(field);
            }
        }
    }

    /// A line without a tag goes on with the value before it.
    fn untagged(&mut self, at: usize, line: &str, before: &str) {
        let Some(field) = self.open.as_mut().and_then(|entry| entry.fields.last_mut()) else {
            if !line.trim().is_empty() {
                self.tell(&OUTSIDE, at, line.trim());
            }
            return;
        };
        let own = self.habits.crlf && before == "\n";
        let prose = PROSE.contains(&field.tag.as_str());
        let meant = self.habits.longest > WRAPPED || self.habits.last < SHORT || line.trim().is_empty();
        if own || (prose && meant) || LISTS.contains(&field.tag.as_str()) {
            field.value.push('\n');
        } else if !field.value.ends_with(' ') {
            field.value.push(' ');
        }
        field.value.push_str(if own { line } else { line.trim() });
    }

    /// Ends a record that has no end of its own, at the line where the next one begins.
    fn close(&mut self, at: Option<usize>) {
        let Some(entry) = self.open.take() else { return };
        let detail = at.map_or("the file ends before it".to_owned(), |at| format!("the next one begins in line {at}"));
        self.tell(&ENDS, entry.line, &detail);
        self.entries.push(entry);
    }

    fn tell(&mut self, kind: &'static Kind, line: usize, detail: &str) {
        self.problems.push(Problem::new(kind, format!("{}:{line}", self.name), detail));
    }
}

/// Lines that end with LF, CR or both.
fn split(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let at = rest.find(['\r', '\n']).unwrap_or(rest.len());
        let length = if rest[at..].starts_with("\r\n") { 2 } else { usize::from(at < rest.len()) };
        let line = Line { text: &rest[..at], end: &rest[at..at + length] };
        rest = &rest[at + length..];
        Some(line)
    })
}

/// The tag of a line, in capitals, and what stands behind its hyphen. The format wants two capitals, two spaces, a hyphen
/// and a space; a line that has it otherwise must begin with a tag that is known. `small` allows small letters.
fn tag(line: &str, small: bool) -> Option<(String, &str)> {
    let line = line.trim_start_matches([' ', '\t']);
    let written = line.get(..2)?;
    let valid = written.starts_with(|c: char| c.is_ascii_alphabetic())
        && written.ends_with(|c: char| c.is_ascii_alphanumeric())
        && (small || !written.contains(|c: char| c.is_ascii_lowercase()));
    let rest = line[2..].trim_start_matches(' ');
    let spaces = line.len() - 2 - rest.len();
    let behind = rest.strip_prefix('-').filter(|_| valid && spaces > 0)?;
    let exact =
        spaces == 2 && (behind.is_empty() || behind.starts_with(' ')) && written == written.to_ascii_uppercase();
    let tag = written.to_ascii_uppercase();
    let known = exact || matches!(tag.as_str(), "TY" | "ER") || !table::rows(&tag).is_empty();
    known.then(|| (tag, behind.trim_start_matches(' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let mut problems = Vec::new();
        let entries = entries(text, "a.ris", &mut problems);
        let field = |field: &Field| format!("{}={}", field.tag, field.value);
        let shown = |entry: &Entry| {
            let fields = entry.fields.iter().map(field).collect::<Vec<_>>().join("|");
            format!("{}:{fields}", entry.code.as_deref().unwrap_or("?"))
        };
        let problems = problems.iter().map(|problem| format!("{} {}", problem.place, problem.detail));
        (entries.iter().map(shown).collect(), problems.collect())
    }

    #[test]
    fn every_way_to_write_a_line_is_read() {
        for text in [
            "TY  - BOOK\r\nTI  - A\r\nKW  -\r\nER  - \r\n",
            "TY  - BOOK\nTI  - A\nKW  - \nER  -",
            "TY  - BOOK\rTI  - A\rKW  - \rER  - ",
            "ty  - book\nti  - A\nkw  -\ner  -\n",
            "TY - BOOK\nTI -A\nKW   -   \nER - \n",
            "  TY  - BOOK\n\tTI  - A\n  KW  - \n  ER  - \n",
        ] {
            assert_eq!(read(text), (vec!["BOOK:TI=A|KW=".to_owned()], Vec::new()), "{text:?}");
        }
    }

    #[test]
    fn a_value_goes_on_in_the_next_lines() {
        let long = "x".repeat(90);
        for (text, value) in [
            ("TY  - A\nTI  - On\n   computable\nnumbers\nER  - ", "TI=On computable numbers".to_owned()),
            ("TY  - A\r\nTI  - On\nan  - odd\n title \r\nER  - ", "TI=On\nan  - odd\n title ".to_owned()),
            ("TY  - A\r\nAB  - One\n ER  - two\r\nER  - ", "AB=One\n ER  - two".to_owned()),
            ("TY  - A\nAB  - One.\n\nTwo.\nER  - ", "AB=One.\n\nTwo.".to_owned()),
            ("TY  - A\nKW  - one\ntwo\nER  - ", "KW=one\ntwo".to_owned()),
            (
                "TY  - A\nAB  - An abstract that was broken into lines by the program, which is\nwhat one does.\nER  - ",
                "AB=An abstract that was broken into lines by the program, which is what one does.".to_owned(),
            ),
            (&format!("TY  - A\nAB  - {long}\nTwo.\nER  - "), format!("AB={long}\nTwo.")),
        ] {
            assert_eq!(read(text), (vec![format!("A:{value}")], Vec::new()), "{text:?}");
        }
    }

    #[test]
    fn what_stands_out_of_place_is_told_with_its_line() {
        let text = "Exported by hand\n\nTY  - BOOK\nTI  - A\nTY  - JOUR\nTI  - B\nER  - \nER  - \nstray\nTI  - C\n";
        let (entries, problems) = read(text);
        assert_eq!(entries, ["BOOK:TI=A", "JOUR:TI=B", "?:TI=C"]);
        let wanted = [
            "a.ris:1 Exported by hand",
            "a.ris:3 the next one begins in line 5",
            "a.ris:8 `ER` without a record",
            "a.ris:9 stray",
            "a.ris:10 it has no `TY`",
            "a.ris:10 the file ends before it",
        ];
        assert_eq!(problems, wanted);
    }
}
