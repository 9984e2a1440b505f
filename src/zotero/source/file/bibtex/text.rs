//! The text of a field: TeX's commands for markup as Zotero's tags, lines that its writer meant, addresses as they are.
//!
//! The crate that reads the files knows letters and accents, and flattens the rest. What it would lose is marked before
//! with characters that no text has, and unmarked behind it.

use biblatex::{Chunk, ChunksRef, RawBibliography, RawChunk};

use crate::zotero::source::file::draft::Draft;

/// Fields whose text may have paragraphs.
const PROSE: [&str; 7] = ["abstract", "note", "addendum", "annote", "annotation", "copyright", "rights"];
/// Fields in which every character stands for itself.
const VERBATIM: [&str; 4] = ["url", "doi", "eprint", "urlraw"];

/// Commands for markup, each with the tag of Zotero that it stands for by its place in `TAGS`.
const COMMANDS: [(&str, usize); 8] = [
    ("emph", 0),
    ("textit", 0),
    ("textsl", 0),
    ("mkbibemph", 0),
    ("textbf", 1),
    ("textsuperscript", 2),
    ("textsubscript", 3),
    ("textsc", 4),
];
const TAGS: [(&str, &str); 5] = [
    ("<i>", "</i>"),
    ("<b>", "</b>"),
    ("<sup>", "</sup>"),
    ("<sub>", "</sub>"),
    ("<span style=\"font-variant:small-caps;\">", "</span>"),
];

/// Two characters for each tag.
const OPEN: [char; 5] = ['\u{fdd0}', '\u{fdd1}', '\u{fdd2}', '\u{fdd3}', '\u{fdd4}'];
const CLOSE: [char; 5] = ['\u{fdd5}', '\u{fdd6}', '\u{fdd7}', '\u{fdd8}', '\u{fdd9}'];
const LINE_END: char = '\u{fdda}';
const HYPHEN: char = '\u{fddb}';

/// The values of a file, entry by entry and field by field, with marks where they are needed; None where they are not.
pub(super) fn marked(raw: &RawBibliography<'_>) -> Vec<Option<String>> {
    let fields = raw.entries.iter().flat_map(|entry| &entry.v.fields);
    let values = fields.flat_map(|pair| pair.value.v.iter().map(move |chunk| (pair.key.v, &chunk.v)));
    let marked = values.map(|(field, chunk)| match chunk {
        RawChunk::Normal(text) => mark(&field.to_ascii_lowercase(), text),
        RawChunk::Abbreviation(_) => None,
    });
    marked.collect()
}

/// Puts those values in the place of the file's own.
pub(super) fn replace<'s>(mut raw: RawBibliography<'s>, texts: &'s [Option<String>]) -> RawBibliography<'s> {
    let fields = raw.entries.iter_mut().flat_map(|entry| &mut entry.v.fields);
    for (chunk, text) in fields.flat_map(|pair| &mut pair.value.v).zip(texts) {
        if let Some(text) = text {
            chunk.v = RawChunk::Normal(text);
        }
    }
    raw
}

/// The text of a field, its words with one space between them.
pub(super) fn text(chunks: ChunksRef<'_>) -> String {
    let mut text = String::new();
    for chunk in chunks {
        match &chunk.v {
            Chunk::Normal(part) | Chunk::Verbatim(part) => text.push_str(part),
            Chunk::Math(part) => text.extend(["$", part, "$"]),
        }
    }
    unmarked(&text)
}

/// Adds the keywords to the tags: between commas, or semicolons if there is no comma. What stands in braces is whole.
pub(super) fn tags(chunks: ChunksRef<'_>, draft: &mut Draft) {
    let commas = chunks.iter().any(|chunk| matches!(&chunk.v, Chunk::Normal(part) if part.contains(',')));
    let mut tag = String::new();
    for chunk in chunks {
        let Chunk::Normal(part) = &chunk.v else {
            tag.push_str(&text(std::slice::from_ref(chunk)));
            continue;
        };
        let mut parts = part.split(if commas { ',' } else { ';' });
        tag.push_str(parts.next().unwrap_or_default());
        for part in parts {
            draft.tag(&unmarked(&tag));
            part.clone_into(&mut tag);
        }
    }
    draft.tag(&unmarked(&tag));
}

/// A text without marks, as Zotero has it.
pub(super) fn unmarked(text: &str) -> String {
    let lines = text.split(LINE_END).map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut text = lines.collect::<Vec<_>>().join("\n");
    for (at, (open, close)) in TAGS.iter().enumerate() {
        if text.contains(OPEN[at]) {
            text = text.replace(OPEN[at], open).replace(CLOSE[at], close);
        }
    }
    text.replace(HYPHEN, "-").trim().to_owned()
}

