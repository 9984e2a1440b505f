//! Attachment files at the desktop program: addresses on this disk.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use reqwest::header::LOCATION;
use url::Url;

use crate::zotero::record::ItemKey;
use crate::zotero::source::SourceError;
use crate::zotero::source::desktop::Desktop;
use crate::zotero::source::desktop::ask::Question;
use crate::zotero::source::web::http::header;

/// Where the program leads who asks for a file.
#[derive(Debug)]
pub enum LocalFile {
    /// The file, opened.
    There(File),
    /// There is none on this disk.
    Missing,
    /// It leads to what is no file of Zotero's; why.
    Refused(String),
}

impl Desktop {
    /// Opens the file of an attachment.
    ///
    /// # Errors
    /// When the program does not answer.
    pub async fn file(&self, key: ItemKey) -> Result<LocalFile, SourceError> {
        let answer = self.ask(Question { path: &format!("items/{key}/file"), ..Question::default() }).await?;
        if answer.status != 302 {
            return Ok(LocalFile::Missing);
        }
        let address = header(&answer.headers, LOCATION.as_str()).and_then(|text| Url::parse(text).ok());
        Ok(match address.as_ref().and_then(path) {
            Some(path) => open(&path, key),
            None => LocalFile::Refused("its address is none of a file on this computer".to_owned()),
        })
    }
}

/// The path that an address of this computer names.
fn path(address: &Url) -> Option<PathBuf> {
    let here = address.scheme() == "file" && address.host().is_none();
    here.then(|| address.to_file_path().ok()).flatten()
}

/// Opens a file that Zotero keeps for the attachment `key`.
///
/// Zotero keeps every stored file in a folder named by its attachment's key. What else an answer may lead to is not
/// Zotero's: nothing but a regular file in such a folder is opened, once links are followed. The kind is looked at before
/// it is opened, as opening a pipe would wait for ever.
fn open(path: &Path, key: ItemKey) -> LocalFile {
    let of_key = path.parent().is_some_and(|dir| dir.components().any(|part| part.as_os_str() == key.as_str()));
    if !of_key {
        return LocalFile::Refused("it is not in the attachment's own folder".to_owned());
    }
    let regular = |data: io::Result<fs::Metadata>| data.map(|data| data.is_file());
    let opened =
        regular(fs::metadata(path)).and_then(|is_file| if is_file { File::open(path).map(Some) } else { Ok(None) });
    match opened {
        Ok(Some(file)) if regular(file.metadata()).unwrap_or(false) => LocalFile::There(file),
        Ok(_) => LocalFile::Refused("it is no regular file".to_owned()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => LocalFile::Missing,
        Err(error) => LocalFile::Refused(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(path: &Path) -> &'static str {
        match open(path, "AAAA2222".parse().unwrap()) {
            LocalFile::There(_) => "there",
            LocalFile::Missing => "missing",
            LocalFile::Refused(_) => "refused",
        }
    }

    #[test]
    fn nothing_but_a_regular_file_in_the_attachment_s_folder_is_opened() {
        let dir = tempfile::tempdir().unwrap();
        let own = dir.path().join("storage/AAAA2222");
        fs::create_dir_all(own.join("folder.pdf")).unwrap();
        fs::write(own.join("a.pdf"), "%PDF").unwrap();
        fs::write(dir.path().join("storage/passwords"), "secret").unwrap();
        assert_eq!(says(&own.join("a.pdf")), "there");
        assert_eq!(says(&own.join("b.pdf")), "missing");
        assert_eq!(says(&own.join("folder.pdf")), "refused");
        assert_eq!(says(&dir.path().join("storage/passwords")), "refused");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(own.join("a.pdf"), own.join("link.pdf")).unwrap();
            std::os::unix::fs::symlink("/dev/zero", own.join("device.pdf")).unwrap();
            assert_eq!(says(&own.join("link.pdf")), "there");
            assert_eq!(says(&own.join("device.pdf")), "refused");
        }
    }

    #[test]
    fn addresses_of_other_computers_and_protocols_are_no_paths() {
        for address in ["https://example.org/a.pdf", "file://server/share/a.pdf", "data:,x"] {
            assert_eq!(path(&address.parse().unwrap()), None, "{address}");
        }
        #[cfg(unix)]
        assert_eq!(path(&"file:///tmp/a%20b.pdf".parse().unwrap()), Some("/tmp/a b.pdf".into()));
    }
}
