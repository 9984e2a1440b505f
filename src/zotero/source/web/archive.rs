//! The ZIP that Zotero keeps a snapshot or a text in, and the main file inside it.
//!
//! Only the main file is taken, as a stream: no name of an entry ever becomes a path.

use std::io::{self, Read, Seek};

use unicode_normalization::UnicodeNormalization;
use zip::ZipArchive;
use zip::result::ZipError;

/// More entries than a web page has parts.
const ENTRIES: usize = 10_000;
/// The largest main file, in bytes.
const LARGEST: u64 = 512 * 1024 * 1024;
/// How many times a main file may be larger than its packed form, beyond a first megabyte.
const RATIO: u64 = 200;

/// Why a ZIP gives no main file.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    #[error("it is no valid ZIP")]
    Zip(#[source] ZipError),
    #[error("its ZIP does not say which file is the main one")]
    NoMainFile,
    #[error("its ZIP unpacks to more than is reasonable")]
    Bomb,
    #[error("it cannot be unpacked")]
    Io(#[from] io::Error),
}

/// Gives the main file of a ZIP to `keep`: the entry called `name`, else the only one, else the only web page.
///
/// # Errors
/// When the ZIP is damaged or unreasonable, or has no main file, or `keep` fails.
pub fn main_file<R: Read + Seek>(zip: R, name: &str, mut keep: impl io::Write) -> Result<(), ArchiveError> {
    let mut zip = ZipArchive::new(zip).map_err(ArchiveError::Zip)?;
    if zip.len() > ENTRIES {
        return Err(ArchiveError::Bomb);
    }
    let index = find(&mut zip, name)?.ok_or(ArchiveError::NoMainFile)?;
    let entry = zip.by_index(index).map_err(ArchiveError::Zip)?;
    let most = LARGEST.min((1 << 20) + entry.compressed_size().saturating_mul(RATIO));
    if entry.size() > most {
        return Err(ArchiveError::Bomb);
    }
    let copied = io::copy(&mut entry.take(most + 1), &mut keep)?;
    if copied > most { Err(ArchiveError::Bomb) } else { Ok(()) }
}

fn find<R: Read + Seek>(zip: &mut ZipArchive<R>, name: &str) -> Result<Option<usize>, ArchiveError> {
    let wanted: String = name.nfc().collect();
    let mut files: Vec<(usize, String)> = Vec::new();
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index).map_err(ArchiveError::Zip)?;
        let own = real_name(&entry.name().map_err(ArchiveError::Zip)?);
        let known = files.iter().any(|(_, known)| *known == own);
        if entry.is_file() && is_plain(&own) && !own.starts_with(".zotero") && !known {
            files.push((index, own));
        }
    }
    let is_page = |name: &str| name.ends_with(".html") || name.ends_with(".htm");
    let pages: Vec<_> = files.iter().filter(|(_, name)| is_page(&name.to_lowercase())).collect();
    let named = files.iter().find(|(_, own)| *own == wanted);
    Ok(match (named, files.as_slice(), pages.as_slice()) {
        (Some((index, _)), _, _) | (None, [(index, _)], _) | (None, _, [(index, _)]) => Some(*index),
        _ => None,
    })
}

/// A name that stays inside a folder.
fn is_plain(name: &str) -> bool {
    let odd = |part: &str| part.is_empty() || part == "." || part == "..";
    !name.contains(['\\', '\0', ':']) && !name.split('/').any(odd)
}

/// The name of an entry: one that ends in `%ZB64` is base64 of the real one.
fn real_name(name: &str) -> String {
    let decoded = name.strip_suffix("%ZB64").and_then(base64).and_then(|bytes| String::from_utf8(bytes).ok());
    decoded.unwrap_or_else(|| name.to_owned()).nfc().collect()
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for byte in text.trim_end_matches('=').bytes() {
        bits = bits << 6 | u32::from(digit(byte)?);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xFF).ok()?);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    fn zip(entries: &[(&str, &[u8])]) -> Cursor<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap()
    }

    fn main_of(entries: &[(&str, &[u8])], name: &str) -> Result<String, String> {
        let mut content = Vec::new();
        main_file(zip(entries), name, &mut content).map_err(|error| error.to_string())?;
        Ok(String::from_utf8(content).unwrap())
    }

    #[test]
    fn the_main_file_is_found_by_name_then_by_being_the_only_one() {
        assert_eq!(main_of(&[("a.html", b"a"), ("page.html", b"p"), ("x.css", b"")], "page.html").unwrap(), "p");
        assert_eq!(main_of(&[(".zotero-ft-cache", b""), ("other.txt", b"t")], "page.txt").unwrap(), "t");
        assert_eq!(main_of(&[("a.png", b""), ("index.htm", b"h")], "gone.html").unwrap(), "h");
        assert_eq!(main_of(&[("w4Quc3Zn%ZB64", b"b"), ("x.html", b"")], "Ä.svg").unwrap(), "b");
        assert!(main_of(&[("a.png", b""), ("b.png", b"")], "c.png").is_err());
    }

    #[test]
    fn base64_names_are_read() {
        assert_eq!(real_name("w4QuaHRtbA==%ZB64"), "Ä.html");
        assert_eq!(real_name("a%ZB64.html"), "a%ZB64.html");
    }

    #[test]
    fn names_that_lead_out_of_the_folder_do_not_count() {
        for name in ["../page.html", "/etc/page.html", "C:\\page.html", "a\\..\\page.html"] {
            assert!(main_of(&[(name, b"x")], "page.html").is_err(), "{name}");
        }
    }

    #[test]
    fn bombs_and_garbage_are_refused() {
        let zeros = vec![0; 40 << 20];
        assert!(main_of(&[("page.html", &zeros)], "page.html").unwrap_err().contains("more than is reasonable"));
        let mut nothing = Vec::new();
        assert!(main_file(Cursor::new(b"PK\x03\x04garbage".to_vec()), "x", &mut nothing).is_err());
    }
}
