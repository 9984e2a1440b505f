//! One request to the desktop program, asked until it is answered.

use std::sync::PoisonError;
use std::time::Duration;

use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use url::Url;

use crate::zotero::record::LibraryVersion;
use crate::zotero::source::desktop::answer::Answer;
use crate::zotero::source::desktop::{Desktop, DesktopError, Server};
use crate::zotero::source::web::http::{Kind, broken, shown};
use crate::zotero::source::{Fault, SourceError};

/// How often a request is sent that is not answered whole.
const ATTEMPTS: u32 = 3;
/// The wait between these: nothing is far away here, but the program may be busy.
const PAUSE: Duration = Duration::from_secs(2);
/// An answer may take that many times the patience one has for its pieces.
const WHOLE: u32 = 4;

/// What is asked of the library.
#[derive(Clone, Copy, Default)]
pub(super) struct Question<'a> {
    pub(super) path: &'a str,
    pub(super) query: &'a [(&'a str, &'a str)],
    /// Answer only if the library is newer than this.
    pub(super) unless_newer_than: Option<LibraryVersion>,
    /// The asker can ask for less at once, so slowness is told at once and not waited out.
    pub(super) splittable: bool,
}

impl Desktop {
    /// The answers of `server` alone are taken from here on; those of whichever answers next, if it is None.
    pub fn expect(&self, server: Option<Server>) {
        *self.server.lock().unwrap_or_else(PoisonError::into_inner) = server;
    }

    /// Who answers; None as long as nothing was asked.
    #[must_use]
    pub fn server(&self) -> Option<Server> {
        self.server.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks for something of the library.
    pub(super) async fn ask(&self, question: Question<'_>) -> Result<Answer, SourceError> {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{}", self.base.path(), question.path));
        if !question.query.is_empty() {
            url.query_pairs_mut().extend_pairs(question.query);
        }
        let mut waited = Duration::ZERO;
        for attempt in 1.. {
            let fault = match self.attempt(&url, question.unless_newer_than).await? {
                Ok(answer) if answer.status < 500 || answer.status == 501 => return self.check(answer),
                Ok(answer) => Fault::Status { url: shown(&url), status: answer.status },
                Err(Fault::Broken { url, source }) if source.is_connect() => {
                    return Err(DesktopError::NotRunning { source: Fault::Broken { url, source } }.into());
                }
                Err(fault) => fault,
            };
            if question.splittable && fault.is_heavy() {
                return Err(SourceError::Unusable { source: fault });
            }
            if attempt == ATTEMPTS {
                return Err(SourceError::Unanswered { attempts: attempt, waited, source: fault });
            }
            waited += PAUSE;
            self.http.clock().wait(PAUSE).await;
        }
        unreachable!("the attempts end")
    }

    async fn attempt(
        &self,
        url: &Url,
        unless_newer_than: Option<LibraryVersion>,
    ) -> Result<Result<Answer, Fault>, SourceError> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(version) = unless_newer_than {
            headers.insert("if-modified-since-version", version.0.into());
        }
        if let Some(Server::Named(id)) = self.server()
            && let Ok(id) = HeaderValue::from_str(&id)
        {
            headers.insert("zotero-server-id", id);
        }
        let response = match self.http.send(Kind::Api, url, headers, None).await? {
            Ok(response) => response,
            Err(fault) => return Ok(Err(fault)),
        };
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(match tokio::time::timeout(self.http.patience() * WHOLE, response.bytes()).await {
            // It tells no length, and closes the connection when it is done, or when it is closed itself.
            Ok(Ok(bytes)) if status == 200 && !is_whole(&bytes) => {
                Err(Fault::Content { url: shown(url), what: "JSON that breaks off".to_owned() })
            }
            Ok(Ok(bytes)) => Ok(Answer { url: url.clone(), status, headers, bytes: bytes.into() }),
            Ok(Err(error)) => Err(broken(url, error)),
            Err(_) => Err(Fault::TimedOut { url: shown(url) }),
        })
    }
}

/// Whether JSON ends where an object or a list may end. What is no JSON at all does not break off.
fn is_whole(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii();
    text.ends_with(b"]") || text.ends_with(b"}") || text.starts_with(b"<")
}
