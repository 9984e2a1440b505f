//! Progress: a bar with counts and rate on a terminal; elsewhere, as in CI, a line now and then while a stage takes long.

use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::report::span;

/// A stage that takes less says nothing.
const LONG: Duration = Duration::from_secs(10);
/// How often a long one says where it is.
const EVERY: Duration = Duration::from_secs(60);

/// How progress is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Bar,
    Lines,
    Nothing,
}

/// The progress of one stage; it disappears when dropped.
pub struct Progress {
    bar: ProgressBar,
    lines: Option<Lines>,
}

/// A stage that is told in lines.
struct Lines {
    label: String,
    began: Instant,
    /// When the last line was said, counted from the beginning.
    said: Mutex<Option<Duration>>,
}

impl Progress {
    /// A stage that counts to `total`, or just counts when the total is not known yet.
    pub(super) fn new(label: String, total: Option<u64>, shown: Shown) -> Self {
        let visible = shown == Shown::Bar;
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(total, target);
        bar.set_style(style(total.is_some()));
        bar.set_message(label.clone());
        if visible {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        let lines = (shown == Shown::Lines).then(|| Lines::begin(label));
        Self { bar, lines }
    }

    /// Counts `n` more as done. May be called from any thread.
    pub fn advance(&self, n: u64) {
        self.bar.inc(n);
        if let Some(lines) = &self.lines {
            lines.advance(self.bar.position(), self.bar.length());
        }
    }

    /// Sets the total once it is known.
    pub fn total(&self, total: u64) {
        if self.bar.length().is_none() {
            self.bar.set_style(style(true));
        }
        self.bar.set_length(total);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(lines) = &self.lines {
            lines.end(self.bar.position(), self.bar.length());
        }
        self.bar.finish_and_clear();
    }
}

impl Lines {
    #[expect(clippy::disallowed_methods, reason = "durations are measured here, and only shown")]
    fn begin(label: String) -> Self {
        Self { label, began: Instant::now(), said: Mutex::default() }
    }

    fn advance(&self, position: u64, total: Option<u64>) {
        let elapsed = self.began.elapsed();
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if is_due(elapsed, *said) {
            *said = Some(elapsed);
            say(&line(&self.label, position, total, elapsed));
        }
    }

    /// Who has heard of the stage hears of its end.
    fn end(&self, position: u64, total: Option<u64>) {
        if self.said.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
            say(&line(&self.label, position, total, self.began.elapsed()));
        }
    }
}

fn style(total_known: bool) -> ProgressStyle {
    let template = if total_known {
        "{msg:24} {wide_bar} {human_pos}/{human_len} {rate} {eta:>5}"
    } else {
        "{msg:24} {spinner} {human_pos} {rate}"
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| _ = write!(out, "{:.0}/s", state.per_sec());
    style.with_key("rate", rate).progress_chars("━╸ ")
}

fn is_due(elapsed: Duration, said: Option<Duration>) -> bool {
    elapsed >= said.map_or(LONG, |said| said + EVERY)
}

/// `The lab: records: 2400 of 12500 in 12 seconds (200 a second)`.
fn line(label: &str, position: u64, total: Option<u64>, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs().max(1);
    let mut line = format!("{label}: {position}");
    if let Some(total) = total {
        let _ = write!(line, " of {total}");
    }
    let _ = write!(line, " in {} ({} a second)", span(seconds), position.div_ceil(seconds));
    line
}

fn say(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_stage_says_where_it_is_now_and_then_and_a_short_one_nothing() {
        let seconds = Duration::from_secs;
        let (mut said, mut lines) = (None, Vec::new());
        for elapsed in (1..=200).map(seconds) {
            if is_due(elapsed, said) {
                said = Some(elapsed);
                lines.push(elapsed.as_secs());
            }
        }
        assert_eq!(lines, [10, 70, 130, 190]);
        assert!(!is_due(seconds(9), None));
    }

    #[test]
    fn a_line_has_counts_and_rate() {
        let told = line("The lab: records", 2_400, Some(12_500), Duration::from_secs(12));
        assert_eq!(told, "The lab: records: 2400 of 12500 in 12 seconds (200 a second)");
        assert_eq!(line("files", 3, None, Duration::from_millis(400)), "files: 3 in 1 second (3 a second)");
    }
}
