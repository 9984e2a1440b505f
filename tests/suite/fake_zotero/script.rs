//! What goes wrong, and when.

use super::http::{Delivery, Request, Response};
use super::library::Library;

/// What goes wrong with one request.
pub enum Fault {
    /// The connection closes without an answer.
    Drop,
    /// An error without further words.
    Status(u16),
    /// An error that says how many seconds to wait.
    RetryAfter(u16, u64),
    /// An error whose wish to wait is put in these words.
    RetryAfterText(u16, &'static str),
    /// The right answer, and the wish to be left alone for so many seconds.
    Backoff(u64),
    /// The right answer, cut in the middle of its body.
    Truncated,
    /// The right answer, cut after so many bytes of its body.
    CutAfter(usize),
    /// The right answer, in chunks that break off.
    CutChunks,
    /// The right answer, whose length is announced wrong by so many bytes.
    WrongLength(isize),
    /// The right answer's first half as a whole body.
    HalfJson,
    /// A web page with status 200.
    Html,
    /// The right answer without its version.
    NoVersion,
    /// The right answer with a version that is off by so much.
    VersionOff(i64),
    /// The answer of a database that lags behind by one edit: the library has to be remembered for it.
    Lagging,
    /// The page that starts so many places further back or ahead, as when a list shifts under the pages.
    Shifted(i64),
    /// No answer, until the client gives up.
    Hang,
    /// The right answer, once so many requests have come in all; after a while without them too.
    HeldUntil(usize),
    /// Somebody edits the library just before the answer.
    Edit(Box<dyn FnOnce(&mut Library) + Send>),
    /// The right answer, changed in any other way.
    Rewrite(Box<dyn FnOnce(Response) -> Response + Send>),
    /// Something is done before the answer.
    Before(Box<dyn FnOnce() + Send>),
    /// The right answer; something is done once it is written.
    Afterwards(Box<dyn FnOnce() + Send>),
}

/// Whom a request was sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    Api,
    Storage,
}

/// Which request a fault is for.
pub(super) enum When {
    /// The request of that number to a host.
    Number(Host, usize),
    /// The request of that number to any host.
    Any(usize),
    /// The `left`th request from now on to which this applies.
    Matching { applies: Box<dyn Fn(&Request) -> bool + Send>, left: usize },
}

impl When {
    /// Whether the request that just came, the `number`th to its host and the `of_all`th of all, is the one.
    pub(super) fn strikes(&mut self, host: Host, number: usize, of_all: usize, request: &Request) -> bool {
        match self {
            Self::Number(own, wanted) => *own == host && *wanted == number,
            Self::Any(wanted) => *wanted == of_all,
            Self::Matching { applies, left } => {
                if *left > 0 && applies(request) {
                    *left -= 1;
                    return *left == 0;
                }
                false
            }
        }
    }
}

impl Fault {
    /// Spoils the right answer.
    pub(super) fn spoil(self, right: Response) -> Response {
        match self {
            Self::Drop => right.delivered(Delivery::Nothing),
            Self::Hang => right.delivered(Delivery::Silence),
            Self::Status(status) => Response::sentence(status, "Something &lt;went&gt; wrong"),
            Self::RetryAfter(status, seconds) => {
                Response::sentence(status, "Please wait").with("Retry-After", &seconds.to_string())
            }
            Self::RetryAfterText(status, text) => Response::sentence(status, "Please wait").with("Retry-After", text),
            Self::Backoff(seconds) => right.with("Backoff", &seconds.to_string()),
            Self::Truncated => right.delivered(Delivery::Cut(None)),
            Self::CutAfter(bytes) => right.delivered(Delivery::Cut(Some(bytes))),
            Self::CutChunks => right.delivered(Delivery::CutChunks),
            Self::WrongLength(off) => right.delivered(Delivery::Misnumbered(off)),
            Self::HalfJson => {
                let half = right.body.len() / 2;
                Response { body: right.body[..half].to_vec(), ..right }
            }
            Self::Html => Response::html("<!DOCTYPE html><title>Sign in to the network</title>"),
            Self::NoVersion => right.reworded("Last-Modified-Version", None),
            Self::VersionOff(off) => {
                let version = right.header("Last-Modified-Version").and_then(|text| text.parse::<i64>().ok());
                let other = version.map(|version| (version + off).max(0).to_string());
                right.reworded("Last-Modified-Version", other.as_deref())
            }
            Self::Rewrite(rewrite) => rewrite(right),
            Self::Afterwards(done) => Response { afterwards: Some(done), ..right },
            Self::Lagging | Self::Shifted(_) | Self::HeldUntil(_) | Self::Edit(_) | Self::Before(_) => right,
        }
    }
}
