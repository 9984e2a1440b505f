//! Progress: a bar on a terminal, one plain line at the end of a stage elsewhere.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The progress of one stage; it disappears when dropped.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar that counts to `total`, or a spinner when the total is not known yet.
    pub(super) fn new(label: &str, total: Option<u64>, visible: bool) -> Self {
        let target = if visible { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(total, target);
        let template = match total {
            Some(_) => "{msg:24} {wide_bar} {human_pos}/{human_len} {eta:>5}",
            None => "{msg:24} {spinner} {human_pos}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("━╸ "));
        }
        bar.set_message(label.to_owned());
        if visible {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self { bar }
    }

    /// Counts `n` more as done. May be called from any thread.
    pub fn advance(&self, n: u64) {
        self.bar.inc(n);
    }

    /// Sets the total once it is known.
    pub fn total(&self, total: u64) {
        self.bar.set_length(total);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
