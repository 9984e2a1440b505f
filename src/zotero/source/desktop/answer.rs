//! What the desktop program answers, and whether it is what was asked for.

use std::sync::PoisonError;

use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use url::Url;

use crate::zotero::record::{LibraryKind, LibraryVersion};
use crate::zotero::source::desktop::ask::Question;
use crate::zotero::source::desktop::{Desktop, DesktopError, Server};
use crate::zotero::source::web::http::{header, library_in_words, shown};
use crate::zotero::source::{Fault, SourceError};

/// An answer as it came: 200, 302, 304 or 404.
pub(super) struct Answer {
    pub(super) url: Url,
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) bytes: Vec<u8>,
}

/// A list that came.
pub(super) struct List<T> {
    pub(super) body: T,
    pub(super) version: LibraryVersion,
    /// How long the list is of which this may be a part.
    pub(super) total: u64,
}

impl Desktop {
    /// Gives an answer that can be used, from the program it is expected from.
    pub(super) fn check(&self, answer: Answer) -> Result<Answer, SourceError> {
        let source = Fault::Status { url: shown(&answer.url), status: answer.status };
        let user = self.library.kind == LibraryKind::User;
        match answer.status {
            200 | 302 | 304 | 404 => {}
            400 if user && self.library.id != "0" => {
                return Err(DesktopError::OtherUser { id: self.library.id.clone(), source }.into());
            }
            403 => return Err(DesktopError::NotAllowed { source }.into()),
            412 => return Err(DesktopError::OtherServer.into()),
            501 => return Err(DesktopError::NoLocalApi { source }.into()),
            _ => return Err(SourceError::Unusable { source }),
        }
        let found = match header(&answer.headers, "zotero-server-id") {
            Some(id) if !id.is_empty() => Some(Server::Named(id.to_owned())),
            _ => (answer.status == 200).then_some(Server::Unnamed),
        };
        let mut expected = self.server.lock().unwrap_or_else(PoisonError::into_inner);
        match (&*expected, found) {
            (Some(expected), Some(found)) if *expected != found => Err(DesktopError::OtherServer.into()),
            (None, found) => {
                *expected = found;
                Ok(answer)
            }
            _ => Ok(answer),
        }
    }

    /// A list of the library; None when the library is not newer than the condition.
    pub(super) async fn list<T: DeserializeOwned>(
        &self,
        question: Question<'_>,
    ) -> Result<Option<List<T>>, SourceError> {
        let answer = self.ask(question).await?;
        match answer.status {
            200 => {}
            304 if question.unless_newer_than.is_some() => return Ok(None),
            404 => return Err(self.unknown(&answer).into()),
            status => {
                return Err(SourceError::Unusable { source: Fault::Status { url: shown(&answer.url), status } });
            }
        }
        let number = |name| header(&answer.headers, name).and_then(|text| text.trim().parse().ok());
        let body = answer.json()?;
        let version = number("last-modified-version").ok_or_else(|| answer.lacks("the library's version"))?;
        let total = number("total-results").ok_or_else(|| answer.lacks("its length"))?;
        Ok(Some(List { body, version: LibraryVersion(version), total }))
    }

    fn unknown(&self, answer: &Answer) -> DesktopError {
        let source = Fault::Status { url: shown(&answer.url), status: answer.status };
        match self.library.kind {
            LibraryKind::User => DesktopError::NoLocalApi { source },
            _ => DesktopError::NoSuchLibrary { library: library_in_words(&self.library), source },
        }
    }
}

impl Answer {
    /// The body, if it is JSON of the shape that is wanted.
    pub(super) fn json<T: DeserializeOwned>(&self) -> Result<T, SourceError> {
        serde_json::from_slice(&self.bytes).map_err(|error| {
            let what = format!("JSON that breaks off at line {}", error.line());
            SourceError::Unusable { source: Fault::Content { url: shown(&self.url), what } }
        })
    }

    fn lacks(&self, what: &str) -> SourceError {
        SourceError::Unusable {
            source: Fault::Content { url: shown(&self.url), what: format!("a list without {what}") },
        }
    }
}
