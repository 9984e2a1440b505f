//! Public names of files: what is left of a stranger's file name when it is safe everywhere.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::bibliography::attachment::media;
use crate::bibliography::library::Attachment;
use crate::zotero::record::ItemKey;

/// The longest stem, in bytes: with an extension and a key it stays within every file system's limit.
const LONGEST_STEM: usize = 120;

/// The name under which a file is published in its item's folder. `taken` holds the folder's names so far, folded; the
/// first to come keeps a name, the second gets its attachment's key behind it.
pub(super) fn public(attachment: &Attachment, item: ItemKey, media_type: &str, taken: &mut BTreeSet<String>) -> String {
    let extension = media::extension(media_type);
    let stem = stem(&attachment.filename, extension);
    let stem = if stem.is_empty() { attachment.key.to_string() } else { stem };
    let plain = format!("{stem}.{extension}");
    let reserved = plain == "index.html" || plain.split('.').next() == Some(item.as_str());
    if !reserved && taken.insert(plain.to_lowercase()) {
        return plain;
    }
    let keyed = format!("{stem}-{}.{extension}", attachment.key);
    taken.insert(keyed.to_lowercase());
    keyed
}

/// The file's own name without folders, extension, and everything that some system or browser trips over.
fn stem(filename: &str, extension: &str) -> String {
    let last = filename.rsplit(['/', '\\']).next().unwrap_or_default();
    let cleaned: String = last.nfc().filter_map(clean).collect();
    let words = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
    let stem = match words.rsplit_once('.') {
        Some((stem, end)) if end.eq_ignore_ascii_case(extension) || end.len() <= 4 => stem,
        _ => &words,
    };
    let mut stem = shortened(stem.trim_matches(|c: char| c == '.' || c == ' ')).to_owned();
    if stem.starts_with('_') {
        stem.insert(0, 'x');
    }
    if is_device(&stem) {
        stem.push('_');
    }
    stem
}

fn clean(c: char) -> Option<char> {
    match c {
        '<' | '>' | ':' | '"' | '|' | '?' | '*' | '%' | '#' => Some('_'),
        // Zero-width and bidirectional marks can make one name look like another.
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' => None,
        _ if c.is_whitespace() => Some(' '),
        _ if c.is_control() => None,
        _ => Some(c),
    }
}

fn shortened(text: &str) -> &str {
    let mut end = text.len().min(LONGEST_STEM);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].trim_end_matches([' ', '.'])
}

/// Windows keeps these names for devices, whatever extension follows.
fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |name: &str| {
        first.strip_prefix(name).is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(|c| c.is_numeric()))
    };
    matches!(first.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(filename: &str, wanted: &str) {
        assert_eq!(stem(filename, "pdf"), wanted, "{filename:?}");
    }

    #[test]
    fn strangers_names_become_harmless() {
        check("Turing 1936.pdf", "Turing 1936");
        check("../../x.pdf", "x");
        check("C:\\Users\\me\\paper.PDF", "paper");
        check("a\0b\nc.pdf", "ab c");
        check("CON.pdf", "CON_");
        check("com1.pdf", "com1_");
        check("exe\u{202e}fdp.pdf", "exefdp");
        check("what? 100% #1.pdf", "what_ 100_ _1");
        check(".hidden.pdf", "hidden");
        check("_private.pdf", "x_private");
        check("..", "");
        check("", "");
        check(&"ü".repeat(200), &"ü".repeat(60));
        check("Gödel.pdf", "Gödel");
        check("vol. 2 of 3", "vol. 2 of 3");
    }
}
