//! Attachment files: where Zotero says they are, and their bytes.

use std::io;

use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue, LOCATION};
use url::Url;

use crate::zotero::record::ItemKey;
use crate::zotero::source::settings::is_loopback;
use crate::zotero::source::web::Web;
use crate::zotero::source::web::http::{Kind, broken, header, shown};
use crate::zotero::source::{Fault, SourceError};

/// How many redirects lead to a file at most.
const HOPS: usize = 5;

/// What Zotero says of an attachment's file.
#[derive(Debug)]
pub enum FileAnswer {
    Stored(Announced),
    /// There is none: never uploaded, or kept elsewhere.
    Missing,
    /// Who asks may not read files.
    Forbidden,
}

/// A stored file, as announced: for a ZIP all of it is about the ZIP.
#[derive(Clone, Debug)]
pub struct Announced {
    /// As 32 hex digits.
    pub md5: Option<String>,
    /// In bytes.
    pub size: Option<u64>,
    /// The file is the main entry of a ZIP.
    pub compressed: bool,
    /// Valid for a minute.
    location: Url,
}

impl Web {
    /// Asks where the file of an attachment is. Its bytes are to be fetched at once: the address is valid for a minute.
    ///
    /// # Errors
    /// When Zotero does not answer, or with something else.
    pub async fn file(&self, key: ItemKey) -> Result<FileAnswer, SourceError> {
        let ask = self.ask(&format!("items/{key}/file"), &[]);
        let read = |status: u16, headers: &HeaderMap, _: &[u8]| match status {
            301 | 302 | 303 | 307 | 308 => announced(&ask.url, headers).map(|file| Ok(FileAnswer::Stored(file))),
            403 => Ok(Ok(FileAnswer::Forbidden)),
            404 => Ok(Ok(FileAnswer::Missing)),
            _ => self.http.sort_out(&ask, status, headers).map(Err),
        };
        self.http.ask(&ask, read).await
    }

    /// Gives the bytes of an announced file to `keep`, piece by piece. No secret goes with the request.
    ///
    /// # Errors
    /// When the bytes break off or the way there is not safe, or `keep` fails. Nothing is tried twice: what came before a
    /// fault belongs to nobody.
    pub async fn fetch(
        &self,
        file: &Announced,
        mut keep: impl FnMut(&[u8]) -> io::Result<()>,
    ) -> Result<(), SourceError> {
        let mut url = file.location.clone();
        for _ in 0..HOPS {
            check_way(&url)?;
            let _turn = self.http.pacing.turn(&url[url::Position::BeforeHost..url::Position::AfterPort]).await;
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
            let response = self.http.send(Kind::File, &url, headers, None).await?;
            let mut response = response.map_err(|source| SourceError::Unanswered {
                attempts: 1,
                waited: std::time::Duration::ZERO,
                source,
            })?;
            match response.status().as_u16() {
                200 => loop {
                    let piece = response.chunk().await;
                    match piece.map_err(|error| SourceError::Unusable { source: broken(&url, error) })? {
                        Some(piece) => keep(&piece).map_err(SourceError::Keep)?,
                        None => return Ok(()),
                    }
                },
                301 | 302 | 303 | 307 | 308 => url = target(&url, response.headers())?,
                status => return Err(SourceError::Unusable { source: Fault::Status { url: shown(&url), status } }),
            }
        }
        Err(SourceError::Redirect { reason: "it leads on and on" })
    }
}

fn announced(url: &Url, headers: &HeaderMap) -> Result<Announced, SourceError> {
    let of_file = |name: &str| header(headers, name).map(str::trim);
    Ok(Announced {
        md5: of_file("zotero-file-md5").map(str::to_owned),
        size: of_file("zotero-file-size").and_then(|size| size.parse().ok()),
        compressed: of_file("zotero-file-compressed").is_some_and(|text| text.eq_ignore_ascii_case("yes")),
        location: target(url, headers)?,
    })
}

fn target(from: &Url, headers: &HeaderMap) -> Result<Url, SourceError> {
    let location = header(headers, LOCATION.as_str());
    let location = location.ok_or(SourceError::Redirect { reason: "it leads nowhere" })?;
    let url = from.join(location).map_err(|_| SourceError::Redirect { reason: "it is no address" })?;
    check_way(&url).map(|()| url)
}

/// Files come over `https` only; `http` from this machine.
fn check_way(url: &Url) -> Result<(), SourceError> {
    if url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url)) {
        Ok(())
    } else {
        Err(SourceError::Redirect { reason: "it is not secure" })
    }
}
