//! How fast and how often a host is asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::zotero::source::Clock;

/// At most this many requests are in flight at one host: <https://www.zotero.org/support/dev/web_api/v3/basics#rate_limiting>.
const IN_FLIGHT: usize = 4;
/// No wish of a server is obeyed for longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);
/// How long to wait before each further attempt, in tenths of a second, before jitter.
const DELAYS: [u64; 7] = [25, 50, 100, 200, 400, 600, 600];
/// The same after a 429 that does not say how long.
const DELAYS_WHEN_LIMITED: [u64; 7] = [300, 600, 3000, 3000, 3000, 3000, 3000];

/// Shared by everybody who asks.
#[derive(Debug)]
pub(super) struct Pacing {
    pub(super) clock: Clock,
    hosts: Mutex<BTreeMap<String, Arc<Semaphore>>>,
    /// Nobody asks before this moment, as time since 1970.
    paused_until: Mutex<Duration>,
    jitter: Mutex<u64>,
}

impl Pacing {
    pub(super) fn new(clock: Clock, seed: u64) -> Self {
        Self { clock, hosts: Mutex::default(), paused_until: Mutex::default(), jitter: Mutex::new(seed | 1) }
    }

    /// Waits for a place at `host` and for the end of any pause. The place is free again when the permit is dropped.
    pub(super) async fn turn(&self, host: &str) -> OwnedSemaphorePermit {
        let places = {
            let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(hosts.entry(host.to_owned()).or_insert_with(|| Arc::new(Semaphore::new(IN_FLIGHT))))
        };
        let permit = places.acquire_owned().await.expect("the semaphore is never closed");
        loop {
            let until = *self.paused_until.lock().unwrap_or_else(PoisonError::into_inner);
            if until <= self.clock.now() {
                return permit;
            }
            self.clock.wait_until(until).await;
        }
    }

    /// Nobody sends anything for that long.
    pub(super) fn pause(&self, span: Duration) {
        let until = self.clock.now() + span;
        let mut paused = self.paused_until.lock().unwrap_or_else(PoisonError::into_inner);
        *paused = until.max(*paused);
    }

    /// How long to wait after the failed `attempt` (1 is the first); None when that was the last.
    pub(super) fn delay(&self, attempt: u32, limited: bool) -> Option<Duration> {
        let delays = if limited { DELAYS_WHEN_LIMITED } else { DELAYS };
        let tenths = *delays.get(attempt as usize - 1)?;
        Some(Duration::from_millis(tenths * 100 * (80 + self.next_jitter() % 41) / 100))
    }

    /// The next number of Marsaglia's xorshift: good enough to keep callers apart, and the same for the same seed.
    fn next_jitter(&self) -> u64 {
        let mut state = self.jitter.lock().unwrap_or_else(PoisonError::into_inner);
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        *state
    }
}

/// A header's number of seconds, an hour at most. Anything else counts as not sent.
pub(super) fn seconds(text: Option<&str>) -> Option<Duration> {
    let seconds = text.and_then(|text| text.trim().parse().ok());
    seconds.map(|seconds| Duration::from_secs(seconds).min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_stay_within_a_fifth_of_their_mean_and_end() {
        let pacing = Pacing::new(Clock::standing(Duration::ZERO), 7);
        let delays: Vec<_> = (1..).map_while(|attempt| pacing.delay(attempt, false)).collect();
        assert_eq!(delays.len(), DELAYS.len());
        for (delay, tenths) in delays.iter().zip(DELAYS) {
            let mean = u128::from(tenths) * 100;
            assert!((mean * 8 / 10..=mean * 12 / 10).contains(&delay.as_millis()), "{delay:?}");
        }
    }

    #[test]
    fn odd_wishes_are_ignored_and_long_ones_cut() {
        for text in ["soon", "-1", "1.5", "Fri, 31 Dec 1999 23:59:59 GMT"] {
            assert_eq!(seconds(Some(text)), None, "{text}");
        }
        assert_eq!(seconds(Some("1000000")), Some(LONGEST_PAUSE));
    }
}
