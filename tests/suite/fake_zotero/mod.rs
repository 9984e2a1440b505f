//! A Zotero on loopback that keeps the real one's habits, and misbehaves on command.
//!
//! Versions rise with every object written; deleting a collection logs its top only and leaves its items alone; `/items`
//! hides what is trashed by its own flag; 304 compares the library; the order of an answer is not the order of the keys
//! asked for; links name another host; files come from a second listener that must never see a key.

mod answers;
mod http;
mod library;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

pub use http::Request;
pub use library::{Library, Object, StoredFile, key};

use http::{Listener, Response};

/// What goes wrong with one request.
pub enum Fault {
    /// The connection closes without an answer.
    Drop,
    /// An error without further words.
    Status(u16),
    /// An error that says how many seconds to wait.
    RetryAfter(u16, u64),
    /// The right answer, and the wish to be left alone for so many seconds.
    Backoff(u64),
    /// The right answer, cut in the middle of its body.
    Truncated,
    /// The right answer's first half as a whole body.
    HalfJson,
    /// A web page with status 200.
    Html,
    /// The right answer without its version.
    NoVersion,
    /// No answer, until the client gives up.
    Hang,
    /// Somebody edits the library just before the answer.
    Edit(Box<dyn FnOnce(&mut Library) + Send>),
}

/// Everything both listeners share.
pub struct World {
    pub library: Library,
    requests: Vec<Request>,
    storage_requests: Vec<Request>,
    faults: BTreeMap<usize, Fault>,
    storage_faults: BTreeMap<usize, Fault>,
    in_flight: usize,
    most_in_flight: usize,
    storage_url: String,
    refusals: usize,
}

/// A running server; it stops when dropped.
pub struct FakeZotero {
    world: Arc<Mutex<World>>,
    api: Listener,
    /// Held so that it goes on answering.
    _storage: Listener,
}

impl FakeZotero {
    pub fn serve(library: Library) -> Self {
        let world = Arc::new(Mutex::new(World {
            library,
            requests: Vec::new(),
            storage_requests: Vec::new(),
            faults: BTreeMap::new(),
            storage_faults: BTreeMap::new(),
            in_flight: 0,
            most_in_flight: 0,
            storage_url: String::new(),
            refusals: 0,
        }));
        let (for_api, for_storage) = (Arc::clone(&world), Arc::clone(&world));
        let storage = Listener::serve(move |request| World::answer_storage(&for_storage, request));
        world.lock().unwrap().storage_url.clone_from(&storage.url);
        let api = Listener::serve(move |request| World::answer_api(&for_api, request));
        Self { world, api, _storage: storage }
    }

    /// The address to put into a library's `api`.
    pub fn url(&self) -> &str {
        &self.api.url
    }

    /// Everything asked of the API so far, in order.
    pub fn requests(&self) -> Vec<Request> {
        self.world().requests.clone()
    }

    /// Everything asked of the storage so far, in order.
    pub fn storage_requests(&self) -> Vec<Request> {
        self.world().storage_requests.clone()
    }

    /// Forgets the requests, so that the next is number 1 again.
    pub fn forget_requests(&self) {
        let mut world = self.world();
        world.requests.clear();
        world.storage_requests.clear();
    }

    /// What will go wrong with the `n`th request to the API, counted from 1 and from the last forgetting.
    pub fn fault(&self, n: usize, fault: Fault) {
        self.world().faults.insert(n, fault);
    }

    /// What will go wrong with the `n`th request to the storage.
    pub fn storage_fault(&self, n: usize, fault: Fault) {
        self.world().storage_faults.insert(n, fault);
    }

    /// Somebody works in the library.
    pub fn edit(&self, edit: impl FnOnce(&mut Library)) {
        edit(&mut self.world().library);
    }

    /// The most requests that were in flight at the API at once.
    pub fn most_in_flight(&self) -> usize {
        self.world().most_in_flight
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }
}

impl World {
    fn answer_api(world: &Mutex<Self>, request: Request) -> Response {
        let fault = {
            let mut world = world.lock().unwrap();
            world.requests.push(request.clone());
            world.in_flight += 1;
            world.most_in_flight = world.most_in_flight.max(world.in_flight);
            let number = world.requests.len();
            world.faults.remove(&number)
        };
        // Others get their chance to be in flight at the same time.
        std::thread::yield_now();
        let response = {
            let mut world = world.lock().unwrap();
            match fault {
                Some(Fault::Edit(edit)) => {
                    edit(&mut world.library);
                    world.answer(&request)
                }
                Some(fault) => fault.strike(|| world.answer(&request)),
                None => world.answer(&request),
            }
        };
        world.lock().unwrap().in_flight -= 1;
        response
    }

    fn answer_storage(world: &Mutex<Self>, request: Request) -> Response {
        let mut world = world.lock().unwrap();
        world.storage_requests.push(request.clone());
        let number = world.storage_requests.len();
        let fault = world.storage_faults.remove(&number);
        let answer = || world.stored(&request);
        match fault {
            Some(fault) => fault.strike(answer),
            None => answer(),
        }
    }
}

impl Fault {
    fn strike(self, answer: impl FnOnce() -> Response) -> Response {
        match self {
            Self::Drop => Response::dropped(),
            Self::Hang => Response { hang: true, ..Response::dropped() },
            Self::Status(status) => Response::sentence(status, "Something &lt;went&gt; wrong"),
            Self::RetryAfter(status, seconds) => {
                Response::sentence(status, "Please wait").with("Retry-After", &seconds.to_string())
            }
            Self::Backoff(seconds) => answer().with("Backoff", &seconds.to_string()),
            Self::Truncated => Response { truncated: true, ..answer() },
            Self::HalfJson => {
                let mut response = answer();
                response.body.truncate(response.body.len() / 2);
                response
            }
            Self::Html => Response::html("<!DOCTYPE html><title>Sign in to the network</title>"),
            Self::NoVersion => {
                let mut response = answer();
                response.headers.retain(|(name, _)| name != "Last-Modified-Version");
                response
            }
            Self::Edit(_) => answer(),
        }
    }
}
