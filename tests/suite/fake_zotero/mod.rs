//! A Zotero on loopback that keeps the real one's habits, and misbehaves on command.
//!
//! Versions rise with every object written; deleting a collection logs its top only and leaves its items alone; `/items`
//! hides what is trashed by its own flag; 304 compares the library, before anything else is looked at; a list of keys
//! none of which is well made is no list; the order of an answer is not the order of the keys asked for; links name
//! another host; errors are sentences that call themselves HTML; files come from a second listener that must never see a
//! key, under addresses that expire. `habits` holds it to all that.
//!
//! What goes wrong is scripted: a [`Fault`] for the nth request, or for the nth to which something applies. Every request
//! is kept, and [`FakeZotero::assert_well_behaved`] says whether one of them was ill-mannered.

mod answers;
mod conduct;
mod desktop;
mod desktop_habits;
mod files;
mod habits;
mod http;
mod library;
mod lists;
mod script;
mod world;

use std::sync::{Arc, MutexGuard};
use std::time::Duration;

use zbib::zotero::source::Clock;

pub use desktop::{FakeDesktop, Program};
pub use http::{Request, Response};
pub use library::{Library, Object, StoredFile, key};
pub use script::{Fault, Host};

use http::Listener;
use script::When;
use world::{Shared, World};

/// A running server; it stops when dropped.
pub struct FakeZotero {
    shared: Arc<Shared>,
    api: Listener,
    /// Held so that it goes on answering.
    _storage: Listener,
}

impl FakeZotero {
    pub fn serve(library: Library) -> Self {
        let shared = Arc::new(Shared::default());
        let (for_api, for_storage) = (Arc::clone(&shared), Arc::clone(&shared));
        let storage = Listener::serve(move |request| for_storage.answer(Host::Storage, &request));
        shared.world().storage_url.clone_from(&storage.url);
        shared.world().library = library;
        let api = Listener::serve(move |request| for_api.answer(Host::Api, &request));
        Self { shared, api, _storage: storage }
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
        world.in_flight = Default::default();
    }

    /// What will go wrong with the `n`th request to the API, counted from 1 and from the last forgetting.
    pub fn fault(&self, n: usize, fault: Fault) {
        self.script(When::Number(Host::Api, n), fault);
    }

    /// What will go wrong with the `n`th request to the storage.
    pub fn storage_fault(&self, n: usize, fault: Fault) {
        self.script(When::Number(Host::Storage, n), fault);
    }

    /// What will go wrong with the `n`th request to any of the two.
    pub fn fault_of_any(&self, n: usize, fault: Fault) {
        self.script(When::Any(n), fault);
    }

    /// What will go wrong with the `n`th request from now on to which `applies` applies, of the API or the storage.
    pub fn fault_where(&self, n: usize, applies: impl Fn(&Request) -> bool + Send + 'static, fault: Fault) {
        self.script(When::Matching { applies: Box::new(applies), left: n }, fault);
    }

    /// Nothing goes wrong any more.
    pub fn heal(&self) {
        self.world().faults.clear();
    }

    /// Somebody works in the library.
    pub fn edit(&self, edit: impl FnOnce(&mut Library)) {
        self.world().edit(edit);
    }

    /// The library as it stands.
    pub fn now(&self) -> Library {
        self.world().library.clone()
    }

    /// Keeps the library as it stands now and after each edit from here on.
    pub fn remember(&self) {
        let mut world = self.world();
        world.remembers = true;
        world.edit(|_| {});
    }

    /// The library as it stood at a version and after each later edit, the oldest first.
    pub fn since(&self, version: u64) -> Vec<Arc<Library>> {
        self.world().past.range(version..).map(|(_, library)| Arc::clone(library)).collect()
    }

    /// No address of a file given so far counts any more.
    pub fn expire_addresses(&self) {
        let mut world = self.world();
        world.expired = world.signatures;
    }

    /// The storage gives whole files only.
    pub fn refuse_ranges(&self) {
        self.world().no_ranges = true;
    }

    /// Every answer takes that long from here on. For measurements: tests wait for nothing.
    pub fn take_time(&self, latency: Duration) {
        self.world().latency = latency;
    }

    /// Whether pauses are kept is seen by the client's own clock.
    pub fn watch(&self, clock: &Clock) {
        let mut world = self.world();
        world.wishes.clear();
        world.clock = Some(clock.clone());
    }

    /// The most requests that were in flight at the API at once.
    pub fn most_in_flight(&self) -> usize {
        self.world().most_in_flight[Host::Api as usize]
    }

    /// Every request was a plain reading one, with the key where it belongs, and neither too many nor too early.
    #[track_caller]
    pub fn assert_well_behaved(&self) {
        let world = self.world();
        let secrets = conduct::secrets(&world.requests);
        let mut complaints = conduct::complaints(Host::Api, &world.requests, &secrets);
        complaints.extend(conduct::complaints(Host::Storage, &world.storage_requests, &secrets));
        complaints.extend(conduct::complaints_of_pace(world.most_in_flight, &world.wishes));
        assert!(complaints.is_empty(), "{complaints:#?}");
    }

    fn script(&self, when: When, fault: Fault) {
        self.world().faults.push((when, fault));
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.shared.world()
    }
}
