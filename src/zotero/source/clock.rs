//! Time as a value.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// What time it is, and how to wait.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's: its date at the start, and from there on a time that never goes back.
    System { start: Instant, date: Duration },
    /// One that moves only when somebody waits: whoever waits is at once where it wanted to be.
    Virtual(Arc<Mutex<Duration>>),
}

impl Clock {
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the clock that everything else is given")]
    pub fn system() -> Self {
        let date = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self::System { start: Instant::now(), date }
    }

    /// A clock that stands at `date`, given as time since 1970.
    #[must_use]
    pub fn standing(date: Duration) -> Self {
        Self::Virtual(Arc::new(Mutex::new(date)))
    }

    /// The time since 1970.
    #[must_use]
    pub fn now(&self) -> Duration {
        match self {
            Self::System { start, date } => *date + start.elapsed(),
            Self::Virtual(now) => *now.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Waits until `moment`, given as time since 1970.
    pub async fn wait_until(&self, moment: Duration) {
        match self {
            Self::System { .. } => tokio::time::sleep(moment.saturating_sub(self.now())).await,
            Self::Virtual(now) => {
                {
                    let mut now = now.lock().unwrap_or_else(PoisonError::into_inner);
                    *now = moment.max(*now);
                }
                tokio::task::yield_now().await;
            }
        }
    }

    /// Waits for `span`.
    pub async fn wait(&self, span: Duration) {
        self.wait_until(self.now() + span).await;
    }
}
