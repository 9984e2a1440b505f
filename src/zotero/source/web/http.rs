//! One request, asked until it is answered.

use std::collections::BTreeMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};
use serde::de::DeserializeOwned;
use url::Url;

use crate::zotero::record::{LibraryId, LibraryVersion};
use crate::zotero::source::key::Bound;
use crate::zotero::source::settings::is_loopback;
use crate::zotero::source::web::pacing::{Pacing, seconds};
use crate::zotero::source::web::rights::Known;
use crate::zotero::source::{Clock, Fault, SourceError};

/// What requests depend on beside the library.
#[derive(Clone, Debug)]
pub struct Network {
    pub clock: Clock,
    /// Where the jitter of waiting times starts from.
    pub seed: u64,
    /// A request that brings nothing for that long has failed.
    pub patience: Duration,
}

impl Default for Network {
    /// The machine's clock, and half a minute of patience.
    fn default() -> Self {
        let clock = Clock::system();
        let seed = u64::from(clock.now().subsec_nanos()) ^ u64::from(std::process::id());
        Self { clock, seed, patience: Duration::from_secs(30) }
    }
}

/// The connections of a run, shared by all libraries.
#[derive(Debug)]
pub struct Http {
    pub(super) pacing: Pacing,
    patience: Duration,
    clients: [OnceLock<reqwest::Client>; 4],
    requests: AtomicU64,
    /// What Zotero says of keys, by their fingerprints.
    pub(super) rights: tokio::sync::Mutex<BTreeMap<String, Known>>,
    /// A key was refused: Zotero locks out who goes on asking.
    refused: AtomicBool,
}

/// Which client asks: answers of the API may be compressed, files come as they are stored; no proxy stands before this
/// machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::zotero::source) enum Kind {
    Api,
    File,
}

/// A question to the API.
#[derive(Clone, Debug)]
pub(super) struct Ask<'a> {
    pub(super) url: Url,
    pub(super) key: Option<&'a Bound>,
    /// Answer only if the library is newer than this.
    pub(super) unless_newer_than: Option<LibraryVersion>,
    /// The asker can ask for less at once, so heaviness is told at once and not waited out.
    pub(super) splittable: bool,
    /// How often to try at most; a server that limits its callers is waited for all the same.
    pub(super) attempts: u32,
    pub(super) library: &'a LibraryId,
}

/// What was answered, checked.
#[derive(Debug)]
pub(super) struct Answer<T> {
    pub(super) body: T,
    /// `Last-Modified-Version`.
    pub(super) version: Option<LibraryVersion>,
    /// `Total-Results`.
    pub(super) total: Option<u64>,
}

/// One attempt that is worth another.
pub(super) struct Failed {
    fault: Fault,
    /// How long the server wants to be left alone.
    wanted: Option<Duration>,
    /// It was asked too much.
    limited: bool,
}

impl Failed {
    fn by(fault: Fault) -> Self {
        Self { fault, wanted: None, limited: false }
    }
}

