//! The text of a file whose program may have been older than UTF-8.

use crate::report::problem::{Kind, Level, Problem};

static OLD: Kind = Kind {
    id: "file-encoding",
    level: Level::Warning,
    one: "a library's file is not UTF-8 text; it is read as Windows-1252, letters with accents may be wrong",
    many: "{n} files of libraries are not UTF-8 text; they are read as Windows-1252, letters with accents may be wrong",
    hint: Some("export it again as UTF-8, which every reference manager offers"),
};

/// What the bytes from 0x80 to 0x9f stand for in Windows-1252; those that stand for nothing stay controls, as in Latin-1.
/// See <https://encoding.spec.whatwg.org/#windows-1252>.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of the file `name` without a byte order mark: UTF-8, else UTF-16 if a mark says so, else Windows-1252.
pub(super) fn decode(bytes: Vec<u8>, name: &str) -> (String, Option<Problem>) {
    if let Some(text) = utf_16(&bytes) {
        return (text, None);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text.trim_start_matches('\u{feff}').to_owned(), None),
        Err(error) => {
            let line =
                error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
            let problem = Problem::new(&OLD, format!("{name}:{}", line + 1), "");
            (error.into_bytes().into_iter().map(windows_1252).collect(), Some(problem))
        }
    }
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

fn utf_16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let units: Vec<u16> = bytes[2..].chunks(2).map(|pair| unit([pair[0], pair.get(1).copied().unwrap_or(0)])).collect();
    Some(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_that_files_come_in_is_read() {
        for (bytes, text, warns) in [
            ("\u{feff}Bébé".as_bytes().to_vec(), "Bébé", None),
            (b"one\nB\xe9b\xe9 \x96 \x80".to_vec(), "one\nBébé – €", Some("a.ris:2")),
            (b"\xff\xfeB\0\xe9\0".to_vec(), "Bé", None),
            (b"\xfe\xff\0B\0\xe9".to_vec(), "Bé", None),
        ] {
            let (read, problem) = decode(bytes, "a.ris");
            assert_eq!((read.as_str(), problem.as_ref().map(|problem| problem.place.as_str())), (text, warns));
        }
    }
}
