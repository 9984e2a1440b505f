//! The site as it is just now, shared by all who serve it.

use std::sync::Arc;

use tokio::sync::watch;

use crate::serve::Site;

/// The current site; cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Live {
    state: Arc<watch::Sender<State>>,
}

/// What is served.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub site: Site,
    /// The number of rebuilds so far.
    pub build: u64,
    /// The preview ends: who waits for a build need not.
    pub ending: bool,
}

impl Live {
    pub fn new(site: Site) -> Self {
        Self { state: Arc::new(watch::Sender::new(State { site, build: 0, ending: false })) }
    }

    pub fn now(&self) -> State {
        self.state.borrow().clone()
    }

    /// Puts a newly built site in place. Gives it back if its place is another than that of the last.
    pub fn replace(&self, site: Site) -> Option<Site> {
        let moved = self.state.borrow().site.base_path != site.base_path;
        let result = moved.then(|| site.clone());
        self.state.send_modify(|state| {
            state.site = site;
            state.build += 1;
        });
        result
    }

    pub fn end(&self) {
        self.state.send_modify(|state| state.ending = true);
    }

    /// Waits for the end.
    pub async fn ended(&self) {
        // The sender lives as long as `self`, so this ends only when it should.
        let _ = self.state.subscribe().wait_for(|state| state.ending).await;
    }

    /// Waits until another build than `seen` is there; false if the preview ends before.
    pub async fn newer(&self, seen: u64) -> bool {
        let mut states = self.state.subscribe();
        let state = states.wait_for(|state| state.ending || state.build != seen).await;
        state.is_ok_and(|state| !state.ending)
    }
}
