//! A file that comes in pieces, and over several answers if need be.

use std::io;

use reqwest::header::{ACCEPT_ENCODING, CONTENT_RANGE, ETAG, HeaderMap, HeaderValue, IF_RANGE, RANGE};

use crate::zotero::source::SourceError;
use crate::zotero::source::web::http::{broken, header};

/// What comes of a file.
#[derive(Debug)]
pub enum Piece<'a> {
    /// What came so far is of no use.
    StartOver,
    Bytes(&'a [u8]),
}

/// How much of a file has come.
///
/// The mark of the storage is known within a run only. A part that another run left is asked for without it: it is named
/// by the hash of the whole, so if the rest is of another file, that comes out at the end.
#[derive(Debug, Default)]
pub struct SoFar {
    /// In bytes.
    pub size: u64,
    /// The storage's strong `ETag`.
    mark: Option<HeaderValue>,
}

impl SoFar {
    /// What another run left, in bytes.
    #[must_use]
    pub fn of(size: u64) -> Self {
        Self { size, mark: None }
    }

    pub(super) fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        if self.size > 0 {
            let range = HeaderValue::from_str(&format!("bytes={}-", self.size));
            headers.extend(range.ok().map(|range| (RANGE, range)));
            headers.extend(self.mark.clone().map(|mark| (IF_RANGE, mark)));
        }
        headers
    }

    /// Whether an answer with a part of a file goes on where this ends: <https://www.rfc-editor.org/rfc/rfc9110#section-14.4>.
    pub(super) fn is_continued(&self, headers: &HeaderMap, whole: Option<u64>) -> bool {
        let part = header(headers, CONTENT_RANGE.as_str()).and_then(|range| range.trim().strip_prefix("bytes "));
        let Some((range, total)) = part.and_then(|part| part.split_once('/')) else { return false };
        let starts = range.split_once('-').and_then(|(start, _)| start.trim().parse().ok()) == Some(self.size);
        starts && (total.trim() == "*" || whole.is_none_or(|whole| total.trim().parse() == Ok(whole)))
    }

    pub(super) fn start_over(&mut self, keep: &mut impl FnMut(Piece<'_>) -> io::Result<()>) -> Result<(), SourceError> {
        if self.size > 0 {
            keep(Piece::StartOver).map_err(SourceError::Keep)?;
        }
        *self = Self::default();
        Ok(())
    }

    /// Takes the body of an answer, but no more of it than was announced and one piece.
    pub(super) async fn take(
        &mut self,
        mut response: reqwest::Response,
        whole: Option<u64>,
        mut keep: impl FnMut(Piece<'_>) -> io::Result<()>,
    ) -> Result<(), SourceError> {
        let strong = |mark: &&HeaderValue| mark.as_bytes().starts_with(b"\"");
        self.mark = response.headers().get(ETAG).filter(strong).cloned();
        while whole.is_none_or(|whole| self.size <= whole) {
            let piece = response.chunk().await;
            let piece = piece.map_err(|error| SourceError::Unusable { source: broken(response.url(), error) })?;
            let Some(piece) = piece else { break };
            keep(Piece::Bytes(&piece)).map_err(SourceError::Keep)?;
            self.size += piece.len() as u64;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_rest_of_the_same_file_goes_on() {
        let so_far = SoFar { size: 40, mark: None };
        let goes_on = |range: &'static str| {
            let headers = HeaderMap::from_iter([(CONTENT_RANGE, HeaderValue::from_static(range))]);
            so_far.is_continued(&headers, Some(100))
        };
        assert!(goes_on("bytes 40-99/100") && goes_on("bytes 40-99/*") && goes_on("bytes 40-60/100"));
        for other in ["bytes 0-99/100", "bytes 41-99/100", "bytes 40-99/120", "bytes */100", "items 40-99/100", ""] {
            assert!(!goes_on(other), "{other}");
        }
        assert!(!so_far.is_continued(&HeaderMap::new(), None));
    }

    #[test]
    fn a_weak_mark_is_never_sent() {
        let headers = SoFar { size: 7, mark: None }.headers();
        assert_eq!((headers.get(RANGE).unwrap(), headers.get(IF_RANGE)), (&HeaderValue::from_static("bytes=7-"), None));
        assert!(SoFar::default().headers().get(RANGE).is_none());
    }
}