impl Http {
    #[must_use]
    pub fn new(network: Network) -> Self {
        Self {
            pacing: Pacing::new(network.clock, network.seed),
            patience: network.patience,
            clients: Default::default(),
            requests: AtomicU64::new(0),
            rights: tokio::sync::Mutex::default(),
            refused: AtomicBool::new(false),
        }
    }

    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.pacing.clock
    }

    /// How long a request may bring nothing before it has failed.
    pub(in crate::zotero::source) fn patience(&self) -> Duration {
        self.patience
    }

    /// How many requests were sent so far, to any host.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// The JSON that answers `ask`; None when the library is not newer than the condition.
    pub(super) async fn json<T: DeserializeOwned>(&self, ask: &Ask<'_>) -> Result<Option<Answer<T>>, SourceError> {
        self.ask(ask, |status, headers, bytes| match status {
            200 => read_json(ask, headers, bytes).map(|read| read.map(Some)),
            304 if ask.unless_newer_than.is_some() => Ok(Ok(None)),
            _ => self.sort_out(ask, status, headers).map(Err),
        })
        .await
    }

    /// Asks until `read` makes something of the answer. What may be cured by another attempt is tried again, after the
    /// time the server wants or a growing one, and not for ever.
    pub(super) async fn ask<T>(
        &self,
        ask: &Ask<'_>,
        read: impl Fn(u16, &HeaderMap, &[u8]) -> Result<Result<T, Failed>, SourceError>,
    ) -> Result<T, SourceError> {
        let mut waited = Duration::ZERO;
        for attempt in 1.. {
            let failed = match self.attempt(ask).await? {
                Err(fault) => Failed::by(fault),
                Ok((status, headers, bytes)) => match read(status, &headers, &bytes)? {
                    Ok(answer) => return Ok(answer),
                    Err(failed) => failed,
                },
            };
            if ask.splittable && failed.fault.is_heavy() {
                return Err(SourceError::Unusable { source: failed.fault });
            }
            let again = self.pacing.delay(attempt, failed.limited).filter(|_| failed.limited || attempt < ask.attempts);
            let Some(delay) = again else {
                return Err(SourceError::Unanswered { attempts: attempt, waited, source: failed.fault });
            };
            if let Some(wanted) = failed.wanted {
                self.pacing.pause(wanted);
            }
            let delay = failed.wanted.unwrap_or(delay);
            waited += delay;
            self.pacing.clock.wait(delay).await;
        }
        unreachable!("the delays end")
    }

    /// One attempt: status, headers and the whole body.
    async fn attempt(&self, ask: &Ask<'_>) -> Result<Result<(u16, HeaderMap, Vec<u8>), Fault>, SourceError> {
        let _turn = self.pacing.turn(ask.url.host_str().unwrap_or_default()).await;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(version) = ask.unless_newer_than {
            headers.insert("if-modified-since-version", version.0.into());
        }
        let response = match self.send(Kind::Api, &ask.url, headers, ask.key).await? {
            Ok(response) => response,
            Err(fault) => return Ok(Err(fault)),
        };
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(match tokio::time::timeout(self.patience * 4, response.bytes()).await {
            Ok(Ok(bytes)) => Ok((status, headers, bytes.into())),
            Ok(Err(error)) => Err(broken(&ask.url, error)),
            Err(_) => Err(Fault::TimedOut { url: shown(&ask.url) }),
        })
    }

    /// Sends a request, with everything each request has. Redirects are not followed.
    pub(in crate::zotero::source) async fn send(
        &self,
        kind: Kind,
        url: &Url,
        mut headers: HeaderMap,
        key: Option<&Bound>,
    ) -> Result<Result<reqwest::Response, Fault>, SourceError> {
        if kind == Kind::Api {
            headers.insert("zotero-api-version", HeaderValue::from_static("3"));
        }
        let value = key.and_then(|key| key.for_url(url)).and_then(|key| HeaderValue::from_str(key).ok());
        if let Some(mut value) = value {
            value.set_sensitive(true);
            headers.insert("zotero-api-key", value);
        }
        let client = self.client(kind, is_loopback(url))?;
        self.requests.fetch_add(1, Ordering::Relaxed);
        let response = match client.get(url.clone()).headers(headers).send().await {
            Ok(response) => response,
            Err(error) => return Ok(Err(broken(url, error))),
        };
        if let Some(pause) = seconds(header(response.headers(), "backoff")) {
            self.pacing.pause(pause);
        }
        Ok(Ok(response))
    }

    /// What a status other than 200 means: worth another attempt, or the end.
    pub(super) fn sort_out(&self, ask: &Ask<'_>, status: u16, headers: &HeaderMap) -> Result<Failed, SourceError> {
        let source = Fault::Status { url: shown(&ask.url), status };
        let library = library_in_words(ask.library);
        let with_key = ask.key.is_some();
        let wanted = seconds(header(headers, "retry-after"));
        match status {
            401 | 403 => {
                self.refused.store(with_key, Ordering::Relaxed);
                Err(SourceError::Refused { library, with_key, source })
            }
            404 => Err(SourceError::Unknown { library, source }),
            // Without a time to wait it is the lock-out that follows refused keys.
            429 if wanted.is_none() && with_key && self.refused.load(Ordering::Relaxed) => {
                Err(SourceError::Refused { library, with_key, source })
            }
            429 => Ok(Failed { fault: source, wanted, limited: true }),
            413 if ask.splittable => Ok(Failed { fault: source, wanted, limited: false }),
            500..=599 => Ok(Failed { fault: source, wanted, limited: false }),
            _ => Err(SourceError::Unusable { source }),
        }
    }

    fn client(&self, kind: Kind, local: bool) -> Result<&reqwest::Client, SourceError> {
        let slot = &self.clients[usize::from(kind == Kind::File) * 2 + usize::from(local)];
        if let Some(client) = slot.get() {
            return Ok(client);
        }
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("zbib/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(self.patience)
            .read_timeout(self.patience);
        if kind == Kind::File {
            builder = builder.no_gzip();
        }
        if local {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|error| SourceError::Setup { source: Box::new(error) })?;
        Ok(slot.get_or_init(|| client))
    }
}

