//! Attachment files: where Zotero says they are, and their bytes.

use std::io;

use reqwest::header::{HeaderMap, LOCATION};
use serde_json::value::RawValue;
use url::Url;

use crate::zotero::record::{ItemKey, Record};
use crate::zotero::source::one_line::one_line;
use crate::zotero::source::settings::is_loopback;
use crate::zotero::source::web::Web;
use crate::zotero::source::web::http::{Kind, header, shown};
use crate::zotero::source::web::question::Question;
use crate::zotero::source::web::so_far::{Piece, SoFar};
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
        let ask = self.asking(Question::File(key));
        let read = |status: u16, headers: &HeaderMap, _: &[u8]| match status {
            301 | 302 | 303 | 307 | 308 => announced(&ask.url, headers).map(|file| Ok(FileAnswer::Stored(file))),
            403 => Ok(Ok(FileAnswer::Forbidden)),
            404 => Ok(Ok(FileAnswer::Missing)),
            _ => self.http.sort_out(&ask, status, headers).map(Err),
        };
        self.http.ask(&ask, read).await
    }

    /// Gives the bytes of an announced file to `keep`, piece by piece, from where `so_far` ends if the storage can go on
    /// there. No secret goes with the request.
    ///
    /// # Errors
    /// When the bytes break off or the way there is not safe, or `keep` fails. Nothing is tried twice; `so_far` then says
    /// from where to go on.
    pub async fn fetch(
        &self,
        file: &Announced,
        so_far: &mut SoFar,
        mut keep: impl FnMut(Piece<'_>) -> io::Result<()>,
    ) -> Result<(), SourceError> {
        let mut url = file.location.clone();
        for _ in 0..HOPS {
            check_way(&url)?;
            let _turn = self.http.pacing.turn(&url[url::Position::BeforeHost..url::Position::AfterPort]).await;
            let response = self.http.send(Kind::File, &url, so_far.headers(), None).await?;
            let response = response.map_err(|source| SourceError::Unanswered {
                attempts: 1,
                waited: std::time::Duration::ZERO,
                source,
            })?;
            let goes_on = so_far.size > 0;
            match response.status().as_u16() {
                200 => {
                    so_far.start_over(&mut keep)?;
                    return so_far.take(response, file.size, keep).await;
                }
                206 if goes_on && so_far.is_continued(response.headers(), file.size) => {
                    return so_far.take(response, file.size, keep).await;
                }
                // Not the part that was asked for, or none: the next round asks for the whole.
                206 | 416 if goes_on => so_far.start_over(&mut keep)?,
                301 | 302 | 303 | 307 | 308 => url = target(&url, response.headers())?,
                status => return Err(SourceError::Unusable { source: Fault::Status { url: shown(&url), status } }),
            }
        }
        Err(SourceError::Redirect { reason: "it leads on and on" })
    }

    /// A record as Zotero has it now; None when there is none, or none that can be read.
    ///
    /// # Errors
    /// When Zotero does not answer, or with something else.
    pub async fn record(&self, key: ItemKey) -> Result<Option<Record>, SourceError> {
        let ask = self.ask(&format!("items/{key}"), &[("format", "json")]);
        match self.http.json::<Box<RawValue>>(&ask).await {
            Err(error) if error.status() == Some(404) => Ok(None),
            Err(error) => Err(error),
            Ok(answer) => Ok(answer.and_then(|answer| Record::parse(&one_line(answer.body.get())).ok())),
        }
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
