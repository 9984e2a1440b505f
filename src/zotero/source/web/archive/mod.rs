//! The ZIP that Zotero keeps a snapshot or a text in, and the main file inside it.
//!
//! Only the main file is taken, as a stream: no name of an entry ever becomes a path.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::io::{self, Read, Seek, SeekFrom, Write};

use unicode_normalization::UnicodeNormalization;
use zip::ZipArchive;
use zip::result::ZipError;

/// More entries than a web page has parts.
const ENTRIES: u16 = 10_000;
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
    Damaged(#[source] io::Error),
    #[error("its main file cannot be kept")]
    Keep(#[source] io::Error),
}

/// Gives the main file of a ZIP to `keep`: the entry called `name`, else the only one, else the only web page. The other
/// entries are never unpacked, so nothing depends on their sizes.
///
/// # Errors
/// When the ZIP is damaged or unreasonable, or has no main file, or `keep` fails.
pub fn main_file<R: Read + Seek>(mut zip: R, name: &str, keep: impl Write) -> Result<(), ArchiveError> {
    if announced_entries(&mut zip).map_err(ArchiveError::Damaged)? > ENTRIES {
        return Err(ArchiveError::Bomb);
    }
    let mut zip = ZipArchive::new(zip).map_err(ArchiveError::Zip)?;
    if zip.len() > usize::from(ENTRIES) {
        return Err(ArchiveError::Bomb);
    }
    let index = find(&mut zip, name)?.ok_or(ArchiveError::NoMainFile)?;
    let entry = zip.by_index(index).map_err(ArchiveError::Zip)?;
    let most = LARGEST.min((1 << 20) + entry.compressed_size().saturating_mul(RATIO));
    if entry.size() > most || copy(entry.take(most + 1), keep)? > most {
        return Err(ArchiveError::Bomb);
    }
    Ok(())
}

/// The most entries that any end of a central directory claims: it is read before memory is given to their names. More
/// than the old format can count is more than enough.
fn announced_entries<R: Read + Seek>(zip: &mut R) -> io::Result<u16> {
    /// Of the fixed part of that end, without and with the longest comment.
    const FIXED: usize = 22;
    const WITH_COMMENT: u64 = FIXED as u64 + u16::MAX as u64;
    let size = zip.seek(SeekFrom::End(0))?;
    zip.seek(SeekFrom::Start(size.saturating_sub(WITH_COMMENT)))?;
    let mut end = Vec::new();
    zip.take(WITH_COMMENT).read_to_end(&mut end)?;
    zip.rewind()?;
    let ends = end.windows(FIXED).filter(|bytes| bytes.starts_with(b"PK\x05\x06"));
    Ok(ends.map(|bytes| u16::from_le_bytes([bytes[10], bytes[11]])).max().unwrap_or(0))
}

/// Unlike that of the standard library, tells what failed.
fn copy(mut from: impl Read, mut keep: impl Write) -> Result<u64, ArchiveError> {
    let mut buffer = vec![0; 64 * 1024];
    let mut copied = 0;
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(copied),
            Ok(length) => {
                keep.write_all(&buffer[..length]).map_err(ArchiveError::Keep)?;
                copied += length as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(ArchiveError::Damaged(error)),
        }
    }
}

fn find<R: Read + Seek>(zip: &mut ZipArchive<R>, name: &str) -> Result<Option<usize>, ArchiveError> {
    let wanted: String = name.nfc().collect();
    let mut files: Vec<(usize, String)> = Vec::new();
    let mut known = BTreeSet::new();
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index).map_err(ArchiveError::Zip)?;
        let own = entry.name().ok().and_then(|name| real_name(&name));
        // Of two entries of one real name the first counts.
        if let Some(own) = own.filter(|own| entry.is_file() && !own.starts_with(".zotero") && known.insert(own.clone()))
        {
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

/// The name of an entry, if it stays inside a folder. A part that ends in `%ZB64` is base64 of the real one.
fn real_name(name: &str) -> Option<String> {
    if !is_plain(name) {
        return None;
    }
    let decoded =
        |part: &str| part.strip_suffix("%ZB64").and_then(base64).and_then(|bytes| String::from_utf8(bytes).ok());
    let part = |part: &str| decoded(part).unwrap_or_else(|| part.to_owned());
    // A decoded part must not bring folders with it.
    let parts: Vec<String> = name.split('/').map(part).filter(|part| !part.contains('/')).collect();
    let real: String = parts.join("/").nfc().collect();
    (parts.len() == name.split('/').count() && is_plain(&real)).then_some(real)
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
