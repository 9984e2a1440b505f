//! Everything both listeners share: the library, what was asked, and what is to go wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use zbib::zotero::source::Clock;

use super::conduct::Wish;
use super::http::{Request, Response};
use super::library::Library;
use super::lists::Orders;
use super::script::{Fault, Host, When};

/// For how long an answer is held for requests that do not come.
const HELD_AT_MOST: Duration = Duration::from_millis(200);

#[derive(Default)]
pub(super) struct World {
    pub(super) library: Library,
    /// The library as it stood after each edit, by version; empty unless it is to be remembered.
    pub(super) past: BTreeMap<u64, Arc<Library>>,
    pub(super) remembers: bool,
    pub(super) requests: Vec<Request>,
    pub(super) storage_requests: Vec<Request>,
    pub(super) faults: Vec<(When, Fault)>,
    /// The requests that are being answered, by host; those of a client that has gone away are forgotten with the rest.
    pub(super) in_flight: [BTreeSet<u64>; 2],
    serial: u64,
    pub(super) most_in_flight: [usize; 2],
    /// The client's clock and the pauses asked for, if the clock is watched.
    pub(super) clock: Option<Clock>,
    pub(super) wishes: Vec<Wish>,
    pub(super) storage_url: String,
    pub(super) refusals: usize,
    pub(super) orders: Orders,
    /// How many signed addresses were given, and how many of these no longer count.
    pub(super) signatures: u64,
    pub(super) expired: u64,
    /// The storage gives whole files only.
    pub(super) no_ranges: bool,
    /// How long each answer takes.
    pub(super) latency: Duration,
}

/// The world, and the news of each request that comes.
#[derive(Default)]
pub(super) struct Shared {
    world: Mutex<World>,
    came: Condvar,
}

impl Shared {
    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn answer(&self, host: Host, request: &Request) -> Response {
        let ((serial, fault), latency) = {
            let mut world = self.world();
            (world.note(host, request), world.latency)
        };
        self.came.notify_all();
        if latency > Duration::ZERO {
            std::thread::sleep(latency);
        }
        // Others get their chance to be in flight at the same time.
        std::thread::yield_now();
        let response = self.answer_with(host, request, fault);
        let mut world = self.world();
        world.in_flight[host as usize].remove(&serial);
        world.note_wish(&response);
        response
    }

    fn answer_with(&self, host: Host, request: &Request, fault: Option<Fault>) -> Response {
        let fault = match fault {
            Some(Fault::Before(act)) => {
                act();
                None
            }
            Some(Fault::HeldUntil(requests)) => {
                let fewer = |world: &mut World| world.all_requests() < requests;
                drop(self.came.wait_timeout_while(self.world(), HELD_AT_MOST, fewer));
                None
            }
            fault => fault,
        };
        let mut world = self.world();
        match fault {
            Some(Fault::Edit(edit)) => {
                world.edit(edit);
                world.right(host, request)
            }
            Some(Fault::Lagging) => world.lagging(host, request),
            Some(Fault::Shifted(by)) => world.right(host, &shifted(request, by)),
            Some(fault) => fault.spoil(world.right(host, request)),
            None => world.right(host, request),
        }
    }
}

impl World {
    /// Takes a request down, and gives what is to go wrong with it.
    fn note(&mut self, host: Host, request: &Request) -> (u64, Option<Fault>) {
        let requests = if host == Host::Api { &mut self.requests } else { &mut self.storage_requests };
        requests.push(request.clone());
        let (number, of_all) = (requests.len(), self.all_requests());
        self.serial += 1;
        let flying = &mut self.in_flight[host as usize];
        flying.insert(self.serial);
        self.most_in_flight[host as usize] = self.most_in_flight[host as usize].max(flying.len());
        if let Some(now) = self.clock.as_ref().map(Clock::now) {
            let early = self.wishes.iter_mut().filter(|wish| wish.until > now);
            early.for_each(|wish| wish.disregarded += 1);
        }
        let strikes = |(when, _): &mut (When, Fault)| when.strikes(host, number, of_all, request);
        let at = self.faults.iter_mut().position(strikes);
        (self.serial, at.map(|at| self.faults.remove(at).1))
    }

    fn note_wish(&mut self, response: &Response) {
        let seconds = response.header("Backoff").and_then(|text| text.parse::<u64>().ok());
        if let (Some(clock), Some(seconds)) = (&self.clock, seconds) {
            let until = clock.now() + Duration::from_secs(seconds);
            self.wishes.push(Wish { until, disregarded: 0 });
        }
    }

    fn all_requests(&self) -> usize {
        self.requests.len() + self.storage_requests.len()
    }

    fn right(&mut self, host: Host, request: &Request) -> Response {
        match host {
            Host::Api => self.answer(request),
            Host::Storage => self.stored(request),
        }
    }

    /// The answer of one edit ago.
    fn lagging(&mut self, host: Host, request: &Request) -> Response {
        let before = self.past.range(..self.library.version).next_back().map(|(_, library)| Library::clone(library));
        let Some(before) = before else { return self.right(host, request) };
        let now = std::mem::replace(&mut self.library, before);
        self.orders.forget();
        let answer = self.right(host, request);
        self.orders.forget();
        self.library = now;
        answer
    }

    pub(super) fn edit(&mut self, edit: impl FnOnce(&mut Library)) {
        edit(&mut self.library);
        self.orders.forget();
        if self.remembers {
            self.past.insert(self.library.version, Arc::new(self.library.clone()));
        }
    }
}

/// The request for a page so many places off.
fn shifted(request: &Request, by: i64) -> Request {
    let mut url = request.url.clone();
    let place = |text: &str| text.parse::<i64>().map_or(0, |start| (start + by).max(0)).to_string();
    let query: Vec<(String, String)> = url
        .query_pairs()
        .map(|(name, value)| (name.to_string(), if name == "start" { place(&value) } else { value.to_string() }))
        .collect();
    url.query_pairs_mut().clear().extend_pairs(query);
    Request { url, ..request.clone() }
}