/// A 200 made into what was asked for, or found to be something else.
fn read_json<T: DeserializeOwned>(
    ask: &Ask<'_>,
    headers: &HeaderMap,
    bytes: &[u8],
) -> Result<Result<Answer<T>, Failed>, SourceError> {
    let content = |what: String| Fault::Content { url: shown(&ask.url), what };
    let html = header(headers, CONTENT_TYPE.as_str()).is_some_and(|kind| kind.contains("html"));
    if html || bytes.trim_ascii_start().starts_with(b"<") {
        let what = "a web page, as a proxy or a sign-in page would".to_owned();
        return Err(SourceError::Unusable { source: content(what) });
    }
    let body = match serde_json::from_slice(bytes) {
        Ok(body) => body,
        Err(error) => {
            return Ok(Err(Failed::by(content(format!("JSON that breaks off at line {}", error.line())))));
        }
    };
    let number = |name| header(headers, name).and_then(|text| text.trim().parse().ok());
    let (version, total) = (number("last-modified-version").map(LibraryVersion), number("total-results"));
    Ok(Ok(Answer { body, version, total }))
}

pub(in crate::zotero::source) fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

pub(in crate::zotero::source) fn broken(url: &Url, error: reqwest::Error) -> Fault {
    if error.is_timeout() {
        Fault::TimedOut { url: shown(url) }
    } else {
        Fault::Broken { url: shown(url), source: error.without_url() }
    }
}

/// An address without its query if that may hold a signature: addresses of the API hold no secrets, all others may.
pub(in crate::zotero::source) fn shown(url: &Url) -> String {
    let mut url = url.clone();
    if url.query().is_some_and(|query| query.contains("ignature") || query.contains("oken")) {
        url.set_query(None);
    }
    url.to_string()
}

pub(in crate::zotero::source) fn library_in_words(library: &LibraryId) -> String {
    use crate::zotero::record::LibraryKind;
    match library.kind {
        LibraryKind::Group => format!("group {}", library.id),
        LibraryKind::User => format!("the library of user {}", library.id),
        LibraryKind::Publications => format!("My Publications of user {}", library.id),
        LibraryKind::File => library.id.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_client_can_be_built_on_this_machine() {
        let http = Http::new(Network::default());
        for (kind, local) in [(Kind::Api, false), (Kind::Api, true), (Kind::File, false), (Kind::File, true)] {
            http.client(kind, local).unwrap();
        }
    }

    #[test]
    fn addresses_are_shown_without_their_signatures() {
        let url = "https://storage.example/abc?X-Amz-Signature=5ecret".parse().unwrap();
        assert_eq!(shown(&url), "https://storage.example/abc");
    }
}