fn mark(field: &str, text: &str) -> Option<String> {
    if VERBATIM.contains(&field) {
        return text.contains("--").then(|| text.replace('-', &HYPHEN.to_string()));
    }
    let prose = PROSE.contains(&field) && text.contains(['\n', '\r']);
    (prose || text.contains(['\\', '$'])).then(|| marked_up(text, prose))
}

fn marked_up(text: &str, prose: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '\\' => command(rest, prose, &mut out),
            '$' => script(rest, &mut out),
            '\n' | '\r' if prose => line_end(rest, &mut out),
            _ => None,
        };
        // What is escaped begins nothing.
        let length = taken.unwrap_or_else(|| {
            let next = rest[c.len_utf8()..].chars().next();
            let escaped = next.filter(|next| c == '\\' && !next.is_alphanumeric());
            let length = c.len_utf8() + escaped.map_or(0, char::len_utf8);
            out.push_str(&rest[..length]);
            length
        });
        rest = &rest[length..];
    }
    out
}

/// A command for markup at the head of `rest`: how long it is.
fn command(rest: &str, prose: bool, out: &mut String) -> Option<usize> {
    let name = rest[1..].split(|c: char| !c.is_ascii_alphabetic()).next()?;
    let (_, tag) = COMMANDS.iter().find(|(command, _)| *command == name)?;
    let inner = group(&rest[1 + name.len()..])?;
    out.push(OPEN[*tag]);
    out.extend(["{", &marked_up(inner, prose), "}"]);
    out.push(CLOSE[*tag]);
    Some(1 + name.len() + inner.len() + 2)
}

/// A formula that is nothing but raised or lowered text: how long it is.
fn script(rest: &str, out: &mut String) -> Option<usize> {
    let formula = rest[1..].split('$').next()?;
    let tag = match formula.as_bytes().first()? {
        b'^' => 2,
        b'_' => 3,
        _ => return None,
    };
    let inner = formula[1..].trim();
    let inner = group(inner).filter(|group| group.len() + 2 == inner.len()).unwrap_or(inner);
    let text = ["\\textrm", "\\mathrm", "\\text"].iter().find_map(|command| group(inner.strip_prefix(command)?));
    let set_as_text = text.is_some();
    let text = text.unwrap_or(inner);
    // A formula without an end is none, and one with commands or groups of its own is a formula.
    let simple = !text.is_empty() && !text.contains('\\') && (set_as_text || !text.contains(['{', '}', '^', '_']));
    let plain = rest.len() > formula.len() + 1 && simple;
    plain.then(|| {
        out.push(OPEN[tag]);
        out.push_str(text);
        out.push(CLOSE[tag]);
        formula.len() + 2
    })
}

/// A line end that was meant: one before a line that is empty or not indented, as programs that break lines indent them.
fn line_end(rest: &str, out: &mut String) -> Option<usize> {
    let length = if rest.starts_with("\r\n") { 2 } else { 1 };
    let next = &rest[length..];
    let empty = next.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
    if !empty && next.starts_with([' ', '\t']) {
        return None;
    }
    out.push(LINE_END);
    Some(length)
}

/// What stands in the braces that `text` begins with.
fn group(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?;
    let (mut depth, mut escaped) = (1_usize, false);
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            _ if escaped => {}
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&inner[..at]);
        }
        escaped = byte == b'\\' && !escaped;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_lines_and_addresses_are_kept() {
        for (field, written, wanted) in [
            (
                "title",
                r"On \textit{the {Margareta}} and \emph{B\textbf{C}}",
                "On <i>the Margareta</i> and <i>B<b>C</b></i>",
            ),
            ("title", r"H$_{\textrm{{2}}}$O, x$^2$ and $a^{2}$", "H<sub>2</sub>O, x<sup>2</sup> and $a^{2}$"),
            ("title", r"a \textsc{b} \{c\} \$5 $", r#"a <span style="font-variant:small-caps;">b</span> {c} $5"#),
            ("title", "broken\n  line", "broken line"),
            ("abstract", "One.\n\nTwo\nthree\n\tfour.", "One.\n\nTwo\nthree four."),
            ("url", "https://example.org/a--b_c", "https://example.org/a--b_c"),
            ("title", r"\textit{open", r"\textit{open"),
            ("title", r"Caf\'e \% -- über \textit{Öl}", "Café % – über <i>Öl</i>"),
        ] {
            let file = format!("@book{{a, {field} = {{{written}}}}}");
            let Ok(raw) = RawBibliography::parse(&file) else { continue };
            let texts = marked(&raw);
            let Ok(read) = biblatex::Bibliography::from_raw(replace(raw, &texts)) else { continue };
            assert_eq!(text(read.get("a").unwrap().get(field).unwrap()), wanted);
        }
    }
}
